"""Papers by tag or by dump: the groups that charts and maps show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.store import overview

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.services.library import Library
    from db.store.sessions import Session

SHOWN = 7
"""Groups that are told apart; the rest is one more. More colours and shapes than eight nobody tells apart."""
KINDS = frozenset({"tag", "dump"})


@dataclass(frozen=True, slots=True)
class Group:
    """Papers that have a tag or a dump; `term` searches for them, `colour` is 0 to 7, `number` tells it from others.

    The rest of the tags or dumps is one group with number 0, papers without any the one with number -1.
    """

    number: int
    name: str
    papers: int
    colour: int = 0
    term: str = ""


REST, NONE = 0, -1


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups, the largest first, then the rest and those without; of each paper the places of its groups."""

    groups: tuple[Group, ...]
    of: Mapping[int, tuple[int, ...]]


def grouped(library: Library, ids: Sequence[int], kind: str) -> Grouped:
    """Return these papers by `tag` or by `dump`."""
    with library.reading() as session:
        return groups_in(session, ids, kind)


def groups_in(session: Session, ids: Sequence[int], kind: str) -> Grouped:
    """Return these papers by `tag` or by `dump`, as a session sees them."""
    having = overview.given(session, kind, ids)
    names = overview.named(session, kind)
    counts = Counter(number for numbers in having.values() for number in numbers)
    largest = sorted(counts, key=lambda number: (-counts[number], names[number][0].casefold(), number))
    shown = largest[:SHOWN] if len(largest) > SHOWN + 1 else largest
    rest = set(counts) - set(shown)
    place = {number: at for at, number in enumerate(shown)} | dict.fromkeys(rest, len(shown))
    of = {paper: tuple(dict.fromkeys(place[one] for one in numbers)) for paper, numbers in having.items()}
    groups = [_group(kind, number, names[number], counts[number], at) for at, number in enumerate(shown)]
    if rest:
        groups.append(Group(REST, "", sum(1 for places in of.values() if len(shown) in places)))
    if len(having) < len(ids):
        of |= dict.fromkeys((one for one in ids if one not in having), (len(groups),))
        groups.append(Group(NONE, "", len(ids) - len(having)))
    return Grouped(tuple(groups), of)


def _group(kind: str, number: int, known: tuple[str, int], papers: int, place: int) -> Group:
    name, colour = known
    return Group(number, name, papers, colour if kind == "tag" else place, f"{kind}:#{number}")
