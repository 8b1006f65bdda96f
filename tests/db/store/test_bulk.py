"""Papers that go in by the thousand are noted as the triggers would note them, and the triggers come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, text

from db.services import undoing
from db.store import bulk, imports
from tests.cluster import ENGINE
from tests.db.store.test_journal import everything, paper

if TYPE_CHECKING:
    from db.services.library import Library

TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
}
CHANGES = "SELECT table_name, row_key, before, after FROM change WHERE step_id = :step ORDER BY id"
SOURCE = {"id": 1, "kind": "dump", "name": "a.txt", "sha256": "0", "imported_at": "2025-01-01"}
SIGHTING = {"position": 1, "line_start": 1, "line_abstract": None, "line_end": 2, "values": {"comments": 3}}


def add(library: Library, *, in_bulk: bool) -> dict[str, list[Any]]:
    """Add papers with sightings in one step; return what was noted of them while it was open."""
    with library.writing("Add") as write:
        session = write.session
        if in_bulk:
            with bulk.inserts(session):
                _insert(session)
        else:
            _insert(session)
        return {
            "change": list(session.execute(text(CHANGES), {"step": write.step})),
            "dirty": list(session.execute(text("SELECT paper_id FROM dirty ORDER BY paper_id"))),
            "triggers": list(session.execute(text(TRIGGERS[ENGINE]))),
        }


def _insert(session: Any) -> None:
    session.execute(insert(imports.TABLES["source"]), [SOURCE])
    imports.add_papers(session, [paper(number) for number in range(1, 4)])
    sightings = [{**SIGHTING, "id": n, "paper_id": n, "source_id": SOURCE["id"]} for n in range(1, 4)]
    imports.add_sightings(session, sightings)


def test_the_journal_and_the_index_are_told_the_same(library: Library) -> None:
    slow = add(library, in_bulk=False)
    shown = everything(library)
    undoing.undo(library)
    fast = add(library, in_bulk=True)

    assert fast["change"] == slow["change"]
    assert len(fast["change"]) == 7
    assert (fast["dirty"], fast["triggers"]) == (slow["dirty"], slow["triggers"])
    assert len(fast["dirty"]) == 3
    assert everything(library) == shown
    undoing.undo(library)
    undoing.redo(library)
    assert everything(library) == shown


def _fail(library: Library) -> None:
    with library.writing("Add") as write, bulk.inserts(write.session):
        _insert(write.session)
        raise ZeroDivisionError


def test_an_error_brings_the_triggers_back(library: Library) -> None:
    with library.reading() as session:
        before = list(session.execute(text(TRIGGERS[ENGINE])))
    with pytest.raises(ZeroDivisionError):
        _fail(library)
    with library.reading() as session:
        assert list(session.execute(text(TRIGGERS[ENGINE]))) == before
        assert session.scalar(text("SELECT count(*) FROM paper")) == 0


def test_only_tables_whose_triggers_are_away_are_noted(library: Library) -> None:
    with library.writing("Add") as write, bulk.inserts(write.session), pytest.raises(ValueError, match="tag"):
        bulk.noted(write.session, "tag", [1])


def test_a_column_that_is_not_indexed_has_nothing_indexed_anew(library: Library) -> None:
    add(library, in_bulk=True)
    with library.writing("Change") as write:
        imports.update_papers(write.session, [(paper(1) | {"comments": 7, "urls": []}, {"comments", "urls"})])
        assert write.session.scalar(text("SELECT count(*) FROM dirty")) == 0
        imports.update_papers(write.session, [(paper(2) | {"authors": []}, {"authors"})])
        assert list(write.session.scalars(text("SELECT paper_id FROM dirty"))) == [2]
        rows = write.session.execute(text("SELECT version, comments, urls, authors FROM paper ORDER BY id")).all()
    assert rows[0][:3] == (2, 7, "[]")
    assert (rows[1].version, rows[1].authors) == (2, "[]")
    assert rows[2].version == 1
