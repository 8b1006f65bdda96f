"""Tells of a failure in words; the details are there to be copied, not to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.theme import LARGE
from desktop.views.plain import Label, button, open_as_wide

if TYPE_CHECKING:
    from db.domain.errors import LibraryError

WIDTH = 528


class FailureDialog(QDialog):
    """Says what happened; stays beside the window, so that work can go on."""

    def __init__(self, error: LibraryError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.error = error
        self.setWindowTitle(self.tr("Sheaf"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        first, _, rest = error.message.partition("\n")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        for text, part in (
            (first, Label(first, size=LARGE, bold=True)),
            (rest, Label(rest)),
        ):
            if text:
                column.addWidget(part)
        if error.details and not error.details.startswith("Traceback"):
            self.details = QPlainTextEdit(error.details, self)
            self.details.setReadOnly(True)
            self.details.setAccessibleName(self.tr("Details"))
            self.details.setMaximumHeight(140)
            self.details.setTabChangesFocus(True)
            column.addWidget(self.details)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        column.addLayout(self.buttons)
        self._build_buttons()
        open_as_wide(self, WIDTH)

    def _build_buttons(self) -> None:
        self.copy_button = button(self.tr("Copy details"), self.copy)
        self.copy_button.setVisible(bool(self.error.details))
        close = button(self.tr("Close"), self.close, primary=True)
        self.buttons.addWidget(self.copy_button)
        self.buttons.addStretch()
        self.buttons.addWidget(close)

    def copy(self) -> None:
        """Put message and details on the clipboard."""
        QGuiApplication.clipboard().setText(f"{self.error.message}\n\n{self.error.details}".strip())


class StartFailure(QWidget):
    """The window that opens when the library does not: what happened, and the ways on."""

    again_wanted = Signal()
    restore_wanted = Signal()
    choose_wanted = Signal()

    def __init__(self, error: LibraryError, path: str) -> None:
        super().__init__()
        self.error = error
        self.setWindowTitle(self.tr("Sheaf"))
        first, _, rest = error.message.partition("\n")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        texts = (
            Label(self.tr("The library could not be opened"), size=LARGE, bold=True),
            Label(first),
            Label(rest),
            Label(path, tone="muted"),
        )
        for part in texts:
            part.setVisible(bool(part.text()))
            column.addWidget(part)
        column.addStretch()
        self.again_button = button(self.tr("Try again"), self.again_wanted.emit, primary=True)
        self.restore_button = button(self.tr("Restore a backup..."), self.restore_wanted.emit)
        self.choose_button = button(self.tr("Choose another library..."), self.choose_wanted.emit)
        self.copy_button = button(self.tr("Copy details"), self.copy)
        self.quit_button = button(self.tr("Quit"), self.close)
        row = QHBoxLayout()
        row.setSpacing(8)
        for made in (self.again_button, self.restore_button, self.choose_button, self.copy_button):
            row.addWidget(made)
        row.addStretch()
        row.addWidget(self.quit_button)
        column.addLayout(row)
        self.resize(680, 280)

    def copy(self) -> None:
        """Put message and details on the clipboard."""
        QGuiApplication.clipboard().setText(f"{self.error.message}\n\n{self.error.details}".strip())
