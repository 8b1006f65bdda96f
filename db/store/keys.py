"""Proposing citation keys of papers that are in the library, or about to be typed in."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from sqlalchemy import false, func, select, union_all

from db.domain.citekeys import fits, unique
from db.store import frozen, usedkeys
from db.store.frozen import ALIAS, FROZEN, PAPER
from db.store.imports import batches
from db.store.keyworks import Naming, pattern, rule_of, set_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

__all__ = [
    "Wanted",
    "assigned",
    "counts",
    "follow",
    "free",
    "pattern",
    "propose",
    "repropose",
    "rule_of",
    "set_pattern",
    "wanted",
]

FEW = 300
"""Up to here keys are looked up, above all keys of the library are read at once."""
PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """An unfrozen paper, the key it has, and the key that the pattern makes of it, not yet unique."""

    paper_id: int
    key: str
    base: str


class Taken:
    """Tells which keys are taken, whatever their case, without those of papers that are about to get new ones."""

    def __init__(self, session: Session, without: Collection[Wanted], bases: Iterable[str] = ()) -> None:
        self._session = session
        self._free = {one.key.lower() for one in without}
        self._given: set[str] = set()
        self._known: set[str] = set()
        self._asked: set[str] | None = set()
        if len(without) > FEW:
            self._known, self._asked = self._all(), None
        else:
            small = {base.lower() for base in bases}
            self._ask(small | {base + letter for base in small for letter in ascii_lowercase})

    def _all(self) -> set[str]:
        keys = union_all(
            select(PAPER.c.citation_key).where(PAPER.c.state != "merged"),
            select(ALIAS.c.key),
            select(FROZEN.c.key),
        )
        return {key.lower() for key in self._session.scalars(keys)}

    def _ask(self, keys: set[str]) -> None:
        if self._asked is not None and (fresh := keys - self._asked):
            self._known |= usedkeys.taken(self._session, fresh)
            self._asked |= fresh

    def __call__(self, key: str) -> bool:
        """Tell whether a key is taken."""
        key = key.lower()
        if key in self._given:
            return True
        if key in self._free:
            # Its holder is unfrozen, so nobody else can have it; frozen keys are never among these.
            return False
        self._ask({key})
        return key in self._known

    def give(self, key: str) -> None:
        """Note that a key is taken from now on."""
        self._given.add(key.lower())


def wanted(session: Session, naming: Naming, ids: Iterable[int] | None = None) -> Iterator[Wanted]:
    """Yield the unfrozen papers (of `ids`, None: all) with the keys that they should have."""
    columns = [PAPER.c[name] for name in sorted({"id", "citation_key", *naming.columns})]
    rows = select(*columns).where(PAPER.c.key_frozen == false(), PAPER.c.state != "merged").order_by(PAPER.c.id)
    statements = [rows] if ids is None else [rows.where(PAPER.c.id.in_(batch)) for batch in batches(ids)]
    for statement in statements:
        for row in session.execute(statement.execution_options(yield_per=PAGE)).mappings():
            yield Wanted(row["id"], row["citation_key"], naming.key(row))


def assigned(session: Session, papers: Sequence[Wanted]) -> list[tuple[int, str]]:
    """Return the new keys, (paper id, key), of those papers whose key changes.

    A key that still fits its paper, with or without the letters that make it unique, stays.
    """
    taken = Taken(session, papers, (one.base for one in papers))
    moving = []
    for one in papers:
        if one.key == one.base:
            taken.give(one.base)
        else:
            moving.append(one)
    changed: list[tuple[int, str]] = []
    for one in moving:
        stays = fits(one.key, one.base) and taken(one.base) and not taken(one.key)
        key = one.key if stays else unique(one.base, taken)
        taken.give(key)
        if key != one.key:
            changed.append((one.paper_id, key))
    return changed


def repropose(session: Session, ids: Iterable[int] | None = None, tick: Callable[[int], None] | None = None) -> int:
    """Propose the unfrozen keys of papers (None: all) anew; return how many changed.

    `tick` is told how many papers have been looked at, and may raise.
    """
    papers = []
    for one in wanted(session, Naming(session, rule_of(session)), ids):
        papers.append(one)
        if tick is not None and len(papers) % PAGE == 0:
            tick(len(papers))
    changed = assigned(session, papers)
    frozen.rename(session, changed)
    return len(changed)


def follow(session: Session, changed: Mapping[int, Collection[str]]) -> None:
    """Propose the keys of papers anew whose changed columns, by paper id, the pattern makes keys of."""
    columns = rule_of(session).columns
    concerned = [paper_id for paper_id, names in changed.items() if not columns.isdisjoint(names)]
    if concerned:
        repropose(session, concerned)


def propose(session: Session, paper: Mapping[str, Any]) -> str:
    """Return a free key for a paper that is not in the library yet."""
    return free(session, Naming(session, rule_of(session)).key(paper))


def free(session: Session, key: str) -> str:
    """Return a key, with letters behind it when it is taken."""
    return unique(key, Taken(session, (), [key]))


def counts(session: Session) -> tuple[int, int]:
    """Return how many keys of papers are unfrozen, and how many are frozen."""
    rows = select(PAPER.c.key_frozen, func.count()).where(PAPER.c.state != "merged").group_by(PAPER.c.key_frozen)
    found = {bool(held): number for held, number in session.execute(rows)}
    return found.get(False, 0), found.get(True, 0)
