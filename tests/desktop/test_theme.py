"""Light, dark and the system's choice, and that the palette follows while running."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QListWidget,
    QRadioButton,
    QTableWidget,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.plurals import EnglishPlurals
from desktop.theme import ROW_HEIGHT, Theme, palette, token_names
from desktop.tokens import DARK, LIGHT, contrast

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

ROLE = QPalette.ColorRole


def test_modes_change_the_palette_and_say_so(app: QApplication, theme: Theme, qtbot: QtBot) -> None:
    assert not theme.dark
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("dark")
    assert theme.dark
    assert app.palette().color(ROLE.Window).name().upper() == DARK.window
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("light")
    assert app.palette().color(ROLE.Window).name().upper() == LIGHT.window


def test_an_unknown_mode_is_the_system_one(theme: Theme) -> None:
    theme.set_mode("sepia")
    assert theme.mode == "system"


def test_the_system_is_followed_while_running(theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    theme.set_mode("system")
    hints = QGuiApplication.styleHints()
    monkeypatch.setattr(type(hints), "colorScheme", lambda _self: Qt.ColorScheme.Dark)
    with qtbot.waitSignal(theme.changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.dark
    theme.set_mode("light")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not theme.dark


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_selected_text_of_the_palette_can_be_read(tokens: object) -> None:
    made = palette(tokens)  # type: ignore[arg-type]
    pairs = (
        (ROLE.Text, ROLE.Base), (ROLE.WindowText, ROLE.Window), (ROLE.ButtonText, ROLE.Button),
        (ROLE.HighlightedText, ROLE.Highlight), (ROLE.ToolTipText, ROLE.ToolTipBase),
        (ROLE.PlaceholderText, ROLE.Base), (ROLE.Link, ROLE.Base), (ROLE.Text, ROLE.AlternateBase),
    )  # fmt: skip
    for text, background in pairs:
        assert contrast(made.color(text).name(), made.color(background).name()) >= 4.5


def test_text_sizes_grow_with_the_scale_of_the_platform(theme: Theme) -> None:
    assert theme.font(13).pointSizeF() == pytest.approx(9.75)
    assert theme.font(20).pointSizeF() > theme.font(11).pointSizeF()
    assert ROW_HEIGHT == 28


def test_every_token_is_a_colour(theme: Theme) -> None:
    assert all(theme.colour(name).isValid() for name in token_names())
    assert theme.tag_colour(9) == theme.tag_colour(1)


@pytest.mark.parametrize(("number", "words"), [(0, "%n papers"), (1, "%n paper"), (2, "%n papers")])
def test_english_plurals(number: int, words: str) -> None:
    assert EnglishPlurals().translate("x", "%n paper(s)", None, number) == words


@pytest.mark.parametrize(("number", "words"), [(0, "%n papers are new"), (1, "%n paper is new")])
def test_words_without_an_s(number: int, words: str) -> None:
    assert EnglishPlurals().translate("x", "%n paper(s) (is|are) new", None, number) == words


def test_other_texts_are_left_alone() -> None:
    assert EnglishPlurals().translate("x", "Paper(s)") is None
    assert EnglishPlurals().translate("x", "Papers", None, 1) is None


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_the_outline_of_an_empty_box_is_seen(
    theme: Theme, qtbot: QtBot, mode: str, kind: type[QCheckBox | QRadioButton]
) -> None:
    theme.set_mode(mode)
    box = kind()
    qtbot.addWidget(box)
    box.show()
    qtbot.wait(10)
    image = box.grab().toImage()
    row = [image.pixelColor(x, image.height() // 2).name() for x in range(12)]
    assert max(contrast(colour, theme.tokens.window) for colour in row) >= 3


@pytest.mark.parametrize("kind", [QListWidget, QTableWidget, QTreeWidget])
def test_a_list_shows_that_it_has_the_keyboard(kind: type[QWidget], theme: Theme, qtbot: QtBot) -> None:
    theme.set_mode("light")
    page, other, view = QWidget(), QLineEdit(), kind()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(other)
    column.addWidget(view)
    page.show()
    page.activateWindow()

    def frame() -> str:
        return view.grab().toImage().pixelColor(view.width() // 2, 0).name().upper()

    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert frame() != LIGHT.accent
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    assert frame() == LIGHT.accent
