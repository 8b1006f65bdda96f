"""Values that the library holds for a field being typed: few of them, and found without looking at every paper."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import text

from db.domain.names import fold, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy.orm import Session

MOST = 12
LOOKED_AT = 400
"""Papers whose authors or organizations are looked through."""
NAMES = {
    "tag": "SELECT name FROM tag ORDER BY name_key LIMIT 20000",
    "collection": "SELECT DISTINCT name FROM collection ORDER BY name LIMIT 20000",
    "in": "SELECT name FROM saved_search ORDER BY name LIMIT 20000",
    "dump": "SELECT name FROM source ORDER BY id DESC LIMIT 20000",
}
NAMES |= {"new": NAMES["dump"], "back": NAMES["dump"]}
PEOPLE = (
    "SELECT p.authors, p.organization FROM paper p WHERE p.state = 'live' AND p.id IN "
    "(SELECT rowid FROM paper_fts WHERE paper_fts MATCH :words LIMIT :most) ORDER BY p.id"
)
KEYS = (
    "SELECT citation_key FROM paper WHERE state = 'live' AND citation_key >= :low AND citation_key < :high "
    "ORDER BY citation_key LIMIT :most"
)
EDGES = (
    "SELECT (SELECT date_sort FROM paper WHERE state = 'live' AND date_sort > 0 ORDER BY date_sort LIMIT 1), "
    "(SELECT date_sort FROM paper WHERE state = 'live' AND date_sort > 0 ORDER BY date_sort DESC LIMIT 1)"
)


def values(session: Session, field: str, typed: str) -> list[str]:
    """Return values of a field that begin, or have a word that begins, with what is typed; at most twelve."""
    find = FINDERS.get(field, _named)
    return find(session, field, typed)[:MOST]


def _named(session: Session, field: str, typed: str) -> list[str]:
    """Names of tags, collections and dumps: those that begin so, then those that hold it."""
    if field not in NAMES:
        return []
    wanted = fold(typed)
    names = dict.fromkeys(str(one) for one in session.execute(text(NAMES[field])).scalars())
    holding = [(name, fold(name).find(wanted)) for name in names]
    return [name for name, at in sorted(holding, key=lambda one: one[1] > 0) if at >= 0]


def _people(session: Session, field: str, typed: str) -> list[str]:
    """Families or organizations among the first papers that have such a word; the most frequent first."""
    wanted = words(typed)
    if not wanted:
        return []
    match = " AND ".join(f'authors : "{word}"*' for word in wanted)
    rows = session.execute(text(PEOPLE), {"words": match, "most": LOOKED_AT})
    found: Counter[str] = Counter()
    for authors, organization in rows:
        names = _families(authors) if field == "author" else [organization or ""]
        found.update(name for name in names if _begins(name, wanted))
    return [name for name, _count in found.most_common(MOST)]


def _families(stored: str | None) -> Iterable[str]:
    return [name[0] for name in json.loads(stored or "[]") if name]


def _begins(name: str, wanted: list[str]) -> bool:
    there = words(name)
    return all(any(word.startswith(one) for word in there) for one in wanted)


def _keys(session: Session, _field: str, typed: str) -> list[str]:
    span = {"low": typed, "high": typed + "\U0010ffff", "most": MOST}
    return [str(one) for one in session.execute(text(KEYS), span).scalars()]


def _years(session: Session, _field: str, typed: str) -> list[str]:
    first, last = session.execute(text(EDGES)).one()
    if first is None:
        return []
    return [str(year) for year in range(last // 10_000, first // 10_000 - 1, -1) if str(year).startswith(typed)]


FINDERS: dict[str, Callable[[Session, str, str], list[str]]] = {
    "author": _people,
    "org": _people,
    "key": _keys,
    "year": _years,
}
