"""Whatever is done in whatever order, undoing all of it and redoing all of it lead to the same tables."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.domain.errors import LibraryError
from db.domain.tags.mapping import MapLine, TagMap
from db.services import collecting, editing, keys, merging, retagging, suggesting, tagging, tagmaps, undoing
from db.services.library import Library
from tests import tables

PAPERS = 5
LEFT_OUT = frozenset({"block", "journal_state", "step", "change", "frozen_key", "last_id"})
numbers = st.lists(st.integers(1, PAPERS), min_size=1, max_size=3, unique=True)
words = st.sampled_from(["amber", "velvet", "Hollow", "quartz"])
actions = st.one_of(
    st.tuples(st.just("title"), numbers, words),
    st.tuples(st.just("year"), numbers, st.sampled_from(["2023", "2024-05", ""])),
    st.tuples(st.just("venue"), numbers, st.sampled_from(["Orchard Letters", "arXiv", ""])),
    st.tuples(st.just("star"), numbers, st.booleans()),
    st.tuples(st.just("tag"), numbers, words),
    st.tuples(st.just("untag"), numbers, words),
    st.tuples(st.just("rename"), numbers, words),
    st.tuples(st.just("nest"), numbers, words),
    st.tuples(st.just("join"), numbers, words),
    st.tuples(st.just("drop"), numbers, words),
    st.tuples(st.just("digit"), numbers, words),
    st.tuples(st.just("refuse"), numbers, words),
    st.tuples(st.just("map"), numbers, words),
    st.tuples(st.just("shelve"), numbers, words),
    st.tuples(st.just("trash"), numbers, words),
    st.tuples(st.just("restore"), numbers, words),
    st.tuples(st.just("merge"), numbers, words),
    st.tuples(st.just("different"), numbers, words),
    st.tuples(st.just("pin"), numbers, words),
    st.tuples(st.just("another key"), numbers, words),
    st.tuples(st.just("pattern"), numbers, st.sampled_from(["{title.first}", "{title}{-}{year}"])),
)


def swapped(names: list[str], last: str) -> TagMap:
    """Each tag gets the name of the next one, and the last a name of its own."""
    pairs = zip(names, [*names[1:], last], strict=False)
    return TagMap(tuple(MapLine(at, old, new) for at, (old, new) in enumerate(pairs)))


def run(library: Library, action: str, ids: list[int], value: Any) -> None:
    known = [tag.id for tag in tagging.tags(library)]
    names = [tag.name for tag in tagging.tags(library)]
    do = {
        "title": lambda: editing.set_fields(library, ids, {"title": f"{value} kettles"}),
        "year": lambda: editing.set_fields(library, ids, {"date": value}),
        "venue": lambda: editing.set_fields(library, ids, {"venue": value}),
        "star": lambda: editing.set_fields(library, ids, {"starred": value}),
        "tag": lambda: tagging.tag(library, ids, add=[value]),
        "untag": lambda: tagging.tag(library, ids, remove=[value]),
        "rename": lambda: known and tagging.rename(library, known[ids[0] % len(known)], value),
        "nest": lambda: names and retagging.move(library, names[ids[0] % len(names)], value),
        "join": lambda: names and retagging.merge(library, names[:2], value),
        "drop": lambda: names and retagging.delete(library, [names[ids[0] % len(names)]]),
        "digit": lambda: known and tagging.set_digit(library, known[ids[0] % len(known)], len(value) % 3 + 1),
        "refuse": lambda: suggesting.refuse(library, [(one, tag) for one in ids for tag in known]),
        "map": lambda: tagmaps.apply(library, swapped(names, value)),
        "shelve": lambda: collecting.add(library, collecting.create(library, f"{value}{ids}")[0], ids),
        "trash": lambda: editing.trash(library, ids),
        "restore": lambda: editing.restore(library, ids),
        "merge": lambda: merging.merge(library, ids),
        "different": lambda: merging.different(library, ids),
        "pin": lambda: editing.pin_key(library, ids),
        "another key": lambda: keys.add_alias(library, ids[0], value),
        "pattern": lambda: editing.set_key_pattern(library, value),
    }
    with suppress(LibraryError):  # refused in words: nothing was changed
        do[action]()


def dump(library: Library) -> dict[str, list[str]]:
    with library.reading() as session:
        sql = session.connection().exec_driver_sql
        kept = [n for n in tables.names(session) if n not in LEFT_OUT]
        return {name: sorted(repr(tuple(row)) for row in sql(f'SELECT * FROM "{name}"')) for name in kept}


@settings(max_examples=40)
@example([("title", [1], "amber"), ("pin", [1, 2], "amber"), ("merge", [1, 2], "amber")])
@given(st.lists(actions, min_size=1, max_size=9))
def test_undo_all_and_redo_all(sequence: list[tuple[str, list[int], Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder) / "library.sheaf")
        try:
            for number in range(PAPERS):
                editing.add_paper(library, {"title": f"Paper number {number}", "date": "2025"})
            start, steps = dump(library), len(undoing.history(library))
            for action, ids, value in sequence:
                run(library, action, ids, value)
            done, taken = dump(library), len(undoing.history(library))
            for _step in range(taken - steps):
                undoing.undo(library)
            assert dump(library) == start
            while undoing.redo(library):
                pass
            redone = dump(library)
            assert redone == done
        finally:
            library.close()
