"""The history: every step with its time, and the way back to any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from db import services
from desktop.views.plain import Label, button, open_at

if TYPE_CHECKING:
    from db.domain.records import Step
    from desktop.context import AppContext


class HistoryDialog(QDialog):
    """Lists the steps, newest first; those taken back are muted and say so."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._steps: list[Step] = []
        self.setWindowTitle(self.tr("History"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        context.changed.connect(self._load)
        self._load()
        open_at(self, QSize(520, 520))

    def _build(self) -> None:
        self.text = Label(self.tr("Choose the step to go back to; it stays, what came after is undone."), tone="muted")
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Steps, newest first"))
        self.list.setAlternatingRowColors(True)
        self.go_button = button(self.tr("Go back to this step"), self._go, primary=True)
        self.close_button = button(self.tr("Close"), self.close)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.go_button)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.text)
        column.addWidget(self.list)
        column.addLayout(row)
        self.list.currentRowChanged.connect(self._choose)
        self.list.itemDoubleClicked.connect(self._go)  # Enter presses the default button

    def _load(self) -> None:
        self._context.read(lambda library: services.undoing.history(library), self._show, key="history")

    def _show(self, steps: list[Step]) -> None:
        self._steps = steps
        row = max(self.list.currentRow(), 0)
        self.list.clear()
        muted = QColor(self._context.theme.tokens.muted)
        for step in steps:
            text = f"{local_time(step.at)}   {step.label}"
            item = QListWidgetItem(self.tr("{0}   (undone)").format(text) if step.undone else text, self.list)
            if step.undone:
                item.setForeground(muted)
        if not steps:
            self.text.setText(self.tr("Nothing has been changed yet. Imports, edits and merges will stand here."))
        self.list.setCurrentRow(min(row, len(steps) - 1))
        self._choose(self.list.currentRow())

    def _choose(self, row: int) -> None:
        newest = next((at for at, step in enumerate(self._steps) if not step.undone), None)
        self.go_button.setEnabled(0 <= row < len(self._steps) and row != newest)

    def _go(self) -> None:
        row = self.list.currentRow()
        if not (self.go_button.isEnabled() and 0 <= row < len(self._steps)):
            return
        step = self._steps[row]
        self._context.run_long(
            self.tr("Going back"),
            lambda library, report: services.undoing.undo_to(library, step.id, report),
            lambda _changes: self._went(step),
        )

    def _went(self, step: Step) -> None:
        self._context.notify(self.tr("The library is as it was after “{0}”.").format(step.label))


def local_time(at: str) -> str:
    """Return a time in UTC by the person's clock, with the month in their language."""
    return _local(at, "d MMM yyyy HH:mm")


def local_day(at: str) -> str:
    """Return the day of a time in UTC by the person's clock."""
    return _local(at, "d MMM yyyy")


def _local(at: str, pattern: str) -> str:
    moment = QDateTime.fromString(at, Qt.DateFormat.ISODateWithMs)
    if not moment.isValid():
        return at
    moment.setTimeZone(moment.timeZone().utc()) if moment.timeSpec() == Qt.TimeSpec.LocalTime else None
    return QLocale().toString(moment.toLocalTime(), pattern)
