"""What cells say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale

from db.domain.records import Date, PaperRow, Status
from desktop.models import cell_text as say
from desktop.models.empty_words import sentence
from desktop.models.paper_columns import BY_ID, COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator


def paper(**changed: object) -> PaperRow:
    values: dict[str, object] = {
        "id": 1,
        "title": "A title",
        "authors": "17 authors",
        "date": Date(2025, 3, 18, True, "newest stated year 2024"),
        "status": Status.UNREAD,
        "starred": True,
        "rating": 3,
        "comments": 0,
        "dumps": 2,
        "citation_key": "title-2025",
        "key_frozen": False,
        "in_trash": False,
    }
    return PaperRow(**{**values, **changed})  # type: ignore[arg-type]


@pytest.fixture
def british() -> Iterator[None]:
    """Dates as they are written in Britain."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def test_an_inferred_year_is_marked_and_explained(british: None) -> None:
    date = Date(2025, 3, 18, True, "newest stated year 2024")
    assert say.date_text(date) == "18 Mar 2025~"
    assert say.date_tip(date) == "The year 2025 is inferred: newest stated year 2024"
    assert say.date_text(Date(2023)) == "2023"
    assert say.date_text(Date(2023, 2)) == "Feb 2023"
    assert say.date_text(Date()) == say.date_tip(Date(2023)) == ""


def test_long_and_broken_titles_are_cut_to_one_line() -> None:
    assert say.cut("a\n b\t c") == "a b c"
    assert len(say.cut("word " * 10_000)) <= say.LONGEST


def test_a_missing_title_has_a_word_to_stand_in_for_it() -> None:
    assert COLUMNS[BY_ID["title"]].text(paper(title=" ")) == "Untitled"
    assert say.title_text("A\ntitle") == "A title"
    assert say.title_text("Kettles 1990--2000 --- a ``slow\nstory''") == "Kettles 1990–2000 — a “slow story”"
    assert say.title_text("x'' ---- `y` a-b ``open") == "x'' ---- `y` a-b ``open"
    assert paper(title="").title == ""


def test_a_tooltip_never_carries_markup() -> None:
    assert say.tip("<img src='file:///x'>") == "<p>&lt;img src=&#x27;file:///x&#x27;&gt;</p>"
    assert say.tip("one\ntwo") == "<p>one<br>two</p>"
    assert say.tip("") == ""


def test_unknown_and_none_are_told_apart() -> None:
    comments = COLUMNS[BY_ID["comments"]]
    assert comments.text(paper(comments=None)) == ""
    assert comments.text(paper(comments=0)) == "0"


def test_what_is_shown_by_colour_or_shape_is_also_said_in_words() -> None:
    assert COLUMNS[BY_ID["starred"]].text(paper()) == "Starred, Unread"
    assert COLUMNS[BY_ID["rating"]].text(paper()) == "★★★☆☆"
    assert COLUMNS[BY_ID["status"]].text(paper(status=Status.SKIPPED)) == "Skipped"


def test_a_key_says_whether_it_can_change() -> None:
    assert "freezes" in say.key_tip(paper())
    assert "pinned" in say.key_tip(paper(key_frozen=True))
    assert say.key_tip(paper(citation_key="")) == ""


def test_an_empty_table_says_what_was_asked() -> None:
    assert sentence("qubits", "") == "No paper matches “qubits”."
    assert sentence("qubits", "is:unread") == "Nothing here matches “qubits”."
    assert sentence("", "is:trash") == "The trash is empty."
    assert sentence("", 'collection:"Thesis {x}"').startswith("“Thesis {x}” is empty")
    assert sentence("", 'tag:"a" tag:"b"') == "No paper fits all of this."
