"""The ledger of a dump: kinds of lines, jump, find, the way to the paper and back, marks; the list of issues."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from db import services
from db.services.progress import silent
from desktop.tokens import DARK, LIGHT, Tokens, contrast
from desktop.views.dump_kinds import KINDS, MARKS, background, kind_name, mark_name
from desktop.views.dump_view import DumpView
from desktop.views.issues_view import IssuesView

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.services.importing import FileResult
    from db.services.library import Library
    from desktop.context import AppContext


Keep = Callable[["QWidget"], None]


@pytest.fixture
def source(opened: AppContext, library: Library, dump: Path) -> FileResult:
    """The imported dump."""
    return services.importing.import_files(library, [dump], silent).files[0]


@pytest.fixture
def view(qtbot: QtBot, opened: AppContext, library: Library, source: FileResult, keep: Keep) -> DumpView:
    """The dump at its third record."""
    assert source.source_id is not None
    sighting = services.sources.sightings(library, source.new_ids[2])[0].sighting
    made = DumpView(opened, source.source_id, sighting.line_start)
    keep(made)
    made.show()
    qtbot.waitUntil(lambda: bool(made.text.lines))
    return made


def place_of(library: Library, paper_id: int) -> tuple[int, int]:
    """Return the first and the last line of a paper in its only dump."""
    sighting = services.sources.sightings(library, paper_id)[0].sighting
    return sighting.line_start, sighting.line_end


def test_it_opens_at_the_line_and_marks_the_record(view: DumpView, library: Library, source: FileResult) -> None:
    first, last = place_of(library, source.new_ids[2])
    assert view.text.line == first
    assert list(view.text.ranges) == [(first, last)]
    assert view.windowTitle() == "five.txt"


def test_every_kind_of_line_is_named_in_the_legend_with_its_count(view: DumpView) -> None:
    said = [label.text() for label in view.legend.findChildren(QLabel)]
    assert said == [
        "T  Title: 5 lines",
        "A  Abstract: 5 lines",
        "N  Names and authors: 5 lines",
        "D  Date: 5 lines",
        "O  Other detail: 5 lines",
        "F  Page furniture: 4 lines",
        "Blank: 28 lines",
        "!  Issue: 0 lines",
    ]
    view.grab()  # paints the gutter


def test_colour_is_never_the_only_sign() -> None:
    letters = [kind.letter for name, kind in KINDS.items() if name != "blank"]
    assert all(letters)
    assert len(set(letters)) == len(letters)
    assert all(kind_name(kind) for kind in KINDS)
    assert all(mark_name(mark) for mark in MARKS)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_letters_can_be_read_on_their_ground(tokens: Tokens) -> None:
    for name, kind in KINDS.items():
        assert contrast(tokens.text, background(tokens, name)) >= 4.5
        assert contrast(getattr(tokens, kind.tone), tokens.base) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5


def test_a_line_says_its_kind_and_its_paper(qtbot: QtBot, view: DumpView, library: Library, source: FileResult) -> None:
    first, _last = place_of(library, source.new_ids[1])
    view.go_to(first + 2)
    assert view.place.text() == f"Line {first + 2}: Abstract"
    paper = services.reading.papers(library, [source.new_ids[1]])[0]
    qtbot.waitUntil(lambda: view.paper.text() == f"{paper.title}  [{paper.citation_key}]")
    view.go_to(1)
    assert view.place.text() == "Line 1: Page furniture"
    assert view.paper.text() == ""
    assert list(view.text.ranges) == []


def test_the_line_leads_to_its_paper(qtbot: QtBot, view: DumpView, source: FileResult) -> None:
    with qtbot.waitSignal(view.open_paper) as caught:
        view.open_button.click()
    assert caught.args == [source.new_ids[2]]
    view.text.setFocus()
    with qtbot.waitSignal(view.open_paper) as caught:
        QTest.keyClick(view.text, Qt.Key.Key_Return)
    assert caught.args == [source.new_ids[2]]
    view.go_to(1)
    assert not view.open_button.isEnabled()


def test_the_paper_that_is_chosen_elsewhere_is_shown(view: DumpView, library: Library, source: FileResult) -> None:
    first, last = place_of(library, source.new_ids[4])
    view.follow([source.new_ids[4]])
    assert view.text.line == first
    assert list(view.text.ranges) == [(first, last)]
    view.go_to(first + 2)
    view.follow([source.new_ids[4]])
    assert view.text.line == first + 2, "the line is one of the paper's already"
    view.follow([source.new_ids[0], source.new_ids[1]])
    assert view.text.line == first + 2
    view.follow([99])
    assert view.text.line == first + 2


def test_escape_leaves_the_search_and_only_then_the_window(view: DumpView, qtbot: QtBot) -> None:
    view.activateWindow()
    view.finder.start()
    qtbot.waitUntil(view.finder.line.hasFocus)
    QTest.keyClick(view.finder.line, Qt.Key.Key_Escape)
    qtbot.waitUntil(view.text.hasFocus)
    assert view.isVisible()


def test_a_long_title_takes_one_line_and_keeps_its_key(view: DumpView) -> None:
    high = view.paper.height()
    view.paper.say_line("Amber lanterns " * 200, "  [amber-2024]")
    assert view.paper.shown().endswith("…  [amber-2024]")
    assert view.paper.toolTip()
    view.layout().activate()
    assert view.paper.height() == high
    view.grab()
    view.paper.say_line("Amber", "  [a]")
    assert view.paper.shown() == "Amber  [a]"
    assert not view.paper.toolTip()


def test_whole_lines_that_are_selected_are_told_of_by_the_last_of_them(view: DumpView) -> None:
    first = view.text.line
    cursor = view.text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Down, QTextCursor.MoveMode.KeepAnchor)
    view.text.setTextCursor(cursor)
    assert view.text.line == first + 1
    assert view.place.text() == f"Line {first}: Title"


def test_find_goes_on_and_round(view: DumpView) -> None:
    QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    find = view.finder
    find.line.setText("authors")
    places = []
    for _ in range(6):
        find.find_next()
        places.append(view.text.line)
    assert len(set(places)) == 5
    assert places[0] == places[5]
    find.find_next(back=True)
    assert view.text.line == places[4]
    find.line.setText("no such words")
    find.find_next()
    assert find.found.text() == "Not found"


def test_find_looks_beyond_the_lines_that_are_shown(
    qtbot: QtBot, view: DumpView, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = services.sources.text(library, view.source_id)
    words = "authors"
    places = [number for number, line in enumerate(whole, start=1) if words in line.casefold()]
    assert len(places) > 3
    monkeypatch.setattr(services.sources.stretch, "__defaults__", (1, 4))
    view.finder.start()
    view.finder.line.setText(words.upper())
    view.go_to(1)
    view._load(1)
    qtbot.waitUntil(lambda: len(view.text.lines) == 4)
    for expected in [*places, places[0]]:
        view.finder.find_next()
        qtbot.waitUntil(lambda line=expected: view.text.line == line and view.text.textCursor().hasSelection())
        assert view.text.textCursor().selectedText().casefold() == words
    view.finder.find_next(back=True)
    qtbot.waitUntil(lambda: view.text.line == places[-1])
    view.finder.line.setText("no such words")
    view.finder.find_next()
    qtbot.waitUntil(lambda: view.finder.found.text() == "Not found")
    assert view.text.line == places[-1]


def select(view: DumpView, first: int, last: int) -> None:
    """Select whole lines, as by dragging over them."""
    document = view.text.document()
    cursor = QTextCursor(document.findBlockByNumber(first - 1))
    cursor.setPosition(document.findBlockByNumber(last).position(), QTextCursor.MoveMode.KeepAnchor)
    view.text.setTextCursor(cursor)


def test_lines_are_marked_by_keys_and_buttons(qtbot: QtBot, view: DumpView, library: Library) -> None:
    select(view, 1, 3)
    assert view.place.text() == "Selected: lines 1–3"
    QTest.keyClick(view.text, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: dict(view.text.marks) == {1: "title", 3: "title"})
    assert view.bar.isVisible()
    assert view.bar.said.text() == "2 changed marks wait for the dump to be read again."
    view.grab()  # paints the marks
    buttons = {one.text(): one for one in view.marks.findChildren(QPushButton)}
    view.go_to(3)
    buttons["Ignore (I)"].click()
    qtbot.waitUntil(lambda: view.text.marks.get(3) == "ignore")
    assert view.place.text() == "Line 3: Page furniture, marked as Ignore"
    select(view, 1, 3)
    QTest.keyClick(view.text, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not view.text.marks)
    assert not view.bar.isVisible()


def test_marks_are_undone_in_the_view_too(qtbot: QtBot, opened: AppContext, view: DumpView) -> None:
    view.go_to(5)
    view.mark("ignore")
    qtbot.waitUntil(lambda: view.text.marks.get(5) == "ignore")
    assert view.text.line == 5, "the text stays where it was"
    opened.undo()
    qtbot.waitUntil(lambda: not view.text.marks)


def test_the_menu_offers_marks_and_reading_again(qtbot: QtBot, view: DumpView, source: FileResult) -> None:
    view.text.menu_wanted.emit(view.mapToGlobal(view.rect().center()))
    menu = view.findChildren(QMenu)[-1]
    names = [action.text() for action in menu.actions() if action.text()]
    assert names == [
        "Mark as Title", "Mark as Abstract", "Mark as Ignore", "Clear mark", "Copy", "Open paper", "Read again...",
    ]  # fmt: skip
    with qtbot.waitSignal(view.read_again) as caught:
        next(action for action in menu.actions() if action.text() == "Read again...").trigger()
    assert caught.args == [source.source_id]
    menu.close()


def test_a_newer_reader_is_offered(qtbot: QtBot, view: DumpView, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not view.bar.isVisible()
    monkeypatch.setattr(services.sources, "has_newer_reader", lambda _name, _reader: True)
    view._load()
    qtbot.waitUntil(view.bar.isVisible)
    assert view.bar.said.text() == "A newer reader understands this dump better."


def test_a_long_dump_is_shown_in_stretches(
    qtbot: QtBot, opened: AppContext, library: Library, source: FileResult, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = services.sources.stretch
    monkeypatch.setattr(services.sources, "stretch", lambda one, source_id, line: whole(one, source_id, line, 20))
    assert source.source_id is not None
    view = DumpView(opened, source.source_id, 1)
    keep(view)
    view.show()
    qtbot.waitUntil(view.pager.isVisible)
    assert (view.text.first, view.text.last) == (1, 20)
    assert not view.pager.earlier.isEnabled()
    view.pager.later.click()
    qtbot.waitUntil(lambda: view.text.first == 10)
    assert view.text.line == 20, "the last line is still there, in the middle"
    first, _last = place_of(library, source.new_ids[4])
    view.follow([source.new_ids[4]])
    qtbot.waitUntil(lambda: view.text.line == first)
    span = view.text.span_at(first)
    assert span is not None
    assert span.paper_id == source.new_ids[4]
    view.grab()


def test_an_issue_says_why_and_still_leads_to_its_paper(
    qtbot: QtBot, opened: AppContext, library: Library, tmp_path: Path, keep: Keep, dump: Path
) -> None:
    path = tmp_path / "odd.txt"
    lines = dump.read_text(encoding="utf-8").split("\n")
    path.write_text(
        "\n".join(one for one in lines if "experiments" not in one or ", with 2 " not in one), encoding="utf-8"
    )
    source = services.importing.import_files(library, [path], silent).files[0]
    assert source.source_id is not None
    issue = services.sources.issues(library, source.source_id)[0]
    view = DumpView(opened, source.source_id, issue.line)
    keep(view)
    view.show()
    qtbot.waitUntil(lambda: bool(view.text.lines))
    assert view.place.text().startswith(f"Line {issue.line}: Issue. This is a record without an abstract")
    assert view.open_button.isEnabled()


def test_every_widget_that_takes_the_keyboard_has_a_name(view: DumpView) -> None:
    assert view.text.accessibleName()
    assert view.finder.line.accessibleName()
    assert all(one.text() or one.accessibleName() for one in view.findChildren(QPushButton))


@pytest.fixture
def issues(qtbot: QtBot, opened: AppContext, library: Library, tmp_path: Path, keep: Keep) -> IssuesView:
    """The issues of a dump that has some, or of none."""
    made = IssuesView(opened)
    keep(made)
    made.show()
    qtbot.waitUntil(lambda: made.title.text() != "Loading...")
    return made


def test_no_issues_are_said_to_be_none(issues: IssuesView) -> None:
    assert issues.title.text() == "No issues"
    assert not issues.copy_button.isEnabled()


def test_an_issue_is_copied_and_leads_to_its_line(qtbot: QtBot, issues: IssuesView) -> None:
    found = [services.sources.SourceIssue(n, 7, "five.txt", n * 3, "<b>odd</b>", "no title") for n in (1, 2)]
    issues._show(found)
    assert issues.title.text() == "2 issues"
    with qtbot.waitSignal(issues.open_dump) as caught:
        issues.show_button.click()
    assert caught.args == [7, 3]
    issues.copy_button.click()
    assert QGuiApplication.clipboard().text() == "five.txt:3: no title: <b>odd</b>"
    index = issues.model.index(0, 2)
    assert "&lt;b&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_screen_reader_is_told_every_part_that_takes_the_keyboard(view: DumpView) -> None:
    parts = [one for one in view.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    told = {QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name) for one in parts if one.isVisible()}
    assert {"Find in the text", "Previous", "Next", "Text of the dump", "Title (T)", "Clear mark (Del)"} <= told
    assert "" not in told


def test_a_low_window_gives_the_room_of_the_legend_to_the_text(view: DumpView, qtbot: QtBot) -> None:
    assert view.legend.isVisible()
    view.resize(800, 20 * view.fontMetrics().lineSpacing())
    qtbot.waitUntil(view.legend.isHidden)
    view.resize(800, 40 * view.fontMetrics().lineSpacing())
    qtbot.waitUntil(view.legend.isVisible)
