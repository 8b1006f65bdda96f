"""Dumps as sets, checked against plain Python sets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import services
from db.domain.errors import LibraryError
from db.domain.records import Status
from db.services.library import Library
from db.services.progress import silent
from db.services.same_search import about, is_same

if TYPE_CHECKING:
    from pathlib import Path

    from db.services.intake import FileResult
    from tests.db.services.conftest import Pages


class Drops:
    """Imports pages of papers given by number."""

    def __init__(self, library: Library, folder: Path, pages: type[Pages]) -> None:
        self.library, self._folder, self._pages = library, folder, pages

    def drop(self, name: str, numbers: list[int]) -> FileResult:
        """Import a page with these papers and return what became of it."""
        path = self._folder / name
        shown = [self._pages.paper(number, authors=3, date="Mar 18, 2024") for number in numbers]
        path.write_text(self._pages.full(shown), encoding="utf-8")
        return services.importing.import_files(self.library, [path], silent).files[0]

    def find(self, text: str, **options: object) -> list[int]:
        """Return what a search finds, as paper numbers."""
        ids = services.searching.find(self.library, text, **options).ids  # type: ignore[arg-type]
        return [int(one.title.rsplit(" ", 1)[1]) for one in services.reading.papers(self.library, ids)]

    def skip(self, *numbers: int) -> None:
        """Skip these papers."""
        ids = [self.id_of(number) for number in numbers]
        services.editing.set_fields(self.library, ids, {"status": "skipped"})

    def id_of(self, number: int) -> int:
        """Return the id of the paper with this number."""
        (found,) = services.searching.find(self.library, f'"of order {number}"').ids
        return found


@pytest.fixture
def drops(library: Library, folder: Path, pages: type[Pages]) -> Drops:
    """A hand that drops pages."""
    return Drops(library, folder, pages)


def test_two_dumps_as_sets(drops: Drops) -> None:
    a = drops.drop("a.txt", [1, 2, 3, 4, 2])
    b = drops.drop("b.txt", [5, 3, 4, 6])
    services.editing.trash(drops.library, [drops.id_of(6)])
    found = services.dumpsets.compare(drops.library, a.source_id, b.source_id)  # type: ignore[arg-type]
    assert (found.only_a, found.both, found.only_b) == (2, 2, 1)
    assert (found.a.records, found.a.papers, found.a.repeats, found.a.trashed) == (5, 4, 1, 0)
    assert (found.b.records, found.b.papers, found.b.repeats, found.b.trashed) == (4, 3, 0, 1)
    assert drops.find("dump:#1 -dump:#2") == [1, 2]
    assert drops.find("dump:#1 dump:#2") == [3, 4]
    assert drops.find("dump:#2 -dump:#1") == [5]


@settings(max_examples=12)
@given(
    a=st.lists(st.integers(0, 11), min_size=1, max_size=9),
    b=st.lists(st.integers(0, 11), min_size=1, max_size=9),
    c=st.lists(st.integers(0, 11), min_size=1, max_size=9),
)
def test_counts_are_those_of_sets(
    tmp_path_factory: pytest.TempPathFactory, pages: type[Pages], a: list[int], b: list[int], c: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("drop")
    library = Library.open(folder / "library.sheaf")
    try:
        drops = Drops(library, folder, pages)
        lists = [a, b, c]
        ids = [drops.drop(f"{number}.txt", one).source_id for number, one in enumerate(lists)]
        if len(set(ids)) < 3:  # the same page twice is one source
            return
        one, two, three = (set(some) for some in lists)
        found = services.dumpsets.compare(library, 1, 2)
        assert (found.only_a, found.both, found.only_b) == (len(one - two), len(one & two), len(two - one))
        assert set(drops.find("new:#3")) == three - one - two
        assert set(drops.find("dump:#3 -dump:#1")) == three - one
        assert set(drops.find("(dump:#1 OR dump:#2) -dump:#3")) == (one | two) - three
        flow = services.flow.flow(library, [1, 2, 3])
        assert flow.records == len(a) + len(b) + len(c)
        assert flow.unique == len(one | two | three)
        assert flow.repeats == sum(len(some) - len(set(some)) for some in lists)
        order = drops.find("dump:#3", sort="dump")
        first = [number for number in dict.fromkeys(c) if number not in one | two]
        assert order == first + [number for number in dict.fromkeys(c) if number in one | two]
    finally:
        library.close()


def test_the_last_dump_of_the_same_search_by_its_name(drops: Drops) -> None:
    drops.drop("alignment-2026-10-02.txt", [1, 2])
    drops.drop("identity-2026-10-20.txt", [2, 3])
    drops.drop("alignment-2026-11-01 (2).txt", [2, 4])
    assert services.dumpsets.last_of_same_search(drops.library, 1) is None
    assert services.dumpsets.since_last(drops.library, 2) is None
    last = services.dumpsets.last_of_same_search(drops.library, 3)
    assert last is not None
    assert last.id == 1
    since = services.dumpsets.since_last(drops.library, 3)
    assert since is not None
    assert (since.new, since.both, since.gone, since.never_seen) == (1, 1, 1, 1)
    assert drops.find(since.text) == [4]


def test_the_search_can_be_set_by_hand_and_taken_back(drops: Drops) -> None:
    drops.drop("monday.txt", [1])
    drops.drop("tuesday.txt", [2])
    assert services.dumpsets.last_of_same_search(drops.library, 2) is None
    services.dumpsets.set_search(drops.library, 1, "  Reward   MODELS ")
    assert services.dumpsets.set_search(drops.library, 2, "reward models")
    last = services.dumpsets.last_of_same_search(drops.library, 2)
    assert last is not None
    assert last.search == "Reward MODELS"
    services.undoing.undo(drops.library)
    assert services.dumpsets.last_of_same_search(drops.library, 2) is None
    assert not services.dumpsets.set_search(drops.library, 1, "Reward MODELS")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("alignment-2026-10-02.txt", ("alignment",)),
        ("alignment-search-full.txt", ("alignment",)),
        ("Reward_Models Oct 31 (3).html.gz", ("reward", "models")),
        ("2026-10-02.txt", ()),
        ("dump.txt", ()),
        ("对齐-1.md", ("对齐",)),
    ],
)
def test_what_a_name_is_about(name: str, words: tuple[str, ...]) -> None:
    assert about(name) == words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("x.txt", "dump", "dpo"), ("y.txt", "dump", "DPO "), True),
        (("x.txt", "dump", "dpo"), ("x.txt", "dump", "rlhf"), False),
        (("x-1.txt", "dump", "dpo"), ("x-2.txt", "dump", ""), True),
        (("1.txt", "dump", ""), ("2.txt", "dump", ""), False),
        (("A title", "paste", ""), ("A title", "paste", ""), False),
        (("A title", "paste", "dpo"), ("x.txt", "dump", "dpo"), True),
    ],
)
def test_whether_two_dumps_are_of_one_search(
    one: tuple[str, str, str], other: tuple[str, str, str], same: bool
) -> None:
    names = ("name", "kind", "search")
    assert is_same(dict(zip(names, one, strict=True)), dict(zip(names, other, strict=True))) is same


def test_a_skipped_paper_that_comes_back_is_told(drops: Drops) -> None:
    drops.drop("a.txt", [1, 2, 3, 4])
    drops.skip(1, 2)
    services.editing.trash(drops.library, [drops.id_of(2)])
    again = drops.drop("b.txt", [1, 2, 3, 5])
    assert again.skipped == 1
    assert again.skipped_ids == (drops.id_of(1),)
    drops.skip(3)  # skipped after both dumps had shown it: that is no return
    assert drops.find("is:back") == [1]
    assert drops.find("back:#2") == [1]
    assert drops.find("back:#1") == []
    (paper,) = services.reading.papers(drops.library, again.skipped_ids)
    (row,) = services.reading.rows(drops.library, again.skipped_ids)
    assert paper.seen_again is not None
    assert row.seen_again == paper.seen_again
    assert (paper.seen_again.source_id, paper.seen_again.source_name) == (2, "b.txt")
    services.editing.set_fields(drops.library, again.skipped_ids, {"status": "reading"})
    assert services.reading.rows(drops.library, again.skipped_ids)[0].seen_again is None
    assert drops.find("is:back") == []
    assert drops.find("back:#2") == [1]
    services.undoing.undo(drops.library)
    services.undoing.undo(drops.library)
    services.undoing.undo(drops.library)
    assert drops.find("is:back") == []


def test_the_flow_adds_up(drops: Drops) -> None:
    drops.drop("a.txt", [0])
    drops.drop("b.txt", [0, 1, 2, 3, 3])
    drops.drop("c.txt", [3, 4, 5])
    drops.skip(1, 4)
    services.editing.set_fields(drops.library, [drops.id_of(2)], {"status": "read", "starred": True})
    services.tagging.tag(drops.library, [drops.id_of(2), drops.id_of(5)], add=["=included"])
    services.editing.trash(drops.library, [drops.id_of(5)])
    flow = services.flow.flow(drops.library, [2, 3, 2])
    assert [(one.dump.name, one.records) for one in flow.sources] == [("b.txt", 5), ("c.txt", 3)]
    assert (flow.records, flow.duplicates, flow.repeats, flow.unique) == (8, 2, 1, 6)
    assert (flow.trashed, flow.screened, flow.excluded, flow.starred, flow.known_before) == (1, 5, 2, 1, 1)
    assert sum(flow.status.values()) == flow.screened
    assert flow.status[Status.READ] == 1
    assert flow.tags == (("=included", 1),)
    rows = list(csv.reader(io.StringIO(flow.csv())))
    assert rows[0] == ["what", "name", "count"]
    assert ["excluded", "Excluded (skipped)", "2"] in rows
    assert ["tag", "'=included", "1"] in rows
    text = flow.text().splitlines()
    assert text[0].split() == ["Records", "identified", "8"]
    assert len({len(line) for line in text}) == 1


def test_counts_are_saved_as_text_or_csv(drops: Drops, tmp_path: Path) -> None:
    drops.drop("a.txt", [1])
    flow = services.flow.flow(drops.library, [1])
    for name, wanted in (("counts.csv", flow.csv()), ("counts.txt", flow.text())):
        services.flow.save(flow, tmp_path / name)
        assert (tmp_path / name).read_text(encoding="utf-8") == wanted


def test_a_dump_that_is_gone_is_said_in_words(drops: Drops) -> None:
    drops.drop("a.txt", [1])
    for ask in (
        lambda: services.dumpsets.compare(drops.library, 1, 99),
        lambda: services.dumpsets.since_last(drops.library, 99),
        lambda: services.dumpsets.set_search(drops.library, 99, "x"),
        lambda: services.flow.flow(drops.library, []),
    ):
        with pytest.raises(LibraryError):
            ask()


def test_the_real_dumps(library: Library, dumps: Path) -> None:
    names = ("identity-search-bare", "alignment-search-glued", "alignment-search-full")
    for name in names:
        services.importing.import_files(library, [dumps / f"{name}.txt"], silent)
    found = services.dumpsets.compare(library, 2, 3)
    assert (found.a.records, found.b.records) == (237, 74)
    assert found.only_a + found.both == found.a.papers
    since = services.dumpsets.since_last(library, 3)
    assert since is not None
    assert since.last.name == "alignment-search-glued.txt"
    assert since.new == len(services.searching.find(library, since.text).ids) == found.only_b
    flow = services.flow.flow(library, [1, 2, 3])
    assert flow.records == 85 + 237 + 74
    assert flow.unique == len(services.searching.find(library).ids)
