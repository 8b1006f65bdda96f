"""The window is painted before the library's engine is loaded; a library that will not open gets a window."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from desktop.instance import hand_over, server_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app import App

    Start = Callable[..., App]

FIRST_PAINT = """
import sys
from PySide6.QtCore import QTimer
from desktop.app import App, make_application
from desktop.arguments import default_library
from desktop.settings import Settings
application = make_application(["sheaf"])
app = App(application, default_library(), [], Settings())
HEAVY = {"sqlalchemy", "qtawesome", "rapidfuzz", "bibtexparser", "alembic", "citeproc"}
app.window.painted.connect(lambda: print("loaded:", sorted(HEAVY & set(sys.modules))))
app.context.opened.connect(lambda: print("open:", "sqlalchemy" in sys.modules))
app.context.opened.connect(lambda: QTimer.singleShot(100, application.quit))
app.start()
application.exec()
app.close()
"""


def test_nothing_heavy_is_loaded_before_the_first_paint() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_PAINT], capture_output=True, text=True, timeout=200, check=False)
    assert done.stdout.splitlines() == ["loaded: []", "open: True"], done.stderr


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
