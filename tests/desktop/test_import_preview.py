"""The preview of an import in the real window: what it shows, what it leaves out, what the person decides."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTextEdit, QWidget

from db import services
from db.domain import formats
from db.domain.formats import registry
from db.domain.formats.account import Account
from db.domain.formats.survey import Survey
from db.domain.records import Issue, Ledger, Record
from desktop.models.preview_files import NAME, RECORDS, STATE
from desktop.models.preview_records import AUTHORS, DATE, FATE, TITLE
from desktop.views.import_preview import ImportPreview
from desktop.views.import_summary import ImportSummary
from desktop.views.paste_dialog import PasteDialog
from tests.db.services.zoterolibrary import filled
from tests.desktop.conftest import TITLES, dump_text, settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow

CHECK = Qt.ItemDataRole.CheckStateRole
FIVE = len(TITLES)


class Notes:
    """A format of a kind of its own that is never sure: one title a line, in the column that is chosen."""

    name = "notes-of-a-test"
    label = "Notes of a test"
    kind = "bibliography"
    longest = 10_000
    reader = 1
    targets = ("title", "abstract", "field")

    def sniff(self, head: str) -> float:
        return 0.4 if head.startswith("~") else 0.0

    def survey(self, lines: Iterable[str]) -> Survey:
        return Survey(columns={"What": "title", "More": ""})

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        account, at = Account(), list(survey.columns.values()).index("title")
        for line in lines:
            account.number += 1
            if not line[2:]:
                continue
            title = line[2:].split(";")[at]
            yield Record(title, index=account.number, line_title=account.number, line_end=account.number)
        yield Issue(account.number, "the last line", "This line was not understood.")
        yield account.ledger(self.name, survey)


@pytest.fixture
def asking(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The window over an empty library, with previews on and a format more."""
    monkeypatch.setattr(registry, "FORMATS", (*formats.FORMATS, Notes()))
    window.intake.set_preview(True)
    return window


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.txt"
    path.write_text("~ One title of a paper;Second of them\n~ Another good title;Fourth of them\n", encoding="utf-8")
    return path


def shown(window: MainWindow, qtbot: QtBot, *, count: int = 1) -> ImportPreview:
    """Wait for a preview that has read everything."""

    def found() -> list[ImportPreview]:
        return [one for one in window.findChildren(ImportPreview) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()), timeout=20_000)
    (preview,) = found()
    qtbot.waitUntil(lambda: len(preview.model.files) == count, timeout=20_000)
    ready(preview, qtbot)
    return preview


def ready(preview: ImportPreview, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(one.finished for one in preview.model.files), timeout=20_000)


def said(preview: QWidget) -> str:
    return "\n".join(label.text() for label in preview.findChildren(QLabel) if label.isVisibleTo(preview))


def rows(window: MainWindow) -> int:
    return window.table.model.rowCount()


def paper_title(window: MainWindow, paper_id: int) -> str:
    assert window.context.library is not None
    found = services.reading.paper(window.context.library, paper_id)
    assert found is not None
    return found.title


def by_menu(window: MainWindow, dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtWidgets import QFileDialog

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_values: ([str(dump)], ""))
    window.registry["import"].trigger()


def by_drop(window: MainWindow, dump: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    window.drop_target.files_dropped.emit([dump])


def by_paste(window: MainWindow, dump: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    QGuiApplication.clipboard().setText(dump.read_text(encoding="utf-8"))
    window.registry["paste_import"].trigger()
    window.findChildren(PasteDialog)[0].accept()


def by_argument(window: MainWindow, dump: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    window.import_paths([dump])


@pytest.mark.parametrize("way", [by_menu, by_drop, by_paste, by_argument])
def test_every_way_in_shows_a_preview_and_enter_imports(
    asking: MainWindow,
    dump: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    way: Callable[[MainWindow, Path, pytest.MonkeyPatch], None],
) -> None:
    way(asking, dump, monkeypatch)
    preview = shown(asking, qtbot)
    assert not preview.isModal()
    assert preview.files.isHidden()
    assert "Search page: sure" in said(preview)
    assert "5 records: 5 new, no issues" in said(preview)
    assert rows(asking) == 0
    assert not asking.context.tasks.busy
    QTest.keyClick(preview, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows(asking) == FIVE, timeout=20_000)
    settle(asking, qtbot)
    assert len(asking.findChildren(ImportSummary)) == 1


def test_a_second_instance_and_the_command_line_lead_to_the_preview_too(
    start: Callable[..., object], tmp_path: Path, dump: Path, qtbot: QtBot
) -> None:
    from desktop.app import App
    from desktop.settings import Settings

    settings = Settings()
    settings.set("import/preview", True)
    settings.save()
    app = start(tmp_path / "library.sheaf", dump)
    assert isinstance(app, App)
    first = shown(app.window, qtbot)
    first.reject()
    qtbot.waitUntil(lambda: not app.window.findChildren(ImportPreview), timeout=20_000)
    assert app.instance is not None
    app.instance.called.emit([dump])
    shown(app.window, qtbot).reject()


def test_esc_cancels_and_nothing_is_imported(asking: MainWindow, dump: Path, qtbot: QtBot) -> None:
    asking.import_paths([dump])
    preview = shown(asking, qtbot)
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    settle(asking, qtbot)
    assert not asking.findChildren(ImportPreview)
    assert rows(asking) == 0
    assert not asking.registry["undo"].isEnabled()


def test_the_sample_needs_no_preview(asking: MainWindow, qtbot: QtBot) -> None:
    asking.welcome.sample_wanted.emit()
    qtbot.waitUntil(lambda: rows(asking) > 0, timeout=20_000)
    settle(asking, qtbot)
    assert not asking.findChildren(ImportPreview)


def test_import_need_not_wait_for_the_preview(asking: MainWindow, dump: Path, qtbot: QtBot) -> None:
    asking.import_paths([dump])
    (preview,) = asking.findChildren(ImportPreview)
    assert preview.import_button.isEnabled()
    preview.import_button.click()
    qtbot.waitUntil(lambda: rows(asking) == FIVE, timeout=20_000)
    settle(asking, qtbot)


def test_what_comes_before_the_library_is_open_is_shown_afterwards(
    empty_window: MainWindow, dump: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    from db.services.library import Library

    empty_window.intake.set_preview(True)
    empty_window.import_paths([dump])
    assert not empty_window.findChildren(ImportPreview)
    empty_window.context.set_library(Library.open(tmp_path / "late.sheaf"))
    shown(empty_window, qtbot).accept()
    qtbot.waitUntil(lambda: rows(empty_window) == FIVE, timeout=20_000)
    settle(empty_window, qtbot)


def test_the_year_is_changed_before_the_import(asking: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    page = tmp_path / "yearless.txt"
    page.write_text(dump_text(TITLES[:2]).replace("Mar 1, 2024 1", "Mar 1 1"), encoding="utf-8")
    asking.import_paths([page])
    preview = shown(asking, qtbot)
    year = preview.detail.year
    assert year.isVisible()
    assert year.year.value() == 2025
    assert "latest stated year is 2024" in said(preview)
    date = preview.detail.records.index(0, DATE)
    assert date.data() == "1 Mar 2025~"
    year.year.setValue(2023)
    assert date.data() == "1 Mar 2023~"
    assert preview.detail.records.index(1, DATE).data() == "2 Mar 2024"
    assert "2023 is set" in said(preview)
    preview.accept()
    qtbot.waitUntil(lambda: rows(asking) == 2, timeout=20_000)
    settle(asking, qtbot)
    assert asking.context.library is not None
    papers = services.reading.papers(asking.context.library, asking.table.shown_ids())
    assert sorted(str(one.date.iso()) for one in papers) == ["2023-03-01", "2024-03-02"]


def test_known_twins_are_named_before_the_import(asking: MainWindow, dump: Path, tmp_path: Path, qtbot: QtBot) -> None:
    asking.intake.set_preview(False)
    asking.import_paths([dump])
    qtbot.waitUntil(lambda: rows(asking) == FIVE, timeout=20_000)
    settle(asking, qtbot)
    asking.intake.set_preview(True)
    more = tmp_path / "more.txt"
    more.write_text(dump_text((*TITLES[:3], "Slow Rivers of the North")), encoding="utf-8")
    asking.import_paths([dump, more])
    preview = shown(asking, qtbot, count=2)
    assert preview.model.index(0, STATE).data() == "Already imported"
    assert "Nothing would change" in said(preview)
    preview.list.selectRow(1)
    assert "4 records: 1 new, 3 already in the library, no issues" in said(preview)
    assert preview.detail.records.index(0, FATE).data().startswith("Same as ")
    assert "the titles are equal" in preview.detail.records.index(0, FATE).data(Qt.ItemDataRole.ToolTipRole)
    assert preview.detail.records.index(3, FATE).data() == "New"
    preview.reject()


def test_an_unsure_file_is_left_out_until_it_is_ticked(
    asking: MainWindow, dump: Path, notes: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    asking.import_paths([dump, notes])
    preview = shown(asking, qtbot, count=2)
    model = preview.model
    assert model.index(0, NAME).data(CHECK) == Qt.CheckState.Checked
    assert model.index(1, NAME).data(CHECK) == Qt.CheckState.Unchecked
    assert model.index(1, STATE).data() == "Not sure: left out"
    preview.list.selectRow(1)
    assert "Best reading: Notes of a test, 40 % sure" in said(preview)
    assert "Too unsure" in said(preview)
    assert preview.detail.tick.isVisible()
    preview.list.setFocus()
    QTest.keyClick(preview.list, Qt.Key.Key_Space)
    assert model.index(1, NAME).data(CHECK) == Qt.CheckState.Checked
    assert preview.detail.tick.isChecked()
    preview.detail.tick.click()
    assert model.index(1, NAME).data(CHECK) == Qt.CheckState.Unchecked
    preview.accept()
    qtbot.waitUntil(lambda: rows(asking) == FIVE, timeout=20_000)
    settle(asking, qtbot)
    assert not asking.findChildren(ImportPreview)
    for summary in asking.findChildren(ImportSummary):
        assert "notes.txt" not in said(summary)
        summary.close()
    asking.import_paths([notes])
    preview = shown(asking, qtbot)
    assert not preview.import_button.isEnabled()
    preview.detail.tick.click()
    assert preview.import_button.isEnabled()
    preview.accept()
    qtbot.waitUntil(lambda: rows(asking) == FIVE + 2, timeout=20_000)
    settle(asking, qtbot)


def test_another_format_is_chosen(asking: MainWindow, notes: Path, qtbot: QtBot) -> None:
    asking.import_paths([notes])
    preview = shown(asking, qtbot)
    combo = preview.detail.format
    assert combo.currentText() == "Notes of a test (40 % sure)"
    assert combo.findText("Search page") > 0
    choose(combo, "search-page")
    qtbot.waitUntil(lambda: preview.model.files[0].format != Notes.name, timeout=20_000)
    ready(preview, qtbot)
    choose(combo, Notes.name)
    qtbot.waitUntil(lambda: preview.model.files[0].records == 2, timeout=20_000)
    ready(preview, qtbot)
    assert "Notes of a test: chosen by you" in said(preview)
    assert not preview.detail.tick.isVisible()
    assert preview.import_button.isEnabled()
    preview.accept()
    qtbot.waitUntil(lambda: rows(asking) == 2, timeout=20_000)
    settle(asking, qtbot)


def choose(combo: QComboBox, data: str) -> None:
    at = combo.findData(data)
    assert at >= 0
    combo.setCurrentIndex(at)
    combo.activated.emit(at)


def test_columns_and_issues_are_shown_and_columns_can_be_changed(asking: MainWindow, notes: Path, qtbot: QtBot) -> None:
    asking.import_paths([notes])
    preview = shown(asking, qtbot)
    assert "1 issue" in said(preview)
    issues = preview.detail.issues
    assert [issues.index(0, column).data() for column in range(3)] == [
        "2",
        "This line was not understood.",
        "the last line",
    ]
    columns = preview.detail.columns
    assert columns.isVisible()
    assert list(columns.combos) == ["What", "More"]
    assert columns.combos["What"].accessibleName() == "Column What"
    columns.combos["What"].setCurrentIndex(0)
    choose(columns.combos["More"], "title")
    qtbot.waitUntil(lambda: preview.model.files[0].columns == {"What": "", "More": "title"}, timeout=20_000)
    ready(preview, qtbot)
    assert preview.detail.records.index(0, 0).data() == "Second of them"
    preview.accept()
    qtbot.waitUntil(lambda: rows(asking) == 2, timeout=20_000)
    settle(asking, qtbot)
    assert asking.context.library is not None
    papers = services.reading.papers(asking.context.library, asking.table.shown_ids())
    assert {one.title for one in papers} == {"Second of them", "Fourth of them"}


def test_a_table_without_a_title_gets_one_by_hand(asking: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "shelf.csv"
    path.write_text("Work on the shelf,Shelf\nRivers That Remember,A1\nA Field Guide to Trees,A2\n", encoding="utf-8")
    asking.import_paths([path])
    preview = shown(asking, qtbot)
    choose(preview.detail.format, "csv")
    qtbot.waitUntil(lambda: bool(preview.model.files[0].columns), timeout=20_000)
    ready(preview, qtbot)
    assert "No papers were found" in said(preview)
    assert "Choose which column holds the titles" in said(preview)
    assert not preview.import_button.isEnabled()
    choose(preview.detail.columns.combos["Work on the shelf"], "title")
    qtbot.waitUntil(lambda: preview.model.files[0].records == 2, timeout=20_000)
    ready(preview, qtbot)
    assert preview.import_button.isEnabled()
    preview.accept()
    qtbot.waitUntil(lambda: rows(asking) == 2, timeout=20_000)
    settle(asking, qtbot)


def test_what_cannot_be_read_is_listed_by_name_and_reason(
    asking: MainWindow, dump: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = tmp_path / "bad.bin"
    bad.write_bytes(bytes(range(256)) * 40)
    code = tmp_path / "code.txt"
    code.write_text("import os\n\ndef run():\n    return os.getpid()\n" * 5, encoding="utf-8")
    asking.import_paths([bad, code, dump])
    preview = shown(asking, qtbot, count=3)
    assert "2 cannot be imported" in preview.note.text()
    assert "bad.bin is not text" in said(preview)
    assert not preview.detail.format.isVisible()
    preview.list.selectRow(1)
    assert preview.detail.format.isVisible()
    assert preview.detail.format.currentIndex() == -1
    assert preview.model.index(1, NAME).data(CHECK) is None
    assert "choose how to read it" in said(preview)
    preview.accept()
    qtbot.waitUntil(lambda: rows(asking) == FIVE, timeout=20_000)
    settle(asking, qtbot)
    (summary,) = asking.findChildren(ImportSummary)
    assert "bad.bin" in said(summary)


def test_a_file_that_comes_twice_is_told(asking: MainWindow, dump: Path, tmp_path: Path, qtbot: QtBot) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(dump.read_bytes())
    asking.import_paths([dump, copy, dump])
    preview = shown(asking, qtbot, count=2)
    assert preview.model.index(1, STATE).data() == "Twice in this drop"
    assert preview.model.index(1, RECORDS).data() == ""
    assert preview.note.text().startswith(f"{FIVE} records: {FIVE} new")
    preview.reject()


def test_nothing_is_asked_before_it_is_known_what_there_is(asking: MainWindow, dump: Path, qtbot: QtBot) -> None:
    asking.intake.look_through([dump])
    preview = asking.findChild(ImportPreview)
    assert preview is not None
    assert not preview.model.files
    assert said(preview) == preview.title.text()
    assert not preview.detail.isVisible()
    assert shown(asking, qtbot).detail.table.isVisible()


def test_nothing_to_import_is_said_and_brings_no_sums(asking: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    paths = [tmp_path / "empty.txt", tmp_path / "shelf.csv"]
    paths[0].touch()
    paths[1].write_text("Work on the shelf,Shelf\nRivers That Remember,A1\n", encoding="utf-8")
    asking.import_paths(paths)
    preview = shown(asking, qtbot, count=2)
    assert preview.note.text() == "None of these files can be imported. Choose one to see why."
    preview.list.selectRow(1)
    choose(preview.detail.format, "csv")
    qtbot.waitUntil(lambda: bool(preview.model.files[1].columns), timeout=20_000)
    ready(preview, qtbot)
    assert preview.model.index(1, STATE).data() == "No papers"
    assert preview.model.files[1].issues == 1
    assert preview.model.sums["issues"] == 0
    assert not preview.import_button.isEnabled()
    preview.reject()


@pytest.mark.parametrize(
    ("fields", "empty"),
    [("", [AUTHORS, DATE]), ("author={Roe, Ann}", [DATE]), ("year=2001", [AUTHORS]), ("author={A}, year=2001", [])],
)
def test_titles_take_the_room_of_what_no_paper_of_a_page_says(
    asking: MainWindow, tmp_path: Path, qtbot: QtBot, fields: str, empty: list[int]
) -> None:
    path = tmp_path / "two.bib"
    path.write_text(f"@misc{{a, title={{Amber}}, {fields}}}\n@misc{{b, title={{Beryl}}}}\n", encoding="utf-8")
    asking.import_paths([path])
    preview = shown(asking, qtbot)
    table = preview.detail.table
    assert [column for column in (TITLE, AUTHORS, DATE, FATE) if table.isColumnHidden(column)] == empty
    preview.reject()


def test_papers_without_a_title_and_guessed_letters_are_shown(asking: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "old.bib"
    path.write_bytes("@misc{a, author={Bär, Jörg}, year=2001}\n@misc{b, title={Über Bäche}}\n".encode("cp1252"))
    asking.import_paths([path])
    preview = shown(asking, qtbot)
    assert "Read as Latin-1, which is a guess" in said(preview)
    assert preview.detail.records.index(0, TITLE).data() == "Untitled"
    muted = preview.detail.records.index(0, TITLE).data(Qt.ItemDataRole.ForegroundRole)
    assert muted == QGuiApplication.palette().placeholderText()
    preview.accept()
    qtbot.waitUntil(lambda: rows(asking) == 2, timeout=20_000)
    settle(asking, qtbot)
    ids = [one for one in asking.table.shown_ids() if not paper_title(asking, one)]
    asking.table.select_ids(ids)
    title = asking.detail.paper.header.title.widget
    assert isinstance(title, QTextEdit)
    qtbot.waitUntil(lambda: title.isVisible() and not title.toPlainText(), timeout=5_000)
    assert title.placeholderText() == "Untitled"


def test_what_the_preview_showed_to_hold_nothing_does_not_come_back(
    asking: MainWindow, dump: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    empty = tmp_path / "empty-notes.txt"
    empty.write_text("~\n~\n", encoding="utf-8")
    asking.import_paths([dump, empty])
    preview = shown(asking, qtbot, count=2)
    assert preview.model.files[1].error
    assert preview.model.files[1].format
    preview.accept()
    qtbot.waitUntil(lambda: rows(asking) == FIVE, timeout=20_000)
    settle(asking, qtbot)
    (summary,) = asking.findChildren(ImportSummary)
    assert "empty-notes.txt" in said(summary)
    assert not [one for one in asking.findChildren(ImportPreview) if one.isVisible()]


def test_a_new_summary_takes_the_place_of_the_old_one_and_narrows_the_table(
    asking: MainWindow, dump: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    asking.intake.set_preview(False)
    other = tmp_path / "other.txt"
    other.write_text(dump_text([*TITLES[:2], "A Title of Its Own about Lakes"]), encoding="utf-8")
    for path, count in ((dump, FIVE), (other, FIVE + 1)):
        asking.import_paths([path])
        qtbot.waitUntil(lambda count=count: rows(asking) == count, timeout=20_000)
        settle(asking, qtbot)
    (summary,) = [one for one in asking.findChildren(ImportSummary) if one.isVisible()]
    assert summary.title.text() == "1 paper added, 2 merged"
    (merged,) = [one for one in summary.findChildren(QPushButton) if one.text() == "Show 2 merged"]
    merged.click()
    qtbot.waitUntil(lambda: rows(asking) == 2, timeout=20_000)
    summary.show_button.click()
    qtbot.waitUntil(lambda: rows(asking) == 3, timeout=20_000)


def test_without_previews_only_the_unsure_files_ask(asking: MainWindow, dump: Path, notes: Path, qtbot: QtBot) -> None:
    asking.import_paths([dump])
    preview = shown(asking, qtbot)
    preview.straight.click()
    assert not asking.registry["preview_imports"].isChecked()
    preview.reject()
    asking.import_paths([dump, notes])
    qtbot.waitUntil(lambda: rows(asking) == FIVE, timeout=20_000)
    settle(asking, qtbot)
    preview = shown(asking, qtbot)
    assert preview.model.files[0].name == "notes.txt"
    assert not preview.straight.isVisible()
    (summary,) = asking.findChildren(ImportSummary)
    assert "notes.txt" not in said(summary)
    preview.detail.tick.click()
    preview.accept()
    qtbot.waitUntil(lambda: rows(asking) == FIVE + 2, timeout=20_000)
    settle(asking, qtbot)
    asking.registry["preview_imports"].trigger()
    assert asking.intake.previews
    assert asking.registry["preview_imports"].isChecked()


def test_unsure_text_comes_back_for_a_preview(asking: MainWindow, notes: Path, qtbot: QtBot) -> None:
    asking.intake.set_preview(False)
    asking.import_text(notes.read_text(encoding="utf-8"))
    preview = shown(asking, qtbot)
    assert preview.title.text() == "Pasted text"
    preview.detail.tick.click()
    preview.accept()
    qtbot.waitUntil(lambda: rows(asking) == 2, timeout=20_000)
    settle(asking, qtbot)


def test_ten_thousand_files_stay_fluent(asking: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    source = tmp_path / "one.txt"
    source.write_text(dump_text(TITLES[:1]), encoding="utf-8")
    for number in range(10_000):
        os.link(source, folder / f"{number:05}.txt")
    asking.import_paths([folder])
    (preview,) = asking.findChildren(ImportPreview)
    qtbot.waitUntil(lambda: len(preview.model.files) == 10_000, timeout=60_000)
    assert len(preview.findChildren(QWidget)) < 200
    qtbot.waitUntil(lambda: preview.model.sums["finished"] > 100, timeout=60_000)
    assert "files looked through" in preview.note.text()
    assert preview.model.index(0, RECORDS).data() == "1"
    preview.reject()
    settle(asking, qtbot)


def test_every_part_can_be_reached_and_is_named(asking: MainWindow, dump: Path, notes: Path, qtbot: QtBot) -> None:
    asking.import_paths([notes, dump])
    preview = shown(asking, qtbot, count=2)
    assert preview.import_button.isDefault()
    assert preview.import_button.hasFocus() or QGuiApplication.platformName() == "offscreen"
    reached: list[QWidget] = []
    widget = preview.import_button.nextInFocusChain()
    while widget is not preview.import_button:
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.append(widget)
        widget = widget.nextInFocusChain()
    detail = preview.detail
    wanted = [preview.list, detail.tick, detail.format, detail.table, detail.issue_table, preview.straight]
    assert [one for one in reached if one in wanted] == wanted
    QTest.keyClick(preview, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert preview.focusWidget() is detail.format
    QTest.keyClick(preview, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(detail.tick.isChecked)
    for one in (preview.list, detail.format, detail.table, detail.issue_table, detail.year.year):
        assert one.accessibleName()
    preview.reject()


def test_markup_in_titles_is_shown_as_it_is(asking: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    page = tmp_path / "markup.txt"
    page.write_text(dump_text(("A <b>Bold</b> <img src='file:///etc/passwd'> Claim About Trees",)), encoding="utf-8")
    asking.import_paths([page])
    preview = shown(asking, qtbot)
    assert "<b>Bold</b>" in preview.detail.records.index(0, 0).data()
    assert "&lt;b&gt;" in preview.detail.records.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in preview.findChildren(QLabel))
    preview.reject()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_all_of_it_fits_a_small_screen(
    asking: MainWindow, notes: Path, dump: Path, qtbot: QtBot, scale: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.theme._POINTS_PER_PIXEL", 0.75 * scale)
    asking.context.theme.set_mode("dark")
    QGuiApplication.setFont(asking.context.theme.font())
    asking.import_paths([notes, dump])
    preview = shown(asking, qtbot, count=2)
    preview.resize(800, 600)
    qtbot.wait(50)
    assert preview.width() <= 800
    assert preview.height() <= 600
    for button in (preview.import_button, preview.cancel_button, preview.straight):
        inside = button.mapTo(preview, button.rect().bottomRight())
        assert inside.x() <= 800
        assert inside.y() <= 600
        assert button.width() >= button.minimumSizeHint().width()
    assert preview.detail.horizontalScrollBar().maximum() == 0
    preview.reject()
    monkeypatch.undo()
    asking.context.theme.set_mode("light")
    QGuiApplication.setFont(asking.context.theme.font())


def test_the_preferences_offer_the_preview(asking: MainWindow, qtbot: QtBot) -> None:
    from desktop.views.preferences import PreferencesDialog

    dialog = PreferencesDialog(asking.context, asking.registry, asking)
    assert dialog.preview.isChecked()
    dialog.preview.click()
    assert not asking.intake.previews
    assert not asking.registry["preview_imports"].isChecked()
    dialog.close()


def test_a_reader_that_fails_is_told_of_and_the_import_stays_possible(
    asking: MainWindow, dump: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Notes, head: str) -> float:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patched:
        patched.setattr(Notes, "sniff", fail)
        with qtbot.waitSignal(asking.context.failed, timeout=20_000):
            asking.import_paths([dump])
    (preview,) = asking.findChildren(ImportPreview)
    assert "preview failed" in preview.title.text()
    preview.accept()
    qtbot.waitUntil(lambda: rows(asking) == FIVE, timeout=20_000)
    settle(asking, qtbot)


def test_what_comes_beside_the_papers_is_counted(asking: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = filled(tmp_path / "Zotero")

    asking.import_paths([path.parent])
    preview = shown(asking, qtbot)
    ready(preview, qtbot)

    assert preview.title.text() == "zotero.sqlite"
    assert preview.detail.recognised.text() == "Zotero library: sure"
    assert preview.detail.numbers.text() == "8 records: 8 new, 3 issues"
    assert preview.detail.brought.text() == (
        "With them: 4 collections, 2 tags, notes of 2 papers, 3 attached files (1 not on this computer), 1 citation key"
    )
