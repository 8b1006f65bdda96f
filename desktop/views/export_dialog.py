"""Writes papers to a file: which, in which format, where, with what, and afterwards what is missing in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from db import services
from desktop import export_options
from desktop.views.export_format import ExportFormat
from desktop.views.export_result import ExportResult
from desktop.views.plain import Label, button, heading
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

    Several papers are chosen on purpose, so they are the default; a single one is just where the person is.
    """

    exported = Signal(object)

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
        self.these = QRadioButton(label)
        self.shown = QRadioButton(self.tr("%Ln shown paper(s)", "", len(shown)))
        self.all = QRadioButton(self.tr("All papers"))
        self.format = ExportFormat(context.settings)
        self.file = QLineEdit()
        self.options = {name: QCheckBox() for name in export_options.USUAL}
        self.error = Label(tone="danger")
        self.bar = QProgressBar()
        self.outcome = ExportResult(context)
        self.export_button = button(self.tr("&Export"), self.export, primary=True)
        self.close_button = button(self.tr("Close"), self.reject)
        self._build()
        self._connect()
        context.read(lambda library: services.reading.sidebar(library).all, self._count_all)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
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
        column.addSpacing(8)
        column.addWidget(heading(self.tr("Where")))
        column.addLayout(self._build_file())
        column.addSpacing(8)
        self._build_options(column)
        for widget in (self.error, self.bar, self.outcome):
            widget.hide()
            column.addWidget(widget, 1 if widget is self.outcome else 0)
        column.addStretch()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch()
        foot.addWidget(self.close_button)
        foot.addWidget(self.export_button)
        column.addLayout(foot)

    def _build_options(self, column: QVBoxLayout) -> None:
        column.addWidget(heading(self.tr("With")))
        names, before = self._option_names(), export_options.remembered(self._context.settings)
        boxes = QVBoxLayout()
        boxes.setSpacing(2)  # all of them fit on a small screen
        column.addLayout(boxes)
        for name, box in self.options.items():
            box.setText(names[name])
            box.setChecked(before[name])
            boxes.addWidget(box)
        self._format_chosen()

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

    def _option_names(self) -> dict[str, str]:
        return {
            "keep": self.tr("&Keep entries of .bib files as they stood there, with all their fields"),
            "abstract": self.tr("&Abstracts"),
            "keywords": self.tr("&Tags as keywords"),
            "note": self.tr("A &note that names where each paper came from"),
            "url": self.tr("&Links"),
            "fields": self.tr("&Other fields that an entry came with"),
            "files": self.tr("Paths of &files"),
            "personal": self.tr("&My notes, reading status and stars"),
            "abbreviate": self.tr("&Short names of venues"),
            "comment_incomplete": self.tr("A comment before entries that &lack something"),
            "unicode": self.tr("&Unicode as it is, for lualatex and xelatex"),
        }

    def _connect(self) -> None:
        self._context.tasks.progressed.connect(self._progressed)
        self.format.currentIndexChanged.connect(self._format_chosen)
        self.file.textEdited.connect(lambda _text: self.error.say(""))
        self.file.textChanged.connect(lambda text: self.export_button.setEnabled(bool(text.strip())))

    def sizeHint(self) -> QSize:
        letter = self.fontMetrics().averageCharWidth()
        return QSize(max(520, 64 * letter), super().sizeHint().height())

    def _count_all(self, count: int) -> None:
        self.all.setText(self.tr("All {0}").format(papers(count)))

    def _format_chosen(self) -> None:
        """Let the file name follow the format, and show only the options that it heeds."""
        self.file.setText(self.format.named(self.file.text()))
        for name, box in self.options.items():
            box.setVisible(name in self.format.writer().options)

    def _choose(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Export to"), self.file.text(), self.format.file_filter()
        )
        if name:
            self.file.setText(name if Path(name).suffix else self.format.named(name))

    def chosen_options(self) -> dict[str, bool]:
        """Return which parts the entries get."""
        return {name: box.isChecked() for name, box in self.options.items()}

    def export(self) -> None:
        """Write the file; Cancel stops it and leaves the file as it was."""
        path, chosen = Path(self.file.text().strip()).expanduser(), self.chosen_options()
        ids = None if self.all.isChecked() else self._shown if self.shown.isChecked() else self._ids
        self._context.settings.set(FOLDER_KEY, str(path))
        export_options.remember(self._context.settings, chosen)
        self.format.remember()
        form, scope = self.format.writer().name, self._scope if ids is not None else ""

        def write(library: Library, report: Report) -> Exported:
            options = export_options.made(chosen)
            return services.exporting.export(library, ids, path, report, options=options, form=form, scope=scope)

        self._working(True)
        self._task = self._context.run_long(
            self.tr("Export"), write, self._done, on_error=self._failed, on_cancel=self._cancelled
        )

    def _working(self, on: bool) -> None:
        self.error.say("")
        self.outcome.hide()
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
        self.export_button.setProperty("primary", False)
        self.close_button.setFocus()
        self.adjustSize()
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
