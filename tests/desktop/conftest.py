"""The real window over a real small library; nothing here is faked."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import App, make_application
from desktop.context import AppContext
from desktop.settings import Settings
from desktop.tasks import READERS
from desktop.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import SignalInstance
    from pytestqt.wait_signal import SignalBlocker

    from desktop.tasks import TaskRunner
    from desktop.window.main_window import MainWindow

TITLES = (
    "Aligning Multimodal Models with Human Preference: A Survey",
    "Plug-and-Play Regulators for Image-Text Matching",
    "Large Language Model Alignment: A Survey",
    "Direct Preference Optimization of Sparse Networks",
    "On the Geometry of Reward Models",
)

SOON_MS = 60
"""Timers that nobody notices, such as that of the search; others are waited for by the tests they matter to."""
ANSWERS_TO_ANSWERS = 3
PATIENCE_MS = 60_000
LONGEST_PAUSE_MS = 16


def dump_text(titles: tuple[str, ...] = TITLES) -> str:
    """Return a search page in the full dialect with these papers."""
    blocks = []
    for number, title in enumerate(titles, start=1):
        abstract = f"We study {title.lower()} in depth, with {number} experiments on public data and a proof."
        blocks.append(
            f"{title}\n\n{abstract}\n\n  • {number + 1} authors\n\n·\n\nMar {(number - 1) % 28 + 1}, 2024 {number}\n"
        )
    return "new\n\nDaily Papers\n\nbyAK and the research community\n\nOct 31\n\n" + "\n".join(blocks)


class PatientBot(QtBot):
    """Looks soon, and gives what it waits for the time that a busy machine takes."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        """Let the window live until `callback` no longer says no, by returning False or by a failed assertion."""
        deadline = time.monotonic() + max(timeout, PATIENCE_MS) / 1_000
        pause = 1
        while not _holds(callback, last=time.monotonic() > deadline):
            self.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE_MS)  # soon for what is all but there, and in the way of nothing else

    def waitSignal(self, signal: SignalInstance, **options: Any) -> SignalBlocker:
        """Let the window live until a signal comes."""
        return super().waitSignal(signal, **{"timeout": PATIENCE_MS, **options})


def _holds(callback: Callable[[], bool | None], *, last: bool) -> bool:
    try:
        result = callback()
    except AssertionError:
        if last:
            raise
        return False
    if last and not (result is None or result):
        raise TimeoutError("What was waited for did not come to pass.")
    return result is None or bool(result)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """What drives the windows, in place of the one that gives up after five seconds."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def no_windows_left() -> Iterator[None]:
    """Delete what a test closed or forgot: the theme of each test that follows would style it again, for seconds.

    And what it copied: without a real clipboard Qt keeps that until after Python's end, and a `QMimeData` that was made
    in Python cannot be deleted then. Unseen, for all tests have passed by then, the process died of it.
    """
    yield
    app = QApplication.instance()
    if isinstance(app, QApplication):
        QApplication.clipboard().clear()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        # One with a parent goes along with it, and of Qt's own, such as a box's list, Python would not hear.
        for left in [one for one in app.topLevelWidgets() if one.parentWidget() is None]:
            if shiboken6.isValid(left):
                shiboken6.delete(left)


@pytest.fixture(autouse=True)
def no_preview(own_home: Path) -> None:
    """Let imports go straight through, as most tests want it; a preview is asked for by `set_preview(True)`."""
    settings = Settings()
    settings.set("import/preview", False)
    settings.save()


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A dump of five papers."""
    path = tmp_path / "five.txt"
    path.write_text(dump_text(), encoding="utf-8")
    return path


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    """The application as `sheaf` sets it up."""
    return make_application([]) or qapp


@pytest.fixture
def theme(app: QApplication) -> Iterator[Theme]:
    """The light theme, taken off again afterwards."""
    made = Theme(app, "light")
    yield made
    made.close()


@pytest.fixture
def start(app: QApplication) -> Iterator[Callable[..., App]]:
    """Start the program on a library, with files: `start(library, *files)`; all of it is ended afterwards.

    What has no window any more is ended before the next start, as the process would be.
    """
    made: list[App] = []

    def begin(library: Path, *files: Path) -> App:
        for before in [one for one in made if not any(window.isVisible() for window in one.windows.all)]:
            made.remove(before)
            _end(before)
        one = App(app, str(library), [str(file) for file in files], Settings())
        made.append(one)
        one.start()
        return one

    yield begin
    for one in made:
        _end(one)


def _end(program: App) -> None:
    program.close()
    program.context.theme.close()
    if program.start_failure is not None:
        program.start_failure.close()
    for window in program.windows.all:
        shiboken6.delete(window)
    shiboken6.delete(program)


@pytest.fixture
def context(theme: Theme, qtbot: QtBot) -> Iterator[AppContext]:
    """A context without a library."""
    made = AppContext(Settings(), theme)
    yield made
    made.close()


@pytest.fixture
def empty_window(context: AppContext, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window before its library is open."""
    from desktop.window.main_window import MainWindow

    made = MainWindow(context)
    made.show()
    yield made
    made.hide()
    context.tasks.shutdown()
    # A window that lingers is styled again with every theme of the tests that follow.
    shiboken6.delete(made)


@pytest.fixture
def window(empty_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window over an empty library."""
    from db.services.library import Library

    empty_window.context.set_library(Library.open(tmp_path / "window.sheaf"))
    settle(empty_window, qtbot)
    return empty_window


@pytest.fixture
def full_window(window: MainWindow, dump: Path, qtbot: QtBot) -> MainWindow:
    """The window over a library of five papers, the import's summary closed."""
    window.import_paths([dump])
    qtbot.waitUntil(lambda: window.table.model.rowCount() == len(TITLES), timeout=20_000)
    settle(window, qtbot)
    for summary in window.findChildren(object, "importSummary"):
        summary.close()
    return window


@pytest.fixture
def x_server() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The name of the display and the process of an X server without a screen."""
    program = shutil.which("Xvfb")
    if program is None:
        pytest.skip("Xvfb is not installed, which X11 is tried out with")
    pytest.importorskip("Xlib")
    read, write = os.pipe()
    with subprocess.Popen(
        [program, "-displayfd", str(write), "-screen", "0", "320x240x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            pytest.skip("Xvfb does not start here")
        yield f":{number}", server
        server.terminate()


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until no work is under way, no view waits for an answer, and what was answered has been shown."""
    tasks = window.context.tasks

    def is_idle() -> bool:
        soon = (one for one in window.findChildren(QTimer) if one.isSingleShot() and one.interval() <= SOON_MS)
        return not tasks.busy and not tasks._newest and not any(one.isActive() for one in soon)

    qtbot.waitUntil(is_idle, timeout=20_000)
    for _ in range(ANSWERS_TO_ANSWERS):  # an answer may have led to the next question
        _let_answers_in(tasks, qtbot)
        qtbot.waitUntil(is_idle, timeout=20_000)


def _let_answers_in(tasks: TaskRunner, qtbot: QtBot) -> None:
    """Wait until all that was asked has been answered and shown, whether or not anybody else waits for it."""
    meeting = threading.Barrier(READERS)  # when all readers are here, none of them works on an earlier question
    with ExitStack() as answers:
        for _ in range(READERS):
            tasks.read(lambda: meeting.wait(20), answers.enter_context(qtbot.waitCallback(timeout=20_000)))
    qtbot.wait(1)  # lays out and paints
