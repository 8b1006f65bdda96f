"""What is kept beside papers is made anew where it can differ, and only there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from db.domain.duplicates import blocking_keys
from db.services import editing, searching, undoing
from db.store import index

if TYPE_CHECKING:
    from db.services.library import Library

TITLE, OTHER = "Copper lanterns for slow routing", "Hollow violins and their thistle orchards"
CHANGES = {
    "venue": [("venue", "Orchard Letters")],
    "title": [("title", OTHER)],
    "venue, then title": [("venue", "Orchard Letters"), ("title", OTHER)],
    "title, then venue": [("title", OTHER), ("venue", "Orchard Letters")],
    "into the trash, then venue": [("state", "trash"), ("venue", "Orchard Letters")],
}


def blocks(library: Library, paper_id: int) -> set[int]:
    with library.reading() as session:
        return set(session.execute(text("SELECT key FROM block WHERE paper_id = :p"), {"p": paper_id}).scalars())


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_blocking_keys_follow_the_text(library: Library, changes: list[tuple[str, str]]) -> None:
    paper_id, _ = editing.add_paper(library, {"title": TITLE, "abstract": "Lanterns of copper."})
    with library.writing("Change") as write:
        for column, value in changes:
            write.session.execute(text(f"UPDATE paper SET {column} = :v WHERE id = :p"), {"v": value, "p": paper_id})
    title = dict(changes).get("title", TITLE)
    assert blocks(library, paper_id) == set(blocking_keys(title, "Lanterns of copper."))
    with library.reading() as session:
        assert session.execute(text("SELECT count(*) FROM dirty")).scalar() == 0


def test_keys_are_not_made_anew_for_what_is_no_part_of_them(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    paper_id, _ = editing.add_paper(library, {"title": TITLE, "date": "2024"})
    before = blocks(library, paper_id)
    made: list[str] = []
    monkeypatch.setattr(index, "blocking_keys", lambda title, abstract: made.append(title) or [])
    editing.set_fields(library, [paper_id], {"venue": "Orchard Letters", "date": "2025", "notes": "seen"})
    assert made == []
    assert blocks(library, paper_id) == before
    assert searching.find(library, "note:seen is:published").ids.tolist() == [paper_id]


def kinds(library: Library) -> list[str]:
    with library.reading() as session:
        return list(session.execute(text("SELECT own_kind FROM paper ORDER BY id")).scalars())


@pytest.mark.parametrize("field", ["venue", "entry_type"])
def test_the_kind_is_written_with_what_it_is_made_from(library: Library, field: str) -> None:
    values = {"venue": {"venue": "Orchard Letters"}, "entry_type": {"entry_type": "book"}}[field]
    ids = [editing.add_paper(library, {"title": f"{TITLE} {n}", "abstract": "Lanterns."})[0] for n in range(3)]
    editing.set_fields(library, ids[:2], values)
    assert kinds(library) == ["published", "published", "preprint"]
    with library.reading() as session:
        last = "SELECT after FROM change WHERE step_id = (SELECT max(id) FROM step) ORDER BY id"
        after = [json.loads(image) for image in session.execute(text(last)).scalars()]
    # One image a paper, so each row was written once; it has the kind, so undo writes each once as well.
    assert [(image[field], image["own_kind"]) for image in after] == [(values[field], "published")] * 2
    undoing.undo(library)
    assert kinds(library) == ["preprint"] * 3
    undoing.redo(library)
    assert kinds(library) == ["published", "published", "preprint"]


def test_the_kind_follows_a_step_that_does_not_name_it(library: Library) -> None:
    """Steps of an earlier version say nothing of kinds."""
    paper_id, _ = editing.add_paper(library, {"title": TITLE, "abstract": "Lanterns."})
    with library.writing("As an earlier version wrote it") as write:
        write.session.execute(text("UPDATE paper SET venue = 'Orchard Letters' WHERE id = :p"), {"p": paper_id})
    assert kinds(library) == ["published"]
    undoing.undo(library)
    assert kinds(library) == ["preprint"]
    undoing.redo(library)
    assert kinds(library) == ["published"]


def test_a_venue_of_all_papers_leaves_the_search_index_alone(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [editing.add_paper(library, {"title": f"{TITLE} {n}"})[0] for n in range(3)]
    monkeypatch.setattr(index, "ROOM", 1)
    monkeypatch.setattr(index, "_refresh_some", lambda *_: pytest.fail("read again"))
    editing.set_fields(library, ids, {"venue": "Orchard Letters"})
    undoing.undo(library)
    assert searching.find(library, "lanterns").ids.tolist() == ids[::-1]
