"""From the lines of a draft, and what stands behind them, to the values of a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.formats import urls
from db.domain.formats.lines import Kind, Meta, organisation
from db.domain.formats.moments import month_and_day, printed
from db.domain.records import Date, Issue, Record

if TYPE_CHECKING:
    from db.domain.formats.plain.evidence import Line
    from db.domain.formats.plain.segment import Draft


@dataclass(slots=True)
class Stated:
    """What the lines after an abstract said, and the last of those lines."""

    count: int | None = None
    organization: str | None = None
    month_day: str | None = None
    year: int | None = None
    comments: int | None = None
    separated: bool = False
    line_end: int = 0
    issue: Issue | None = None

    def dated(self, meta: Meta, number: int, text: str) -> bool:
        """Take a date; False (with an issue) when there is no such day."""
        if printed(meta.month_day, meta.year) is None:
            self.issue = Issue(number, text, f"There is no such day as {text.lstrip('·•- ')}; kept without a date.")
            return False
        self.month_day, self.year, self.comments = meta.month_day, meta.year, meta.comments
        return True


def closing(draft: Draft, stated: Stated) -> int:
    """Take organisation and date lines that were recognised by their place; return lines without sense."""
    bad = 0
    for line in draft.closing:
        if line.kind is Kind.DATE and line.meta is not None:
            bad += not stated.dated(line.meta, line.number, line.text)
        elif found := organisation(line.text, alone=True):
            stated.organization = " ".join(found).strip()
    return bad


def record(draft: Draft, stated: Stated, index: int) -> Record:
    """Return the record of a draft; `index` counts from 1."""
    title, abstract = _joined(draft.title), _joined(draft.abstract)
    organization = stated.organization
    slug, _, name = organization.partition(" ") if organization else (None, "", None)
    day = month_and_day(stated.month_day) if stated.month_day else None
    lines = draft.closing or draft.abstract or draft.title
    return Record(
        title=title,
        abstract=abstract,
        author_count=stated.count,
        organization=organization,
        organization_slug=slug,
        organization_name=name or None,
        month_day=stated.month_day,
        year_explicit=stated.year,
        date=Date(stated.year, *day) if day else Date(),
        comments=stated.comments,
        **urls.of(abstract),
        index=index,
        line_title=draft.title[0].number,
        line_abstract=draft.abstract[0].number if draft.abstract else None,
        line_end=max(stated.line_end, lines[-1].number),
    )


def _joined(lines: list[Line]) -> str:
    return lines[0].text if len(lines) == 1 else " ".join(line.text for line in lines)
