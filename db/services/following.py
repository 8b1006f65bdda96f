"""How a paper follows one of its sightings that says something else by now, or is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.store import absorb, keys
from db.store import rereading as store
from db.store.absorb import TEXTS, USER
from db.store.merges import COLUMNS, PERSONAL
from db.store.sources import values_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.domain.records import Record
    from db.store.rereading import Seen
    from db.store.sessions import Session

Row = dict[str, Any]
Told = tuple[int, dict[str, Any]]
"""A sighting's id and its values."""

JOINED = ("urls", "fields")
"""What several sightings fill together."""
EMPTY: Mapping[str, Any] = {
    "authors": [], "urls": [], "fields": {}, "entry_type": "misc", "year_inferred": False, "year_evidence": "",
}  # fmt: skip

BATCH = 500


def follow_all(session: Session, pairs: Sequence[tuple[Seen, Record | None]]) -> None:
    """Let papers follow their sightings, each with what it says now, or None when it is gone; keys follow, too."""
    of_paper: dict[int, list[tuple[int, Record | None]]] = {}
    for seen, record in pairs:
        of_paper.setdefault(seen.paper_id, []).append((seen.id, record))
    ids = list(of_paper)
    for at in range(0, len(ids), BATCH):
        batch = ids[at : at + BATCH]
        papers, told = store.papers(session, batch), store.values_of(session, batch)
        changed = []
        for paper_id in batch:
            old = papers[paper_id]
            new = _followed(old, told[paper_id], of_paper[paper_id])
            if _differing(old, new):
                changed.append(new)
        store.write_papers(session, changed)
        keys.follow(session, {new["id"]: _differing(papers[new["id"]], new) for new in changed})


def _differing(old: Row, new: Row) -> list[str]:
    return [name for name in new if new[name] != old[name]]


def _followed(paper: Row, told: list[Told], news: Sequence[tuple[int, Record | None]]) -> Row:
    for sighting_id, record in news:
        paper = follow(paper, sighting_id, told, record)
        said = None if record is None else values_of(record)
        told = [
            (one, values if one != sighting_id else said or {})
            for one, values in told
            if one != sighting_id or said is not None
        ]  # fmt: skip
    return paper


def owns(paper: Row, field: str, sighting_id: int, first: int | None) -> bool:
    """Tell whether a field of a paper came from this sighting; what names no origin came from the first one."""
    return bool(paper["origins"].get(field, first) == sighting_id)


def follow(paper: Row, sighting_id: int, told: Sequence[Told], record: Record | None) -> Row:
    """Return the row of a paper after one of its sightings says what `record` says, or is gone (None).

    `told` are all sightings of the paper as they were, the first one first. What came from the sighting is
    taken from what it says now, then from the others; what the person typed stays.
    """
    new: Row = dict(paper) | {"origins": dict(paper["origins"])}
    others = [one for one in told if one[0] != sighting_id]
    first = told[0][0] if told else None
    owned = [field for field in COLUMNS if field not in PERSONAL and owns(paper, field, sighting_id, first)]
    if record is not None or others:
        _empty(new, owned, dict(told).get(sighting_id, {}), [values for _id, values in others])
    for field in owned:
        new["origins"].pop(field, None)
    if sighting_id != first and record is not None:
        new["origins"] |= dict.fromkeys(owned, sighting_id)
    elif record is None and others:
        # No source keeps another's words, so these stay and now count as those of the first sighting that is left.
        new["origins"] |= {field: others[0][0] for field in TEXTS if field in owned}
    for one, values in told:
        said = absorb.columns(store.record_of(values)) if one != sighting_id else None
        if said is None and record is not None:
            said = absorb.columns(record)
            _take_texts(new, said, owned)
        if said is not None:
            absorb.absorb(new, said, one)
    return new


def _empty(new: Row, owned: Sequence[str], old: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> None:
    """Take what the sighting said out of the paper, as far as no other sighting says it too."""
    for field in owned:
        if field not in TEXTS and field not in JOINED:
            new.update({name: EMPTY.get(name) for name in COLUMNS[field]})
    if new["origins"].get("urls") != USER:
        kept = {url for values in others for url in values.get("urls", ())}
        lost = set(old.get("urls", ())) - kept
        new["urls"] = [url for url in new["urls"] if url not in lost]
    if new["origins"].get("fields") != USER:
        said = [(name, value) for values in others for name, value in values.get("fields", {}).items()]
        lost_fields = {name for name, value in old.get("fields", {}).items() if (name, value) not in said}
        same = old.get("fields", {})
        new["fields"] = {
            name: value
            for name, value in new["fields"].items()
            if name not in lost_fields or same.get(name) != value
        }  # fmt: skip


def _take_texts(new: Row, said: Mapping[str, Any], owned: Sequence[str]) -> None:
    if "title" in owned:
        new["title"] = said["title"]
    if "abstract" in owned:
        new.update({name: said[name] for name in COLUMNS["abstract"]})
