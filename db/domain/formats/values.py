"""From the lines of a draft to the values of a record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.domain.formats import arxiv, urls
from db.domain.formats.lines import Kind, Meta, exists, month_and_day, organisation
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
        day = month_and_day(meta.month_day) if meta.month_day else None
        if day is None or (meta.year is not None and not exists(*day, meta.year)):
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
    full, bare = urls.find(abstract) if "/" in abstract or "www." in abstract else ((), ())
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
        urls=full,
        urls_canonical=tuple(dict.fromkeys(map(urls.canonical, full))) if full else (),
        urls_schemeless=bare,
        index=index,
        line_title=draft.title[0].number,
        line_abstract=draft.abstract[0].number if draft.abstract else None,
        line_end=max(stated.line_end, lines[-1].number),
    )


def resolve(found: Record, render_year: int | None, evidence: str) -> Record:
    """Return the record with the year filled in, marked as inferred, when none is stated.

    An arXiv identifier proves the year of its month; else it is the year of the page.
    """
    date = found.date
    if date.year is not None or not date.month or not date.day:
        return found
    if found.arxiv_id and (proof := arxiv.year_for(found.arxiv_id, date.month)):
        render_year, evidence = proof
    if render_year is None:
        return found
    if not exists(date.month, date.day, render_year):
        return found
    return replace(found, date=Date(render_year, date.month, date.day, True, evidence))


def _joined(lines: list[Line]) -> str:
    return lines[0].text if len(lines) == 1 else " ".join(line.text for line in lines)
