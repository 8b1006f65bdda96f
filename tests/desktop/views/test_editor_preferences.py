"""The page of the preferences about citing while one writes."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPushButton

from desktop import pick_options
from desktop.endpoint.server import Endpoint
from desktop.endpoint.token import NAME
from desktop.outside.screen import Screen
from desktop.views.editor_preferences import EditorPreferences
from desktop.views.preferences import PreferencesDialog

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow


@pytest.fixture
def page(full_window: MainWindow, qtbot: QtBot) -> Iterator[EditorPreferences]:
    """The page in its dialog, opened by the action; any free port is asked for."""
    full_window.context.settings.set(pick_options.PORT, 0)
    yield open_page(full_window)
    full_window.editors.stop()


def open_page(window: MainWindow) -> EditorPreferences:
    """Open the preferences at their second page."""
    window.registry["preferences"].trigger()
    (dialog,) = [one for one in window.findChildren(PreferencesDialog) if one.isVisible()]
    dialog.tabs.setCurrentIndex(1)
    (found,) = dialog.findChildren(EditorPreferences)
    return found


def press(page: EditorPreferences, name: str) -> None:
    """Press the button with this accessible name or text."""
    (found,) = [one for one in page.findChildren(QPushButton) if name in (one.accessibleName(), one.text())]
    found.click()


def test_the_address_is_off_until_it_is_turned_on(full_window: MainWindow, page: EditorPreferences) -> None:
    editors = full_window.editors
    assert editors.endpoint.port == 0
    assert page.token.text() == ""
    assert not (full_window.context.settings.path.parent / NAME).exists()
    page.answer.click()
    assert editors.endpoint.port > 0
    token = page.token.text()
    assert len(token) >= 30
    assert page.address.text() == (
        f"http://127.0.0.1:{editors.endpoint.port}/better-bibtex/cayw?format=biblatex&token={token}"
    )
    assert str(editors.endpoint.port) in page.state.text()
    press(page, "Copy the token")
    assert QGuiApplication.clipboard().text() == token
    press(page, "Copy the address")
    assert QGuiApplication.clipboard().text() == page.address.text()
    press(page, "&New token")
    assert page.token.text() not in ("", token)
    page.answer.click()
    assert editors.endpoint.port == 0
    assert page.address.text() == ""


def test_a_port_that_is_taken_is_said_on_the_page(full_window: MainWindow, page: EditorPreferences) -> None:
    other = Endpoint()
    assert other.listen(0, "x" * 20) == ""
    page.answer.click()
    page.port.setValue(other.port)
    page.port.editingFinished.emit()
    assert full_window.editors.endpoint.port == 0
    assert "another program" in page.state.text()
    assert page.state.property("tone") == "danger"
    other.close()
    page.answer.click()
    page.answer.click()
    assert full_window.editors.endpoint.port == page.port.value()
    assert page.state.property("tone") == "muted"


def test_choices_hold_for_the_next_start(full_window: MainWindow, page: EditorPreferences) -> None:
    page.answer.click()
    page.window().close()
    again = open_page(full_window)
    assert again.answer.isChecked()
    assert again.token.text()


def test_a_token_that_cannot_be_kept_is_said(full_window: MainWindow, page: EditorPreferences) -> None:
    (full_window.context.settings.path.parent / NAME).mkdir(parents=True)
    page.answer.click()
    assert full_window.editors.endpoint.port == 0
    assert "cannot be kept" in page.state.text()


def test_without_x11_the_page_says_what_to_do_instead(full_window: MainWindow, page: EditorPreferences) -> None:
    for part in (page.key_on, page.key, page.paste):
        assert not part.isEnabled()
    assert "clipboard" in page.key_state.text()
    press(page, "Copy the command")
    library = full_window.context.library
    assert library is not None
    command = shlex.split(QGuiApplication.clipboard().text())
    assert command[1:] == ["--library", str(library.path), "--pick"]
    assert Path(command[0]).name == "sheaf"


def test_the_key_is_held_as_soon_as_it_is_chosen(
    full_window: MainWindow, qtbot: QtBot, x_server: tuple[str, subprocess.Popen[bytes]]
) -> None:
    from tests.desktop.outside.editor import Editor

    name, _server = x_server
    editors = full_window.editors
    editors.on_x11, editors.screen, editors.key._screen = True, Screen(name), name
    page = open_page(full_window)
    assert "left to other programs" in page.key_state.text()
    page.key_on.click()
    editor = Editor(name)
    with qtbot.waitSignal(editors.picker_wanted):
        editor.type(0xFFE3, 0xFFE9, 0x20)
    page.key.setKeySequence(QKeySequence("X"))
    page.key.editingFinished.emit()
    assert "function key" in page.key_state.text()
    assert page.key_state.property("tone") == "danger"
    page.key.setKeySequence(QKeySequence("F9"))
    page.key.editingFinished.emit()
    with qtbot.waitSignal(editors.picker_wanted):
        editor.type(0xFFC6)
    page.key_on.click()
    with qtbot.assertNotEmitted(editors.picker_wanted, wait=100):
        editor.type(0xFFC6)
    editors.stop()
    editor.close()


def test_everything_has_a_name_for_screen_readers(page: EditorPreferences) -> None:
    fields = [one for one in page.findChildren(QLineEdit) if one.objectName() != "qt_spinbox_lineedit"]
    assert {one.accessibleName() for one in fields if one.parent() is not page.key} >= {
        "Token",
        "Address for editors",
        "Command that opens the picker",
    }
    assert page.key.accessibleName()
    assert page.port.accessibleName()
