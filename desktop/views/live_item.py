"""How the live .bib files stand, in the status bar; a click opens their window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.models.cell_text import tip
from desktop.views.live_words import FAILED, follows, state_of, urgency
from desktop.views.plain import restyle

if TYPE_CHECKING:
    from desktop.models.live_files import LiveFiles

WIDEST = 90
"""Letters that are shown at most, where half of the window has room for them; the rest stands in the tooltip."""


class LiveItem(QToolButton):
    """One quiet button: the file that wants to be looked at most, and how many others there are."""

    def __init__(self, live: LiveFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self.said = self._others = ""
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("tone", "muted")
        self.clicked.connect(live.dialog_wanted)
        live.shown.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:
        """Stay as low as the line of text that the bar is."""
        return QSize(super().sizeHint().width(), self.fontMetrics().height() + 4)

    def _show(self) -> None:
        live, pending = self._live, self._live.is_pending
        files = sorted(live.files, key=lambda file: (urgency(file, pending=pending), file.path))
        self.setVisible(bool(files))
        if not files:
            self.said = ""
            return
        first = files[0]
        self.said = f"{first.name} {state_of(first, pending=pending)}"
        self._others = self.tr(" (+{0})").format(len(files) - 1) if len(files) > 1 else ""
        self.fit()
        lines = [f"{file.path}\n{follows(file)}: {state_of(file, pending=pending)}" for file in files]
        whole = "\n".join([*lines, *([live.trouble] if live.trouble else [])])
        self.setToolTip(tip(whole))
        self.setAccessibleName(self.tr("Live .bib files: {0}").format(self.said + self._others))
        self.setAccessibleDescription(whole)
        tone = "danger" if urgency(first, pending=pending) == FAILED else "muted"
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)

    def fit(self) -> None:
        """Show as much of what is said as half of the window has room for."""
        room = min(self.fontMetrics().averageCharWidth() * WIDEST, self.window().width() // 2)
        text = self.fontMetrics().elidedText(self.said, Qt.TextElideMode.ElideRight, room) + self._others
        self.setText(text.replace("&", "&&"))
