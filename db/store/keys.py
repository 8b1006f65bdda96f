"""Proposing citation keys of papers that are in the library, or about to be typed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import false, func, select

from db.domain.citekeys import KeySpace, fits
from db.store import frozen, usedkeys
from db.store.frozen import PAPER
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


def _space(session: Session, without: Collection[Wanted] = ()) -> KeySpace:
    """Return the keys that are taken, without those of papers that are about to get new ones.

    Their holders are unfrozen, so nobody else can have these keys.
    """
    free = {one.key.lower() for one in without}
    if len(without) <= FEW:
        return KeySpace(lambda keys: usedkeys.taken(session, keys) - free)
    held = usedkeys.all_taken(session) - free
    return KeySpace(lambda keys: held & keys)


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
    space = _space(session, papers)
    space.look_up(one.base for one in papers)
    moving = []
    for one in papers:
        if one.key == one.base:
            space.give(one.base)
        else:
            moving.append(one)
    changed: list[tuple[int, str]] = []
    for one in moving:
        stays = fits(one.key, one.base) and space.is_taken(one.base) and not space.is_taken(one.key)
        key = one.key if stays else space.unique(one.base)
        space.give(key)
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
    space = _space(session)
    space.look_up([key])
    return space.unique(key)


def counts(session: Session) -> tuple[int, int]:
    """Return how many keys of papers are unfrozen, and how many are frozen."""
    rows = select(PAPER.c.key_frozen, func.count()).where(PAPER.c.state != "merged").group_by(PAPER.c.key_frozen)
    found = {bool(held): number for held, number in session.execute(rows)}
    return found.get(False, 0), found.get(True, 0)
