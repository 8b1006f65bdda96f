"""What reading a dump again would change, shown before it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QTableView,
    QVBoxLayout,
)

from db import services
from desktop.models.differences import Differences, rows
from desktop.views.plain import Label, button, open_at, row_table
from desktop.views.words import counted, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QWidget

    from db.domain.errors import LibraryError
    from db.services.changes import Changes
    from db.services.progress import Progress, Report
    from db.services.rereading import Difference
    from desktop.context import AppContext
    from desktop.tasks import Task


class RereadView(QDialog):
    """Reads the dump once more, lists the difference, and applies it when asked to."""

    def __init__(self, context: AppContext, source_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(self.tr("Read again"))
        self.source_id = source_id
        self._context = context
        self._task: Task | None = None
        self.model = Differences()
        self.table = QTableView()
        self.title = Label(bold=True)
        self.note = Label(tone="muted")
        self.counts = Label(tone="muted", size=11)
        self.detail = QPlainTextEdit()
        self.apply_button = button(self.tr("&Apply"), self._apply, primary=True)
        self.cancel_button = button(self.tr("Cancel"), self.close)
        self._build()
        self._look()

    def _build(self) -> None:
        self._build_table()
        self.detail.setReadOnly(True)
        self.detail.setTabChangesFocus(True)
        self.detail.setAccessibleName(self.tr("Old and new value"))
        self.detail.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.table.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.apply_button)
        foot.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(8)
        for widget, share in ((self.title, 0), (self.note, 0), (self.table, 3), (self.detail, 1), (self.counts, 0)):
            layout.addWidget(widget, share)
        layout.addLayout(foot)
        open_at(self, self.sizeHint())

    def _build_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        row_table(table, self.tr("What would change"))
        header = table.horizontalHeader()
        for column in (2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in ((0, 14), (1, 10)):
            table.setColumnWidth(column, letters * letter)
        table.selectionModel().currentChanged.connect(self._show_detail)

    def sizeHint(self) -> QSize:
        step = self.fontMetrics().lineSpacing()
        return QSize(max(760, 50 * step), max(520, 34 * step))

    def _look(self) -> None:
        source_id = self.source_id
        self.title.setText(self.tr("Reading the dump again..."))
        self.note.setText(self.tr("Nothing is changed yet."))
        self.apply_button.setEnabled(False)
        self.detail.hide()
        self._task = self._context.look(
            lambda library, report, part: services.rereading.difference(library, source_id, _both(report, part)),
            on_part=self._progressed,
            on_done=self._show,
            on_error=self._failed,
        )

    def _progressed(self, progress: Progress) -> None:
        if progress.total and not self.apply_button.isEnabled():
            percent = min(100, 100 * progress.done // progress.total)
            self.title.setText(self.tr("Reading the dump again... {0} %").format(percent))

    def _failed(self, error: LibraryError) -> None:
        self.close()
        self._context.fail(error)

    def _show(self, difference: Difference) -> None:
        found = rows(difference)
        self.model.show(found)
        self.setWindowTitle(self.tr("Read {0} again").format(difference.name))
        parts = (
            counted("%Ln new record(s)", len(difference.added)),
            counted("%Ln gone", len(difference.removed)),
            counted("%Ln changed", len(difference.changed)),
        )
        self.title.setText(", ".join(parts) if found else self.tr("The records stay as they are"))
        self.note.setText(
            self.tr("What you typed stays. Papers that no dump shows any more go to the trash, unless you edited them.")
            if found
            else self.tr("Reading the dump again finds the same papers with the same values.")
        )
        self.counts.setText(f"{_counts(tr('Before'), difference.before)}\n{_counts(tr('After'), difference.after)}")
        self.detail.setVisible(bool(found))
        self.table.setVisible(bool(found))
        self.apply_button.setEnabled(True)
        if found:
            self.table.selectRow(0)
            self.table.setFocus()
        else:
            self.apply_button.setFocus()

    def _show_detail(self, index: QModelIndex) -> None:
        if index.isValid():
            row = self.model.rows[index.row()]
            parts = [row.title] if row.field else []
            parts += [
                tr("{0}: {1}").format(word, value)
                for word, value in ((tr("Before"), row.old), (tr("After"), row.new))
                if value
            ]
            self.detail.setPlainText("\n\n".join(parts))

    def _apply(self) -> None:
        source_id, context = self.source_id, self._context

        def done(changes: Changes) -> None:
            said = tr("Done: {0}").format(changes.label) if changes else tr("Nothing had to be changed.")
            context.notify(said, kind="good", undo=bool(changes))

        self._task = None
        context.run_long(
            self.tr("Reading again"),
            lambda library, report: services.rereading.apply(library, source_id, report),
            done,
        )
        self.close()

    def done(self, result: int) -> None:
        """Stop reading when nobody waits for it."""
        if self._task is not None:
            self._task.cancel()
        super().done(result)


def _both(report: Report, part: Callable[[Progress], None]) -> Report:
    """Report how far the reading is, as a cancel point and to the view."""

    def tell(progress: Progress) -> None:
        report(progress)
        part(progress)

    return tell


def _counts(when: str, counts: Mapping[str, int | None]) -> str:
    parts = (
        counted("%Ln record(s)", counts["records"] or 0),
        counted("%Ln line(s) of records", counts["record_lines"] or 0),
        counted("%Ln of page furniture", counts["furniture_lines"] or 0),
        counted("%Ln blank", counts["blank_lines"] or 0),
        counted("%Ln not understood", counts["issue_lines"] or 0),
        counted("%Ln issue(s)", counts["issues"] or 0),
    )
    return tr("{0}: {1}").format(when, ", ".join(parts))
