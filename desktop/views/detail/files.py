"""The files of a paper: a short list that opens them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from db import services
from db.domain.errors import LibraryError
from desktop.models.cell_text import tip
from desktop.views.plain import heading
from desktop.views.words import tr

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from db.domain.records import Attachment, Paper
    from db.services.library import Library
    from desktop.context import AppContext

MOST_ROWS = 6
"""More files than this scroll."""


def file_label(file: Attachment) -> str:
    """Return what a file is called: its title, else the last part of its path."""
    return file.title.strip() or PurePosixPath(file.path.replace("\\", "/")).name or file.path


class FileList(QListWidget):
    """As high as its rows; a double click or Enter opens one."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Files"))
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.itemDoubleClicked.connect(self._open)

    def sizeHint(self) -> QSize:
        rows = max(1, min(self.count(), MOST_ROWS))
        return QSize(super().sizeHint().width(), rows * max(1, self.sizeHintForRow(0)) + 2 * self.frameWidth() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentItem())
        else:
            super().keyPressEvent(event)

    def _open(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.opened.emit(item.data(Qt.ItemDataRole.UserRole))


class FilesSection(QWidget):
    """A heading and the files of one paper; not there while the paper has none."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._paper_id = 0
        self._files: tuple[Attachment, ...] = ()
        self.list = FileList()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(heading(tr("Files")))
        column.addWidget(self.list)
        self.list.opened.connect(self._open)
        self.hide()

    def show_paper(self, paper: Paper) -> None:
        """List the files of a paper."""
        self.setVisible(bool(paper.attachments))
        if (paper.id, paper.attachments) == (self._paper_id, self._files):
            return
        self._paper_id, self._files = paper.id, paper.attachments
        self.list.clear()
        for file in paper.attachments:
            item = QListWidgetItem(file_label(file), self.list)
            item.setToolTip(tip(file.path))
            item.setData(Qt.ItemDataRole.UserRole, file.path)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, file.path)
        self.list.setCurrentRow(0)
        self.list.updateGeometry()

    def _open(self, path: str) -> None:
        paper_id = self._paper_id

        def look(library: Library) -> Path | str:
            try:
                return services.files.locate(library, paper_id, path)
            except LibraryError as error:
                return error.message

        self._context.read(look, self._show, key="detail_file")

    def _show(self, file: Path | str) -> None:
        if isinstance(file, str):
            self._context.notify(file)
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            self._context.notify(tr("No program of this computer opens {0}.").format(file.name))
