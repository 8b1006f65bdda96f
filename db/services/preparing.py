"""What placing a record needs of its texts alone, worked out where it is read: big files have a process for that."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from db.domain import formats, roundtrip
from db.domain.citekeys import KeyParts, key_parts
from db.domain.duplicates import blocking_keys
from db.domain.names import authors_sort, fold
from db.domain.records import Issue, Ledger, Record
from db.services.recognising import Form
from db.services.tape import Chunk

if TYPE_CHECKING:
    from collections.abc import Generator

    from db.domain.records import Reduced
    from db.services.recognising import Part

Keys = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record with what brings twins together, what a citation key is made of, and what it sorts by.

    `key_parts` is None for a record that brings a key of its own; `state` tells of an entry of a bibliography what the
    paper is that it makes.
    """

    record: Record
    keys: Keys
    key_parts: KeyParts | None
    title_sort: str
    authors_sort: str
    state: str = ""

    def __reduce__(self) -> Reduced:
        return Prepared, _values(self)


Ready = Record | Issue | Ledger | Chunk | Form | Prepared

_values = attrgetter(*Prepared.__dataclass_fields__)


def prepare(record: Record, format_name: str = "") -> Prepared:
    """Return a record of a format with what placing it needs; none of it depends on an inferred date."""
    return Prepared(
        record,
        keys_of(record),
        None if record.citation_key else key_parts(record.title, record.authors),
        fold(record.title),
        authors_sort([person.family for person in record.authors], record.organization),
        roundtrip.state(roundtrip.entry_of(record)) if format_name == formats.BIBTEX else "",
    )


def keys_of(record: Record) -> Keys:
    """Return the keys by which a record's twins are found: hashes of its texts, and its numbers."""
    numbers = [number for number in (record.arxiv_id, record.doi) if number]
    return (*blocking_keys(record.title, record.abstract), *numbers)


def prepared(items: Generator[tuple[Part, int]]) -> Generator[tuple[Ready, int]]:
    """Yield the items of a source with its records prepared."""
    name = ""
    with closing(items):
        for item, done in items:
            if isinstance(item, Form):
                name = item.format
            yield (prepare(item, name) if isinstance(item, Record) else item), done
