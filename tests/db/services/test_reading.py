"""The sidebar's counts, read anew in part or as a whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db.services import collecting, editing, importing, reading, tagging, undoing
from db.services.library import Library
from db.services.progress import silent

PAGE = "new\n\nSubscribe\n\nJun 4\n\n" + "\n\n".join(
    f"{title}\n\nWe look at {title.lower()} for a long time and in many places, and then we count all of it again."
    for title in ("Lanterns over slow water", "Kettles under a red hill", "Thistles beside the mill")
)


@pytest.fixture
def ids(library: Library) -> list[int]:
    """Five papers, two with a tag, one of those in the trash."""
    made = [editing.add_paper(library, {"title": f"Paper {number}"})[0] for number in range(5)]
    tagging.tag(library, made[:2], add=["amber"])
    editing.trash(library, made[:1])
    return made


@pytest.mark.parametrize(
    "change",
    [
        lambda library, ids: tagging.tag(library, ids, add=["amber", "blue"]),
        lambda library, ids: tagging.tag(library, ids, remove=["amber"]),
        lambda library, ids: editing.set_fields(library, ids, {"starred": True, "status": "read"}),
        lambda library, ids: editing.trash(library, ids[1:3]),
        lambda library, ids: editing.restore(library, ids[:1]),
        lambda library, _ids: editing.empty_trash(library),
        lambda library, _ids: importing.import_text(library, PAGE, silent).changes,
        lambda library, _ids: editing.add_paper(library, {"title": "One more"})[1],
        lambda library, _ids: collecting.create(library, "Ideas")[1],
        lambda library, _ids: undoing.undo(library),
    ],
)
def test_counts_that_are_kept_are_those_that_a_whole_count_gives(
    library: Library, ids: list[int], change: Callable[[Library, list[int]], object]
) -> None:
    before = reading.sidebar(library)
    changes = change(library, ids)
    assert reading.sidebar(library, before, changes.parts) == reading.sidebar(library)
    assert reading.live(library) == reading.sidebar(library).all


def test_only_what_may_differ_is_counted(library: Library, ids: list[int]) -> None:
    before = reading.sidebar(library)
    starred = editing.set_fields(library, ids[1:2], {"starred": True})
    after = reading.sidebar(library, before, starred.parts)
    assert (after.starred, after.tags is before.tags, after.sources is before.sources) == (1, True, True)
    tagged = tagging.tag(library, ids, add=["amber"])
    again = reading.sidebar(library, after, tagged.parts)
    assert again.tags[0].count == 4
    assert again.sources is before.sources
