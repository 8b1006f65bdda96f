"""The .bib files of a document: their entries, and which papers of the library those are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.documents import Trouble
from db.domain.errors import LibraryError
from db.domain.records import Issue, Record
from db.services import parsing
from db.services.matching import Matcher
from db.services.preparing import keys_of
from db.services.recognising import Choice
from db.store import absorb
from db.store.imports import batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from db.domain.documents import Bibliography, Cited
    from db.services.docfiles import Folder
    from db.services.matching import Match
    from db.services.progress import Report
    from db.store.sessions import Session

_BIBTEX = Choice(format="bibtex")
MOST_ISSUES = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a .bib file and the name of that file."""

    record: Record
    file: str


@dataclass(slots=True)
class Entries:
    """The entries by key, the first one of a key; the files that were read; and what went wrong."""

    by_key: dict[str, Entry]
    paths: list[Path]
    troubles: list[Trouble]


def read(cited: Cited, folder: Folder, report: Report) -> Entries:
    """Read the .bib files that a document names."""
    entries = Entries({}, [], [])
    for one in cited.bibliographies:
        path = None if "://" in one.name else folder.bibliography(one.name)
        if path is None:
            why = "is an address on the web, which is not read" if "://" in one.name else "is not there"
            entries.troubles.append(Trouble(one.file, one.line, f"the bibliography {one.name} {why}"))
        elif path not in entries.paths:
            entries.paths.append(path)
            _read(path, one, entries, report)
    return entries


def _read(path: Path, named: Bibliography, entries: Entries, report: Report) -> None:
    try:
        for item in parsing.parse(path, report, choice=_BIBTEX):
            if isinstance(item, Record):
                if item.citation_key:
                    entries.by_key.setdefault(item.citation_key, Entry(item, path.name))
            elif isinstance(item, Issue) and len(entries.troubles) < MOST_ISSUES:
                entries.troubles.append(Trouble(path.name, item.line, item.why))
    except LibraryError as error:
        entries.troubles.append(Trouble(named.file, named.line, error.message))


def papers_of(session: Session, entries: Mapping[str, Entry], keys: Iterable[str]) -> dict[str, Match]:
    """Return for keys what the library has of the work that the entry of that key names."""
    found: dict[str, Match] = {}
    for batch in batches(key for key in keys if key in entries):
        found.update(_papers_of(session, [(key, entries[key].record) for key in batch]))
    return found


def _papers_of(session: Session, records: Sequence[tuple[str, Record]]) -> dict[str, Match]:
    matcher = Matcher(session)
    brought = [keys_of(record) for _key, record in records]
    matcher.load(brought)
    return {
        key: matcher.find(absorb.columns(record), own)
        for (key, record), own in zip(records, brought, strict=True)
    }  # fmt: skip
