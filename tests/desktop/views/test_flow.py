"""Widgets in lines: they wrap where the width ends, and hidden ones take no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from desktop.views.flow import FlowLayout

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Box(QWidget):
    """A widget of 100 by 20 pixels."""

    def sizeHint(self) -> QSize:
        return QSize(100, 20)


def test_widgets_wrap_and_hidden_ones_take_no_room(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap=10)
    boxes = [Box() for _ in range(3)]
    for box in boxes:
        flow.addWidget(box)
    holder.resize(215, 100)
    holder.show()
    assert [(box.x(), box.y()) for box in boxes] == [(0, 0), (110, 0), (0, 30)]
    assert flow.heightForWidth(215) == 50
    assert flow.heightForWidth(400) == 20
    boxes[0].hide()
    assert flow.heightForWidth(215) == 20


def test_a_widget_wider_than_the_line_is_made_to_fit(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    flow.addWidget(Box())
    holder.resize(60, 100)
    holder.show()
    assert flow.itemAt(0) is not None
    assert flow.itemAt(0).geometry().width() == 60
    assert flow.itemAt(1) is None
