"""What this program is."""

from __future__ import annotations

from importlib import metadata

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from desktop.icons import app_icon
from desktop.theme import TITLE
from desktop.views.plain import Label, button


class AboutDialog(QDialog):
    """Name, version, licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Sheaf"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picture = QLabel(self)
        picture.setPixmap(app_icon().pixmap(64, 64))
        close = button(self.tr("Close"), self.close, primary=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 24, 48, 24)
        column.setSpacing(8)
        parts = (
            picture,
            Label("Sheaf", size=TITLE, bold=True),
            Label(self.tr("A sheaf is a bundle of papers."), wrap=False),
            Label(self.tr("Version {0}, Qt {1}").format(version(), qVersion()), tone="muted", wrap=False),
            Label(self.tr("MIT licence; Qt under the LGPL; icons by Phosphor, MIT"), tone="muted", wrap=False),
        )
        for part in parts:
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignHCenter)


def version() -> str:
    """Return the version of the installed program."""
    try:
        return metadata.version("sheaf")
    except metadata.PackageNotFoundError:
        return "0"
