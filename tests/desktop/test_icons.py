"""Icons come after the first paint and follow the theme."""

from __future__ import annotations

import gc
import importlib
import sys
import threading
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QIconEngine, QImage

from desktop.actions import ACTIONS
from desktop.icons import Icons, app_icon
from desktop.tokens import DARK, LIGHT

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from desktop.theme import Theme


def darkest(image: QImage) -> float:
    """Return the lightness of the most opaque pixel."""
    points = [(x, y) for x in range(image.width()) for y in range(image.height())]
    colours = [image.pixelColor(x, y) for x, y in points]
    return max(colours, key=lambda colour: colour.alpha()).lightnessF()


def test_bound_actions_get_their_icon_on_load_and_a_new_tint_with_the_theme(theme: Theme, qtbot: QtBot) -> None:
    icons = Icons(theme)
    action = QAction("x")
    icons.bind(action, "tag")
    before = action.icon().pixmap(20, 20).toImage()
    assert before.size() == QSize(20, 20)  # its place is kept
    assert all(before.pixelColor(x, y).alpha() == 0 for x in range(20) for y in range(20))
    with qtbot.waitSignal(icons.loaded):
        icons.load()
    light = darkest(action.icon().pixmap(20, 20).toImage())
    theme.set_mode("dark")
    dark = darkest(action.icon().pixmap(20, 20).toImage())
    assert light < 0.5 < dark
    assert LIGHT.text != DARK.text


def test_no_icon_that_python_holds_owns_what_draws_it(theme: Theme, qtbot: QtBot) -> None:
    """Rubbish is collected in any order; once what draws was deleted before its icon, that ended the program."""
    icons = Icons(theme)
    icons.load()
    icon = icons.icon("tag")
    drawing = [one for one in gc.get_objects() if isinstance(one, QIconEngine)]
    assert drawing
    assert not [one for one in drawing if "parent..." in shiboken6.dump(one)]
    del drawing
    assert not icon.pixmap(16, 16).isNull()


def test_what_draws_icons_is_imported_in_the_window_s_own_thread(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported: list[tuple[str, bool]] = []
    real = importlib.import_module

    def note(name: str) -> object:
        imported.append((name, threading.current_thread() is threading.main_thread()))
        return real(name)

    monkeypatch.setattr(importlib, "import_module", note)
    monkeypatch.delitem(sys.modules, "qtawesome", raising=False)
    icons = Icons(theme)
    with qtbot.waitSignal(icons.loaded):
        icons.load_in_turns()
    assert imported[-1] == ("qtawesome", True)
    assert all(is_ours for _name, is_ours in imported)
    assert not icons.pixmap("tag").isNull()


def test_every_icon_of_the_actions_exists(theme: Theme) -> None:
    icons = Icons(theme)
    icons.load()
    for name in {action.icon for action in ACTIONS} - {""}:
        assert not icons.pixmap(name, 16).isNull(), name


def test_a_deleted_target_is_forgotten(theme: Theme) -> None:
    icons = Icons(theme)
    action = QAction("x")
    icons.bind(action, "tag")
    del action
    icons.load()
    theme.set_mode("dark")


def test_the_application_icon_is_drawn_at_every_size(theme: Theme) -> None:
    for size in (16, 32, 64, 256):
        image = app_icon().pixmap(size, size).toImage()
        assert image.width() >= size
        assert image.pixelColor(image.width() // 2, image.height() * 2 // 3).alpha() == 255
