"""Looking at a library: terms and topics, papers over time, tags together, papers like one."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

import pytest

from db import services
from db.domain.errors import Cancelled, LibraryError
from db.services import exploring
from db.services.kinds import NONE, REST

if TYPE_CHECKING:
    from array import array

    from db.services.library import Library
    from db.services.progress import Progress

KITE, BOAT = "kite wind string tail bamboo meadow".split(), "boat sail harbour keel anchor rudder".split()


def add(library: Library, title: str, *, tags: tuple[str, ...] = (), **values: object) -> int:
    paper_id, _ = services.editing.add_paper(library, {"title": title, **values})
    if tags:
        services.tagging.tag(library, [paper_id], add=tags)
    return paper_id


def ids(library: Library, text: str = "", scope: str = "") -> array[int]:
    return services.searching.find(library, text, scope=scope).ids


@pytest.fixture
def two_things(library: Library) -> Library:
    """Twelve papers about kites and twelve about boats; the last one has no abstract."""
    dice = random.Random(1)
    for at in range(24):
        words = KITE if at % 2 else BOAT
        abstract = " ".join(dice.choices(words, k=12)) if at < 23 else ""
        add(library, " ".join(dice.sample(words, 4)), abstract=abstract, tags=("kites",) if at % 2 else ())
    return library


def test_terms_and_topics_of_what_was_asked_for(two_things: Library) -> None:
    pytest.importorskip("sklearn")
    seen: list[Progress] = []
    found = exploring.survey(two_things, ids(two_things), seen.append)
    assert seen
    assert found.abstracts == 23
    assert found.wordless == 0
    assert found.map is not None
    assert len(found.map.of) == 24
    tagged = set(ids(two_things, "tag:kites"))
    for at in range(len(found.map.topics)):
        inside = {one for one, topic in zip(found.ids, found.map.of, strict=True) if topic == at}
        assert inside <= tagged or not inside & tagged
    for term in found.terms:
        assert len(ids(two_things, term.text)) == term.papers, term.label
    only = exploring.survey(two_things, ids(two_things, "tag:kites"))
    assert {word for one in only.terms for word in one.label.split()} <= {*KITE, *(f"{word}s" for word in KITE)}


def test_nothing_to_look_at(library: Library) -> None:
    found = exploring.survey(library, [])
    assert (found.terms, found.abstracts, found.wordless) == ((), 0, 0)
    one = add(library, "Kites")
    assert [term.label for term in exploring.survey(library, [one]).terms] == ["kites"]
    assert exploring.survey(library, [one, 99]).wordless == 1, "a paper that is gone"


def test_cancelling_ends_the_other_process(two_things: Library) -> None:
    def stop(_progress: Progress) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        exploring.survey(two_things, ids(two_things), stop)


def test_the_window_does_not_load_what_the_map_needs(two_things: Library) -> None:
    before = set(sys.modules)
    found = exploring.survey(two_things, ids(two_things))
    assert found.map is not None
    assert not {"sklearn", "scipy", "numpy"} & (set(sys.modules) - before)


def test_the_way_to_the_map_names_this_python() -> None:
    assert sys.executable in exploring.how_to_get()
    assert exploring.has_map() == (sys.modules.get("sklearn") is not None or exploring.find_spec("sklearn") is not None)


def test_years_and_months_without_gaps(library: Library) -> None:
    for title, values, tags in (
        ("A", {"date": "2020-11"}, ("x", "y")),
        ("B", {"date": "2021-02-03"}, ("x",)),
        ("C", {"date": "2022"}, ()),
        ("D", {}, ("y",)),
        ("E", {"date": "1066"}, ()),
    ):
        add(library, title, tags=tags, **values)
    found = services.overtime.over_time(library, ids(library), "tag")
    assert [group.name for group in found.groups] == ["x", "y", ""]
    assert found.groups[-1].number == NONE
    assert [(bar.year, bar.papers, bar.parts) for bar in found.years] == [
        (2020, 1, (1, 1, 0)),
        (2021, 1, (1, 0, 0)),
        (2022, 1, (0, 0, 1)),
    ]
    assert [(bar.year, bar.month, bar.papers) for bar in found.months] == [
        (2020, 11, 1),
        (2020, 12, 0),
        (2021, 1, 0),
        (2021, 2, 1),
    ]
    assert (found.papers, found.undated, found.monthless, found.several, found.far) == (5, 1, 1, 1, 1)
    for group in found.groups[:2]:
        assert len(ids(library, group.term)) == group.papers


def test_an_empty_library_has_no_time(library: Library) -> None:
    found = services.overtime.over_time(library, [], "dump")
    assert (found.groups, found.years, found.months, found.papers) == ((), (), (), 0)


def test_many_tags_leave_a_rest(library: Library) -> None:
    for at in range(12):
        for _ in range(12 - at):
            add(library, "Kites", tags=(f"tag {at:02}",))
    found = services.kinds.grouped(library, ids(library), "tag")
    assert [group.name for group in found.groups[:-1]] == [f"tag {at:02}" for at in range(7)]
    assert found.groups[-1].number == REST
    assert found.groups[-1].papers == 5 + 4 + 3 + 2 + 1
    assert len(found.of) == len(ids(library))


def test_tags_together(library: Library) -> None:
    for tags in (("b", "a"), ("a", "b", "c"), ("c",), ()):
        add(library, "Kites", tags=tags)
    found = services.tagpairs.tag_pairs(library, ids(library))
    assert [(one.first, one.second, one.both) for one in found.pairs] == [("a", "b", 2), ("a", "c", 1), ("b", "c", 1)]
    assert [one.share for one in found.pairs] == [1.0, 0.5, 0.5]
    assert (found.found, found.tagged, found.papers) == (3, 3, 4)
    assert [len(ids(library, one.text)) for one in found.pairs] == [2, 1, 1]
    assert services.tagpairs.tag_pairs(library, ids(library), 1).found == 3
    assert services.tagpairs.tag_pairs(library, []).pairs == ()


def test_papers_like_one_share_its_rare_words(two_things: Library) -> None:
    first = ids(two_things, "tag:kites")[0]
    found = services.alike.papers_like(two_things, first)
    assert found.papers
    assert found.papers[0].id != first
    assert all(one.id in set(ids(two_things, "tag:kites")) for one in found.papers[:5])
    assert set(found.papers[0].shared) <= {*KITE}
    assert [one.likeness for one in found.papers] == sorted((one.likeness for one in found.papers), reverse=True)
    assert len(services.alike.papers_like(two_things, first, 2).papers) == 2


def test_nothing_is_like_a_paper_without_words_or_company(library: Library) -> None:
    alone, wordless = add(library, "Kites"), add(library, "The of 42")
    assert services.alike.papers_like(library, alone).papers == ()
    assert services.alike.papers_like(library, wordless).words == 0
    twin = add(library, 'Kites OR NEAR "kites"')
    assert [one.id for one in services.alike.papers_like(library, alone).papers] == [twin]
    services.editing.trash(library, [twin])
    assert services.alike.papers_like(library, alone).papers == ()
    with pytest.raises(LibraryError, match="no longer"):
        services.alike.papers_like(library, twin)


@pytest.mark.parametrize("text", ["1-2,4", "4,1-2", "1,2,4", "1-2,4,99"])
def test_papers_named_by_number_are_a_scope(library: Library, text: str) -> None:
    for _ in range(5):
        add(library, "Kites")
    assert sorted(ids(library, scope=f"among:{text}")) == [1, 2, 4]
    assert sorted(ids(library, f"among:{text} kites")) == [1, 2, 4]
    assert sorted(ids(library, f"-among:{text}")) == [3, 5]


@pytest.mark.parametrize("text", ["x", "3-1", "1-99999999999", "1,,2", "-"])
def test_numbers_that_are_none_are_said(library: Library, text: str) -> None:
    found = services.searching.find(library, f"among:{text}")
    assert "among:" in found.message


def test_figures_are_a_table_that_runs_nothing() -> None:
    assert services.figures.csv_text(["a", "b"], [("=1+1", 3), ('x "y", z', 0.5)]) == (
        'a,b\n\'=1+1,3\n"x ""y"", z",0.5\n'
    )
