"""The most frequent terms as a list with bars; a click searches for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme import SMALL
from desktop.views.explore.chart_foot import ChartFoot, Numbers
from desktop.views.explore.counted_list import CountedList, Line
from desktop.views.plain import Label
from desktop.views.words import tr

if TYPE_CHECKING:
    from db.services.exploring import Survey
    from desktop.context import AppContext


class FrequentTermsTab(QWidget):
    """Lists terms with the number of papers whose title or abstract has them."""

    search_wanted = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.note = Label(tone="muted", size=SMALL)
        self.list = CountedList(context, tr("Frequent terms"), (tr("Term"), tr("Papers"), ""))
        self.foot = ChartFoot(context, self.numbers)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.note)
        column.addWidget(self.list, 1)
        column.addWidget(self.foot)
        self.list.opened.connect(self.search_wanted)

    def show_survey(self, survey: Survey | None) -> None:
        """List the terms that were found."""
        terms = survey.terms if survey is not None else ()
        total = len(survey.ids) if survey is not None else 0
        self.list.show_lines([Line(one.label, one.papers, one.papers / max(1, total), one.text) for one in terms])
        said = tr("Of titles and abstracts, without filler words and formulas. A click or Enter searches.")
        nothing = tr("No term stands out: there are no titles or abstracts here.")
        self.note.setText(said if terms or survey is None else nothing)

    def numbers(self) -> Numbers:
        """Return the terms as a table."""
        return (tr("term"), tr("papers")), [(line.name, line.count) for line in self.list.lines]
