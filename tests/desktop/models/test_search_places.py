"""Where a saved search can stand, in the order of the sidebar."""

from __future__ import annotations

from dataclasses import replace

from db.domain.records import Collection, SavedSearch
from desktop.models.scope_words import names_of, scope_words
from desktop.models.search_places import places
from desktop.models.sidebar_tree import sections
from tests.desktop.models.test_sidebar import lists

SEARCHES = (
    (SavedSearch(1, "Tin", text="tin"), "tin"),
    (SavedSearch(2, "Old tin", text="year:1900", parent_id=1), "tin year:1900"),
    (SavedSearch(3, "On the shelf", text="oak", collection_id=7), "collection:Shelf oak"),
    (SavedSearch(4, "Group", kind="all"), ""),
)
DATA = replace(lists(collections=(Collection(7, "Shelf", None, 3),)), searches=SEARCHES)


def test_a_search_stands_anywhere_but_inside_itself() -> None:
    assert places(DATA, 0) == [
        ("", "Nothing: at the top"),
        ("collection/7", "Collection Shelf"),
        ("saved/3", "    Saved search On the shelf"),
        ("saved/1", "Saved search Tin"),
        ("saved/2", "    Saved search Old tin"),
        ("saved/4", "Saved search Group"),
    ]
    assert [key for key, _text in places(DATA, 1)] == ["", "collection/7", "saved/3", "saved/4"]


def test_each_line_says_what_it_stands_for() -> None:
    (section,) = (one for one in sections(DATA) if one.key == "searches")
    tin, group = section.inside
    assert tin.inside[0].tip == "Old tin\nNarrows “Tin”\nSearches for: tin year:1900"
    assert group.tip == "Group\nAn empty group: drag saved searches onto it."
    (shelf,) = next(one for one in sections(DATA) if one.key == "collections").inside
    assert shelf.inside[0].tip.startswith("On the shelf\nWithin the collection “Shelf”\n")
    assert scope_words("in:#1 -in:#4 dump:#3", *names_of(DATA)) == (
        "In the saved search “Tin”, in full.txt, not in the saved search “Group”"
    )
