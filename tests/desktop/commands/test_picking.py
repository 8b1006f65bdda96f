"""The picker asked for by editors over HTTP, by another start of the program, and by a key on a real X server."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication

from db import services
from desktop import pick_options
from desktop.outside.screen import Screen
from desktop.views.failure import FailureDialog
from desktop.views.picker import Picker
from tests.desktop.conftest import settle
from tests.desktop.endpoint.http import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app import App
    from desktop.window.main_window import MainWindow
    from tests.db.services.running_editors import Recorder

ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def asking(full_window: MainWindow, qtbot: QtBot) -> Iterator[Callable[..., Client]]:
    """Ask the window as an editor does: `asking("format=latex")`, the token added."""
    settings = full_window.context.settings
    settings.set(pick_options.ANSWER, True)
    settings.set(pick_options.PORT, 0)  # any free one
    full_window.editors.listen()
    clients: list[Client] = []

    def ask(query: str, **fields: str) -> Client:
        token = full_window.editors.token()
        target = f"/better-bibtex/cayw?{query}&token={token}"
        clients.append(Client(full_window.editors.endpoint.port, target, **fields))
        return clients[-1]

    yield ask
    full_window.editors.stop()
    qtbot.waitUntil(lambda: all(client.done() for client in clients))


def pickers() -> list[Picker]:
    """Return the pickers that can be seen: one or none."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, Picker) and one.isVisible()]


def opened(qtbot: QtBot) -> Picker:
    """Return the picker as soon as it lists papers."""
    qtbot.waitUntil(lambda: bool(pickers()) and pickers()[0].hits.rowCount() > 0)
    return pickers()[0]


def answered(qtbot: QtBot, client: Client) -> tuple[int, str]:
    """Return the answer that a client got."""
    qtbot.waitUntil(client.done, timeout=10_000)
    return client.status, client.text


def key_of(window: MainWindow, words: str) -> str:
    """Return the key of the paper whose title has these words."""
    library = window.context.library
    assert library is not None
    rows = services.reading.rows(library, window.table.shown_ids())
    return next(row.citation_key for row in rows if words in row.title)


def test_nothing_listens_until_it_is_turned_on(full_window: MainWindow) -> None:
    assert full_window.editors.endpoint.port == 0


def test_an_editor_is_answered_with_what_is_picked(
    full_window: MainWindow, asking: Callable[..., Client], qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("before")
    client = asking("format=biblatex")
    picker = opened(qtbot)
    assert not picker.parts.command.isVisible()  # the editor has said which
    qtbot.keyClicks(picker.parts.line, "plug")
    qtbot.keyClicks(picker.parts.behind, "p. 3")
    qtbot.keyClick(picker.parts.line, ENTER)
    assert answered(qtbot, client) == (200, f"\\autocite[p. 3]{{{key_of(full_window, 'Plug')}}}")
    assert QGuiApplication.clipboard().text() == "before"
    assert not pickers()
    library = full_window.context.library
    assert library is not None
    assert [row.key_frozen for row in services.picking.hits(library, "plug play").rows] == [True]


def test_the_clipboard_the_selection_and_the_window_on_demand(
    full_window: MainWindow, asking: Callable[..., Client], qtbot: QtBot
) -> None:
    client = asking("format=mmd&clipboard=yes&select=true&minimize=yes")
    picker = opened(qtbot)
    qtbot.keyClicks(picker.parts.line, "geometry")
    qtbot.keyClick(picker.parts.line, ENTER)
    key = key_of(full_window, "Geometry")
    assert answered(qtbot, client) == (200, f"[#{key}][]")
    assert QGuiApplication.clipboard().text() == f"[#{key}][]"
    qtbot.waitUntil(lambda: len(full_window.table.selected_ids()) == 1)
    assert full_window.isMinimized()


def test_texstudio_gets_the_answer_too(
    full_window: MainWindow, asking: Callable[..., Client], qtbot: QtBot, programs: Recorder
) -> None:
    full_window.table.select_ids(full_window.table.shown_ids()[:1])
    programs.make("texstudio")
    assert answered(qtbot, asking("format=citep&selected=yes"))[0] == 200
    status, text = answered(qtbot, asking("format=citep&selected=yes&texstudio=yes"))
    assert (status, text[:7]) == (200, "\\citep{")
    qtbot.waitUntil(lambda: programs.calls("texstudio") == [["--insert-cite", text]])
    programs.make("texstudio", complains="cannot connect to display", status=3)
    assert answered(qtbot, asking("format=citep&selected=yes&texstudio=yes")) == (200, text)
    qtbot.waitUntil(lambda: bool(full_window.findChildren(FailureDialog)))
    (failure,) = full_window.findChildren(FailureDialog)
    assert failure.error.message.startswith("The citation was not pushed to TeXstudio\n")
    failure.close()


def test_what_is_selected_needs_no_picker(full_window: MainWindow, asking: Callable[..., Client], qtbot: QtBot) -> None:
    assert answered(qtbot, asking("format=json&selected=yes")) == (200, "")
    ids = full_window.table.shown_ids()[1:3]
    full_window.table.select_ids(ids)
    settle(full_window, qtbot)
    status, text = answered(qtbot, asking("format=json&selected=yes"))
    assert status == 200
    assert [one["id"] for one in json.loads(text)] == full_window.table.cited_ids()
    assert not pickers()
    status, text = answered(qtbot, asking("format=formatted-citation&style=nowhere&selected=yes"))
    assert status == 500
    assert "no citation style" in text


def test_cancelled_is_an_empty_answer(asking: Callable[..., Client], qtbot: QtBot) -> None:
    client = asking("format=latex")
    qtbot.keyClick(opened(qtbot).parts.line, ESCAPE)
    assert answered(qtbot, client) == (200, "")


def test_who_hangs_up_closes_the_picker(asking: Callable[..., Client], qtbot: QtBot) -> None:
    client = asking("format=latex")
    opened(qtbot)
    client.hang_up()
    qtbot.waitUntil(lambda: not pickers())
    again = asking("format=latex")
    qtbot.keyClick(opened(qtbot).parts.line, ESCAPE)
    assert answered(qtbot, again) == (200, "")


def test_two_at_once_and_one_beside_the_person(
    full_window: MainWindow, asking: Callable[..., Client], qtbot: QtBot
) -> None:
    first = asking("format=latex")
    picker = opened(qtbot)
    status, text = answered(qtbot, asking("format=latex"))
    assert status == 409
    assert "already" in text
    full_window.registry["pick"].trigger()  # brings it to the front, still for the editor
    qtbot.keyClicks(picker.parts.line, "plug")
    qtbot.keyClick(picker.parts.line, ENTER)
    assert answered(qtbot, first)[1].startswith("\\cite{")
    full_window.registry["pick"].trigger()
    opened(qtbot)
    assert answered(qtbot, asking("format=latex"))[0] == 409


def test_probing_and_what_is_not_supported(
    asking: Callable[..., Client], full_window: MainWindow, qtbot: QtBot
) -> None:
    assert answered(qtbot, asking("probe=probe")) == (200, "ready")
    assert answered(qtbot, asking("format=eta"))[0] == 501
    assert answered(qtbot, asking("format=word"))[0] == 400
    assert answered(qtbot, asking("probe=1", Origin="https://evil.example"))[0] == 403
    old = full_window.editors.token()
    full_window.editors.renew_token()
    stranger = Client(full_window.editors.endpoint.port, f"/better-bibtex/cayw?probe=1&token={old}")
    assert answered(qtbot, stranger)[0] == 401
    assert answered(qtbot, asking("probe=probe")) == (200, "ready")
    assert not pickers()


def test_closing_the_window_ends_an_open_question(
    full_window: MainWindow, asking: Callable[..., Client], qtbot: QtBot
) -> None:
    client = asking("format=latex")
    opened(qtbot)
    full_window.close()
    assert answered(qtbot, client) == (503, "Sheaf does not answer editors any more.")
    assert full_window.editors.endpoint.port == 0
    assert not pickers()


def test_a_port_that_is_taken_is_said_at_the_start(full_window: MainWindow, qtbot: QtBot) -> None:
    from desktop.endpoint.server import Endpoint

    other = Endpoint()
    assert other.listen(0, "x" * 20) == ""
    settings = full_window.context.settings
    settings.set(pick_options.ANSWER, True)
    settings.set(pick_options.PORT, other.port)
    with qtbot.waitSignal(full_window.context.notified) as told:
        full_window.editors.start()
    assert told.args is not None
    assert str(other.port) in told.args[0].text
    assert full_window.editors.endpoint.port == 0
    other.close()


def test_a_second_start_opens_the_picker(start: Callable[..., App], dump: Path, tmp_path: Path, qtbot: QtBot) -> None:
    library = tmp_path / "library.sheaf"
    app = start(library, dump)
    qtbot.waitUntil(lambda: app.window.table.model.rowCount() == 5, timeout=20_000)
    code = "import sys; from desktop.__main__ import main; sys.exit(main(sys.argv[1:]))"
    second = subprocess.Popen([sys.executable, "-c", code, "--library", str(library), "--pick"])
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0
    picker = opened(qtbot)
    picker.close()


def test_a_first_start_opens_it_when_the_library_is_there(full_window: MainWindow, qtbot: QtBot) -> None:
    context, library = full_window.context, full_window.context.library
    assert library is not None
    context.library = None  # as it is while it opens
    full_window.editors.open_picker()
    assert not pickers()
    context.set_library(library)
    opened(qtbot).close()


def test_a_key_in_another_program_ends_with_the_citation_in_it(
    full_window: MainWindow, qtbot: QtBot, x_server: tuple[str, subprocess.Popen[bytes]]
) -> None:
    from tests.desktop.outside.editor import Editor

    name, _server = x_server
    editor, window = Editor(name, "xterm"), full_window
    window.editors.screen = Screen(name)
    window.editors.key._screen = name
    assert window.editors.key.hold(QKeySequence(pick_options.FIRST_KEY)) == ""
    editor.type(0xFFE3, 0xFFE9, 0x20)
    picker = opened(qtbot)
    assert "xterm" in picker.parts.keys.text()
    qtbot.keyClicks(picker.parts.line, "plug")
    qtbot.keyClick(picker.parts.line, ENTER)
    qtbot.waitUntil(lambda: not picker.isVisible())
    pressed: list[int] = []

    def pasted() -> bool:
        pressed.extend(editor.keys(1, seconds=0.02))
        return pressed[-2:] == [0xFFE1, 0xFF63]  # Shift+Insert, as terminals paste

    qtbot.waitUntil(pasted)
    assert QGuiApplication.clipboard().text() == f"\\cite{{{key_of(window, 'Plug')}}}"
    window.editors.stop()
    editor.close()
