"""The inferred year of a dump with its evidence, to confirm or to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from db import services
from desktop.views.flow import FlowLayout
from desktop.views.plain import Label, button
from desktop.views.words import counted, tr

if TYPE_CHECKING:
    from db.domain.errors import LibraryError
    from db.services.changes import Changes
    from db.services.intake import FileResult
    from desktop.context import AppContext

FIRST_YEAR = 1991


class YearRow(QWidget):
    """Says how many dates got their year by inference, from what, and lets the person set it."""

    year_set = Signal(object)  # the step in the journal

    def __init__(self, context: AppContext, one: FileResult) -> None:
        super().__init__()
        self._context = context
        self._one = one
        self.year = QSpinBox()
        self.year.setRange(FIRST_YEAR, QDate.currentDate().year() + 1)
        self.year.setGroupSeparatorShown(False)
        self.year.setAccessibleName(tr("Year of the page"))
        self.year.setValue(one.render_year or QDate.currentDate().year())
        self.set_button = button(tr("Confirm"), self.save)
        self.state = Label("", tone="muted", size=11)
        self._build()
        self.year.valueChanged.connect(self._changed)
        self._changed(self.year.value())

    def _build(self) -> None:
        one = self._one
        if one.inferred_dates:
            words = tr("Inferred: {0}").format(one.render_year_evidence or tr("nothing on the page says so"))
        else:
            words = counted("%Ln date(s) without a year, and nothing on the page tells which it is", one.yearless_dates)
        flow = FlowLayout(gap=8)
        flow.addWidget(Label(tr("Year of the page"), wrap=False))
        flow.addWidget(self.year)
        flow.addWidget(self.set_button)
        row = QHBoxLayout()
        row.addLayout(flow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(words, tone="muted", size=11))
        column.addLayout(row)
        column.addWidget(self.state)
        self.state.hide()

    def _changed(self, year: int) -> None:
        same = year == self._one.render_year
        self.set_button.setText(tr("Confirm") if same else tr("Set the year"))

    def save(self) -> None:
        """Set the year of the dump; the dates that hang on it follow."""
        source_id, year = self._one.source_id, self.year.value()
        if source_id is None:
            return
        self._context.run(
            tr("Set the year"),
            lambda library: services.sources.set_year(library, source_id, year),
            lambda changes: self._saved(year, changes),
            on_error=self._refused,
        )

    def _saved(self, year: int, changes: Changes) -> None:
        self.year_set.emit(changes.step)
        self._say(tr("{0} set: the dates of this dump follow it.").format(year), "good")

    def _refused(self, error: LibraryError) -> None:
        self._say(error.message, "danger")

    def _say(self, text: str, tone: str) -> None:
        self.state.setProperty("tone", tone)
        self.state.style().polish(self.state)
        self.state.say(text)
