"""Two dumps side by side: what only one, both, or only the other shows, each a way to the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QPushButton

from db import services
from desktop.models.scope import Scope, numbered
from desktop.theme import SMALL
from desktop.views.dump_bars import DumpBars
from desktop.views.dump_names import dump_label
from desktop.views.flow import FlowLayout
from desktop.views.page import Page
from desktop.views.plain import Label, button
from desktop.views.words import counted, papers, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.records import Source
    from db.services.dumpsets import DumpComparison, Held
    from desktop.context import AppContext


class DumpCompare(Page):
    """Choose A and B; the three buttons show their papers in the table."""

    scope_wanted = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__(gap=12)  # scrolls where the window is too low, or the text too large
        self._context = context
        self.boxes = (_box(tr("Dump A")), _box(tr("Dump B")))
        self.held = (Label(tone="muted", size=SMALL), Label(tone="muted", size=SMALL))
        self.bars = DumpBars(context)
        self.only_a = button(tr("Only in A"), lambda: self._show((0,), (1,)))
        self.both = button(tr("In both"), lambda: self._show((0, 1), ()))
        self.only_b = button(tr("Only in B"), lambda: self._show((1,), (0,)))
        self.swap_button = button(tr("S&wap A and B"), self.swap)
        self._build()
        self._allow(False)
        for box in self.boxes:
            box.activated.connect(self.load)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, (name, box, held) in enumerate(zip("AB", self.boxes, self.held, strict=True)):
            grid.addWidget(Label(name, bold=True, wrap=False), 3 * number, 0)
            grid.addWidget(box, 3 * number, 1)
            grid.addWidget(held, 3 * number + 1, 1)
            grid.setRowMinimumHeight(3 * number + 2, 4)
        flow = FlowLayout(gap=8)
        for one in self._buttons():
            flow.addWidget(one)
        flow.addWidget(self.swap_button)
        row = QHBoxLayout()
        row.addLayout(flow)
        column = self.column
        column.addLayout(grid)
        column.addWidget(self.bars)
        column.addLayout(row)
        column.addWidget(Label(tr("A click on a number shows those papers in the table."), tone="muted", size=SMALL))
        column.addStretch()

    def _buttons(self) -> tuple[QPushButton, QPushButton, QPushButton]:
        return self.only_a, self.both, self.only_b

    def show_sources(self, sources: Sequence[Source]) -> None:
        """Offer these dumps; what is chosen stays chosen while it is there."""
        for place, box in enumerate(self.boxes):
            chosen = box.currentData()
            box.clear()
            for one in sources:
                box.addItem(dump_label(one), one.id)
            box.setCurrentIndex(max(box.findData(chosen), 0) if chosen else min(place, len(sources) - 1))
        self.load()

    def choose(self, a: int, b: int | None) -> None:
        """Compare these two; without a B the first other dump is taken."""
        first, second = self.boxes
        first.setCurrentIndex(first.findData(a))
        others = [number for number in self._offered() if number != a]
        wanted = b if b in others else next(iter(others), a)
        second.setCurrentIndex(second.findData(wanted))
        self.load()

    def _offered(self) -> list[int]:
        return [self.boxes[1].itemData(at) for at in range(self.boxes[1].count())]

    def chosen(self) -> tuple[int, int] | None:
        """Return A and B, None while there is nothing to compare."""
        a, b = (box.currentData() for box in self.boxes)
        return None if a is None or b is None else (a, b)

    def swap(self) -> None:
        """Make A of B and B of A."""
        first, second = (box.currentIndex() for box in self.boxes)
        self.boxes[0].setCurrentIndex(second)
        self.boxes[1].setCurrentIndex(first)
        self.load()

    def load(self) -> None:
        """Count anew."""
        chosen = self.chosen()
        if chosen is None or self._context.library is None:
            self._allow(False)
            return
        self._context.read(
            lambda library: services.dumpsets.compare(library, *chosen), self._show_counts, key="dump_compare"
        )

    def _show_counts(self, found: DumpComparison) -> None:
        for label, held in zip(self.held, (found.a, found.b), strict=True):
            label.setText(_held_words(held))
        self.bars.show_parts(found.only_a, found.both, found.only_b)
        locale = self.locale()
        self.only_a.setText(tr("{0} only in &A").format(locale.toString(found.only_a)))
        self.both.setText(tr("{0} in b&oth").format(locale.toString(found.both)))
        self.only_b.setText(tr("{0} only in &B").format(locale.toString(found.only_b)))
        self._allow(True)

    def _allow(self, allowed: bool) -> None:
        for one in self._buttons():
            one.setEnabled(allowed)

    def _show(self, within: tuple[int, ...], without: tuple[int, ...]) -> None:
        chosen = self.chosen()
        if chosen is not None:
            terms = [numbered("dump", one) for one in chosen]
            scope = Scope(tuple((terms[at],) for at in within), tuple(terms[at] for at in without))
            self.scope_wanted.emit(scope.text())


def _box(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(16)
    return made


def _held_words(held: Held) -> str:
    parts = [counted("%Ln record(s)", held.records), papers(held.papers)]
    if held.repeats:
        parts.append(counted("%Ln duplicate(s) inside", held.repeats))
    if held.trashed:
        parts.append(tr("{0} in the trash").format(papers(held.trashed)))
    return " · ".join(parts)
