"""Facets of random libraries and searches: each count is what a plain evaluation says, and what a click would show."""

from __future__ import annotations

import random
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import services
from db.domain.errors import Cancelled
from db.domain.query import filters
from db.domain.records import Person, SavedSearch
from db.services import faceting
from db.services.faceting import Asked, Facet, Question, Shelf, Value, Years
from db.services.library import Library
from db.services.progress import silent

PEOPLE = ("Öz, Ada", "Kim, J.", "Kim, Jae", "Vries, de, Jan", "OpenAI", "Ng, A.")
ORGANISATIONS = ("", "", "Ember", "Ember Labs", "Évora AI")
TAGS = ("nlp/parsing", "nlp/parsing/deep", "to read", "vision", "Vision/3D")
STATUSES = ("unread", "reading", "read", "skipped")
SEARCHES = (
    "", "", "sheaf", "sheaf OR kettle", "-kettle", "year:2021..2023", "year:>=2022", "(year:2020 OR year:2023)",
    "-year:2022", "tag:nlp", 'tag:"to read" tag:vision', "(tag:vision OR tag:nlp/parsing)", "-tag:vision",
    "status:read", "is:unread", "(status:read OR status:skipped)", "has:code", "-has:abstract has:notes",
    "is:starred", 'org:="Ember"', "org:ember", 'author:="Kim, J."', "author:kim", 'author:="Vries, de, Jan"',
    "-has:date",
)  # fmt: skip


@dataclass
class Model:
    """A paper as the plain evaluation sees it."""

    year: int | None
    status: str
    org: str
    authors: list[str]
    marks: set[str]
    tags: set[str] = field(default_factory=set)

    def values(self, name: str) -> set[object]:
        held = {name for tag in self.tags for name in _with_outer(tag.casefold())}
        return {
            "year": {self.year} - {None},
            "status": {self.status},
            "org": {self.org} - {""},
            "author": set(self.authors),
            "mark": self.marks,
            "tag": held,
        }[name]  # type: ignore[return-value]


def _with_outer(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def add(library: Library, dice: random.Random) -> tuple[int, Model]:
    authors = dice.sample(PEOPLE, dice.choice([0, 0, 1, 2, 3]))
    year = dice.choice([None, 2020, 2021, 2022, 2023, 2025])
    marks = {one for one in ("has:code", "has:notes", "is:starred", "-has:abstract") if dice.random() < 0.4}
    model = Model(year, dice.choice(STATUSES), dice.choice(ORGANISATIONS), authors, marks)
    marks |= set() if year else {"-has:date"}
    values: dict[str, object] = {
        "title": dice.choice(["A sheaf", "The kettle", "On sheaf and kettle"]),
        "authors": [_person(one) for one in authors],
        "organization": model.org,
        "status": model.status,
        "starred": "is:starred" in marks,
        "notes": "ask" if "has:notes" in marks else "",
        "abstract": "" if "-has:abstract" in marks else "We study it.",
        "urls": ["https://github.com/kettle/lantern"] if "has:code" in marks else [],
    }
    values |= {"date": str(year)} if year else {}
    paper_id, _changes = services.editing.add_paper(library, values)
    model.tags = set(dice.sample(TAGS, dice.choice([0, 0, 1, 2, 3])))
    if model.tags:
        services.tagging.tag(library, [paper_id], add=sorted(model.tags))
    return paper_id, model


def _person(name: str) -> Person:
    family, _, given = name.rpartition(", ") if "de," in name else name.partition(", ")
    return Person(family, given)


World = tuple[Library, dict[int, Model], Shelf]


@pytest.fixture(scope="module", params=[1, 2])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A library of random papers, what the evaluation knows of them, and a shelf that is filled."""
    folder: Path = tmp_path_factory.mktemp("facets")
    library = Library.open(folder / "world.sheaf")
    dice = random.Random(request.param)
    papers = dict(add(library, dice) for _ in range(40))
    shelf = Shelf()
    faceting.build(library, shelf)
    assert not shelf.lacks()
    yield library, papers, shelf
    library.close()


def facets(library: Library, shelf: Shelf, text: str, scope: str = "", **wish: object) -> dict[str, Facet | Years]:
    """Return all facets of a search by field."""
    found = services.searching.find(library, text, scope=scope)
    told: list[Facet | Years] = []
    asked = Asked(found.ids, text, scope, most=dict.fromkeys(faceting.FIELDS, 99), **wish)  # type: ignore[arg-type]
    assert faceting.count(library, shelf, asked, told.append)
    return {one.field if isinstance(one, Facet) else "year": one for one in told}


def ids(library: Library, text: str, scope: str = "") -> set[int]:
    return set(services.searching.find(library, text, scope=scope).ids)


def values(facet: Facet | Years) -> tuple[Value, ...]:
    assert isinstance(facet, Facet)
    return facet.values


@pytest.fixture(params=["rows", "columns"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Count from the rows of the papers, or from the columns, as for large answers."""
    monkeypatch.setattr(faceting, "FEW", 2_000 if request.param == "rows" else -1)
    return str(request.param)


CHECKED = settings(max_examples=25)


@CHECKED
@given(text=st.sampled_from(SEARCHES), scope=st.sampled_from(["", "tag:vision", "has:code"]))
@pytest.mark.usefixtures("way")
def test_counts_are_those_of_a_plain_evaluation(world: World, text: str, scope: str) -> None:
    library, papers, shelf = world
    told = facets(library, shelf, text, scope)
    for name in ("tag", "status", "mark", "org", "author", "year"):
        rest = text if name == "mark" else filters.without(text, name)
        expected = Counter(value for one in ids(library, rest, scope) for value in papers[one].values(name))
        facet = told[name]
        if isinstance(facet, Years):
            counted = {facet.first + at: number for at, number in enumerate(facet.bars) if number}
        else:
            counted = {
                one.label.casefold() if name == "tag" else one.label: one.count
                for one in facet.values
                if one.state != "unwanted" and one.count
            }
        assert counted == expected, name


@CHECKED
@given(data=st.data(), text=st.sampled_from(SEARCHES), more=st.sampled_from(SEARCHES))
def test_a_count_is_what_a_click_shows(world: World, data: st.DataObject, text: str, more: str) -> None:
    library, _papers, shelf = world
    text = f"({text}) {more}" if " OR " in text and text[0] != "(" else f"{text} {more}".strip()
    told = facets(library, shelf, text)
    name = data.draw(st.sampled_from([one for one in told if one != "year"]))
    for value in values(told[name]):
        after = faceting.clicked(text, value)
        if not value.state:
            assert len(ids(library, after)) == value.count, after
            again = next(one for one in values(facets(library, shelf, after)[name]) if one.term == value.term)
            assert again.state == "wanted"
            assert ids(library, faceting.clicked(after, again)) == ids(
                library, text if name == "mark" else filters.without(text, name)
            )
    years = told["year"]
    assert isinstance(years, Years)
    for year, number in enumerate(years.bars, start=years.first):
        if not years.unwanted and (year, year) not in years.wanted:
            assert len(ids(library, faceting.with_years(text, year, year))) == number


@CHECKED
@given(text=st.sampled_from(SEARCHES), how=st.sampled_from(["and", "or", "not"]))
def test_ctrl_narrows_shift_widens_and_alt_leaves_out(world: World, text: str, how: str) -> None:
    library, _papers, shelf = world
    before = ids(library, text)
    for name, facet in facets(library, shelf, text).items():
        for value in () if isinstance(facet, Years) else facet.values:
            after, alone = faceting.clicked(text, value, how), ids(library, value.term)
            found = ids(library, after)
            if value.state:
                continue
            if how == "not":
                assert found == before - alone
            elif how == "and" and name not in faceting.ONE_EACH:
                assert found == before & alone
            elif filters.wanted(text, name):
                assert found >= before
                assert found >= before | (alone & found)


def test_facets_follow_every_change_and_its_undo(library: Library) -> None:
    dice = random.Random(7)
    papers = dict(add(library, dice) for _ in range(12))
    shelf = Shelf()
    faceting.build(library, shelf)
    every = list(papers)

    def told(kept: Shelf) -> list[Facet | Years]:
        made = list[Facet | Years]()
        for text in ("", "is:trash", "tag:vision", "kettle"):
            found = services.searching.find(library, text)
            assert faceting.count(library, kept, Asked(found.ids, text), made.append)
        return made

    def steps() -> Iterator[Callable[[], object]]:
        yield lambda: services.tagging.tag(library, every[:5], add=["vision", "new/inside"])
        yield lambda: services.editing.set_fields(library, every[:3], {"status": "read"})
        yield lambda: services.editing.set_fields(library, every[2:4], {"starred": True})
        yield lambda: services.editing.set_fields(library, every[:1], {"authors": "Öz, Ada", "date": "2019"})
        yield lambda: services.editing.add_paper(library, {"title": "One more", "organization": "Ember"})
        yield lambda: services.editing.trash(library, every[5:7])
        yield lambda: services.retagging.rename(library, "vision", "sight")
        for _ in range(3):
            yield lambda: services.undoing.undo(library)

    for step in steps():
        done = step()
        changes = done if hasattr(done, "parts") else next(one for one in done if hasattr(one, "parts"))  # type: ignore[attr-defined]
        shelf.note(changes)
        faceting.build(library, shelf)
        with pytest.MonkeyPatch.context() as patch:
            fresh = told(Shelf())
            patch.setattr(faceting, "FEW", -1)
            assert told(shelf) == fresh, changes.label


def test_what_is_not_read_yet_is_coming_and_says_what_is_asked_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, _papers, _shelf = world
    monkeypatch.setattr(faceting, "FEW", -1)
    shelf, told = Shelf(), list[Facet | Years]()
    assert not faceting.count(library, shelf, Asked(array("q", [1, 2]), "tag:vision"), told.append)
    tag = next(one for one in told if isinstance(one, Facet) and one.field == "tag")
    assert tag.is_coming
    assert [(one.label, one.state) for one in tag.values] == [("vision", "wanted")]
    ready: list[str] = []
    faceting.build(library, shelf, part=ready.append)
    assert ready == ["year", "status", "tag", "dump", "mark", "code", "org", "author"]
    assert faceting.count(library, shelf, Asked(array("q", [1, 2]), "tag:vision"), told.append)


def test_a_withdrawn_question_ends(world: World) -> None:
    library, _papers, shelf = world
    question = Question()
    told: list[Facet | Years] = []

    def part(one: Facet | Years) -> None:
        told.append(one)
        question.withdraw()

    with pytest.raises(Cancelled):
        faceting.count(library, shelf, Asked(array("q", range(1, 30))), part, question)
    assert len(told) == 1


def test_reading_the_library_ends_when_it_is_withdrawn(world: World) -> None:
    library, _papers, _shelf = world
    question, ready, shelf = Question(), list[str](), Shelf()

    def part(what: str) -> None:
        ready.append(what)
        question.withdraw()

    with pytest.raises(Cancelled):
        faceting.build(library, shelf, part=part, question=question)
    assert ready == ["year"]
    assert shelf.column("year") is not None
    assert shelf.column("status") is None


def test_an_author_written_in_two_ways_counts_once_a_paper(library: Library) -> None:
    twice = [Person("Kim, Jae", ""), Person("Kim", "Jae"), Person("Kim", "Jae")]
    for number, people in enumerate((twice, twice[:1], twice[1:2], [Person("Öz", "Ada")])):
        services.editing.add_paper(library, {"title": f"Paper {number}", "authors": people})
    told = facets(library, Shelf(), "")
    assert {one.label: one.count for one in values(told["author"])} == {"Kim, Jae": 3, "Öz, Ada": 1}


def test_values_are_found_by_a_part_of_their_name(world: World) -> None:
    library, papers, shelf = world
    told = facets(library, shelf, "", typed="oz")
    expected = sum("Öz, Ada" in one.authors for one in papers.values())
    assert [(one.label, one.count) for one in values(told["author"])] == [("Öz, Ada", expected)]
    assert not values(told["tag"])


@pytest.mark.usefixtures("way")
def test_counts_stay_within_a_saved_search(world: World) -> None:
    library, papers, shelf = world
    number, changes = services.saved.save(library, SavedSearch(0, "Mine", text="tag:vision OR has:code"))
    shelf.note(changes)
    inside = {one for one, paper in papers.items() if "vision" in paper.values("tag") or "has:code" in paper.marks}
    for text, scope in (("status:read", "in:Mine"), ("in:Mine status:read", "")):
        told = facets(library, shelf, text, scope)
        expected = Counter(papers[one].status for one in inside)
        assert {one.label: one.count for one in values(told["status"]) if one.count} == expected
    services.saved.delete(library, number)


def test_dumps_of_one_name_are_asked_for_by_number(library: Library, tmp_path: Path) -> None:
    for number, name in enumerate(["a", "b", "c"]):
        folder = tmp_path / name
        folder.mkdir()
        path = folder / ("same.txt" if number < 2 else "other.txt")
        path.write_text(f"@article{{k{number}, title = {{Paper {number} of sheaves}}, year = 2020}}", encoding="utf-8")
        services.importing.import_files(library, [path], silent)
    told = facets(library, Shelf(), "")
    assert sorted(one.term for one in values(told["dump"])) == ["dump:#1", "dump:#2", "dump:other.txt"]
    named = facets(library, Shelf(), "dump:#3")["dump"]
    assert [one.label for one in values(named) if one.state == "wanted"] == ["other.txt"]
