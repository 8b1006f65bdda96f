"""What this program is."""

from __future__ import annotations

import PySide6
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from db import services
from desktop.icons import app_icon
from desktop.theme import TITLE
from desktop.views.page import Page
from desktop.views.plain import Label, button, open_as_wide

MOST_A_LINE = 3
WIDTH = 496


class AboutDialog(QDialog):
    """Name, versions, where the library is, licence."""

    def __init__(self, library: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Sheaf"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picture = QLabel(self)
        picture.setPixmap(app_icon().pixmap(64, 64))
        self.versions = versions()
        first, *others = (f"{name} {version}" for name, version in self.versions)
        page = Page(margin=24)  # scrolls where the screen is low, or the text large
        parts = (
            picture,
            Label("Sheaf", size=TITLE, bold=True),
            Label(self.tr("A sheaf is a bundle of papers.")),
            Label(first),
            Label(", ".join(others[:MOST_A_LINE]), tone="muted"),
            Label(", ".join(others[MOST_A_LINE:]), tone="muted"),
            self._place(library),
            Label(self.tr("MIT licence; Qt under the LGPL; icons by Phosphor, MIT"), tone="muted"),
        )
        for part in parts:
            page.column.addWidget(part)
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 24)
        column.setSpacing(8)
        column.addWidget(page, 1)
        column.addLayout(self._buttons())
        open_as_wide(self, WIDTH, page)

    def _place(self, library: str) -> Label:
        shown = Label(self.tr("Library: {0}").format(library), tone="muted")
        by = Qt.TextInteractionFlag
        shown.setTextInteractionFlags(by.TextSelectableByMouse | by.TextSelectableByKeyboard)
        return shown

    def _buttons(self) -> QHBoxLayout:
        close = button(self.tr("Close"), self.close, primary=True)
        copy = button(self.tr("&Copy versions"), self.copy)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(copy)
        row.addWidget(close)
        row.addStretch()
        return row

    def copy(self) -> None:
        """Put the versions on the clipboard, for the report of a bug."""
        QGuiApplication.clipboard().setText("\n".join(f"{name} {version}" for name, version in self.versions))


def versions() -> list[tuple[str, str]]:
    """Return Sheaf and what it stands on, each with the version that runs."""
    without_screen = services.parts.parts()[1:]
    return [
        ("Sheaf", services.parts.version()),
        ("Qt", qVersion()),
        ("PySide6", PySide6.__version__),
        *without_screen,
    ]
