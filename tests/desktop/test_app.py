"""The window is painted before the library's engine is loaded; a library that will not open gets a window."""

from __future__ import annotations

import subprocess
import sys
from threading import Event
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QLabel

from db import services
from db.services.library import Library
from desktop.instance import Instance, hand_over, server_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app import App

    Start = Callable[..., App]

FIRST_PAINT = """
import linecache
import sys
from desktop import lean
lean.begin()
from PySide6.QtCore import QTimer
from desktop.app import App, make_application
from desktop.settings import Settings
application = make_application(["sheaf"])
app = App(application, sys.argv[1], [], Settings())
HEAVY = {"rapidfuzz", "bibtexparser", "alembic", "citeproc", "lxml", "desktop.views.detail.paper_page"}
HEAVY |= {"db.domain.formats.registry", "db.services.livefiles", "db.services.merging", "db.services.pushing"}
HEAVY |= {"db.store.schema", "db.store.journal", "filelock"}
app.window.painted.connect(lambda: print("painted:", sorted((HEAVY | {"sqlalchemy", "qtawesome"}) & set(sys.modules))))
app.context.opened.connect(lambda: print("open:", "sqlalchemy" in sys.modules))
app.window.table.model.modelReset.connect(lambda: print("rows:", sorted(HEAVY & set(sys.modules))))
app.context.settled.connect(lambda: print("sources read:", [n for n in linecache.cache if "sqlalchemy/" in n]))
app.context.settled.connect(lambda: print("settled"))
app.context.icons.loaded.connect(lambda: print("icons:", not app.context.icons.icon("tag").isNull()))
app.context.icons.loaded.connect(lambda: QTimer.singleShot(0, application.quit))
app.start()
application.exec()
app.close()
"""


def test_nothing_heavy_is_loaded_before_the_first_rows(tmp_path: Path) -> None:
    from db.services.library import Library

    library = str(tmp_path / "library.sheaf")
    Library.open(library).close()
    call = [sys.executable, "-c", FIRST_PAINT, library]
    done = subprocess.run(call, capture_output=True, text=True, timeout=200, check=False)
    said = ["painted: []", "open: True", "rows: []", "sources read: []", "settled", "icons: True"]
    assert done.stdout.splitlines() == said, done.stderr


def test_a_library_that_takes_long_to_open_is_said_to_be_opening_once(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    library = tmp_path / "library.sheaf"
    with FileLock(f"{library}.lock"):  # as another Sheaf that imports into it has it
        app = start(library)
        status = app.window.status
        qtbot.waitUntil(status.work.isVisible, timeout=8_000)
        said = [label.text() for label in status.findChildren(QLabel) if label.isVisible() and label.text()]
        assert [text for text in said if "Opening" in text] == ["Opening the library"]
        app.window.resize(392, 270)  # a small screen with everything doubled
        cancel = status.work.cancel_button
        qtbot.waitUntil(lambda: status.rect().contains(cancel.mapTo(status, cancel.rect().bottomRight())))
    qtbot.waitUntil(lambda: status.library.text() == "library", timeout=20_000)
    assert not [label for label in status.findChildren(QLabel) if label.isVisible() and "Opening" in label.text()]


def test_files_given_at_the_start_are_imported(start: Start, dump: Path, tmp_path: Path, qtbot: QtBot) -> None:
    app = start(tmp_path / "new" / "library.sheaf", dump)
    qtbot.waitUntil(lambda: app.window.table.model.rowCount() == 5, timeout=20_000)


def test_a_second_start_hands_its_files_over(start: Start, dump: Path, tmp_path: Path, qtbot: QtBot) -> None:
    library = tmp_path / "library.sheaf"
    app = start(library)
    code = "import sys; from desktop.app import run; sys.exit(run(sys.argv[1:]))"
    second = subprocess.Popen([sys.executable, "-c", code, "--library", str(library), str(dump)])
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0
    qtbot.waitUntil(lambda: app.window.table.model.rowCount() == 5, timeout=20_000)


def hand(file: Path) -> None:
    """Hand a file over as macOS does."""
    QGuiApplication.sendEvent(QGuiApplication.instance(), QFileOpenEvent(str(file)))


def test_a_file_that_the_system_hands_over_is_imported(start: Start, dump: Path, tmp_path: Path, qtbot: QtBot) -> None:
    app = start(tmp_path / "library.sheaf")
    hand(dump)  # before the library is open
    qtbot.waitUntil(lambda: app.window.table.model.rowCount() == 5, timeout=20_000)
    more = tmp_path / "more.bib"
    more.write_text("@misc{kites, title = {Kites over Water}}\n")
    hand(more)
    qtbot.waitUntil(lambda: app.window.table.model.rowCount() == 6, timeout=20_000)


def test_a_library_that_the_system_hands_over_at_the_start_is_the_one_to_open(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    usual, thesis = tmp_path / "usual.sheaf", tmp_path / "thesis.sheaf"
    app = start(usual)
    hand(thesis)
    qtbot.waitUntil(lambda: app.window.status.library.text() == "thesis", timeout=20_000)
    assert not usual.exists()
    assert hand_over_from_elsewhere(server_name(str(thesis)), qtbot)
    assert not hand_over(server_name(str(usual)), [])


def test_a_library_that_comes_later_gets_a_program_of_its_own(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    app = start(tmp_path / "library.sheaf")
    qtbot.waitUntil(lambda: app.context.library is not None, timeout=20_000)
    other = Instance(server_name(str(tmp_path / "other.sheaf")))  # as a Sheaf that has it open
    assert other.listen()
    with qtbot.waitSignal(other.called) as called:
        hand(tmp_path / "other.sheaf")
    assert called.args == [[]]
    assert app.window.status.library.text() == "library"
    qtbot.waitUntil(lambda: not other.findChildren(QLocalSocket))  # the program that called has ended
    other.close()


@pytest.mark.parametrize("content", [b"not a library at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_library_gets_a_window_with_ways_on(
    start: Start, tmp_path: Path, qtbot: QtBot, content: bytes
) -> None:
    broken = tmp_path / "broken.sheaf"
    broken.write_bytes(content)
    app = start(broken)
    qtbot.waitUntil(lambda: app.start_failure is not None, timeout=20_000)
    failure = app.start_failure
    assert failure is not None
    assert failure.isVisible()
    assert "Traceback" not in failure.error.message
    failure.copy()
    assert failure.error.message in QGuiApplication.clipboard().text()
    assert broken.read_bytes() == content
    app.use(str(tmp_path / "other.sheaf"))
    qtbot.waitUntil(lambda: app.context.library is not None, timeout=20_000)
    assert app.window.isVisible()
    assert hand_over_from_elsewhere(server_name(str(tmp_path / "other.sheaf")), qtbot)


def hand_over_from_elsewhere(name: str, qtbot: QtBot) -> bool:
    """Call the window from another process, as `hand_over` waits for an answer that we must give."""
    code = f"import sys; from desktop.instance import {hand_over.__name__} as call; sys.exit(not call({name!r}, []))"
    other = subprocess.Popen([sys.executable, "-c", code])
    qtbot.waitUntil(lambda: other.poll() is not None, timeout=20_000)
    return other.returncode == 0


def test_a_bug_in_the_window_is_told_in_words(
    start: Start, tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    from desktop.app import _tell_bugs

    app = start(tmp_path / "library.sheaf")
    with qtbot.waitSignal(app.window.context.failed) as told:
        QTimer.singleShot(0, lambda: _tell_bugs(app.context)(ValueError, ValueError("odd"), None))
    assert told.args is not None
    assert "odd" not in told.args[0].message
    assert "ValueError: odd" in told.args[0].details
    assert "ValueError: odd" in capsys.readouterr().err


def shown(app: App) -> list[str]:
    model = app.window.table.model
    return [paper.title for row in range(model.rowCount()) if (paper := model.paper(row)) is not None]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """What libraries wait for before they are opened, while it is not set."""
    opened, way_in = Library.open, Event()

    def held(path: Path | str, *, create: bool = True) -> Library:
        assert way_in.wait(30)
        return opened(path, create=create)

    monkeypatch.setattr(Library, "open", held)
    way_in.set()
    yield way_in
    way_in.set()


def test_the_rows_of_the_last_time_are_there_before_the_library(
    start: Start, dump: Path, tmp_path: Path, qtbot: QtBot, gate: Event
) -> None:
    library = tmp_path / "library.sheaf"
    first = start(library, dump)
    qtbot.waitUntil(lambda: first.window.table.model.rowCount() == 5 and first.window.table.answers.is_whole)
    titles = shown(first)
    first.windows.quit()
    gate.clear()
    second = start(library)
    table = second.window.table
    qtbot.waitUntil(lambda: shown(second) == titles)
    table.view.selectRow(2)  # the person does not wait
    qtbot.waitUntil(lambda: table.selected_count() == 1)
    chosen = table.selected_ids()
    assert second.context.library is None
    assert not second.window.registry["copy_bibtex"].isEnabled()
    gate.set()
    qtbot.waitUntil(lambda: second.context.library is not None and table.answers.is_whole)
    qtbot.waitUntil(lambda: second.window.detail.paper.isVisible())
    assert (shown(second), table.selected_ids()) == (titles, chosen)
    title = second.window.detail.paper.header.title.editor
    assert title.toPlainText() == titles[2]
    qtbot.waitUntil(second.window.registry["copy_bibtex"].isEnabled)


def test_rows_of_a_library_that_changed_since_are_not_shown(
    start: Start, dump: Path, tmp_path: Path, qtbot: QtBot, gate: Event
) -> None:
    library = tmp_path / "library.sheaf"
    first = start(library, dump)
    qtbot.waitUntil(lambda: first.window.table.model.rowCount() == 5 and first.window.table.answers.is_whole)
    first.windows.quit()
    elsewhere = Library.open(library)
    services.editing.set_fields(elsewhere, [1], {"title": "Another title"})
    elsewhere.close()
    gate.clear()
    second = start(library)
    qtbot.waitUntil(lambda: bool(second.context.tasks.current))  # after the first paint
    assert second.window.table.model.rowCount() == 0
    gate.set()
    qtbot.waitUntil(lambda: "Another title" in shown(second))
