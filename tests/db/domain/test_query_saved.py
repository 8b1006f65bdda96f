"""Saved searches as parts of other searches: trees put together, texts for people, names that follow."""

from __future__ import annotations

import pytest

from db.domain.query import All, Not, SavedSearches, Some, Term, Words, names, parse, renamed
from db.domain.query.tree import EVERYTHING, NOTHING
from db.domain.records import SavedSearch

SHELF = Term("collection", "#7", 7)
SEARCHES = SavedSearches(
    (
        SavedSearch(1, "Tin", text="tin"),
        SavedSearch(2, "Old tin", text="year:1900", parent_id=1),
        SavedSearch(3, "Any", "any", collection_id=7),
        SavedSearch(4, "A", text="amber OR ash", parent_id=3),
        SavedSearch(5, "B", text="birch", parent_id=3),
        SavedSearch(6, "Broken", text='tin ("half'),
        SavedSearch(7, "Empty", "all", parent_id=3),
        SavedSearch(8, "Lost", text="gold", parent_id=99, collection_id=99),
        SavedSearch(9, "None", "any"),
        SavedSearch(10, "All", text="-in:None"),
    ),
    {7: "Oak shelf", 8: "oak  SHELF", 9: "Pine"},
)


def word(text: str) -> Words:
    return Words(text, prefix=True)


@pytest.mark.parametrize(
    ("number", "node", "text"),
    [
        (1, word("tin"), "tin"),
        (3, All((SHELF, Some((word("amber"), word("ash"), word("birch"))))), "collection:#7 ((amber OR ash) OR birch)"),
        (5, All((SHELF, word("birch"))), "collection:#7 birch"),
        (6, All((word("tin"), Words("half", phrase=True))), 'tin ("half'),
        (7, All((SHELF, *NOTHING.node.nodes, NOTHING)), ""),  # type: ignore[union-attr]
        (8, word("gold"), "gold"),
    ],
)
def test_what_one_stands_for(number: int, node: object, text: str) -> None:
    assert SEARCHES.node(number) == (node, "")
    assert SEARCHES.text(number) == text


def test_a_search_holds_together_what_it_names() -> None:
    query = parse('amber -in:Any in:"old tin" OR in:#6', resolve=SEARCHES)
    gathered = All((SHELF, Some((word("amber"), word("ash"), word("birch")))))
    old = SEARCHES.node(2)[0]
    assert isinstance(old, All)
    broken = SEARCHES.node(6)[0]
    assert query.node == Some((All((word("amber"), Not(gathered), *old.nodes)), broken))
    assert query.problems == ()


@pytest.mark.parametrize("text", ["amber OR -in:None", "amber OR in:All", "amber OR -(-in:All)"])
def test_what_finds_all_papers_is_no_blank(text: str) -> None:
    assert parse(text, resolve=SEARCHES).node == Some((word("amber"), EVERYTHING))
    assert parse(f"birch ({text})", resolve=SEARCHES).node == All((word("birch"), Some((word("amber"), EVERYTHING))))


def test_names_are_found_and_changed_where_they_stand() -> None:
    text = 'tin in:Tin IN:"tin" (in:TIN) title:"in:Tin" "in:Tin" -in:tin in:#1 in: in:Tinfoil'
    assert names(text) == {"tin", "tinfoil"}
    assert renamed(text, "TIN", "Zinc") == (
        'tin in:Zinc in:Zinc (in:Zinc) title:"in:Tin" "in:Tin" -in:Zinc in:#1 in: in:Tinfoil'
    )
    assert renamed("in:Tin", "Tin", "Two words") == 'in:"Two words"'
    assert SEARCHES.spelled("in:#2 -in:#1 in:#99 x") == 'in:"Old tin" -in:Tin in:#99 x'
