"""What is kept beside papers is made anew where it can differ, and only there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from db.domain.duplicates import blocking_keys
from db.services import editing, searching
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
