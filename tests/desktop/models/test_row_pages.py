"""Pages of rows: fetched when painted, kept for a while."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from db.domain.records import Date, PaperRow, Status
from desktop.models.paper_table import PaperTableModel
from desktop.models.row_pages import KEPT, PAGE, RowPages

if TYPE_CHECKING:
    from collections.abc import Sequence


def row(number: int) -> PaperRow:
    return PaperRow(number, f"Paper {number}", "", Date(), Status.UNREAD, False, 0, None, 1, "k", False, False)


class Shelf:
    """Answers with rows and counts the questions."""

    def __init__(self, missing: int = -1) -> None:
        self.asked: list[int] = []
        self.missing = missing

    def __call__(self, ids: Sequence[int]) -> list[PaperRow]:
        self.asked.append(ids[0])
        return [row(one) for one in ids if one != self.missing]


def test_a_page_is_fetched_once() -> None:
    shelf = Shelf()
    pages = RowPages(shelf)
    pages.replace(array("q", range(1000)))
    assert [pages.row(n).title for n in (0, 1, 63)] == ["Paper 0", "Paper 1", "Paper 63"]  # type: ignore[union-attr]
    assert shelf.asked == [0]
    pages.row(PAGE)
    assert shelf.asked == [0, PAGE]


def test_rows_that_come_with_the_ids_are_not_fetched() -> None:
    shelf = Shelf()
    pages = RowPages(shelf)
    pages.replace(array("q", range(1000)), [row(number) for number in range(PAGE) if number != 5])
    assert pages.row(0) == row(0)
    assert pages.row(5) is None
    assert pages.row(PAGE) == row(PAGE)
    assert shelf.asked == [PAGE]


def test_rows_read_before_papers_were_forgotten_are_fetched_anew() -> None:
    shelf = Shelf()
    model = PaperTableModel(shelf)
    known, age = [row(number) for number in range(10)], model.age
    model.show(array("q", range(10)), known, age)
    model.paper(0)
    assert shelf.asked == []
    model.forget(frozenset({3}))
    model.show(array("q", range(10)), known, age)
    model.paper(0)
    assert shelf.asked == [0]


def test_a_paper_that_is_gone_leaves_an_empty_row() -> None:
    pages = RowPages(Shelf(missing=3))
    pages.replace(array("q", range(10)))
    assert pages.row(3) is None
    assert pages.row(4) == row(4)


def test_only_the_pages_that_show_a_changed_paper_are_fetched_again() -> None:
    shelf = Shelf()
    pages = RowPages(shelf)
    pages.replace(array("q", range(1000)))
    pages.row(0)
    pages.row(500)
    pages.forget(frozenset({501}))
    pages.row(0)
    pages.row(500)
    assert shelf.asked == [0, 448, 448]
    pages.forget(None)
    pages.row(0)
    assert shelf.asked[-1] == 0


def test_memory_stays_bounded() -> None:
    pages = RowPages(Shelf())
    pages.replace(array("q", range(PAGE * KEPT * 3)))
    for number in range(0, PAGE * KEPT * 3, PAGE):
        pages.row(number)
    assert len(pages._pages) == KEPT
