"""The papers that the picker has collected, as chips with their keys in the order of choosing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QToolButton, QWidget

from desktop.models.cell_text import cut, title_text
from desktop.views.flow import FlowLayout
from desktop.views.plain import clear_layout, set_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from db.domain.records import PaperRow
    from desktop.context import AppContext

LONGEST = 32  # characters of a key that a chip shows
MOST_LINES = 2


class Collected(QScrollArea):
    """Takes no room while it is empty, and two lines at most; a click on a chip takes the paper off again."""

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._rows: list[PaperRow] = []
        self._body = QWidget()
        self._flow = FlowLayout(self._body, gap=4)
        self.setWidget(self._body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda _low, high: bar.setValue(high))  # the last ones stay in sight
        self.hide()

    def ids(self) -> list[int]:
        """Return the papers in the order of choosing."""
        return [row.id for row in self._rows]

    def add(self, row: PaperRow) -> None:
        """Collect a paper, once."""
        if row.id not in self.ids():
            self._set([*self._rows, row])

    def remove_last(self) -> None:
        """Take off the paper that was collected last."""
        self._set(self._rows[:-1])

    def clear(self) -> None:
        """Take off all papers."""
        self._set([])

    def _set(self, rows: list[PaperRow]) -> None:
        self._rows = rows
        clear_layout(self._flow)
        for row in rows:
            chip = self._chip(row)
            self._flow.addWidget(chip)
            chip.show()  # at once, for hidden ones take no room
        self.setVisible(bool(rows))
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """Be as high as the lines of chips."""
        line = self._flow.minimumSize().height()
        most = MOST_LINES * line + (MOST_LINES - 1) * self._flow.spacing()
        self.setFixedHeight(min(self._flow.heightForWidth(self.viewport().width()), most))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._fit()

    def _chip(self, row: PaperRow) -> QToolButton:
        made = QToolButton()
        key = row.citation_key
        shown = key if len(key) <= LONGEST else f"{key[: LONGEST - 1]}…"
        made.setText(shown.replace("&", "&&") + " ×")
        made.setFont(self._context.theme.mono(11))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Backspace does it by keyboard
        made.setProperty("chip", True)
        made.setAccessibleName(self.tr("Take off {0}").format(key))
        set_tip(made, f"{title_text(row.title)}\n{cut(row.authors)}")
        made.clicked.connect(lambda: self._set([one for one in self._rows if one.id != row.id]))
        return made
