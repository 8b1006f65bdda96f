"""Editing papers: one statement for many wherever the new value does not depend on the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, or_, select, update

from db.domain.roundtrip import venue_renamed
from db.store import frozen, mergenotes
from db.store import versions as paperversions
from db.store.absorb import USER
from db.store.forgetting import forget_versions
from db.store.frozen import ADDED, PAPER
from db.store.ids import next_id
from db.store.imports import LOOKUP, NEW_PAPER, TABLES, batches, load_papers, update_papers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

CHANGE, STEP, TWIN = TABLES["change"], TABLES["step"], TABLES["twin"]
PERSONAL = frozenset({"status", "starred", "rating", "notes"})
"""Columns that only the person writes: they have no origin."""


def versions(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """Return the versions of those of the papers that are there and not merged into another."""
    found: dict[int, int] = {}
    for batch in batches(ids):
        rows = session.execute(
            select(PAPER.c.id, PAPER.c.version).where(PAPER.c.id.in_(batch), PAPER.c.state != "merged")
        )
        found.update((paper_id, version) for paper_id, version in rows)
    return found


def live(session: Session, ids: Iterable[int]) -> list[int]:
    """Return those of the papers that are there, in the order of their ids."""
    found: list[int] = []
    for batch in batches(ids):
        found += session.scalars(select(PAPER.c.id).where(PAPER.c.id.in_(batch), PAPER.c.state == "live"))
    return sorted(found)


def set_personal(session: Session, ids: Iterable[int], values: Mapping[str, Any]) -> None:
    """Set status, star, rating or notes of papers where they differ."""
    differs = or_(*(PAPER.c[name] != value for name, value in values.items()))
    change = update(PAPER).where(PAPER.c.state != "merged", differs)
    change = change.values(version=PAPER.c.version + 1, **values)
    for batch in batches(ids):
        session.execute(change.where(PAPER.c.id.in_(batch)))


def set_typed(session: Session, ids: Iterable[int], fields: Mapping[str, Mapping[str, Any]]) -> list[int]:
    """Set bibliographic fields (field -> its columns) as the person typed them; return the changed papers."""
    return set_each(session, dict.fromkeys(ids, fields))


def set_each(session: Session, wanted: Mapping[int, Mapping[str, Mapping[str, Any]]]) -> list[int]:
    """Set fields of papers, to other values in each (paper -> field -> its columns); return the changed papers."""
    changed: list[int] = []
    for batch in batches(wanted):
        written = []
        for paper_id, paper in load_papers(session, batch).items():
            if paper["state"] != "merged" and (names := _type(paper, wanted[paper_id])):
                written.append((paper, names))
        update_papers(session, written)
        # No version has a title of its own beside one that the person typed.
        retitled = [paper["id"] for paper, names in written if "title" in names]
        if retitled:
            paperversions.refresh(session, paperversions.load(session, retitled))
        changed += [paper["id"] for paper, _names in written]
    return changed


def drop_files(session: Session, paper_id: int, paths: Sequence[str]) -> None:
    """Take files off a paper; the files themselves are not touched."""
    table = TABLES["attachment"]
    session.execute(delete(table).where(table.c.paper_id == paper_id, table.c.path.in_(paths)))


def _type(paper: dict[str, Any], fields: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Set the fields of a paper that differ, as the person typed them; return the names of the columns to write."""
    differing = [
        field for field, columns in fields.items() if any(paper[name] != value for name, value in columns.items())
    ]
    if not differing:
        return set()
    new: dict[str, Any] = {"origins": paper["origins"] | dict.fromkeys(differing, USER)}
    for field in differing:
        new.update(fields[field])
    if "venue" in differing and "fields" not in differing:
        new["fields"] = venue_renamed(paper["fields"], paper["venue"], new["venue"])
    paper.update(new)
    return set(new)


def set_state(session: Session, ids: Iterable[int], old: str, new: str) -> None:
    """Move papers from one state to another."""
    change = update(PAPER).where(PAPER.c.state == old).values(state=new, version=PAPER.c.version + 1)
    for batch in batches(ids):
        session.execute(change.where(PAPER.c.id.in_(batch)))


def add(session: Session, values: Mapping[str, Any]) -> int:
    """Insert a paper that the person typed; return its id."""
    paper_id = next_id(session, "paper")
    blank = {"authors": [], "urls": [], "fields": {}, "abstract": "", "abstract_truncated": False}
    dateless = {"year_inferred": False, "year_evidence": "", "entry_type": "misc"}
    session.execute(insert(PAPER), [{**blank, **dateless, **NEW_PAPER, **values, "id": paper_id}])
    return paper_id


def trashed(session: Session) -> list[int]:
    """Return the papers in the trash."""
    return list(session.scalars(select(PAPER.c.id).where(PAPER.c.state == "trash").order_by(PAPER.c.id)))


def purge(session: Session, ids: Sequence[int], tick: Callable[[int, int], None]) -> set[int]:
    """Delete papers for good, with those merged into them; return all that went.

    Their keys stay reserved: a document may cite them. `tick` is told how far it is and may raise Cancelled.
    """
    gone = set(ids)
    layer = set(ids)
    while layer:
        below: set[int] = set()
        for batch in batches(layer):
            below |= set(session.scalars(select(PAPER.c.id).where(PAPER.c.merged_into.in_(batch))))
        layer = below - gone
        gone |= layer
    kept = []
    for batch in batches(gone):
        own = select(PAPER.c.citation_key, PAPER.c.id).where(PAPER.c.id.in_(batch), PAPER.c.key_frozen)
        added = select(ADDED.c.key, ADDED.c.paper_id).where(ADDED.c.paper_id.in_(batch))
        kept += [(key, paper_id) for rows in (own, added) for key, paper_id in session.execute(rows)]
    frozen.reserve(session, kept)
    work = 2 * len(gone)
    _forget(session, gone, lambda done: tick(done, work))
    for number, batch in enumerate(batches(gone)):
        tick(len(gone) + number * LOOKUP, work)
        session.execute(update(PAPER).where(PAPER.c.id.in_(batch)).values(merged_into=None))
        for name in BESIDE:
            session.execute(delete(TABLES[name]).where(TABLES[name].c.paper_id.in_(batch)))
        session.execute(delete(TWIN).where(or_(TWIN.c.low_id.in_(batch), TWIN.c.high_id.in_(batch))))
        session.execute(delete(PAPER).where(PAPER.c.id.in_(batch)))
    frozen.forget_lost(session)
    return gone


BESIDE = (
    "paper_tag", "tag_refusal", "paper_collection", "attachment", "sighting", "added_key", "key_alias", "block",
    "paper_version",
)  # fmt: skip
SOUGHT = 4_000
"""Papers that are looked for at once in the journal, which is read whole for them; a question holds them six times."""
HANGING = {
    **dict.fromkeys(("sighting", "attachment", "added_key", "paper_version"), ("paper_id",)),
    "twin": ("low_id", "high_id"),
}


def _forget(session: Session, ids: set[int], tick: Callable[[int], None]) -> None:
    """Drop the journal's images of papers and of what hangs on them, and steps that are left without any."""
    before = set(session.scalars(select(CHANGE.c.step_id).distinct()))
    first = func.json_extract(CHANGE.c.row_key, "$[0]")
    for number, batch in enumerate(batches(ids, SOUGHT)):
        tick(number * SOUGHT)
        owned = CHANGE.c.table_name.in_(("paper", "paper_tag", "tag_refusal", "paper_collection")) & first.in_(batch)
        session.execute(delete(CHANGE).where(owned))
        for table, names in HANGING.items():
            columns = [TABLES[table].c[name] for name in names]
            rows = select(TABLES[table].c.id).where(or_(*(column.in_(batch) for column in columns)))
            images = [
                func.json_extract(image, f"$.{name}").in_(batch)
                for name in names
                for image in (CHANGE.c.before, CHANGE.c.after)
            ]
            held = or_(first.in_(rows), *images)
            session.execute(delete(CHANGE).where(CHANGE.c.table_name == table, held))
        mergenotes.forget(session, batch)
    forget_versions(session, ids)
    emptied = before - set(session.scalars(select(CHANGE.c.step_id).distinct()))
    for batch in batches(emptied):
        session.execute(delete(STEP).where(STEP.c.id.in_(batch)))
