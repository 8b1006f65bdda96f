"""The closest keys of a library."""

from __future__ import annotations

from db.domain.documents import KeyBook, Named

PAPERS = [
    Named(1, "thistle-meadows-2024", "okafor lindt", 2024, "thistle meadows at scale"),
    Named(2, "copper-lanterns-2019", "brandt", 2019, "copper lanterns for slow routing"),
    Named(3, "Lee2020Rivers", "lee", 2020, "velvet rivers"),
]


def test_the_same_words_in_another_order_or_case_come_first() -> None:
    found = KeyBook(PAPERS).closest("rivers-lee-2020")
    assert found == [(3, 100.0)]


def test_the_usual_kind_of_key_finds_a_paper_whose_own_is_unlike() -> None:
    book = KeyBook(PAPERS)
    found = [book.closest(key) for key in ("okafor2024thistle", "brandt2019coper", "nothing1999alike")]
    assert [one[0][0] if one else None for one in found] == [1, 2, None]


def test_papers_without_authors_are_found_by_title_and_year() -> None:
    papers = [Named(7, "quartz-harbours-study-2023", "", 2023, "a quartz harbour is what you need"), *PAPERS]
    book = KeyBook(papers)
    assert [one[0] for one in book.closest("lindgren2023quartz")] == [7]
    assert [one[0] for one in book.closest("LindgrenQuartzHarbour2023")] == [7]
    assert [one[0] for one in book.closest("velvetrivers2020")] == [3]
    assert book.closest("lindgren2022quartz") == []
    crowd = [Named(n, f"x{n}", "", 2023, f"quartz {n}") for n in range(20)]
    assert KeyBook(crowd).closest("lindgren2023quartz") == []


def test_no_papers_and_odd_keys() -> None:
    assert KeyBook([]).closest("a") == []
    assert [KeyBook(PAPERS).closest(key) for key in ("", "::", "é")] == [[], [], []]
