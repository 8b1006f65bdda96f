"""The inferred year of a page before it is imported: its evidence, to confirm or to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from desktop.views.flow import FlowLayout
from desktop.views.plain import Label, button
from desktop.views.words import counted, tr
from desktop.views.year_row import FIRST_YEAR

if TYPE_CHECKING:
    from db.services.forecast import FilePreview


class PreviewYear(QWidget):
    """Says how many dates get their year by inference, and from what; another year holds at once."""

    year_set = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.why = Label(tone="muted", size=11)
        self.year = QSpinBox()
        self.year.setRange(FIRST_YEAR, QDate.currentDate().year() + 1)
        self.year.setGroupSeparatorShown(False)
        self.year.setAccessibleName(tr("Year of the page"))
        self.confirm = button(tr("Con&firm"), lambda: self.year_set.emit(self.year.value()))
        self.state = Label(tone="good", size=11)
        label = Label(tr("&Year of the page"), wrap=False)
        label.setBuddy(self.year)
        flow = FlowLayout(gap=8)
        for widget in (label, self.year, self.confirm):
            flow.addWidget(widget)
        row = QHBoxLayout()
        row.addLayout(flow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.why)
        column.addLayout(row)
        column.addWidget(self.state)
        self.year.valueChanged.connect(self.year_set)

    def show_file(self, one: FilePreview, chosen: int | None) -> None:
        """Show the year of a file, `chosen` when the person has set it."""
        self.setVisible(bool(one.inferred_dates or one.yearless_dates))
        if one.inferred_dates:
            words = tr("Inferred: {0}").format(one.evidence or tr("nothing on the page says so"))
        else:
            words = counted("%Ln date(s) without a year, and nothing on the page tells which it is", one.yearless_dates)
        self.why.setText(words)
        year = chosen or one.render_year or QDate.currentDate().year()
        if self.year.value() != year:
            with QSignalBlocker(self.year):
                self.year.setValue(year)
        self.confirm.setVisible(chosen is None)
        said = tr("{0} is set: the dates that state no year will get it.").format(chosen) if chosen else ""
        self.state.say(said)
