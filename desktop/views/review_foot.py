"""The foot of the review: what a merge gains, and the three decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views.flow import FlowLayout
from desktop.views.plain import Label, button
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable


class ReviewFoot(QWidget):
    """The decisions can be made once the records are there."""

    def __init__(self, merge: Callable[[], None], different: Callable[[], None], later: Callable[[], None]) -> None:
        super().__init__()
        self.gains = Label(tone="good")
        self.merge = button(tr("&Merge (M)"), merge, primary=True)
        self.different = button(tr("&Different (D)"), different)
        self.later = button(tr("&Later (L)"), later)
        flow = FlowLayout(gap=8)
        for one in (self.merge, self.different, self.later):
            flow.addWidget(one)
        row = QHBoxLayout()
        row.addLayout(flow, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.gains)
        column.addLayout(row)
        column.addWidget(Label(tr("Arrows: sets and fields · 1, 2: choose the value · U: undo"), tone="muted", size=11))
        self.enable(False)

    def enable(self, on: bool) -> None:
        """Let the set be decided, or not until its records are there."""
        for one in (self.merge, self.different, self.later):
            one.setEnabled(on)
