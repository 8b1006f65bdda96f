"""Names that nest: what is inside what, and the tree that comes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.records import Tag
from db.domain.tags.nesting import flat, holders, is_inside, moved, parents, path_of, tree

NAMES = st.text(alphabet="ab/ ", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("nlp", ("nlp",)),
        ("nlp/parsing/neural", ("nlp", "parsing", "neural")),
        ("and / or", ("and / or",)),
        ("a//b", ("a", "/b")),
        ("/a", ("/a",)),
        ("a/", ("a/",)),
        ("/", ("/",)),
    ],
)
def test_a_name_falls_into_parts(name: str, parts: tuple[str, ...]) -> None:
    assert path_of(name) == parts


@given(NAMES)
def test_the_parts_of_any_name_give_it_back_and_each_outer_name_holds_it(name: str) -> None:
    assert "/".join(path_of(name)) == name
    assert all(path_of(name) for part in path_of(name))
    assert all(is_inside(name, outer) for outer in parents(name))


def test_inside_is_told_without_regard_to_case_and_not_by_a_common_beginning() -> None:
    assert is_inside("NLP/Parsing", "nlp")
    assert not is_inside("nlp", "nlp")
    assert not is_inside("nlpx/a", "nlp")
    assert not is_inside("nlp/", "nlp")


def test_what_is_inside_moves_along() -> None:
    assert moved("nlp/parsing", "NLP", "language") == "language/parsing"
    assert moved("nlp", "nlp", "language") == "language"


def test_a_name_that_folds_to_more_letters_than_it_has_holds_what_is_inside() -> None:
    assert is_inside("straße/x", "STRASSE")
    assert moved("STRASSE/x", "straße", "road") == "road/x"
    assert moved("straße/x", "STRASSE", "road") == "road/x"


def test_each_name_that_holds_others_lists_them_and_itself() -> None:
    assert holders({1: "a", 2: "A/b", 3: "a/b/c", 4: "d/e", 5: "x"}) == {"a": [1, 2, 3], "a/b": [2, 3], "d": [4]}


def test_tags_make_a_tree_in_which_names_that_are_no_tag_have_a_place() -> None:
    tags = [Tag(1, "a/b", 0, 2), Tag(2, "A", 1, 3), Tag(3, "d/e/f", 2, 1), Tag(4, "zoo", 3, 7)]
    found = tree(tags, {"a": 4, "d": 1, "d/e": 1})
    assert [(one.name, one.label, one.tag and one.tag.id, one.count) for one in flat(found)] == [
        ("A", "A", 2, 4),
        ("a/b", "b", 1, 2),
        ("d", "d", None, 1),
        ("d/e", "e", None, 1),
        ("d/e/f", "f", 3, 1),
        ("zoo", "zoo", 4, 7),
    ]


@given(st.lists(NAMES, unique_by=str.casefold, max_size=8))
def test_every_tag_has_one_place_in_the_tree(names: list[str]) -> None:
    tags = [Tag(number, name, 0) for number, name in enumerate(names)]
    placed = [one.tag for one in flat(tree(tags, {})) if one.tag]
    assert sorted(tag.id for tag in placed) == list(range(len(names)))
