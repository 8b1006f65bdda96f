"""Collections: a tree without loops that papers can be put into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.domain.errors import LibraryError
from db.services import collecting, editing, undoing

if TYPE_CHECKING:
    from db.services.library import Library


def test_a_tree_is_made_moved_and_deleted(library: Library) -> None:
    top, changes = collecting.create(library, " Thesis ")
    assert changes.label == "Create collection Thesis"
    inner, _ = collecting.create(library, "Chapter 1", top)
    innermost, _ = collecting.create(library, "Section", inner)
    with pytest.raises(LibraryError, match="into itself"):
        collecting.move(library, top, innermost)
    with pytest.raises(LibraryError, match="into itself"):
        collecting.move(library, top, top)
    collecting.move(library, innermost, None)
    assert {c.name: c.parent_id for c in collecting.collections(library)} == {
        "Chapter 1": top,
        "Section": None,
        "Thesis": None,
    }
    collecting.move(library, innermost, inner)
    assert not collecting.move(library, innermost, inner)
    collecting.delete(library, top)
    assert collecting.collections(library) == []
    undoing.undo(library)
    assert len(collecting.collections(library)) == 3


def test_names_are_one_of_each_in_a_place(library: Library) -> None:
    top, _ = collecting.create(library, "Thesis")
    other, _ = collecting.create(library, "Other")
    collecting.create(library, "Thesis", top)
    with pytest.raises(LibraryError, match="already"):
        collecting.create(library, "thesis")
    with pytest.raises(LibraryError, match="already"):
        collecting.rename(library, other, "Thesis")
    assert collecting.rename(library, top, "THESIS").label == "Rename collection Thesis to THESIS"
    with pytest.raises(LibraryError, match="no longer"):
        collecting.rename(library, 99, "x")


def test_papers_go_in_and_out(library: Library) -> None:
    ids = [editing.add_paper(library, {"title": f"Paper {n}"})[0] for n in range(3)]
    shelf, _ = collecting.create(library, "Shelf")
    assert collecting.add(library, shelf, ids).label == "Add 3 papers to Shelf"
    assert not collecting.add(library, shelf, ids)
    collecting.remove(library, shelf, ids[:1])
    assert collecting.collections(library)[0].count == 2
    undoing.undo(library)
    assert collecting.collections(library)[0].count == 3
    collecting.delete(library, shelf)
    undoing.undo(library)
    assert collecting.collections(library)[0].count == 3
