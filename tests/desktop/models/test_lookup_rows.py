"""The rows of a look-up: ticks, and what they count."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from db.services.enriching import Change, Finding
from desktop.models.lookup_rows import LookupRows

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
STATE = Qt.ItemDataRole.CheckStateRole


def finding(paper_id: int, *, sure: bool = True, title: str = "Kettles", source: str = "arXiv") -> Finding:
    change = Change("authors", "", "Reed, Ada")
    return Finding(paper_id, f"k{paper_id}", title, source, 0.9, sure, ("the titles are equal",), (change,), "json", "")


@pytest.fixture
def rows() -> LookupRows:
    """Two services know of the first paper, one may know of the second."""
    made = LookupRows()
    made.add([finding(1), finding(1, source="dblp"), finding(2, sure=False)])
    return made


def test_papers_are_counted_once_whoever_knows_of_them(rows: LookupRows) -> None:
    assert (rows.papers_found(), rows.papers_chosen(), rows.unsure) == (2, 1, 1)
    rows.tick([0], False)
    assert rows.papers_chosen() == 1, "the other service still knows of it"
    rows.tick([0, 1], False)
    assert rows.papers_chosen() == 0
    rows.tick([0, 1, 2], True)
    assert rows.papers_chosen() == 2
    assert rows.chosen() == rows.findings


def test_what_is_open_is_what_nothing_certain_was_found_for(rows: LookupRows) -> None:
    assert rows.without_certain([1, 2, 3]) == [2, 3]
    assert rows.papers_certain() == 1


def test_a_tick_is_set_by_the_box_and_told_once(rows: LookupRows) -> None:
    told: list[bool] = []
    rows.ticked.connect(lambda: told.append(True))
    box = rows.index(2, 0)
    assert box.data(STATE) == UNCHECKED
    assert rows.flags(box) & Qt.ItemFlag.ItemIsUserCheckable
    assert rows.setData(box, CHECKED, STATE)
    assert box.data(STATE) == CHECKED
    rows.tick([2], True)
    assert told == [True]
    assert not rows.setData(rows.index(2, 1), CHECKED, STATE)


def test_another_look_up_begins_with_nothing(rows: LookupRows) -> None:
    rows.restart()
    assert (rows.rowCount(), rows.papers_found(), rows.papers_chosen(), rows.unsure) == (0, 0, 0, 0)
    rows.add([])
    assert rows.rowCount() == 0


def test_markup_in_a_title_stays_text() -> None:
    rows = LookupRows()
    rows.add([finding(1, title="<img src=x> " + "k" * 500), finding(2, title="")])
    assert len(rows.index(0, 0).data()) == 200
    assert "&lt;img" in rows.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert rows.index(1, 0).data() == "Untitled"
    heads = [rows.headerData(at, Qt.Orientation.Horizontal) for at in range(rows.columnCount())]
    assert heads == ["Paper", "Gets", "From"]
