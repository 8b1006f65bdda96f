"""Writes papers to a file: which, in which format, where, with what, and afterwards what is missing in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db import services
from desktop import export_options
from desktop.views.cited_versions import CitedHere
from desktop.views.export_format import ExportFormat
from desktop.views.export_parts import ExportParts
from desktop.views.export_result import ExportResult
from desktop.views.page import Page
from desktop.views.plain import Label, button, heading, open_at
from desktop.views.words import papers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent

    from db.domain.errors import LibraryError
    from db.services.exporting import Exported
    from db.services.library import Library
    from db.services.progress import Progress, Report
    from desktop.context import AppContext
    from desktop.tasks import Task

FOLDER_KEY = "export/file"


class ExportDialog(QDialog):
    """`ids` None means the whole library; otherwise both are offered, and `shown` as well when it is given.

    `scope` is the search that found the `ids`, if one did.

    Several papers are chosen on purpose, so they are the default; a single one is just where the person is. Not modal:
    `show_paper` names a paper of the result that she wants to see in the window behind.
    """

    exported = Signal(object)
    show_paper = Signal(int)

    def __init__(
        self,
        context: AppContext,
        ids: Sequence[int] | None,
        label: str,
        parent: QWidget | None = None,
        *,
        shown: Sequence[int] = (),
        scope: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export papers"))
        self._scope = scope
        self._context = context
        self._ids = list(ids) if ids is not None else None
        self._shown = list(shown)
        self._task: Task | None = None
        self.these = QRadioButton(label.replace("&", "&&"))
        self.shown = QRadioButton(self.tr("%Ln shown paper(s)", "", len(shown)))
        self.all = QRadioButton(self.tr("All papers"))
        self.format = ExportFormat(context.settings)
        self.file = QLineEdit()
        self.parts, self.cited = ExportParts(), CitedHere(context)
        self.pages = QStackedWidget()
        self.form = Page(margin=0)
        self.error = Label(tone="danger")
        self.bar = QProgressBar()
        self.outcome = ExportResult(context)
        self.export_button = button(self.tr("&Export"), self.export, primary=True)
        self.again_button = button(self.tr("Export &again..."), self._show_form)
        self.close_button = button(self.tr("Close"), self.reject)
        self._build()
        self._connect()
        context.read(lambda library: services.reading.sidebar(library).all, self._count_all)
        context.read(services.versioning.are_there, self._offer_versions, key="versions_there")

    def _build(self) -> None:
        self._build_form()
        for page in (self.form, self.outcome):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.pages, 1)
        for widget in (self.error, self.bar):
            widget.hide()
            column.addWidget(widget)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch()
        for one in (self.again_button, self.close_button, self.export_button):
            foot.addWidget(one)
        column.addLayout(foot)
        self._show_form()
        open_at(self, self.sizeHint())

    def _build_form(self) -> None:
        column = self.form.column
        column.addWidget(heading(self.tr("What")))
        self._which = QButtonGroup(self)
        for choice in (self.these, self.shown, self.all):
            self._which.addButton(choice)
            column.addWidget(choice)
        self.these.setVisible(self._ids is not None)
        self.shown.setVisible(bool(self._shown))
        few = self._ids is None or len(self._ids) == 1
        default = self.shown if few and self._shown else self.these if self._ids else self.all
        default.setChecked(True)
        column.addSpacing(8)
        column.addWidget(heading(self.tr("As")))
        column.addWidget(self.format)
        column.addWidget(self.cited)
        column.addSpacing(8)
        column.addWidget(heading(self.tr("Where")))
        column.addLayout(self._build_file())
        column.addSpacing(8)
        column.addWidget(heading(self.tr("With")))
        column.addWidget(self.parts)
        column.addStretch()
        self.parts.show_chosen(export_options.remembered(self._context.settings))
        self._format_chosen()

    def _show_form(self) -> None:
        """Show what can be chosen, in the place of the result."""
        self.pages.setCurrentWidget(self.form)
        self.again_button.hide()
        self.export_button.show()

    def _build_file(self) -> QHBoxLayout:
        default = str(Path.home() / "references.bib")
        self.file.setText(self._context.settings.get(FOLDER_KEY, default))
        self.format.setAccessibleName(self.tr("Format"))
        self.file.setAccessibleName(self.tr("File"))
        self.bar.setAccessibleName(self.tr("Progress of the export"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.file, 1)
        row.addWidget(button(self.tr("&Choose..."), self._choose))
        return row

    @property
    def is_busy(self) -> bool:
        """Whether an export is running."""
        return self._task is not None

    def _connect(self) -> None:
        self.outcome.show_paper.connect(self.show_paper)
        self._context.tasks.progressed.connect(self._progressed)
        self.format.currentIndexChanged.connect(self._format_chosen)
        self.file.textEdited.connect(lambda _text: self.error.say(""))
        self.file.textChanged.connect(lambda text: self.export_button.setEnabled(bool(text.strip())))

    def sizeHint(self) -> QSize:
        hint, form = super().sizeHint(), self.form
        width = max(520, 64 * self.fontMetrics().averageCharWidth(), form.body.sizeHint().width() + 48)
        return QSize(width, hint.height() - form.sizeHint().height() + form.body.sizeHint().height())

    def _count_all(self, count: int) -> None:
        self.all.setText(self.tr("All {0}").format(papers(count)))

    def _offer_versions(self, there: bool) -> None:
        """Ask which version is cited where papers have several, with room for the question."""
        self.cited.setVisible(there)
        if there and self.height() < self.sizeHint().height():
            open_at(self, self.sizeHint())

    def _format_chosen(self) -> None:
        """Let the file name follow the format, and show only the options that it heeds."""
        self.file.setText(self.format.named(self.file.text()))
        self.parts.heed(self.format.writer().options)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"), "", self.format.file_filter())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(self.file.text())
        open_at(dialog, dialog.sizeHint())  # where the desktop has none, Qt's own would be larger than a small screen
        if dialog.exec() and (chosen := dialog.selectedFiles()):
            name = chosen[0]
            self.file.setText(name if Path(name).suffix else self.format.named(name))
        dialog.deleteLater()

    def export(self) -> None:
        """Write the file; Cancel stops it and leaves the file as it was."""
        path, chosen = Path(self.file.text().strip()).expanduser(), self.parts.chosen()
        ids = None if self.all.isChecked() else self._shown if self.shown.isChecked() else self._ids
        self._context.settings.set(FOLDER_KEY, str(path))
        export_options.remember(self._context.settings, chosen)
        self.format.remember()
        form, scope = self.format.writer().name, self._scope if ids is not None else ""
        rule = self.cited.rule()

        def write(library: Library, report: Report) -> Exported:
            options = replace(export_options.made(chosen), cite=rule)
            return services.exporting.export(library, ids, path, report, options=options, form=form, scope=scope)

        self._working(True)
        self._task = self._context.run_long(
            self.tr("Export"), write, self._done, on_error=self._failed, on_cancel=self._cancelled
        )

    def _working(self, on: bool) -> None:
        self.error.say("")
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setVisible(on)
        self.export_button.setEnabled(not on)
        self.close_button.setText(self.tr("Cancel") if on else self.tr("Close"))

    def _progressed(self, task: Task, progress: Progress) -> None:
        if task is self._task and progress.total:
            self.bar.setRange(0, progress.total)
            self.bar.setValue(progress.done)

    def _done(self, exported: Exported) -> None:
        self._end()
        self.outcome.show_result(exported)
        self.pages.setCurrentWidget(self.outcome)
        self.again_button.show()
        self.export_button.hide()
        self.close_button.setFocus()
        self.exported.emit(exported)

    def _failed(self, error: LibraryError) -> None:
        self._end()
        self.error.say(error.message)
        self.file.setFocus()

    def _cancelled(self) -> None:
        self._end()
        self.error.say(self.tr("The export was cancelled. The file is as it was before."))

    def _end(self) -> None:
        self._task = None
        self._working(False)

    def reject(self) -> None:
        """Cancel the export that runs; close when none does."""
        if self._task is not None:
            self._task.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._task is not None:
            self._task.cancel()
        super().closeEvent(event)
