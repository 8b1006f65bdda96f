"""Random trees of saved searches: each finds what a slow evaluation of the tree in plain Python finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db import services
from db.domain.errors import LibraryError
from db.domain.records import SavedSearch
from db.services.library import Library

WORDS = ("amber", "birch", "cedar", "dune")
YEARS = range(2020, 2025)


@dataclass(frozen=True)
class Spec:
    """A saved search to be made: what it says, which it names (`names`, perhaps negated) and where it stands."""

    kind: str
    words: tuple[str, ...]
    joint: str
    named: int | None
    negated: bool
    place: int | None
    shelf: int | None


SPECS = st.builds(
    Spec,
    st.sampled_from(["search", "search", "any", "all"]),
    st.lists(st.sampled_from([*WORDS, *map(str, YEARS)]), min_size=1, max_size=3).map(tuple),
    st.sampled_from([" ", " OR "]),
    st.none() | st.integers(0, 7),
    st.booleans(),
    st.none() | st.integers(0, 7),
    st.none() | st.integers(0, 1),
)


@dataclass
class Kept:
    """A saved search that was kept, and its number in the library."""

    spec: Spec
    number: int
    named: int | None
    place: int | None
    shelf: int | None


class World:
    """Papers with the words of their titles and a year, two shelves, and the searches kept so far."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.papers: dict[int, set[str]] = {}
        for number in range(48):
            words = {word for at, word in enumerate(WORDS) if number >> at & 1}
            year = str(YEARS[number % len(YEARS)])
            values = {"title": " ".join(sorted(words)) or "Untitled", "date": year}
            self.papers[services.editing.add_paper(library, values)[0]] = words | {year}
        ids = sorted(self.papers)
        self.shelves = [services.collecting.create(library, name)[0] for name in ("Oak shelf", "Pine")]
        self.on = [set(ids[::2]), set(ids[10:30])]
        for shelf, there in zip(self.shelves, self.on, strict=True):
            services.collecting.add(library, shelf, sorted(there))
        self.kept: list[Kept] = []

    def start_anew(self) -> None:
        for one in services.saved.searches(self.library):
            if one.parent_id is None:
                services.saved.delete(self.library, one.id)
        self.kept = []

    def keep(self, spec: Spec) -> None:
        """Keep one more; those that would use themselves are refused, and left out here as well."""
        known = len(self.kept)
        named = spec.named if spec.named is not None and spec.named < known and spec.kind == "search" else None
        place = spec.place if spec.place is not None and spec.place < known else None
        shelf = spec.shelf if place is None else None
        terms = [f"year:{one}" if one.isdigit() else one for one in spec.words]
        if named is not None:
            terms.append(("-" if spec.negated else "") + f'in:"Kept {named}"')
        search = SavedSearch(
            0, f"Kept {known}", spec.kind, spec.joint.join(terms),
            None if place is None else self.kept[place].number, None if shelf is None else self.shelves[shelf],
        )  # fmt: skip
        try:
            number, _changes = services.saved.save(self.library, search)
        except LibraryError as error:
            if "would use itself" not in error.message:
                raise
            return
        self.kept.append(Kept(spec, number, named, place, shelf))

    def says(self, at: int) -> set[int]:
        """The papers that a search finds by itself, wherever it stands."""
        one = self.kept[at]
        if one.spec.kind != "search":
            inside = [below for below, other in enumerate(self.kept) if other.place == at]
            members = [self.says(below) for below in inside if not self.is_empty(below)]
            if not members:
                return set()
            return set.union(*members) if one.spec.kind == "any" else set.intersection(*members)
        parts = [{paper for paper, words in self.papers.items() if word in words} for word in one.spec.words]
        if one.named is not None:
            named = self.finds(one.named)
            parts.append(set(self.papers) - named if one.spec.negated else named)
        return set.union(*parts) if one.spec.joint == " OR " else set.intersection(*parts)

    def is_empty(self, at: int) -> bool:
        """Whether nothing but groups stands in a group."""
        inside = [below for below, other in enumerate(self.kept) if other.place == at]
        return self.kept[at].spec.kind != "search" and all(self.is_empty(below) for below in inside)

    def finds(self, at: int) -> set[int]:
        """The papers that a search finds where it stands."""
        found, above = self.says(at), at
        while (place := self.kept[above].place) is not None:
            above = place
            if self.kept[above].spec.kind == "search":
                return found & self.finds(above)
        shelf = self.kept[above].shelf
        return found if shelf is None else found & self.on[shelf]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    library = Library.open(tmp_path_factory.mktemp("saved") / "world.sheaf")
    yield World(library)
    library.close()


@settings(max_examples=60, deadline=None)
@example(
    specs=[
        Spec("any", ("amber",), " ", None, False, None, None),
        Spec("search", ("birch",), " OR ", 0, True, None, None),
    ]
)
@given(specs=st.lists(SPECS, min_size=1, max_size=8))
def test_a_saved_search_finds_what_a_slow_evaluation_finds(world: World, specs: list[Spec]) -> None:
    world.start_anew()
    for spec in specs:
        world.keep(spec)
    library = world.library
    texts = {one.id: text for one, text in services.reading.sidebar(library).searches}
    for at, one in enumerate(world.kept):
        expected = world.finds(at)
        assert set(services.searching.find(library, "", scope=f"in:#{one.number}").ids) == expected
        assert services.searching.count(library, f"in:#{one.number}") == len(expected)
        assert (
            set(services.searching.find(library, f'amber -in:"kept {at}"').ids)
            == {paper for paper, words in world.papers.items() if "amber" in words} - expected
        )
        if texts[one.number]:  # an empty group says nothing, and finds nothing
            says = services.searching.find(library, texts[one.number])
            assert (set(says.ids), says.message) == (expected, ""), texts[one.number]
