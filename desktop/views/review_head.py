"""The head of the review: which set, how sure, why, and what concerns all sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from db.domain.records import TwinSet, Verdict
from desktop.theme import LARGE
from desktop.views.flow import FlowLayout
from desktop.views.plain import Label, button, icon_button
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.context import AppContext


class ReviewHead(QWidget):
    """Counter, score and reasons in words, arrows, and "Merge all certain ones (N)"."""

    stepped = Signal(int)
    all_asked = Signal()
    sorted_anew = Signal()
    closed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.counter = Label(wrap=False)
        self.counter.setFont(context.theme.font(LARGE, QFont.Weight.DemiBold))
        self.score = Label(tone="muted")
        self.why = Label(tone="muted")
        self.before_button = icon_button(context, "caret-left", tr("Previous set"), lambda: self.stepped.emit(-1))
        self.after_button = icon_button(context, "caret-right", tr("Next set"), lambda: self.stepped.emit(1))
        self.all_button = button(tr("Merge all &certain ones..."), self.all_asked.emit)
        self.close_button = button(tr("Close"), self.closed.emit)
        self.order = QComboBox()
        self._build()
        self.order.activated.connect(lambda _index: self.sorted_anew.emit())

    def _build(self) -> None:
        flow = FlowLayout(gap=4)
        self.order.addItems([tr("Most certain first"), tr("Most gained first")])
        self.order.setAccessibleName(tr("Order of the sets"))
        for one in (self.counter, self.before_button, self.after_button, self.order):
            flow.addWidget(one)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(flow, 1)
        row.addWidget(self.all_button)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 16, 12)
        column.setSpacing(4)
        column.addLayout(row)
        for label in (self.score, self.why):
            column.addWidget(label)

    @property
    def by_gain(self) -> bool:
        """Whether the sets that gain most are to come first."""
        return self.order.currentIndex() == 1

    def show_sets(self, sets: Sequence[TwinSet], at: int) -> None:
        """Show which of the sets is on the screen; nothing to review when there are none."""
        certain = sum(one.verdict is Verdict.SAME for one in sets)
        self.all_button.setText(tr("Merge all &certain ones ({0})...").format(certain))
        self.all_button.setVisible(certain > 0)
        self.before_button.setVisible(bool(sets))
        self.after_button.setVisible(bool(sets))
        self.order.setVisible(len(sets) > 1)
        self.before_button.setEnabled(at > 0)
        self.after_button.setEnabled(at + 1 < len(sets))
        if not sets:
            self.counter.setText(tr("Review"))
            self.score.say("")
            self.why.say("")
            return
        self.counter.setText(tr("{0} of {1}").format(at + 1, len(sets)))
        self.score.say(score_text(sets[at]))
        self.why.say(" · ".join(sets[at].why))


def score_text(one: TwinSet) -> str:
    """Return the verdict and score of a set in words."""
    sure = {
        Verdict.SAME: tr("The same work"),
        Verdict.MAYBE: tr("Perhaps the same work"),
        Verdict.DIFFERENT: tr("Different works"),
    }[one.verdict]
    words = tr("{0}, {1} % alike").format(sure, round(one.score * 100))
    return tr("{0} · put off before").format(words) if one.later else words
