"""What tabs of counted lines share: a sentence above, the list, and its numbers to take along below."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme import SMALL
from desktop.views.explore.chart_foot import ChartFoot, Numbers
from desktop.views.explore.counted_list import CountedList
from desktop.views.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.context import AppContext


class ListedTab(QWidget):
    """A list of counted lines; `search_wanted` says what a line that was opened searches for."""

    search_wanted = Signal(str)

    def __init__(self, context: AppContext, name: str, heads: Sequence[str]) -> None:
        super().__init__()
        self.note = Label(tone="muted", size=SMALL)
        self.list = CountedList(context, name, tuple(heads))
        self.foot = ChartFoot(context, self.numbers)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.note)
        column.addWidget(self.list, 1)
        column.addWidget(self.foot)
        self.list.opened.connect(self.search_wanted)

    @abstractmethod
    def numbers(self) -> Numbers:
        """Return the lines as a table."""
