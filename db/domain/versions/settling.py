"""What versions a work has: those that its sightings tell of, with what the person said of them.

The outcome depends on the set of sightings alone, never on the order in which they came.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.domain.formats.bibwrite import venues
from db.domain.records import Version, VersionKind
from db.domain.records.versions import UNDATED
from db.domain.versions.kinds import is_eprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PREPRINT, PUBLISHED = VersionKind.PREPRINT, VersionKind.PUBLISHED
OF_EPRINT = frozenset("archiveprefix eprint eprintclass eprinttype primaryclass primary_category".split())
"""Fields of an entry that speak of its eprint, in small letters."""
_EMPTY: dict[str, Any] = {
    "title": "", "arxiv_id": None, "arxiv_version": None, "doi": None, "venue": None, "date": UNDATED,
    "entry_type": "misc",
}  # fmt: skip
"""Values of fields that one sighting fills where another one is silent."""


def shown(versions: Iterable[Version]) -> list[Version]:
    """Return the versions that the person did not remove, the preprint first."""
    return sorted((one for one in versions if not one.removed), key=lambda one: (one.kind.value, _when(one), one.id))


def _when(one: Version) -> tuple[int, int, int]:
    return one.date.year or 0, one.date.month or 0, one.date.day or 0


def settled(told: Sequence[Version], held: Sequence[Version]) -> list[Version]:
    """Return the versions of a work; those that are `held` already keep their id, the others have none.

    `told` are what its sightings tell of, one each. A work that is known in one version alone has none, unless the
    person said something of it. Nothing that the person typed, marked or removed is lost.
    """
    made = _made(told)
    own = [one for one in held if one.typed or one.removed]
    if len(made.keys() | {one.kind for one in own}) < 2 and not own:
        return []
    result = []
    for kind in VersionKind:
        there = sorted((one for one in held if one.kind is kind), key=lambda one: one not in own)
        result += _one(made.get(kind), there[0] if there else None)
        result += [one for one in there[1:] if one in own]
    rule = next((one.rule for one in held if one.rule), None)
    return [replace(one, rule=rule) for one in result]


def _one(made: Version | None, held: Version | None) -> list[Version]:
    """Return a version as the sightings make it, with what the person said of the one that is held."""
    if held is None:
        return [] if made is None else [made]
    if held.removed or made is None:
        return [held] if held.removed or held.typed else []
    typed = {name: getattr(held, name) for name in held.typed if name != "kind"}
    return [replace(made, **typed, id=held.id, typed=held.typed, is_read=held.is_read)]


def _made(told: Sequence[Version]) -> dict[VersionKind, Version]:
    """Return the version of each kind that the sightings tell of."""
    of_kind = {kind: [one for one in told if one.kind is kind] for kind in VersionKind}
    published = [_parted(one) for one in of_kind[PUBLISHED]]
    made = {}
    if of_kind[PREPRINT]:
        made[PREPRINT] = _joined(of_kind[PREPRINT], [eprint for _own, eprint in published])
    if published:
        made[PUBLISHED] = _joined([own for own, _eprint in published], [])
    return made


def _parted(one: Version) -> tuple[Version, Version]:
    """Return what a published record says of itself, and what it says of its eprint."""
    of_eprint = {name: text for name, text in one.fields.items() if name.lower() in OF_EPRINT}
    own = {name: text for name, text in one.fields.items() if name not in of_eprint}
    links = tuple(url for url in one.urls if "arxiv.org/" in url.lower())
    doi = one.doi if is_eprint(one.doi) else None
    mine = replace(
        one, arxiv_id=None, arxiv_version=None, doi=None if doi else one.doi, fields=own,
        urls=tuple(url for url in one.urls if url not in links),
    )  # fmt: skip
    eprint = Version(
        PREPRINT, arxiv_id=one.arxiv_id, arxiv_version=one.arxiv_version, doi=doi, urls=links, fields=of_eprint
    )
    return mine, eprint


def _joined(told: Sequence[Version], beside: Sequence[Version]) -> Version:
    """Return one version of all: the fullest record as it is, filled from those that do not contradict it.

    So the pages of one place never stand beside the name of another. `beside` fill what is left.
    """
    first, *others = _ordered(told)
    for other in [*others, *_ordered(beside)]:
        if not _contradict(first, other):
            first = _filled(first, other)
    return replace(first, sightings=tuple(sorted(first.sightings)))


def _ordered(versions: Sequence[Version]) -> Sequence[Version]:
    return sorted(versions, key=_order) if len(versions) > 1 else versions  # as nearly all are


def _order(one: Version) -> tuple[int, str]:
    """Put the fullest first; of equally full ones the texts decide, so that it never matters which came first."""
    full = sum(getattr(one, name) != empty for name, empty in _EMPTY.items()) + len(one.fields) + bool(one.authors)
    plain = replace(one, sightings=(), fields={})
    return -full, f"{plain}{sorted(one.fields.items())}"


def _contradict(one: Version, other: Version) -> bool:
    pairs = ((one.doi, other.doi), (one.arxiv_id, other.arxiv_id))
    if any(a and b and a.lower() != b.lower() for a, b in pairs):
        return True
    placed = one.kind is PUBLISHED and one.venue and other.venue
    return bool(placed) and not venues.is_same(one.venue or "", other.venue or "")


def _finer(other: Version, one: Version) -> bool:
    """Tell whether another record of a version has the day of the year that one states."""
    new, old = other.date, one.date
    return (
        new.year is not None
        and new.year == old.year
        and (bool(new.month), bool(new.day))
        > (
            bool(old.month),
            bool(old.day),
        )
    )


def _filled(one: Version, other: Version) -> Version:
    values = {name: getattr(other, name) for name, empty in _EMPTY.items() if getattr(one, name) == empty}
    if _finer(other, one):
        values["date"] = other.date
    if not one.authors:
        values |= {"authors": other.authors, "author_count": other.author_count}
    if one.arxiv_version and other.arxiv_version:
        values["arxiv_version"] = max(one.arxiv_version, other.arxiv_version)
    return replace(
        one,
        **values,
        urls=tuple(dict.fromkeys((*one.urls, *other.urls))),
        fields={**other.fields, **one.fields},
        sightings=(*one.sightings, *other.sightings),
    )
