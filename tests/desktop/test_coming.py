"""The first run in the real window: a welcome, the ways in from other programs, and where the library lives."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from db.services import editing, home, libraryplace, reading, searching
from db.services.library import Library
from desktop.commands import coming as commands
from desktop.views.coming import JABREF, MENDELEY, PROGRAMS, ZOTERO, ComingDialog
from desktop.views.import_preview import ImportPreview
from tests.db.services.zoterolibrary import ZoteroLibrary, filled
from tests.desktop.conftest import settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from db.services.libraryplace import Moved
    from desktop.app import App
    from desktop.window.main_window import MainWindow


def said(widget: QWidget) -> str:
    """Return all that is written in a widget."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def asked(window: MainWindow, qtbot: QtBot, program: str) -> ComingDialog:
    """Open the dialog of a program by the welcome, and wait until it has looked around."""
    window.welcome.coming_buttons[program].click()
    dialog = window.findChild(ComingDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: "Looking for" not in said(dialog))
    return dialog


def preview_of(window: MainWindow, qtbot: QtBot) -> ImportPreview:
    """Return the preview that opens, when it has looked through everything."""
    qtbot.waitUntil(lambda: window.findChild(ImportPreview) is not None)
    preview = window.findChild(ImportPreview)
    assert preview is not None
    qtbot.waitUntil(lambda: bool(preview.model.files) and all(one.finished for one in preview.model.files))
    return preview


def test_the_welcome_leads_on_in_one_step_and_says_where_the_library_lives(window: MainWindow, qtbot: QtBot) -> None:
    welcome = window.welcome

    assert welcome.import_button.isVisible()
    assert set(welcome.coming_buttons) == set(PROGRAMS)
    assert welcome.place.text().replace("\N{ZERO WIDTH SPACE}", "") == str(window.context.library.path)  # type: ignore[union-attr]
    welcome.sample_button.click()
    qtbot.waitUntil(lambda: window.table.model.rowCount() > 0, timeout=20_000)
    assert not welcome.isVisible()


def test_the_welcome_goes_by_keyboard_alone(window: MainWindow, qtbot: QtBot) -> None:
    window.welcome.import_button.setFocus()
    order = []
    for _step in range(6):
        focus = window.focusWidget()
        assert isinstance(focus, QPushButton)
        order.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)

    welcome = window.welcome
    assert order == [
        welcome.import_button,
        welcome.sample_button,
        *welcome.coming_buttons.values(),
        welcome.place_button,
    ]
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        with qtbot.waitSignal(welcome.coming_wanted) as wanted:
            QTest.keyClick(welcome.coming_buttons[JABREF], key)
        assert wanted.args == [JABREF]


@pytest.mark.parametrize("size", [(800, 560), (400, 300)])
def test_nothing_of_the_welcome_is_cut_in_a_small_window(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    settle(window, qtbot)
    inner, page = window.welcome.body, window.welcome.viewport()
    assert inner.width() <= page.width()
    for one in inner.findChildren(QPushButton):
        assert one.mapTo(inner, one.rect().topLeft()).x() >= 0
        assert one.mapTo(inner, one.rect().bottomRight()).x() <= inner.width()
        assert one.width() >= one.sizeHint().width()


def test_zotero_is_found_and_offered_and_nothing_is_imported_unasked(
    window: MainWindow, qtbot: QtBot, own_home: Path
) -> None:
    path = filled(own_home / "Zotero")
    with ZoteroLibrary(own_home / "snap" / "zotero-snap" / "common" / "Zotero"):
        pass
    dialog = asked(window, qtbot, ZOTERO)

    offered = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert offered[0] == f"{path.parent} · 8 items"
    assert offered[1].endswith("0 items")
    assert "2 libraries of Zotero" in said(dialog)
    assert dialog.go_button.isDefault()

    dialog.go_button.click()
    preview = preview_of(window, qtbot)
    assert window.table.model.rowCount() == 0
    assert preview.detail.brought.text().startswith("With them: 4 collections, 2 tags")
    preview.import_button.click()
    qtbot.waitUntil(lambda: window.table.model.rowCount() == 8, timeout=20_000)
    settle(window, qtbot)
    window.registry["undo"].trigger()
    qtbot.waitUntil(lambda: window.table.model.rowCount() == 0, timeout=20_000)


def test_zotero_that_is_nowhere_is_said_with_the_way_to_it(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(tmp_path / "somewhere else")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(path.parent))
    dialog = asked(window, qtbot, ZOTERO)

    assert "Show Data Directory" in said(dialog)
    assert not dialog.go_button.isEnabled()
    assert dialog.other_button.isDefault()
    dialog.other_button.click()
    assert preview_of(window, qtbot).detail.numbers.text().startswith("8 records: 8 new")


@pytest.mark.parametrize("chosen", ["", "storage", ".."])
def test_the_folder_around_the_library_or_of_its_files_is_good_enough(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str
) -> None:
    folder = filled(tmp_path / "Zotero").parent
    (tmp_path / "thesis.bib").write_text("@misc{a, title = {Not of Zotero}}\n")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str((folder / chosen).resolve()))
    asked(window, qtbot, ZOTERO).other_button.click()
    preview = preview_of(window, qtbot)
    assert [Path(one.path) for one in preview.model.files] == [folder / "zotero.sqlite"]


def test_a_folder_without_a_library_is_said_and_not_looked_through(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "thesis.bib").write_text("@misc{a, title = {Not of Zotero}}\n")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    dialog = asked(window, qtbot, ZOTERO)
    dialog.other_button.click()
    qtbot.waitUntil(
        lambda: f"no library of Zotero in {tmp_path}" in dialog.state.text().replace("\N{ZERO WIDTH SPACE}", "")
    )
    assert dialog.isVisible()
    assert window.findChild(ImportPreview) is None


@pytest.mark.parametrize(("program", "words"), [(JABREF, "nothing need be exported"), (MENDELEY, "Export All")])
def test_other_programs_say_how_to_export_and_ask_for_the_file(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, words: str
) -> None:
    bib = tmp_path / "library.bib"
    bib.write_text("@article{amber, title = {Amber lanterns}, keywords = {a, b}, mendeley-groups = {Lights/Rivers}}\n")
    asked_for: list[tuple[str, str]] = []

    def choose(_parent: QWidget, _title: str, start: str, kinds: str) -> tuple[str, str]:
        asked_for.append((start, kinds))
        return str(bib), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    dialog = asked(window, qtbot, program)

    assert words in said(dialog)
    assert dialog.other_button.isDefault()
    dialog.other_button.click()
    preview = preview_of(window, qtbot)
    assert preview.detail.brought.text() == "With them: 2 collections, 2 tags, 1 citation key"
    ((start, kinds),) = asked_for
    assert start == str(Path.home())
    assert {"*.bib", "*.ris", "*.xml"} <= set(kinds.replace("(", " ").replace(")", " ").split())
    assert window.context.settings.get("files/import_folder", "") == str(bib.parent)


def test_the_file_menu_and_the_palette_lead_there_too(full_window: MainWindow, qtbot: QtBot) -> None:
    for program in PROGRAMS:
        full_window.registry[f"from_{program}"].trigger()
        dialog = full_window.findChild(ComingDialog)
        assert dialog is not None
        assert dialog.program == program
        qtbot.waitUntil(lambda dialog=dialog: "Looking for" not in said(dialog))
        dialog.reject()
        qtbot.waitUntil(lambda: full_window.findChild(ComingDialog) is None)


# Where the library lives ----------------------------------------------------------------------------


@pytest.fixture
def choosing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Let the dialog for folders answer with one; no variable names the library."""
    monkeypatch.delenv("SHEAF_LIBRARY")

    def choose(folder: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))

    return choose


def test_another_folder_is_taken_at_once_when_nothing_speaks_against_it(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, choosing: Callable[[Path], None]
) -> None:
    choosing(tmp_path / "papers")
    with qtbot.waitSignal(window.context.shared.moved) as moved:
        window.welcome.place_button.click()

    assert moved.args is not None
    assert moved.args[0].library == tmp_path / "papers" / "library.sheaf"
    assert home.library() == tmp_path / "papers" / "library.sheaf"
    Library.open(tmp_path / "papers" / "library.sheaf", create=False).close()


def test_the_folder_that_it_lives_in_is_remembered_and_nothing_is_moved(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, choosing: Callable[[Path], None]
) -> None:
    library = window.context.library
    assert library is not None
    home.choose_library(tmp_path / "stick" / "library.sheaf")
    here = tmp_path / "here"
    here.mkdir()
    (here / "library.sheaf").hardlink_to(library.path)
    choosing(here)
    with qtbot.assertNotEmitted(window.context.shared.moved), qtbot.waitSignal(window.context.notified) as told:
        window.registry["move_library"].trigger()

    assert told.args is not None
    assert "lives there already" in told.args[0].text
    assert home.library() == here / "library.sheaf"


@pytest.mark.parametrize("agreed", [True, False])
def test_a_synced_folder_and_papers_that_are_copied_are_asked_about(
    full_window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    choosing: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
    agreed: bool,
) -> None:
    questions: list[str] = []

    def answer(_parent: QWidget, _title: str, text: str, _yes: str) -> bool:
        questions.append(text)
        return agreed

    monkeypatch.setattr(commands, "ask", answer)
    choosing(tmp_path / "Dropbox")
    full_window.registry["move_library"].trigger()
    qtbot.waitUntil(lambda: bool(questions))
    qtbot.waitUntil(lambda: not full_window.context.tasks.busy)

    assert "Dropbox keeps this folder in step" in questions[0]
    assert "this one stays where it is" in questions[0]
    assert (home.chosen_library() is not None) is agreed
    assert (tmp_path / "Dropbox" / "library.sheaf").exists() is agreed


def test_it_does_not_move_while_long_work_is_running(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, choosing: Callable[[Path], None]
) -> None:
    choosing(tmp_path / "papers")
    end = threading.Event()
    task = window.context.run_long("Importing much", lambda _library, _report: end.wait(60))
    try:
        qtbot.waitUntil(lambda: window.context.tasks.current is task)
        assert task is not None
        qtbot.waitUntil(lambda: task.is_long)
        with qtbot.waitSignal(window.context.notified) as told:
            window.registry["move_library"].trigger()
    finally:
        end.set()
    assert told.args is not None
    assert told.args[0].text == "“Importing much” is still running: move the library when it has ended, or cancel it."
    assert not (tmp_path / "papers").exists()


def test_a_library_that_was_named_at_the_start_stays(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: pytest.fail("asked for a folder"))
    with qtbot.waitSignal(window.context.notified) as told:
        window.registry["move_library"].trigger()
    assert told.args is not None
    assert "was named when Sheaf was started" in told.args[0].text


def test_a_chosen_place_that_is_not_there_is_told_and_no_library_is_made(
    start: Callable[..., App], tmp_path: Path, qtbot: QtBot
) -> None:
    gone = tmp_path / "stick" / "library.sheaf"
    home.choose_library(gone)

    app = start(gone)

    qtbot.waitUntil(lambda: app.start_failure is not None)
    assert app.start_failure is not None
    assert "a disk that is not connected" in said(app.start_failure)
    assert not gone.parent.exists()


def moved_away(app: App, folder: Path, qtbot: QtBot) -> Moved:
    """Let the library of a program that has started live in a folder, as the window does."""
    qtbot.waitUntil(lambda: app.context.library is not None)
    library = app.context.library
    assert library is not None
    return libraryplace.move(library, libraryplace.look(folder, library))


def titles(path: Path) -> list[str]:
    library = Library.open(path, create=False)
    try:
        return sorted(row.title for row in reading.rows(library, searching.find(library, "").ids))
    finally:
        library.close()


def test_what_is_written_while_the_library_moves_comes_along(
    start: Callable[..., App], tmp_path: Path, qtbot: QtBot
) -> None:
    app = start(tmp_path / "old" / "library.sheaf")
    moved = moved_away(app, tmp_path / "new", qtbot)
    assert app.context.library is not None
    editing.add_paper(app.context.library, {"title": "Amber lanterns"})  # in another window
    app.context.moved.emit(moved)
    app.close()
    anew = app.moving.ended()
    assert anew is not None
    assert (anew.library, anew.failed) == (str(moved.library), None)
    assert titles(moved.library) == ["Amber lanterns"]


def test_a_library_that_could_not_be_moved_whole_stays_where_it_was(
    start: Callable[..., App], tmp_path: Path, qtbot: QtBot
) -> None:
    old = tmp_path / "old" / "library.sheaf"
    app = start(old)
    qtbot.waitUntil(lambda: app.context.library is not None)
    home.choose_library(old)
    moved = moved_away(app, tmp_path / "new", qtbot)
    assert home.unnamed_library() == moved.library
    assert app.context.library is not None
    editing.add_paper(app.context.library, {"title": "Amber lanterns"})
    moved.library.unlink()
    (moved.library / "in the way").mkdir(parents=True)
    app.context.moved.emit(moved)
    app.close()
    anew = app.moving.ended()
    assert anew is not None
    assert (anew.library, home.unnamed_library()) == (str(old), old)
    assert anew.failed is not None
    assert titles(old) == ["Amber lanterns"]


BEGIN_ANEW = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from db.services.libraryplace import Moved
from desktop import app as program

opened, told = [], []

class Seen(program.App):
    def _opened(self, library):
        self.context.voice.notified.connect(lambda notice: told.append(notice.text))
        super()._opened(library)
        opened.append(library.address)
        moved = Moved(Path(sys.argv[2]), Path(sys.argv[1]), bool(sys.argv[3]), library.writes)
        wish = (lambda: self.context.moved.emit(moved)) if len(opened) == 1 else self.context.quit_wanted.emit
        QTimer.singleShot(0, wish)

program.App = Seen
status = program.run(["--library", sys.argv[1]])
print(json.dumps([status, opened, told]))
"""


@pytest.mark.parametrize("is_copy", ["copy", ""])
def test_the_program_begins_anew_with_the_library_in_its_new_place_and_says_where(tmp_path: Path, is_copy: str) -> None:
    first, second = str(tmp_path / "a.sheaf"), str(tmp_path / "new" / "b.sheaf")
    call = [sys.executable, "-c", BEGIN_ANEW, first, second, is_copy]
    done = subprocess.run(call, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    status, opened, (told,) = json.loads(done.stdout)
    assert (status, opened) == (0, [first, second]), done.stderr
    assert told.startswith(f"Your library lives in {tmp_path / 'new'} now.")
    assert (f"in {tmp_path} was left as it was" in told) is bool(is_copy)
