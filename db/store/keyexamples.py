"""Papers that show what a key pattern does: one of each sort that patterns treat differently."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db.store.frozen import PAPER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from db.store.keyworks import Naming

AUTHORS, NO_AUTHORS, LETTERS, FROZEN, COLLIDES = "authors", "no-authors", "letters", "frozen", "collides"
"""With authors, without, with letters that keys cannot hold, with a frozen key, with a key that needs a letter."""
_WANTED: Mapping[str, int] = {LETTERS: 1, FROZEN: 1, AUTHORS: 2, NO_AUTHORS: 2}
"""How many papers of each sort are shown; a paper that is of several counts as the first of these."""
_ORDER = (AUTHORS, NO_AUTHORS, LETTERS, COLLIDES, FROZEN)
_NEWEST = 2_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper, the key it has, the one that the pattern makes of it, not yet unique, and why it is shown."""

    paper_id: int
    title: str
    authors: tuple[str, ...]
    key: str
    base: str
    kind: str


def choose(session: Session, naming: Naming) -> list[Shown]:
    """Return papers of each sort, out of the newest ones."""
    found: dict[str, list[Mapping[Any, Any]]] = {kind: [] for kind in _WANTED}
    foreign = 0
    for row in session.execute(_rows(naming).order_by(PAPER.c.id.desc()).limit(_NEWEST)).mappings():
        strange = _strangeness(row)
        if strange > foreign:
            # Another script is rarer than an accent, and shows more.
            found[LETTERS], foreign = [row], strange
        for kind in _kinds(row):
            if len(found[kind]) < _WANTED[kind] + 1:  # one more, as the first may stand elsewhere
                found[kind].append(row)
    shown: dict[int, Shown] = {}
    for kind, wanted in _WANTED.items():
        fresh = [row for row in found[kind] if row["id"] not in shown]
        shown |= {row["id"]: _shown(row, naming, kind) for row in fresh[:wanted]}
    return sorted(shown.values(), key=lambda one: _ORDER.index(one.kind))


def colliding(session: Session, naming: Naming, ids: Iterable[int], others: Sequence[Shown]) -> list[Shown]:
    """Return examples with papers among them whose keys collide."""
    rows = session.execute(_rows(naming).where(PAPER.c.id.in_(list(ids)))).mappings().all()
    pair = [_shown(row, naming, COLLIDES) for row in rows]
    held = {one.paper_id for one in pair}
    shown = [one for one in others if one.paper_id not in held] + pair
    return sorted(shown, key=lambda one: _ORDER.index(one.kind))


def _rows(naming: Naming) -> Select[Any]:
    names = sorted({"id", "citation_key", "key_frozen", *naming.columns})
    return select(*(PAPER.c[name] for name in names)).where(PAPER.c.state == "live")


def _kinds(row: Mapping[Any, Any]) -> list[str]:
    return [FROZEN] if row["key_frozen"] else [AUTHORS if row["authors"] else NO_AUTHORS]


def _strangeness(row: Mapping[Any, Any]) -> int:
    """Return 2 for a name or title in another script, 1 for a name with an accent."""
    if row["key_frozen"]:
        return 0
    name = "".join(row["authors"][0]) if row["authors"] else ""
    text = name + row["title"]
    if not text.isascii() and any(map(_is_of_another_script, text)):
        return 2
    return 0 if name.isascii() else 1


def _is_of_another_script(character: str) -> bool:
    # Greek letters stand in many a title, and letters of formulas are no script.
    usual = ("LATIN", "GREEK", "MATHEMATICAL")
    return not character.isascii() and character.isalpha() and not unicodedata.name(character, "").startswith(usual)


def _shown(row: Mapping[Any, Any], naming: Naming, kind: str) -> Shown:
    names = tuple(str(family) for family, _given in row["authors"])
    base = row["citation_key"] if row["key_frozen"] else naming.key(row)
    return Shown(row["id"], row["title"], names, row["citation_key"], base, kind)
