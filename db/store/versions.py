"""Versions of papers: reading and writing their rows, and bringing them up to what the sightings tell."""

from __future__ import annotations

import json
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from db.domain.records import CiteRule, Date, Person, Version, VersionKind
from db.domain.versions import settled
from db.store.frozen import PAPER
from db.store.imports import TABLES, batches, rewrite, setting
from db.store.sources import TITLED
from db.store.versions_told import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.store.merges import Row

VERSION, SIGHTING = TABLES["paper_version"], TABLES["sighting"]
RULE = "cite_versions"
"""The setting that holds the rule of the library."""
PLAIN = ("title", "author_count", "arxiv_id", "arxiv_version", "doi", "venue", "entry_type", "is_read", "removed")
_plain = attrgetter(*PLAIN)
_NAMES = "paper_id id kind authors urls year month day year_inferred year_evidence fields sightings typed rule".split()
_LOAD = (
    f"SELECT {', '.join((*_NAMES, *PLAIN))} FROM paper_version "
    "WHERE paper_id IN (SELECT value FROM json_each(?)) ORDER BY id"
)
_ANY = "SELECT 1 FROM paper_version LIMIT 1"
_BY_NUMBER = "SELECT {0}, paper_id FROM paper_version WHERE {0} IN (SELECT value FROM json_each(?)) AND NOT removed"


def rule(session: Session) -> CiteRule:
    """Return by which rule the library cites the versions of papers."""
    return CiteRule(setting(session, RULE) or CiteRule.PUBLISHED)


def any_there(session: Session) -> bool:
    """Tell whether any paper is known in several versions."""
    return session.connection().exec_driver_sql(_ANY).first() is not None


def load(session: Session, ids: Iterable[int]) -> dict[int, list[Version]]:
    """Return the versions of those of the papers that have any, removed ones too."""
    found: dict[int, list[Version]] = {}
    for row in session.connection().exec_driver_sql(_LOAD, (json.dumps(list(ids)),)):
        found.setdefault(row[0], []).append(_version(row))
    return found


def _version(row: Sequence[Any]) -> Version:
    values = dict(zip((*_NAMES, *PLAIN), row, strict=True))
    year, month, day = (values[name] for name in ("year", "month", "day"))
    plain = {name: values[name] for name in PLAIN}
    return Version(
        kind=VersionKind(values["kind"]),
        id=values["id"],
        authors=tuple(Person(*name) for name in json.loads(values["authors"])),
        urls=tuple(json.loads(values["urls"])),
        date=Date(year, month, day, bool(values["year_inferred"]), values["year_evidence"]),
        fields=json.loads(values["fields"]),
        sightings=tuple(json.loads(values["sightings"])),
        typed=frozenset(json.loads(values["typed"])),
        rule=CiteRule(values["rule"]) if values["rule"] else None,
        **plain | {name: bool(plain[name]) for name in ("is_read", "removed")},
    )


def columns(one: Version) -> Row:
    """Return the columns of a version but its id and its paper."""
    date = one.date
    return dict(zip(PLAIN, _plain(one), strict=True)) | {
        "kind": one.kind.value,
        "authors": [[person.family, person.given] for person in one.authors],
        "urls": list(one.urls),
        "year": date.year,
        "month": date.month,
        "day": date.day,
        "year_inferred": date.inferred,
        "year_evidence": date.evidence,
        "fields": dict(one.fields),
        "sightings": list(one.sightings),
        "typed": sorted(one.typed),
        "rule": one.rule.value if one.rule else "",
    }


def by_number(session: Session, numbers: Iterable[str]) -> dict[str, list[int]]:
    """Return the papers of which a version has one of these arXiv ids or DOIs, by the number."""
    found: dict[str, list[int]] = {}
    run = session.connection().exec_driver_sql
    if not any_there(session):
        return found
    asked = (json.dumps(list(numbers)),)
    for name in ("arxiv_id", "doi"):
        for number, paper_id in run(_BY_NUMBER.format(name), asked):
            found.setdefault(number, []).append(paper_id)
    return found


def refresh(session: Session, ids: Iterable[int]) -> None:
    """Let papers have the versions that their sightings tell of; what the person said of them stays."""
    for batch in batches(ids):
        held, seen = load(session, batch), told(session, batch)
        both = ((one, held.get(one, []), seen.get(one, ())) for one in batch)
        settling = {paper_id: (old, settled(sightings, old)) for paper_id, old, sightings in both}
        _write(session, {paper_id: change for paper_id, change in settling.items() if change[0] != change[1]})


def write(session: Session, paper_id: int, old: Sequence[Version], new: Sequence[Version]) -> None:
    """Put versions of a paper in the place of those it had; those of the same id are changed. Counts as an edit."""
    _write(session, {paper_id: (old, new)})


def _write(session: Session, changes: Mapping[int, tuple[Sequence[Version], Sequence[Version]]]) -> None:
    gone: set[int] = set()
    fresh, changed = [], []
    for paper_id, (old, new) in changes.items():
        known = {one.id: one for one in old}
        gone |= known.keys() - {one.id for one in new}
        fresh += [columns(one) | {"paper_id": paper_id, "version": 1} for one in new if not one.id]
        changed += [columns(one) | {"id": one.id} for one in new if one.id and one != known.get(one.id)]
    for batch in batches(gone):
        session.execute(delete(VERSION).where(VERSION.c.id.in_(batch)))
    if fresh:
        session.execute(insert(VERSION), fresh)
    rewrite(session, VERSION, changed, [name for name in (changed[0] if changed else ()) if name != "id"])
    for batch in batches(changes):
        session.execute(update(PAPER).where(PAPER.c.id.in_(batch)).values(version=PAPER.c.version + 1))


def before_merge(session: Session, rows: Mapping[int, Row], into: int, title: str) -> tuple[list[int], list[int]]:
    """Let nothing of the versions of papers be lost when they become the paper `into`, which will have this title.

    What a person typed moves. A paper without sightings is itself what is known of its version. The others are made
    anew from their sightings, which remember a title that the paper does not have. `refresh` is to follow.
    Returns the versions that were added, and the sightings that remember a title now.
    """
    titled = [
        sighting_id
        for paper_id, row in rows.items()
        if row["title"] != title
        for sighting_id in _remember_title(session, paper_id, row["title"])
    ]
    losers = [paper_id for paper_id in rows if paper_id != into]
    held, seen = load(session, rows), told(session, rows)
    for paper_id in losers:
        own = [one.id for one in held.get(paper_id, ()) if one.typed or one.removed]
        mine = VERSION.c.paper_id == paper_id
        session.execute(delete(VERSION).where(mine, VERSION.c.id.not_in(own)))
        session.execute(update(VERSION).where(mine).values(paper_id=into, version=VERSION.c.version + 1))
    by_hand = [one for paper_id in rows for one in seen.get(paper_id, ()) if not one.sightings]
    if not by_hand or not (held or len({one.kind for several in seen.values() for one in several}) > 1):
        return [], titled
    new = [columns(one) | {"typed": _stated(one), "paper_id": into, "version": 1} for one in by_hand]
    return list(session.scalars(insert(VERSION).returning(VERSION.c.id), new)), titled


def _stated(one: Version) -> list[str]:
    """Return what a version says as the names of the fields that the person typed."""
    blank = Version(one.kind)
    named = ("arxiv_id", "doi", "urls", "venue", "date", "entry_type", "fields", "authors", "author_count", "title")
    return sorted(["kind", *(name for name in named if getattr(one, name) != getattr(blank, name))])


def _remember_title(session: Session, paper_id: int, title: str) -> Iterator[int]:
    """Let what is known of a paper remember its title; yield the sightings that did not yet."""
    untitled = (VERSION.c.paper_id == paper_id) & (VERSION.c.title == "")
    session.execute(update(VERSION).where(untitled).values(title=title, version=VERSION.c.version + 1))
    said = SIGHTING.c["values"]
    sightings = select(SIGHTING.c.id, said).where(SIGHTING.c.paper_id == paper_id)
    for sighting_id, values in session.execute(sightings).all():
        if TITLED not in values:
            session.execute(
                update(SIGHTING).where(SIGHTING.c.id == sighting_id).values({said: {TITLED: title} | values})
            )
            yield sighting_id
