"""The papers that the picker has collected, as chips with their keys in the order of choosing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.models.cell_text import cut, title_text
from desktop.views.flow import FlowLayout
from desktop.views.plain import clear_layout, set_tip

if TYPE_CHECKING:
    from db.domain.records import PaperRow
    from desktop.context import AppContext

LONGEST = 32  # characters of a key that a chip shows


class Collected(QWidget):
    """Takes no room while it is empty; a click on a chip takes the paper off again."""

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._rows: list[PaperRow] = []
        self._flow = FlowLayout(self, gap=4)
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
            self._flow.addWidget(self._chip(row))
        self.setVisible(bool(rows))
        self.updateGeometry()
        self.changed.emit()

    def _chip(self, row: PaperRow) -> QToolButton:
        made = QToolButton()
        key = row.citation_key
        made.setText((key if len(key) <= LONGEST else f"{key[: LONGEST - 1]}…").replace("&", "&&"))
        made.setFont(self._context.theme.mono(11))
        self._context.icons.bind(made, "x", "muted")
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind the key
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Backspace does it by keyboard
        made.setProperty("chip", True)
        made.setAccessibleName(self.tr("Take off {0}").format(key))
        set_tip(made, f"{title_text(row.title)}\n{cut(row.authors)}")
        made.clicked.connect(lambda: self._set([one for one in self._rows if one.id != row.id]))
        return made
