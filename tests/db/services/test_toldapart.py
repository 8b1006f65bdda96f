"""What was told apart is listed, found by a title, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.services import editing, merging, toldapart, undoing
from db.services.progress import silent

if TYPE_CHECKING:
    from db.services.library import Library

LONG = "We study how lanterns behave under routing, a question that glacial methods left open for many years."


def add(library: Library, title: str, **values: object) -> int:
    return editing.add_paper(library, {"title": title, **values})[0]


def test_pairs_are_listed_newest_first_and_taken_back(library: Library) -> None:
    alike = [add(library, "Routing lanterns", abstract=LONG, venue=f"Place {n}") for n in (1, 2)]
    others = [add(library, "Velvet 100 % harbours"), add(library, "Copper meadows")]
    merging.find_duplicates(library, silent)
    merging.different(library, alike)
    merging.different(library, others)
    found, total = toldapart.pairs(library)
    assert ([one.ids for one in found], total) == ([tuple(others), tuple(alike)], 2)
    assert found[0].titles == ("Velvet 100 % harbours", "Copper meadows")
    assert found[1].why
    assert [one.ids for one in toldapart.pairs(library, "100 %")[0]] == [tuple(others)]
    assert toldapart.pairs(library, "_")[1] == 0
    newest, total = toldapart.pairs(library, limit=1)
    assert (len(newest), total) == (1, 2)
    done = toldapart.take_back(library, [one.ids for one in found])
    assert done.label == "Forget that 2 pairs are different"
    assert toldapart.pairs(library) == ([], 0)
    assert [one.ids for one in merging.queue(library)] == [tuple(alike)]
    undoing.undo(library)
    assert toldapart.pairs(library) == (found, 2)
    assert merging.queue(library) == []


def test_what_is_merged_since_is_not_listed(library: Library) -> None:
    one, two, three = (add(library, title) for title in ("Amber kettles", "Velvet kettles", "Copper meadows"))
    merging.different(library, [one, three])
    merging.different(library, [two, three])
    merging.merge(library, [one, two], into=one)
    assert [told.ids for told in toldapart.pairs(library)[0]] == [(one, three)]
