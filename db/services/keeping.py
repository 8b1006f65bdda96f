"""Exports that keep what came from bibliographies as it stands there: a whole file, or its entries in a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from db.domain.query import LONGEST_SCOPE
from db.services.bibmoved import Bibs
from db.services.bibparts import Parts
from db.services.bibwhole import Whole, steps
from db.services.understanding import understood
from db.store import bibtexts as store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from db.domain.formats.bibwrite import BibEntry, ExportOptions
    from db.domain.roundtrip import Standing
    from db.store.bibtexts import Bib
    from db.store.sessions import Session


class Plan(Protocol):
    """How the papers `ids` are written: the encoding of the file, its text, and what of it stays as it was.

    `given` are those of the papers whose keys stand in it.
    """

    ids: list[int]
    given: list[int]
    codec: str
    errors: str
    standing: Standing

    def texts(self, entries: Iterable[BibEntry]) -> Iterator[str]:
        """Yield the file in pieces; `entries` are what the papers of `ids` are, in that order."""


def plan(
    session: Session,
    ids: Sequence[int],
    options: ExportOptions,
    *,
    named: Mapping[str, Sequence[str]] | None = None,
    scope: str = "",
) -> Plan | None:
    """Return how papers are written so that what came from bibliographies stays; None when none of them did.

    A bibliography all of whose papers are among them comes as the file that it was; `scope` is the search that names
    it, if one does. With `named`, the keys that a document cites, the file is a new one.
    """
    bibs = Bibs(session)
    shown = store.shown(session, ids, bibs.known) if bibs.known else {}
    if not shown:
        return None
    there = store.keys(session, ids)
    keys = {one: there[one] for one in ids if one in there}
    if named is None:
        for source_id in _candidates(session, bibs.known, shown, scope):
            # LaTeX reads no wide letters, so others are not put into such a file.
            fits = not bibs[source_id].frame.is_wide or len(shown[source_id]) == len(keys)
            if fits and store.live_papers(session, source_id) <= keys.keys():
                found = steps(session, bibs[source_id], keys)
                if found is not None:
                    return Whole(bibs, bibs[source_id], found, keys, options)
    return Parts(bibs, {one: key.text for one, key in keys.items()}, options, named or {})


def _candidates(session: Session, known: Mapping[int, Bib], shown: Mapping[int, set[int]], scope: str) -> list[int]:
    """Return the bibliographies that the file may be: those asked for, then those with most of the papers.

    One that holds fewer of the papers than another gives no file its shape; of several the newest comes first.
    """
    asked = understood(session, scope, LONGEST_SCOPE).dumps() if scope else ()
    numbers, names = {one.number for one in asked}, {one.value.casefold() for one in asked}
    newest = sorted(shown, reverse=True)
    first = [one for one in newest if one in numbers or known[one].name.casefold() in names]
    most = max(map(len, shown.values()))
    return list(dict.fromkeys([*first, *(one for one in newest if len(shown[one]) == most)]))
