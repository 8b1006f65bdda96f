"""Citation keys: pinned by hand, proposed by the pattern, and stable for ever once given away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.domain.errors import LibraryError
from db.services import editing, exporting, keys, merging, reading, undoing
from db.services.exporting import ExportOptions

if TYPE_CHECKING:
    from db.services.library import Library


def add(library: Library, title: str, **values: object) -> int:
    return editing.add_paper(library, {"title": title, **values})[0]


def key(library: Library, paper_id: int) -> str:
    found = reading.paper(library, paper_id)
    assert found is not None
    return found.citation_key


def aliases(library: Library, paper_id: int) -> tuple[str, ...]:
    found = reading.paper(library, paper_id)
    assert found is not None
    return found.key_aliases


def undo_all(library: Library) -> None:
    while undoing.undo(library):
        pass


def redo_all(library: Library) -> None:
    while undoing.redo(library):
        pass


def test_keys_are_unique(library: Library) -> None:
    ids = [add(library, "Amber kettles", date="2024") for _n in range(3)]
    assert len({key(library, one) for one in ids}) == 3


def test_a_key_set_by_hand_is_pinned(library: Library) -> None:
    paper_id = add(library, "Amber kettles")
    assert editing.set_key(library, paper_id, "mine").label == "Set citation key mine"
    editing.set_fields(library, [paper_id], {"title": "Velvet rivers"})
    editing.regenerate_keys(library, [paper_id])
    assert key(library, paper_id) == "mine"


def test_a_key_in_use_names_the_other_paper(library: Library) -> None:
    first, second = add(library, "Amber kettles"), add(library, "Velvet rivers")
    with pytest.raises(LibraryError, match="Amber kettles"):
        editing.set_key(library, second, key(library, first).upper())
    with pytest.raises(LibraryError):
        editing.set_key(library, second, "no spaces, please")


def test_the_old_frozen_key_becomes_an_alias(library: Library) -> None:
    first, second = add(library, "Amber kettles"), add(library, "Velvet rivers")
    editing.set_key(library, first, "old")
    editing.set_key(library, first, "new")
    assert aliases(library, first) == ("old",)
    with pytest.raises(LibraryError, match="Amber kettles"):
        editing.set_key(library, second, "old")
    undoing.undo(library)
    assert key(library, first) == "old"
    assert aliases(library, first) == ()
    undoing.redo(library)
    assert (key(library, first), aliases(library, first)) == ("new", ("old",))
    editing.set_key(library, first, "old")
    assert key(library, first) == "old"


def test_an_exported_key_that_is_changed_by_hand_still_leads_to_the_paper(library: Library) -> None:
    paper_id = add(library, "Amber kettles")
    exporting.cite(library, [paper_id])
    editing.set_key(library, paper_id, "mine")
    editing.set_fields(library, [paper_id], {"title": "Velvet rivers"})
    assert (key(library, paper_id), aliases(library, paper_id)) == ("mine", ("amber-kettles",))
    text, _changes = exporting.bibtex(library, [paper_id], ExportOptions(profile="biblatex"))
    assert "{mine,\n" in text
    assert "ids = {amber-kettles}" in " ".join(text.split())
    other = add(library, "Amber kettles")
    assert key(library, other) == "amber-kettlesa"
    while undoing.undo(library):
        pass
    redo_all(library)
    assert (key(library, paper_id), aliases(library, paper_id)) == ("mine", ("amber-kettles",))


def test_freezing_is_no_step_and_no_undo_moves_a_frozen_key(library: Library) -> None:
    paper_id = add(library, "Amber kettles")
    editing.set_fields(library, [paper_id], {"title": "Velvet rivers"})
    steps = len(undoing.history(library))
    changes = keys.freeze(library, [paper_id])
    assert changes.parts == {"paper"}
    assert len(undoing.history(library)) == steps
    given = key(library, paper_id)
    undoing.undo(library)
    assert key(library, paper_id) == given
    undo_all(library)
    assert reading.paper(library, paper_id) is None
    redo_all(library)
    assert key(library, paper_id) == given
    assert not keys.freeze(library, [paper_id])


def test_a_key_frozen_after_an_undo_survives_the_redo(library: Library) -> None:
    paper_id = add(library, "Amber kettles")
    editing.set_fields(library, [paper_id], {"title": "Velvet rivers"})
    undoing.undo(library)
    given = key(library, paper_id)
    keys.freeze(library, [paper_id])
    redo_all(library)
    assert key(library, paper_id) == given


def test_a_given_key_is_never_given_to_another_paper(library: Library) -> None:
    gone = add(library, "Amber kettles")
    given = key(library, gone)
    keys.freeze(library, [gone])
    undo_all(library)
    other = add(library, "Amber kettles")
    assert key(library, other) != given
    with pytest.raises(LibraryError, match="no longer in the library"):
        editing.set_key(library, other, given)


def test_an_old_image_does_not_take_a_key_that_another_paper_was_given(library: Library) -> None:
    first = add(library, "Amber kettles")
    second = add(library, "Lunar lanterns")
    editing.set_fields(library, [first], {"title": "Velvet rivers"})
    editing.set_fields(library, [second], {"title": "Amber kettles"})
    keys.freeze(library, [first, second])
    undoing.undo(library)
    undoing.undo(library)
    assert key(library, second) == "amber-kettles"
    assert key(library, first) == "velvet-rivers"


def test_undoing_a_key_set_by_hand_goes_back_and_both_lead_to_the_paper(library: Library) -> None:
    paper_id = add(library, "Amber kettles")
    editing.set_key(library, paper_id, "by-hand")
    keys.freeze(library, [paper_id])
    undoing.undo(library)
    assert {key(library, paper_id), *aliases(library, paper_id)} >= {"by-hand"}


def test_exported_keys_cannot_be_unpinned(library: Library) -> None:
    paper_id, pinned = add(library, "Amber kettles"), add(library, "Velvet rivers")
    keys.freeze(library, [paper_id])
    with pytest.raises(LibraryError, match="for ever"):
        editing.unpin_key(library, [paper_id])
    editing.pin_key(library, [pinned])
    editing.unpin_key(library, [pinned])
    editing.set_fields(library, [pinned], {"title": "Cobalt compasses"})
    assert key(library, pinned) == "cobalt-compasses"


def test_the_pattern_renames_what_is_not_frozen_in_one_step(library: Library) -> None:
    ids = [add(library, f"{word} kettles", date="2024") for word in ("Amber", "Velvet", "Hollow")]
    editing.pin_key(library, ids[:1])
    before = [key(library, one) for one in ids]
    editing.set_key_pattern(library, "{title.first}{yy}")
    assert editing.key_pattern(library) == "{title.first}{yy}"
    assert [key(library, one) for one in ids] == [before[0], "velvet24", "hollow24"]
    assert undoing.next_labels(library)[0] == "Change the key pattern"
    undoing.undo(library)
    assert [key(library, one) for one in ids] == before
    with pytest.raises(LibraryError):
        editing.set_key_pattern(library, "{nonsense}")


def test_keys_may_swap(library: Library) -> None:
    first, second = add(library, "Amber kettles"), add(library, "Velvet rivers")
    editing.set_fields(library, [first], {"title": "Hollow quartz"})
    editing.set_fields(library, [second], {"title": "Amber kettles"})
    editing.set_fields(library, [first], {"title": "Velvet rivers"})
    assert (key(library, first), key(library, second)) == ("velvet-rivers", "amber-kettles")
    undo_all(library)
    redo_all(library)
    assert (key(library, first), key(library, second)) == ("velvet-rivers", "amber-kettles")


def test_a_merged_paper_leaves_its_frozen_key_as_an_alias(library: Library) -> None:
    first, second = add(library, "Amber kettles"), add(library, "Amber kettles!")
    keys.freeze(library, [first, second])
    lost = key(library, second)
    merging.merge(library, [first, second], into=first)
    assert aliases(library, first) == (lost,)
    undoing.undo(library)
    assert aliases(library, first) == ()
    assert key(library, second) == lost
