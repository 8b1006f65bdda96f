"""Citation keys: who has which, proposing them anew, and setting one by hand."""

from __future__ import annotations

import json
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import false, func, select, true, union_all, update

from db.domain.citekeys import DEFAULT_PATTERN, KeyPattern, unique
from db.domain.records import Person
from db.store import frozen
from db.store.frozen import ALIAS, FROZEN, PAPER
from db.store.imports import batches, set_setting, setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

PATTERN = "key_pattern"
_KEYS_OF = "SELECT lower(citation_key) FROM paper WHERE id IN (SELECT value FROM json_each(?))"
FEW = 300
"""Up to here keys are looked up one by one, above all keys of the library are read at once."""


def pattern(session: Session) -> str:
    """Return the library's key pattern."""
    return setting(session, PATTERN) or DEFAULT_PATTERN


def set_pattern(session: Session, text: str) -> None:
    """Store the library's key pattern."""
    set_setting(session, PATTERN, text)


def owner(session: Session, key: str, but: int | None = None) -> tuple[int | None, str] | None:
    """Return who has or had a key without regard to case: (paper id, title), (None, "") for a lost paper."""
    for table, column in ((PAPER, PAPER.c.citation_key), (ALIAS, ALIAS.c.key), (FROZEN, FROZEN.c.key)):
        at = PAPER.c.id if table is PAPER else table.c.paper_id
        found = select(at).where(func.lower(column) == key.lower())
        if table is PAPER:
            found = found.where(PAPER.c.state != "merged")
        for paper_id in session.scalars(found):
            if but is not None and _heir(session, paper_id) == but:
                continue
            return paper_id, _title(session, paper_id)
    return None


def shared(session: Session, ids: Sequence[int] | None) -> dict[str, int]:
    """Return the keys of papers (None: of all), in small letters, that another paper has too, in other capitals.

    Each comes with the oldest paper of that key.
    """
    sql = "SELECT lower(citation_key), min(id) FROM paper WHERE state = 'live' {} GROUP BY 1 HAVING count(*) > 1"
    run = session.connection().exec_driver_sql
    if ids is None:
        rows = run(sql.format(""))
    else:
        rows = run(sql.format(f"AND lower(citation_key) IN ({_KEYS_OF})"), (json.dumps(list(ids)),))
    return dict(map(itemgetter(0, 1), rows))


def _heir(session: Session, paper_id: int | None) -> int | None:
    return None if paper_id is None else frozen.heirs(session, {paper_id})[paper_id]


def _title(session: Session, paper_id: int | None) -> str:
    return session.scalar(select(PAPER.c.title).where(PAPER.c.id == paper_id)) or ""


class Taken:
    """The keys that are taken, small letters, without those of papers that are about to get new ones."""

    def __init__(self, session: Session, without: Sequence[tuple[int, str]]) -> None:
        self._session = session
        self._free = {key.lower() for _id, key in without}
        self._given: set[str] = set()
        self._all = self._read() if len(without) > FEW else None

    def _read(self) -> set[str]:
        keys = union_all(
            select(PAPER.c.citation_key).where(PAPER.c.state != "merged"),
            select(FROZEN.c.key),
        )
        return {key.lower() for key in self._session.scalars(keys)}

    def __call__(self, key: str) -> bool:
        """Tell whether a key is taken."""
        key = key.lower()
        if key in self._given:
            return True
        if key in self._free:
            # Its holder is unfrozen, so nobody else can have it; frozen keys are never among these.
            return False
        return key in self._all if self._all is not None else self._ask(key)

    def _ask(self, key: str) -> bool:
        held = select(PAPER.c.id).where(PAPER.c.citation_key == key, PAPER.c.state != "merged")
        given = select(FROZEN.c.id).where(FROZEN.c.key == key)
        return any(self._session.scalar(one.limit(1)) is not None for one in (held, given))

    def give(self, key: str) -> None:
        """Note that a key is taken from now on."""
        self._given.add(key.lower())


def repropose(session: Session, ids: Iterable[int] | None = None) -> int:
    """Propose the unfrozen keys of papers (None: all) anew; return how many changed.

    A key that still fits its paper, with or without the letters that make it unique, stays.
    """
    rule = KeyPattern(pattern(session))
    rows = list(_unfrozen(session, ids))
    taken = Taken(session, [(row.id, row.citation_key) for row in rows])
    wanted = []
    for row in rows:
        base = rule.propose(row.title, tuple(Person(*name) for name in row.authors), row.year)
        if row.citation_key == base:
            taken.give(base)
        else:
            wanted.append((row, base))
    changed: list[tuple[int, str]] = []
    for row, base in wanted:
        old = row.citation_key
        key = old if _fits(old, base) and taken(base) and not taken(old) else unique(base, taken)
        taken.give(key)
        if key != old:
            changed.append((row.id, key))
    frozen.rename(session, changed)
    return len(changed)


def _unfrozen(session: Session, ids: Iterable[int] | None) -> Iterator[Any]:
    columns = select(PAPER.c.id, PAPER.c.citation_key, PAPER.c.title, PAPER.c.authors, PAPER.c.year)
    wanted = columns.where(PAPER.c.key_frozen == false(), PAPER.c.state != "merged").order_by(PAPER.c.id)
    if ids is None:
        yield from session.execute(wanted).all()
        return
    for batch in batches(ids):
        yield from session.execute(wanted.where(PAPER.c.id.in_(batch))).all()


def _fits(key: str, base: str) -> bool:
    rest = key[len(base) :]
    return key.startswith(base) and rest.isalpha() and rest.islower() and len(rest) <= 2


def propose(session: Session, title: str, authors: Sequence[Sequence[str]], year: int | None) -> str:
    """Return a free key for a paper that is not in the library yet."""
    people = tuple(Person(*name) for name in authors)
    return unique(KeyPattern(pattern(session)).propose(title, people, year), Taken(session, []))


def free(session: Session, key: str) -> str:
    """Return a key, with letters behind it when it is taken."""
    return unique(key, Taken(session, []))


def examples(session: Session, rule: KeyPattern, limit: int) -> list[tuple[str, str]]:
    """Return (title, key by the pattern) of the newest papers."""
    newest = select(PAPER.c.title, PAPER.c.authors, PAPER.c.year).where(PAPER.c.state == "live")
    rows = session.execute(newest.order_by(PAPER.c.id.desc()).limit(limit)).all()
    return [(row.title, rule.propose(row.title, tuple(Person(*n) for n in row.authors), row.year)) for row in rows]


def set_key(session: Session, paper_id: int, key: str) -> None:
    """Give a paper a key by hand and pin it; a frozen one it had before leads to it for ever."""
    row = session.execute(select(PAPER.c.citation_key, PAPER.c.key_frozen).where(PAPER.c.id == paper_id)).one()
    if row.citation_key == key and row.key_frozen:
        return
    if row.key_frozen:
        frozen.reserve(session, [(row.citation_key, paper_id)])
    one = update(PAPER).where(PAPER.c.id == paper_id)
    # In two steps, so that the journal's image of the second says that the key was pinned with it.
    session.execute(one.values(key_frozen=False))
    session.execute(one.values(citation_key=key, key_frozen=True, version=PAPER.c.version + 1))
    frozen.settle(session)


def pin(session: Session, ids: Iterable[int], *, pinned: bool) -> None:
    """Pin keys as they are, or let them follow the paper again; keys that were given away stay pinned."""
    change = update(PAPER).where(PAPER.c.key_frozen != (true() if pinned else false()))
    change = change.where(PAPER.c.state != "merged")
    if not pinned:
        change = change.where(PAPER.c.citation_key.not_in(select(FROZEN.c.key)))
    for batch in batches(ids):
        session.execute(change.where(PAPER.c.id.in_(batch)).values(key_frozen=pinned, version=PAPER.c.version + 1))


def given(session: Session, ids: Iterable[int]) -> int:
    """Return how many of the papers have a key that is frozen for ever."""
    return sum(
        session.scalar(
            select(func.count())
            .select_from(PAPER)
            .where(PAPER.c.id.in_(batch), PAPER.c.citation_key.in_(select(FROZEN.c.key)))
        )
        or 0
        for batch in batches(ids)
    )
