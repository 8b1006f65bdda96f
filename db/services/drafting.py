"""Stretches of a file that papers are exported to, and what is to be told of the entries in them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from db.domain.errors import LibraryError
from db.domain.formats import bibwrite, writers
from db.store import exports as store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from db.domain.formats.bibwrite import BibEntry, ExportOptions
    from db.domain.formats.writers import Writer
    from db.store.sessions import Session

__all__ = ["Account", "Draft", "Incomplete", "Order", "Replaced", "draft", "named", "writer_of"]


@dataclass(frozen=True, slots=True)
class Incomplete:
    """An entry that was written without something readers expect: author, year or title."""

    citation_key: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """Characters of a field that LaTeX cannot print: something else was written, and the text whole beside it."""

    citation_key: str
    field: str
    characters: tuple[str, ...]

    @property
    def described(self) -> str:
        """The characters with their names in Unicode."""
        return ", ".join(map(_described, self.characters))


def _described(character: str) -> str:
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    # A mark without its letter stands on a circle, as in tables of characters.
    return f"{'◌' if unicodedata.combining(character) else ''}{character} {name}"


class Order(NamedTuple):
    """How papers are to be written: the name of one of `WRITERS`, the options, and the names for keys, if any."""

    form: str
    options: ExportOptions
    named: Mapping[str, Sequence[str]] | None = None


@dataclass(slots=True)
class Account:
    """What is to be told of entries that are written; `seen` passes them on."""

    order: Order
    written: int = field(default=0, init=False)
    incomplete: list[Incomplete] = field(default_factory=list, init=False)
    replaced: list[Replaced] = field(default_factory=list, init=False)

    def seen(self, found: Iterable[BibEntry]) -> Iterator[BibEntry]:
        """Pass entries on, and note of each what is to be told."""
        lost = _finder(self.order)
        for entry in found:
            yield entry
            if lacking := bibwrite.missing(entry):
                self.incomplete.append(Incomplete(entry.key, lacking))
            if lost is not None and (letters := lost(entry)):
                self.replaced += [Replaced(entry.key, name, characters) for name, characters in letters]
            self.written += 1

    def add(self, other: Draft) -> None:
        """Note what is to be told of a stretch."""
        self.written += other.written
        self.incomplete += other.incomplete
        self.replaced += other.replaced


class Draft(NamedTuple):
    """A stretch of a file, how many entries are in it, and what is to be told of them."""

    text: str
    written: int
    incomplete: list[Incomplete]
    replaced: list[Replaced]


def draft(session: Session, ids: Sequence[int], order: Order) -> Draft:
    """Return the entries of papers, in the order of `ids`, as they stand in the file."""
    writer, account = writer_of(order.form), Account(order)
    entries = account.seen(named(store.entries(session, ids, order.options.cite), order.named))
    text = writer.between.join(writer.each(entries, order.options))
    return Draft(text, account.written, account.incomplete, account.replaced)


def named(entries: Iterable[BibEntry], names: Mapping[str, Sequence[str]] | None) -> Iterable[BibEntry]:
    """Return the entries under the names by which a document cites them, where it gives any."""
    if not names:
        return entries
    return (one._replace(key=name) for one in entries for name in names.get(one.key, (one.key,)))


def writer_of(form: str) -> Writer:
    """Return the writer of a format; LibraryError when there is none of that name."""
    writer = writers.by_name(form)
    if writer is None:
        offered = ", ".join(one.name for one in writers.WRITERS)
        raise LibraryError(f"This version does not write {form}. Choose one of: {offered}. Nothing was written.")
    return writer


def _finder(order: Order) -> Callable[[BibEntry], list[tuple[str, tuple[str, ...]]]] | None:
    """Return what finds what LaTeX cannot print, None for a format that is not for LaTeX."""
    profile = writer_of(order.form).profile
    return bibwrite.unprintable(replace(order.options, profile=profile)) if profile else None
