"""The running work in the status bar: a busy sign, then count, rate and time left, and Cancel."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QSize, QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from desktop.views.one_line import OneLine

if TYPE_CHECKING:
    from db.services.progress import Progress
    from desktop.context import AppContext
    from desktop.tasks import Task

DETAIL_AFTER = 2.0
TICK_MS = 100
SCALE = 1000


class _Said(OneLine):
    """Wants the room of its text, and ends in dots where there is less."""

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 1, super().sizeHint().height())


class ProgressView(QWidget):
    """Shows the running write; hidden while there is none, or only for a moment."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stopping: Task | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._build()
        context.tasks.started.connect(self._timer.start)
        context.tasks.finished.connect(self._tick)
        self.hide()

    def _build(self) -> None:
        self.text = _Said()
        self.text.setProperty("tone", "muted")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setMinimumWidth(24)
        self.bar.setMaximumWidth(120)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.cancel_button = QToolButton(self)
        self.cancel_button.setText(self.tr("Cancel"))
        self.cancel_button.setToolTip(self.tr("Stop this and take back what it did so far"))
        self.cancel_button.setAccessibleName(self.tr("Cancel the running work"))
        self.cancel_button.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.text, self.bar, self.cancel_button):
            row.addWidget(part)

    def _cancel(self) -> None:
        if task := self._context.tasks.current:
            self._stopping = task
            task.cancel()
            self._tick()

    def _tick(self) -> None:
        task = self._context.tasks.current
        if task is None:
            self._timer.stop()
            self._stopping = None
            self.hide()
            return
        elapsed = time.monotonic() - task.started_at
        if not task.is_long and task is not self._stopping:
            return
        self._show(task, elapsed)
        self.show()

    def _show(self, task: Task, elapsed: float) -> None:
        progress = task.progress
        stopping = task is self._stopping
        self.cancel_button.setEnabled(not stopping)
        if stopping:
            self.text.say_line(self.tr("Stopping: {0}").format(task.label))
        elif progress is None or elapsed < DETAIL_AFTER:
            self.text.say_line(task.label)
        else:
            self.text.say_line(f"{task.label} · {told(progress, elapsed)}")
        if progress and progress.total:
            self.bar.setRange(0, SCALE)
            self.bar.setValue(min(SCALE, progress.done * SCALE // progress.total))
        else:
            self.bar.setRange(0, 0)


def told(progress: Progress, elapsed: float) -> str:
    """Say count, rate and time left: `1,200 of 5,000, 400/s, 10 s left` or `1.2 MB of 5 MB, ...`."""
    rate = progress.done / elapsed if elapsed > 0 else 0.0
    parts = [_amount(progress.done, progress.unit)]
    if progress.total:
        parts[0] = _tr("{0} of {1}").format(parts[0], _amount(progress.total, progress.unit))
    if rate >= 1:
        parts.append(_tr("{0}/s").format(_amount(round(rate), progress.unit)))
        if progress.total > progress.done:
            parts.append(time_left((progress.total - progress.done) / rate))
    return ", ".join(parts)


def _amount(number: int, unit: str) -> str:
    locale = QLocale()
    if unit == "bytes":
        return locale.formattedDataSize(number, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
    return locale.toString(number)


def time_left(seconds: float) -> str:
    """Say how long something will still take, in round figures."""
    if seconds < 60:
        return _tr("{0} s left").format(max(1, round(seconds)))
    return _tr("{0} min left").format(round(seconds / 60))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProgressView", text)
