"""Real keys on a real X server: held in every program, and pressed in the one that is to get the citation."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QKeySequence

from desktop.outside import pasting
from desktop.outside.pasting import Paster
from desktop.outside.screen import Screen, Target, on_x11
from desktop.outside.shortcut import GlobalShortcut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.desktop.outside.editor import Editor

CONTROL, ALT, SHIFT, SPACE, V, INSERT, CAPS_LOCK = 0xFFE3, 0xFFE9, 0xFFE1, 0x20, 0x76, 0xFF63, 0xFFE5
KEY = QKeySequence("Ctrl+Alt+Space")
XServer = tuple[str, "subprocess.Popen[bytes]"]


@pytest.fixture
def editor(x_server: XServer) -> Iterator[Editor]:
    from tests.desktop.outside.editor import Editor

    made = Editor(x_server[0])
    yield made
    made.close()


@pytest.fixture
def screen(x_server: XServer) -> Iterator[Screen]:
    made = Screen(x_server[0])
    yield made
    made.close()


def test_the_window_in_use_is_known_unless_it_is_ones_own(editor: Editor, screen: Screen) -> None:
    assert screen.active() == Target(editor.window.id, "kate")
    assert screen.is_active(Target(editor.window.id))
    assert not screen.is_active(Target(editor.window.id + 1))
    pid = editor.display.intern_atom("_NET_WM_PID")
    editor.window.change_property(pid, editor.display.intern_atom("CARDINAL"), 32, [os.getpid()])
    editor.display.sync()
    assert screen.active() is None


def test_another_sheaf_is_no_editor(x_server: XServer, screen: Screen) -> None:
    from tests.desktop.outside.editor import Editor

    other = Editor(x_server[0], "sheaf")
    assert screen.active() is None
    other.close()


@pytest.mark.parametrize(("kind", "keys"), [("kate", [CONTROL, V]), ("xterm", [SHIFT, INSERT])])
def test_each_program_pastes_by_its_keys(
    x_server: XServer, screen: Screen, qtbot: QtBot, kind: str, keys: list[int]
) -> None:
    from tests.desktop.outside.editor import Editor

    editor, other = Editor(x_server[0], kind), Editor(x_server[0], "other")
    target = Target(editor.window.id, kind)
    paster = Paster(screen)
    with qtbot.waitSignal(paster.ended) as ended:
        paster.paste(target)  # which takes the keyboard from the other one
    assert ended.args == [True]
    assert editor.keys() == keys
    assert other.keys(1, seconds=0.1) == []
    editor.close()
    other.close()


def test_nothing_is_pasted_while_a_key_is_held_or_into_a_window_that_is_gone(
    editor: Editor, screen: Screen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pasting, "PATIENCE", 0.3)
    paster = Paster(screen)
    editor.hold(CONTROL, down=True)
    with qtbot.waitSignal(paster.ended) as ended:
        paster.paste(Target(editor.window.id))
    assert ended.args == [False]
    editor.hold(CONTROL, down=False)
    with qtbot.waitSignal(paster.ended) as ended:
        paster.paste(Target(editor.window.id + 77))
    assert ended.args == [False]
    assert editor.keys(1) == [CONTROL]  # its own, held above
    with qtbot.waitSignal(paster.ended) as ended:
        paster.paste(Target(editor.window.id))
    assert ended.args == [True]


def test_a_key_is_held_in_every_program(x_server: XServer, editor: Editor, qtbot: QtBot) -> None:
    key = GlobalShortcut(screen=x_server[0])
    assert key.hold(KEY) == ""
    with qtbot.waitSignal(key.pressed) as pressed:
        editor.type(CONTROL, ALT, SPACE)
    assert pressed.args is not None
    assert pressed.args[0] > 0
    editor.type(CAPS_LOCK)
    with qtbot.waitSignal(key.pressed):
        editor.type(CONTROL, ALT, SPACE)
    editor.type(CAPS_LOCK)
    code = editor.display.keysym_to_keycode(SPACE)
    editor.display.change_keyboard_mapping(code, [editor.display.get_keyboard_mapping(code, 1)[0]])
    editor.display.sync()
    qtbot.wait(50)
    with qtbot.waitSignal(key.pressed):  # after another keyboard layout was chosen
        editor.type(CONTROL, ALT, SPACE)
    key.release()
    with qtbot.assertNotEmitted(key.pressed, wait=100):
        editor.type(CONTROL, ALT, SPACE)


def test_a_key_that_another_program_has_is_refused_in_words(x_server: XServer, qtbot: QtBot) -> None:
    first, second = GlobalShortcut(screen=x_server[0]), GlobalShortcut(screen=x_server[0])
    assert first.hold(KEY) == ""
    assert "Another program" in second.hold(KEY)
    assert "function key" in second.hold(QKeySequence("C"))
    assert second.hold(QKeySequence("F9")) == ""
    assert second.hold(QKeySequence("F10")) == ""
    assert first.hold(QKeySequence("F9")) == ""  # which the second gave back
    first.release()
    assert second.hold(KEY) == ""
    second.release()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib drops an open socket
def test_without_a_server_there_is_no_answer_and_no_crash(x_server: XServer, editor: Editor, qtbot: QtBot) -> None:
    name, server = x_server
    screen, key = Screen(name), GlobalShortcut(screen=name)
    target = screen.active()
    assert target is not None
    assert key.hold(KEY) == ""
    server.terminate()
    server.wait(10)
    qtbot.wait(100)
    assert screen.active() is None
    assert not screen.is_active(target)
    assert not screen.paste(target)
    screen.activate(target.window)
    assert "X server" in key.hold(KEY)
    screen.close()
    key.release()


def test_only_x11_itself_lets_programs_see_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_SESSION_TYPE", "x11")
    assert on_x11("xcb")
    assert not on_x11("wayland")
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    assert not on_x11("xcb")  # which is a stand-in for old programs then
