"""On a screen of 800 x 600 pixels with everything twice as large, windows fit and every button can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTabWidget,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow

ROOM = QSize(392, 288)
"""What such a screen has within the frame of a window."""
CONTROLS = (QAbstractButton, QComboBox)


def shown_beside(window: MainWindow) -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]


def page_of(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def out_of_reach(root: QWidget) -> Iterator[str]:
    """Yield the controls that stick out of their window, or out of the side of the page that scrolls."""
    for one in root.findChildren(QWidget):
        if not one.isVisible() or one.window() is not root or not isinstance(one, CONTROLS):
            continue
        if isinstance(one.parentWidget(), QTabBar) or one.objectName() == "qt_toolbar_ext_button":
            continue  # Qt's own: arrows of a bar that scrolls
        page = page_of(one)
        if page is not None and page.widgetResizable():
            is_in = one.mapTo(page.viewport(), one.rect().topRight()).x() < page.viewport().width()
        else:
            is_in = root.rect().contains(one.mapTo(root, one.rect().bottomRight()))
        if not is_in:
            yield f"{type(one).__name__} {one.accessibleName() or one.property('text')}"


@pytest.mark.parametrize(
    "action",
    [
        "about", "alike", "check_records", "cite", "columns", "explore", "export", "from_jabref",
        "from_zotero", "help", "history", "key_pattern", "latex_words", "live_bib", "paste_import", "pick",
        "preferences", "reference_list", "shortcuts", "suggest_tags", "tags", "told_apart",
    ],
)  # fmt: skip
def test_it_fits(full_window: MainWindow, qtbot: QtBot, action: str) -> None:
    full_window.table.view.selectRow(0)
    qtbot.waitUntil(full_window.registry[action].isEnabled)
    full_window.registry[action].trigger()
    qtbot.waitUntil(lambda: bool(shown_beside(full_window)))
    (shown,) = shown_beside(full_window)
    tabs = shown.findChildren(QTabWidget)
    for at in range(tabs[0].count() if tabs else 1):
        if tabs:
            tabs[0].setCurrentIndex(at)
        qtbot.wait(200)  # what is looked for may make a window larger
        shown.resize(ROOM)
        qtbot.wait(50)
        assert shown.size() == ROOM
        assert list(out_of_reach(shown)) == []
    shown.close()


def test_a_button_out_of_reach_is_found(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    root.resize(ROOM)
    QPushButton("Far", root).setGeometry(ROOM.width() - 10, 0, 50, 20)
    root.show()
    assert len(list(out_of_reach(root))) == 1
