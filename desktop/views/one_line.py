"""A label that never takes more than one line, however long its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPalette

from desktop.views.plain import Label, set_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

LONGEST = 1_000
"""Characters that are measured and painted: no window is as wide, and measuring costs time."""


class OneLine(Label):
    """Ends in dots where its text is too long, and shows the whole text as a tooltip then."""

    def __init__(self) -> None:
        super().__init__(wrap=False)
        self._end = ""

    def say_line(self, text: str, end: str = "") -> None:
        """Show a text; `end` stays in sight behind the dots."""
        self._end = end
        self.setText(text + end)
        self._tell()

    def shown(self) -> str:
        """Return what is painted."""
        metrics, end = self.fontMetrics(), self._end
        whole = self.text()
        text = whole[: len(whole) - len(end)][:LONGEST]
        room = self.contentsRect().width()
        if len(text) + len(end) == len(whole) and metrics.horizontalAdvance(whole) <= room:
            return whole
        rest = max(0, room - metrics.horizontalAdvance(end))
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, rest) + end

    def _tell(self) -> None:
        whole = self.text()
        set_tip(self, "" if self.shown() == whole else whole)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 20, self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole line is painted
        painter = QPainter(self)
        role = QPalette.ColorRole.WindowText
        painter.setPen(self.palette().color(role))
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.shown())
