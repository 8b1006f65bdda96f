"""Citing while one writes: what the picker lists, and the answers that editors ask for in the `cayw` dialect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain import cayw
from db.domain.cayw import Notes, Pick, Refusal, Wish, read_wish
from db.services import citing, exporting
from db.services.changes import Changes
from db.services.reading import rows
from db.services.searching import COUNTED as MOST_COUNTED
from db.services.searching import find_best

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.records import PaperRow
    from db.services.exporting import ExportOptions
    from db.services.library import Library

__all__ = [
    "MOST_COUNTED",
    "Asked",
    "Hits",
    "Notes",
    "Refusal",
    "Wish",
    "answer",
    "hits",
    "preview",
    "read_wish",
    "room_for_notes",
]

MOST_HITS = 100
"""Rows of the picker: who sees more hits types one more word."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The first papers that match, how many there are in all, and a hint when a word was not understood.

    More than MOST_COUNTED are counted as one more than that.
    """

    rows: tuple[PaperRow, ...]
    total: int
    message: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an editor asked for, with what is usual in this window: the citation style, the parts of entries."""

    wish: Wish
    style: str
    options: ExportOptions


def hits(library: Library, text: str) -> Hits:
    """Return what the picker lists for a search text of the usual language, what is named so first."""
    found = find_best(library, text, MOST_HITS)
    return Hits(tuple(rows(library, found.ids.tolist())), found.total, found.message)


def room_for_notes(wish: Wish) -> tuple[bool, bool]:
    """Tell whether the format has room for a note before the papers, and for one behind."""
    chosen = cayw.by_name(wish.format)
    return (chosen.before, chosen.behind) if chosen else (False, False)


def preview(library: Library, ids: Sequence[int], notes: Notes, asked: Asked) -> str:
    """Return what an editor would be answered; keys stay as loose as they are. Raises LibraryError as `answer` does."""
    if asked.wish.format.startswith("formatted-"):
        return _formatted(library, ids, asked)
    if asked.wish.format == "translate":
        return f"{cayw.translator(asked.wish)}: {', '.join(one.key for one in _picks(library, ids))}"
    return cayw.write(_picks(library, ids), notes, asked.wish)


def answer(library: Library, ids: Sequence[int], notes: Notes, asked: Asked) -> tuple[str, Changes]:
    """Return what an editor is answered, and the change: keys that go out are frozen from now on.

    Raises LibraryError when notes would break the document, or there is no such style or format of export.
    """
    if asked.wish.format.startswith("formatted-"):
        return _formatted(library, ids, asked), Changes("")
    if asked.wish.format == "translate":
        return exporting.written(library, ids, "entries", cayw.translator(asked.wish), asked.options)
    cayw.write((), notes, asked.wish)  # what cannot be written is said before any key is frozen
    _keys, changes = exporting.hand_out(library, ids)
    return cayw.write(_picks(library, ids), notes, asked.wish), changes


def _picks(library: Library, ids: Sequence[int]) -> list[Pick]:
    return [Pick(row.id, row.citation_key, row.title) for row in rows(library, ids)]


def _formatted(library: Library, ids: Sequence[int], asked: Asked) -> str:
    """Return references as a citation style prints them; no key is in them."""
    style = asked.wish.option("style", asked.style).rstrip("/").rpartition("/")[2]
    output = "html" if asked.wish.option("contentType").lower() in ("html", "text/html") else "text"
    made = citing.format_papers(library, ids, style)
    return made.citation(output) if asked.wish.format == "formatted-citation" else made.listed(output).rstrip("\n")
