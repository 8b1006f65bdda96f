"""The bars around a dump's text: marks that wait for a new reading, stretches of a long dump, marking by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.views.dump_kinds import mark_name
from desktop.views.flow import FlowLayout
from desktop.views.plain import Label, button, set_tip
from desktop.views.words import counted, tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from db.services.sources import Stretch

KEYS = {"title": "T", "abstract": "A", "ignore": "I"}


class RereadBar(QWidget):
    """Says that marks wait, or that the reader understands more by now; hidden when there is nothing to say."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.said = Label(bold=True)
        self.button = button(tr("&Read again..."), self.wanted.emit, primary=False)
        set_tip(self.button, tr("Shows first what would change"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 8)
        row.addWidget(self.said, 1)
        row.addWidget(self.button)
        self.hide()

    def show_stretch(self, stretch: Stretch) -> None:
        """Say what there is to say of a source."""
        parts = []
        if stretch.newer:
            parts.append(tr("A newer reader understands this dump better."))
        if stretch.waiting:
            parts.append(counted("%Ln changed mark(s) (waits|wait) for the dump to be read again.", stretch.waiting))
        self.said.setText(" ".join(parts))
        self.setVisible(bool(parts))


class Pager(QWidget):
    """The way to earlier and later lines of a dump that is too long to be shown whole; else hidden."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._stretch: Stretch | None = None
        self.said = Label(tone="muted", size=11, wrap=False)
        self.earlier = button(tr("&Earlier lines"), lambda: self._turn(-1))
        self.later = button(tr("&Later lines"), lambda: self._turn(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.addWidget(self.said, 1)
        row.addWidget(self.earlier)
        row.addWidget(self.later)
        self.hide()

    def show_stretch(self, stretch: Stretch) -> None:
        """Say which lines are shown, when these are not all."""
        self._stretch = stretch
        number = QLocale().toString
        said = tr("Lines {0} to {1} of {2}; the counts above are of these.")
        self.said.setText(said.format(*map(number, (stretch.line_start, stretch.line_end, stretch.total))))
        self.earlier.setEnabled(stretch.line_start > 1)
        self.later.setEnabled(stretch.line_end < stretch.total)
        self.setVisible(len(stretch.lines) < stretch.total)

    def _turn(self, way: int) -> None:
        stretch = self._stretch
        if stretch is not None:
            # The last lines seen are the first of the next stretch's middle: nothing is skipped.
            edge = stretch.line_start if way < 0 else stretch.line_end
            self.wanted.emit(max(1, min(edge, stretch.total)))


class MarkButtons(QWidget):
    """Title, Abstract, Ignore, and taking a mark away."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        row = FlowLayout(self, gap=8)
        row.addWidget(Label(tr("Mark as"), tone="muted", wrap=False))
        self.buttons: list[QPushButton] = []
        for kind, key in KEYS.items():
            self._add(row, tr("{0} ({1})").format(mark_name(kind), key), kind)
        self._add(row, tr("Clear mark (Del)"), None)
        self.set_enabled(False)

    def _add(self, row: FlowLayout, text: str, kind: str | None) -> None:
        made = button(text, lambda: self.wanted.emit(kind))
        self.buttons.append(made)
        row.addWidget(made)

    def set_enabled(self, on: bool) -> None:
        """Let lines be marked, or not."""
        for one in self.buttons:
            one.setEnabled(on)
