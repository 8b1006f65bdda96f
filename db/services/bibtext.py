"""The text of a bibliography as it was imported, to the letter: its entries, what they need, and what is between."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from db.domain.formats.framing import Restorer
from db.domain.roundtrip import Kept, anatomy, macros
from db.domain.roundtrip.parents import parents
from db.store import bibtexts as store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from db.store.bibtexts import Bib, Place
    from db.store.sessions import Session

CHUNKS = 16
"""Chunks of the text that are kept at hand, 260,000 characters each."""
AHEAD = (20, 200, 2_000, 20_000)
"""Lines in which the end of a definition is looked for, ever more."""
DEEPEST = 5

Spot = tuple[int, int]
"""A line (from 1) and a column (from 0)."""


class Extras(NamedTuple):
    """What a bibliography holds beside the entries of papers; `xdata` are texts by their keys in small letters."""

    definitions: macros.Definitions
    preambles: list[macros.Preamble]
    xdata: Mapping[str, str]
    has_parents: bool


def begin_of(place: Place) -> Spot:
    """Return where an entry begins."""
    return place.line_start, place.columns[0] if place.columns else 0


class BibText:
    """One bibliography. `renamed` are new keys of entries by the old ones in small letters."""

    def __init__(self, session: Session, bib: Bib) -> None:
        self.bib = bib
        self.frame = store.frame(session, bib.sha256)
        self.renamed: dict[str, str] = {}
        self._session = session
        self._restorer = Restorer(self.frame)
        self._starts = store.chunk_starts(session, bib.sha256)
        self._firsts = [first for first, _id in self._starts]
        self._chunk = lru_cache(maxsize=CHUNKS)(partial(store.chunk, session))

    @property
    def end(self) -> Spot:
        """The place behind the text."""
        return self.bib.lines + 1, 0

    @cached_property
    def places(self) -> list[Place]:
        """The places of its entries, in order."""
        return store.places(self._session, self.bib.id)

    @cached_property
    def _by_key(self) -> dict[str, Place]:
        found: dict[str, Place] = {}
        for place in self.places:
            found.setdefault(place.key.lower(), place)
        return found

    def place(self, key: str) -> Place | None:
        """Return where the entry with a key (in small letters) stands, if that is the entry of a paper."""
        return self._by_key.get(key)

    def lines(self, first: int, last: int) -> list[str]:
        """Return the lines from `first` to `last` as they are kept; fewer when the text ends before."""
        found: list[str] = []
        for at in range(max(0, bisect_right(self._firsts, first) - 1), len(self._starts)):
            start, chunk_id = self._starts[at]
            if start > last:
                break
            found += self._chunk(chunk_id)[max(0, first - start) : last - start + 1]
        return found

    def cut(self, begin: Spot, end: Spot) -> str:
        """Return what stood in the file between two places."""
        (first, column), (last, stop) = begin, end
        if end == self.end:
            lines = self.lines(first, last)
            return self._restorer.text(lines, first, column) if lines else ""
        return self._restorer.text(self.lines(first, last), first, column, stop)

    def span(self, place: Place) -> tuple[Spot, Spot]:
        """Return where an entry begins and ends."""
        if place.columns is not None:
            return begin_of(place), (place.line_end, place.columns[1])
        return begin_of(place), (place.line_end, len(self.lines(place.line_end, place.line_end)[0]))

    def of(self, place: Place) -> str:
        """Return an entry as it stood."""
        return self.cut(*self.span(place))

    def kept(self, place: Place, text: str) -> Kept:
        """Return an entry with its text, what was noted of it, and what it needs to be read."""
        context = partial(self.context, line=place.line_start)
        return Kept(text, place.key, place.state, place.base, place.own, context)

    def context(self, text: str, line: int, depth: int = 0) -> str:
        """Return the definitions and parents that an entry, which begins in a line, needs to be read."""
        extras = self.extras
        names = macros.used(text) if extras.definitions.listed else set()
        values = ((name, extras.definitions.value(name, line)) for name in sorted(names))
        found = [f"@string{{{name} = {value}}}" for name, value in values if value is not None]
        for key in parents(text) if extras.has_parents and depth < DEEPEST else ():
            parent = self.parent(key)
            if parent is not None:
                found += [parent[0], self.context(*parent, depth + 1)]
        return "\n".join(found)

    def parent(self, key: str) -> tuple[str, int] | None:
        """Return the text of an entry that others take fields from, under the key that it has now, and its line."""
        old = next((old for old, new in self.renamed.items() if new.lower() == key), key)
        place = self.place(old)
        if place is None:
            text = self.extras.xdata.get(key)
            return None if text is None else (text, 1)
        text = self.of(place)
        parts = anatomy.anatomy(text) if old != key else None
        if parts is not None:
            parts.call(key)
        return (parts.text() if parts else text), place.line_start

    @cached_property
    def extras(self) -> Extras:
        """The definitions, preambles and `@xdata` of the text."""
        listed: list[macros.Definition] = []
        preambles: list[macros.Preamble] = []
        xdata: dict[str, str] = {}
        has_parents = False
        for kind, line, text in self._blocks():
            if kind == "string" and (one := macros.definition(text, line)):
                listed.append(one)
            elif kind == "preamble":
                preambles.append(macros.preamble(text, line))
            elif kind == "xdata" and (parts := anatomy.anatomy(text)):
                xdata.setdefault(parts.key.lower(), text)
            has_parents = has_parents or kind == "parent"
        return Extras(macros.Definitions(listed), preambles, xdata, has_parents)

    def _blocks(self) -> Iterator[tuple[str, int, str]]:
        """Yield (kind, first line, text) of what is no entry of a paper; one of kind parent when some have parents."""
        for first, chunk_id in self._starts:
            text = "\n".join(self._chunk(chunk_id))
            if "crossref" in (small := text.lower()) or "xdata" in small:
                yield "parent", first, ""
            for head in macros.HEAD.finditer(text):
                line = first + text.count("\n", 0, head.start())
                column = head.start() - text.rfind("\n", 0, head.start()) - 1
                end = None if self._is_inside((line, column)) else self._block_end(line, column, len(head[0]))
                if end is not None:
                    yield head["kind"].lower(), line, self.cut((line, column), end)

    def _is_inside(self, spot: Spot) -> bool:
        """Tell whether a place is within the entry of a paper."""
        at = bisect_right(self.places, spot, key=begin_of) - 1
        return at >= 0 and self.span(self.places[at])[1] > spot

    def _block_end(self, line: int, column: int, head: int) -> Spot | None:
        for ahead in AHEAD:
            text = "\n".join(self.lines(line, line + ahead))[column:]
            end = anatomy.block_end(text, head)
            if end is not None:
                last = text.rfind("\n", 0, end) + 1
                return line + text.count("\n", 0, end), end - last + (0 if last else column)
        return None
