"""Entries of bibliographies in other files: with what they need there, or without any need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats.bibwrite import entry_text
from db.domain.formats.bibwrite.writer import comment
from db.domain.roundtrip import Rewriter, Written, macros
from db.domain.roundtrip.parents import parents
from db.services.bibtext import BibText
from db.store import bibtexts as store
from db.store import exports

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from db.domain.formats.bibwrite import BibEntry, ExportOptions
    from db.store.bibtexts import Place
    from db.store.sessions import Session

NEWLINE = "\n"
_ENDS = re.compile(r"\r\n|\n|\r")


class Bibs:
    """The bibliographies of a library, opened as they are asked for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.known = store.bibs(session)
        self._opened: dict[int, BibText] = {}

    def __getitem__(self, source_id: int) -> BibText:
        if source_id not in self._opened:
            self._opened[source_id] = BibText(self._session, self.known[source_id])
        return self._opened[source_id]

    def best(self, keys: Mapping[int, str]) -> dict[int, Place]:
        """Return for papers, by their ids and keys, the entry that stands for each: of its key, and the newest."""
        found = store.places_of(self._session, keys, self.known) if self.known else {}

        def rank(place: Place) -> tuple[bool, bool, int, int]:
            key = keys[place.paper_id]
            return place.key == key, place.called == key, place.source_id, -place.id

        return {paper_id: max(places, key=rank) for paper_id, places in found.items()}


class Mover:
    """Writes entries into a file in which names mean what a header says.

    `apart`: the entries that others take fields from do not come along.
    """

    def __init__(self, options: ExportOptions, header: macros.Header, *, apart: bool = True) -> None:
        self._options, self._header, self._apart = options, header, apart
        self.rewriter = Rewriter(options)

    def written(self, text: BibText, place: Place, now: BibEntry) -> Written:
        """Return the entry of a paper, under the key of that."""
        kept = text.kept(place, text.of(place))
        if self._apart and parents(kept.text):
            return self.rewriter.written(kept, now, now.key, anew=True)
        written = self.rewriter.written(kept, now, now.key)
        moved = self.moved(text, written.text, place.line_start)
        if moved is None:
            return self.rewriter.written(kept, now, now.key, anew=True)
        return Written(moved, is_kept=written.is_kept and moved == written.text)

    def moved(self, text: BibText, entry: str, line: int) -> str | None:
        """Return an entry that stood in a line with names replaced that mean something else here.

        None when it is not written as BibTeX asks for.
        """
        if not macros.used(entry):
            return entry
        own = text.extras.definitions
        clashes = self._header.clashes(own, entry, line)
        if not clashes:
            return entry
        return macros.expanded(entry, lambda name: own.spelled(name, line) if name in clashes else None)

    def fresh(self, now: BibEntry) -> str:
        """Return the entry of a paper that came from no bibliography."""
        return entry_text(now, self._options).rstrip("\n")

    def remark(self, now: BibEntry) -> str:
        """Return the line above an entry that says what it lacks."""
        return comment(now, self._options)


def with_ends(text: str, eol: str) -> str:
    """Return a text with other line ends."""
    return _ENDS.sub(eol, text) if eol != "\n" or "\r" in text else text


def apart(session: Session, ids: Sequence[int], options: ExportOptions) -> Iterator[str]:
    """Yield the entries of papers, each with a blank line behind it, so that each stands by itself.

    What came from a bibliography stands as it does there, with the meaning of the names that it uses.
    """
    bibs, mover, known = Bibs(session), Mover(options, macros.Header()), store.keys(session, ids)
    keys = {one: known[one].text for one in ids if one in known}
    places = bibs.best(keys)
    for paper_id, entry in zip(keys, exports.entries(session, list(keys)), strict=True):
        place = places.get(paper_id)
        if place is None:
            yield f"{mover.fresh(entry)}\n\n"
        else:
            written = mover.written(bibs[place.source_id], place, entry)
            yield f"{mover.remark(entry)}{with_ends(written.text, NEWLINE)}\n\n"
