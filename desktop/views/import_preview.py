"""Before an import: what was recognised in a drop and what would become of it, with Import and Cancel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from db import services
from desktop.models.drops import Decision
from desktop.models.preview_files import PreviewFiles
from desktop.settings import PREVIEW
from desktop.theme import LARGE
from desktop.views import preview_words as words
from desktop.views.plain import Label, button, hairline, open_at
from desktop.views.preview_detail import PreviewDetail
from desktop.views.preview_list import PreviewList
from desktop.views.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QResizeEvent

    from db.domain.errors import LibraryError
    from db.services.forecast import FilePreview, Preview
    from db.services.library import Library
    from db.services.progress import Report
    from desktop.context import AppContext
    from desktop.models.drops import Drop
    from desktop.tasks import Task

    Part = Callable[[Sequence[tuple[int, FilePreview]]], None]

NARROW, LOW = 125, 24
"""Letters and lines; a narrower window has the list above the details, a lower one smaller margins."""


class ImportPreview(QDialog):
    """Not modal: the library can be used while it is open. Reading goes on while the person looks."""

    import_wanted = Signal(object)
    preview_wanted = Signal(bool)

    def __init__(self, context: AppContext, drop: Drop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setObjectName("importPreview")
        self.setWindowTitle(self.tr("Import preview"))
        self._context = context
        self._drop = drop
        self._tasks: list[Task | None] = []
        self._again: dict[str, Task | None] = {}
        self._row = 0
        self.model = PreviewFiles()
        self.title = Label(self.tr("Looking through what was dropped..."))
        self.title.setFont(context.theme.font(LARGE, context.theme.font().Weight.DemiBold))
        self.note = Label(tone="muted")
        self.list = PreviewList(context, self.model)
        self.detail = PreviewDetail()
        self.straight = QCheckBox(self.tr("Import &without preview from now on"))
        self.cancel_button = button(self.tr("Cancel"), self.reject)
        self.import_button = button(self.tr("&Import"), self.accept, primary=True)
        self._build()
        self._connect()
        self._look()

    def _build(self) -> None:
        self.split = QSplitter()
        self.files = QWidget()
        beside = QHBoxLayout(self.files)
        beside.setContentsMargins(20, 0, 20, 0)  # in line with what stands above
        beside.addWidget(self.list)
        self.split.addWidget(self.files)
        self.split.addWidget(self.detail)
        self.split.setStretchFactor(0, 46)
        self.split.setStretchFactor(1, 54)
        self.split.setChildrenCollapsible(False)
        for widget in (self.files, self.note, self.detail):  # until it is known what there is to show
            widget.hide()
        self.head = QVBoxLayout()
        self.head.setSpacing(4)
        self.head.addWidget(self.title)
        self.head.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.head)
        column.addWidget(hairline())
        column.addWidget(self.split, 1)
        column.addWidget(hairline())
        column.addLayout(self._foot())
        self.straight.setVisible(self._context.settings.get(PREVIEW, True))
        self.import_button.setFocus()
        open_at(self, self.sizeHint())

    def _foot(self) -> QBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.import_button)
        self.foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.foot.setSpacing(8)
        self.foot.addWidget(self.straight)
        self.foot.addLayout(buttons, 1)
        return self.foot

    def _connect(self) -> None:
        self.model.dataChanged.connect(self._changed)
        self.model.modelReset.connect(self._listed)
        self.model.decided.connect(self._show_sums)
        self.list.row_chosen.connect(self._show_row)
        self.detail.format_chosen.connect(lambda name: self._decide(format=name, columns={}))
        self.detail.columns_set.connect(lambda columns: self._decide(format=self._current().format, columns=columns))
        self.detail.year_set.connect(lambda year: self.model.choose(self._current().path, year=year))
        self.detail.ticked.connect(lambda on: self.model.tick(self._current().path, on))
        self.straight.toggled.connect(lambda on: self.preview_wanted.emit(not on))

    # Looking through the drop -----------------------------------------------------------------------

    def _look(self) -> None:
        drop = self._drop

        def look(library: Library, report: Report, part: Part) -> Preview:
            if drop.text:
                return services.previewing.preview_text(library, drop.text, report, on_part=part)
            wanted = None if drop.only is None else drop.only.__contains__
            return services.previewing.preview(library, drop.paths, report, wanted=wanted, on_part=part)

        self._tasks.append(
            self._context.look(look, on_part=self._take, on_done=self._looked, on_error=self._failed),
        )

    def _take(self, parts: Sequence[tuple[int, FilePreview]]) -> None:
        """Take what is new, but not of files that are being read in another way by now."""
        self.model.take([(number, one) for number, one in parts if one.path not in self._again])

    def _looked(self, preview: Preview) -> None:
        if not preview.files:
            self.title.setText(self.tr("There is nothing to import."))
            self.import_button.setEnabled(False)

    def _failed(self, error: LibraryError) -> None:
        self.title.setText(self.tr("The preview failed. You can import all the same, or cancel."))
        self._context.fail(error)

    def _decide(self, **values: Any) -> None:
        """Read the file that is shown in another way."""
        path = self._current().path
        choice = self.model.choose(path, **values)
        if (running := self._again.get(path)) is not None:
            running.cancel()
        drop, paths = self._drop, self._paths_of(path)

        def look(library: Library, report: Report, part: Part) -> Preview:
            if drop.text:
                return services.previewing.preview_text(library, drop.text, report, choice=choice, on_part=part)
            return services.previewing.preview(
                library, paths, report, choices={path: choice}, wanted=path.__eq__, on_part=part
            )

        self._again[path] = self._context.look(
            look, on_part=self._take_again, on_done=lambda _preview: None, on_error=self._failed
        )

    def _paths_of(self, path: str) -> Sequence[Path]:
        """Return what leads to one file: itself, or the whole drop when it lies in an archive."""
        return [Path(path)] if path and Path(path).is_file() else self._drop.paths

    def _take_again(self, parts: Sequence[tuple[int, FilePreview]]) -> None:
        self.model.take_files(one for _number, one in parts if one.finished or one.format)

    # What is shown ----------------------------------------------------------------------------------

    def _current(self) -> FilePreview:
        return self.model.files[self._row]

    def _listed(self) -> None:
        many = len(self.model.files) > 1
        self.files.setVisible(many)
        self.note.setVisible(many)
        self.detail.setVisible(True)
        if many:
            self.title.setText(counted("%Ln file(s)", len(self.model.files)))
            open_at(self, self.sizeHint())
            self._share(self.split.orientation())
            self.list.setCurrentIndex(self.model.index(0, 0))
        else:
            self.title.setText(self.tr("Pasted text") if self._drop.text else self._current().name)
        self._show_row(0)
        self._show_sums()

    def _changed(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self._row <= last.row():
            self._show_row(self._row)
        self._show_sums()

    def _show_row(self, row: int) -> None:
        if not 0 <= row < len(self.model.files):
            return
        self._row = row
        one = self._current()
        many = len(self.model.files) > 1
        self.detail.show_file(one, self.model.choice(one.path), wanted=self.model.is_wanted(one), named=many)

    def _show_sums(self) -> None:
        self.note.setText(words.whole(self.model.sums, len(self.model.files)))
        self.import_button.setEnabled(self.model.any_wanted())

    # Decided ----------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Import what is ticked."""
        decision = Decision(self._drop, self.model.choices(), self.model.left_out(), self.model.refused())
        super().accept()
        self.import_wanted.emit(decision)

    def done(self, result: int) -> None:
        """Stop reading, for nobody looks any more."""
        for task in (*self._tasks, *self._again.values()):
            if task is not None:
                task.cancel()
        super().done(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put things below each other where there is no room beside."""
        super().resizeEvent(event)
        letters = self.width() / max(1, self.fontMetrics().averageCharWidth())
        beside = Qt.Orientation.Vertical if letters < NARROW else Qt.Orientation.Horizontal
        if beside != self.split.orientation():
            self._share(beside)
        buttons = self.cancel_button.sizeHint().width() + self.import_button.sizeHint().width()
        narrow = self.straight.sizeHint().width() + buttons + 80 > self.width()
        self.foot.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        low = self.height() < LOW * self.fontMetrics().lineSpacing()
        self.head.setContentsMargins(24, 8 if low else 24, 24, 8 if low else 12)
        self.foot.setContentsMargins(24, 8 if low else 12, 24, 8 if low else 12)

    def _share(self, direction: Qt.Orientation) -> None:
        """Put list and details beside or below each other."""
        self.split.setOrientation(direction)
        beside = direction == Qt.Orientation.Horizontal
        room, share = (self.split.width(), 46) if beside else (self.split.height(), 35)
        self.split.setSizes([room * share // 100, room * (100 - share) // 100])

    def sizeHint(self) -> QSize:
        step = self.fontMetrics().lineSpacing()
        wide = 320 if len(self.model.files) > 1 else 0
        return QSize(max(760, 44 * step) + wide, max(600, 36 * step))
