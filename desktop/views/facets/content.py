"""What is in the filter pane: a head, bars of years with words below them, a field to find values, and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db import services
from desktop.theme import SMALL
from desktop.views.facets.facet_tree import FacetTree
from desktop.views.facets.year_bars import YearBars, range_name
from desktop.views.flow import FlowLayout
from desktop.views.one_line import OneLine
from desktop.views.plain import Label, heading, link_button
from desktop.views.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from db.services.faceting import Facet, Years
    from desktop.context import AppContext
    from desktop.models.facet_counts import FacetCounts


LINES = 6
"""So many lines of text must have room below the bars."""


class FacetContent(QWidget):
    """Shows facets as they arrive; pales what is there while others are awaited.

    `begins` names the widget that the keyboard comes to first.
    """

    value_chosen = Signal(object, object)
    years_chosen = Signal(object, object, object)
    years_dropped = Signal()
    cleared = Signal()
    begins = Signal(object)

    def __init__(self, context: AppContext, counts: FacetCounts) -> None:
        super().__init__()
        self._counts = counts
        self.title = heading(tr("Filters"))
        self.coming = Label(tr("Counting…"), tone="muted", size=SMALL, wrap=False)
        self.clear = link_button(tr("Clear"), self.cleared.emit)
        self.bars = YearBars(context)
        self.said = OneLine()
        self.years = link_button("", self.years_dropped.emit)
        self.field = FindField()
        self.tree = FacetTree(context, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.clear.setAccessibleName(tr("Clear all filters"))
        self.said.setFont(self.coming.font())
        self.said.setProperty("tone", "muted")
        for one in (self.coming, self.clear, self.years):
            one.hide()
        # What comes and goes beside them moves nothing below.
        self.title.setMinimumHeight(self.clear.sizeHint().height())
        self.said.setMinimumHeight(self.years.sizeHint().height())
        head = FlowLayout(gap=8)
        for one in (self.title, self.coming, self.clear):
            head.addWidget(one)
        top = QVBoxLayout()
        top.setContentsMargins(12, 8, 8, 0)
        top.setSpacing(4)
        top.addLayout(head)
        inside = QVBoxLayout()
        inside.setContentsMargins(8, 0, 8, 0)
        inside.setSpacing(4)
        words = QHBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.years)
        words.addWidget(self.said, 1)
        inside.addWidget(self.bars)
        inside.addLayout(words)
        inside.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(inside)
        column.addWidget(self.tree, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the bars out of a pane that is so low that they would squeeze the rest."""
        super().resizeEvent(event)
        parts = (self.title, self.bars, self.said, self.field)
        needed = sum(part.sizeHint().height() for part in parts) + LINES * self.fontMetrics().lineSpacing()
        self.bars.setVisible(self.height() >= needed)
        self.begins.emit(self.field if self.bars.isHidden() else self.bars)

    def _connect(self) -> None:
        self._counts.arrived.connect(self._show)
        self._counts.waiting.connect(self._wait)
        self.bars.chosen.connect(self.years_chosen)
        self.bars.dropped.connect(self.years_dropped)
        self.bars.pointed.connect(self._say)
        self.tree.chosen.connect(self.value_chosen)
        self.tree.more.connect(self._counts.show_more)
        self.tree.fewer.connect(self._counts.show_fewer)
        self.field.textChanged.connect(self._counts.find)
        self.field.left.connect(self.tree.setFocus)

    def _show(self, facet: Facet | Years) -> None:
        faceting = services.faceting
        if isinstance(facet, faceting.Facet):
            self.tree.show_facet(facet, faceting.FIRST)
            return
        text = self._counts.text
        self.clear.setVisible(faceting.cleared(text) != text)
        if not facet.is_coming:
            self.bars.show_years(facet)
            left_out = tr("not {0}")
            ranges = ", ".join(
                [range_name(*one) for one in facet.wanted]
                + [left_out.format(range_name(*one)) for one in facet.unwanted]
            )
            self.years.setText(f"{ranges} ×")
            self.years.setAccessibleName(tr("Drop the years {0}").format(ranges))
            self.years.setVisible(bool(facet.wanted or facet.unwanted))
            self._say("")

    def _wait(self, waits: bool) -> None:
        self.coming.setVisible(waits)
        self.bars.show_waiting(waits)
        self.tree.show_waiting(waits)

    def _say(self, words: str) -> None:
        """Say what is pointed at; else, while no years are chosen, what can be done."""
        if not words and self.years.isHidden():
            nothing = self.bars.years is not None and not self.bars.bars
            words = tr("No paper here has a date.") if nothing else tr("Pull over years to choose them")
        self.said.say_line(words)


class FindField(QLineEdit):
    """Narrows the lists; Down and Enter go into them, Escape clears and then goes back."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(tr("Find a value"))
        self.setAccessibleName(tr("Find a value in the filters"))
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Down and Enter; Escape clears the field first."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
