"""The table's columns, one line each: adding a column adds a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.models import cell_text as say

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.domain.records import PaperRow


def _noop(heading: str) -> str:
    """Mark a heading for translation; `Column.title` translates it."""
    return heading


def _nothing(_row: PaperRow) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its id (also what it sorts by), heading, width in characters, and what its cells say."""

    id: str
    heading: str
    chars: int
    text: Callable[[PaperRow], str]
    tip: Callable[[PaperRow], str] = _nothing
    shown: bool = True
    number: bool = False
    newest_first: bool = False

    @property
    def title(self) -> str:
        """The heading in the person's language."""
        return say.tr(self.heading)


COLUMNS: tuple[Column, ...] = (
    Column("starred", _noop("Star"), 5, say.mark_text, say.mark_text, newest_first=True),
    Column(
        "title",
        _noop("Title"),
        56,
        lambda row: say.title_text(row.title),
        say.title_tip,
    ),
    Column(
        "authors",
        _noop("Authors"),
        11,
        lambda row: say.cut(row.authors),
        lambda row: row.authors,
    ),
    Column(
        "date",
        _noop("Date"),
        14,
        lambda row: say.date_text(row.date),
        lambda row: say.date_tip(row.date),
        newest_first=True,
    ),
    Column(
        "tags",
        _noop("Tags"),
        14,
        lambda row: ", ".join(tag.name for tag in row.tags)[: say.LONGEST],
        lambda row: ", ".join(tag.name for tag in row.tags),
    ),
    Column(
        "status",
        _noop("Status"),
        10,
        lambda row: say.status_text(row.status),
        shown=False,
    ),
    Column(
        "comments",
        _noop("Comments"),
        10,
        lambda row: "" if row.comments is None else str(row.comments),
        shown=False,
        number=True,
        newest_first=True,
    ),
    Column(
        "dumps",
        _noop("Dumps"),
        8,
        lambda row: str(row.dumps) if row.dumps else "",
        shown=False,
        number=True,
        newest_first=True,
    ),
    Column(
        "key",
        _noop("Citation key"),
        28,
        lambda row: say.cut(row.citation_key),
        say.key_tip,
        shown=False,
    ),
    Column(
        "added",
        _noop("Added"),
        13,
        say.added_text,
        shown=False,
        newest_first=True,
    ),
    Column(
        "rating",
        _noop("Rating"),
        9,
        lambda row: say.rating_text(row.rating),
        shown=False,
        newest_first=True,
    ),
)
MARK, TITLE, AUTHORS, DATE, TAGS, STATUS = range(6)
KEY = 8
BY_ID = {column.id: number for number, column in enumerate(COLUMNS)}
