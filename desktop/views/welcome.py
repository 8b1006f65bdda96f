"""What an empty library shows: one sentence, two buttons, much space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.icons import app_icon
from desktop.theme import TITLE
from desktop.views.plain import Label, button

if TYPE_CHECKING:
    from desktop.context import AppContext


class Welcome(QWidget):
    """Takes the place of the table until the first paper is there."""

    import_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._build()

    def _build(self) -> None:
        picture = QLabel(self)
        picture.setPixmap(app_icon().pixmap(64, 64))
        title = Label(self.tr("Your library is empty"), size=TITLE, bold=True)
        self.text = Label(
            self.tr("Import the listing pages you saved, and read, tag and cite from here."), tone="muted"
        )
        self.import_button = button(self.tr("Import files..."), self.import_wanted.emit, primary=True)
        self.sample_button = button(self.tr("Try the sample dump"), self.sample_wanted.emit)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(self.import_button)
        buttons.addWidget(self.sample_button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(2)
        for part in (picture, title, self.text):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        column.addSpacing(8)
        column.addLayout(buttons)
        hint = Label(self.tr("or drop files here"), tone="muted")
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(hint)
        column.addStretch(3)
