"""Rows of added keys: what aliases follow from them, and what stays of them when they leave the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from db.services import editing
from db.store import addedkeys, edits, frozen, imports, journal, replay
from db.store.frozen import ADDED, ALIAS, FROZEN

if TYPE_CHECKING:
    from db.services.library import Library
    from db.store.sessions import Session


@pytest.fixture
def two(library: Library) -> list[int]:
    return [editing.add_paper(library, {"title": title})[0] for title in ("Harbour bells", "Paper kites")]


def rows(session: Session, table: object) -> dict[str, int | None]:
    columns = table.c  # type: ignore[attr-defined]
    return dict(session.execute(select(columns.key, columns.paper_id)).all())  # type: ignore[arg-type]


def test_an_added_key_is_an_alias_and_no_frozen_key(library: Library, two: list[int]) -> None:
    with library.writing("Add") as write:
        addedkeys.add(write.session, "bells", two[0])
        addedkeys.add(write.session, "bells", two[0])
        assert rows(write.session, ADDED) == rows(write.session, ALIAS) == {"bells": two[0]}
        assert rows(write.session, FROZEN) == {}
        assert imports.key_holders(write.session, ["bells", "Bells"]) == {"bells": two[0]}
    assert write.changes.parts == {"added_key"}


def test_what_leaves_is_frozen_and_nothing_else(library: Library, two: list[int]) -> None:
    with library.writing("Add") as write:
        session = write.session
        for key, paper_id in (("bells", two[0]), ("chimes", two[0]), ("kites", two[1])):
            addedkeys.add(session, key, paper_id)
        addedkeys.hand_out(session, ["chimes", "elsewhere"])
        assert rows(session, FROZEN) == {"chimes": two[0]}
        addedkeys.hand_out_of(session, [two[1]])
        addedkeys.hand_out_of(session, [two[1]])
        assert rows(session, FROZEN) == {"chimes": two[0], "kites": two[1]}


def test_a_lost_key_is_claimed_when_it_leaves_and_no_other(library: Library, two: list[int]) -> None:
    with library.writing("Add") as write:
        session = write.session
        frozen.give(session, [("lost", 77, "Harbour bells of old"), ("held", two[0], "Harbour bells")], ())
        addedkeys.add(session, "lost", two[1])
        assert frozen.lost(session) == []
        assert not addedkeys.fits(session, "held", two[1])
        assert addedkeys.fits(session, "lost", two[1])
        addedkeys.hand_out(session, ["lost", "held"])
        assert rows(session, FROZEN) == {"lost": two[1], "held": two[0]}


def test_undo_takes_the_row_and_redo_brings_it_back(library: Library, two: list[int]) -> None:
    with library.writing("Add") as write:
        addedkeys.add(write.session, "bells", two[0])
    step = write.step
    assert step is not None
    with library.writing("Back and forth", journalled=False) as write:
        session = write.session
        assert journal.touched(session, step) == (frozenset({"added_key"}), frozenset({two[0]}))
        replay.undo(session, step)
        assert rows(session, ADDED) == rows(session, ALIAS) == {}
        assert journal.touched(session, step) == (frozenset({"added_key"}), frozenset({two[0]}))
        assert not addedkeys.stays(session, step)
        frozen.give(session, [("bells", two[0], "Harbour bells")], ())
        assert addedkeys.stays(session, step)
        replay.redo(session, step)
        assert rows(session, ADDED) == rows(session, ALIAS) == {"bells": two[0]}


def test_a_paper_that_is_deleted_for_good_leaves_its_added_keys_reserved(library: Library, two: list[int]) -> None:
    with library.writing("Add") as write:
        addedkeys.add(write.session, "bells", two[0])
    step = write.step
    assert step is not None
    with library.writing("Empty the trash", journalled=False) as write:
        session = write.session
        edits.purge(session, [two[0]], lambda _done, _total: None)
        assert rows(session, ADDED) == rows(session, ALIAS) == {}
        assert rows(session, FROZEN) == {"bells": None}
        assert not journal.exists(session, step)
