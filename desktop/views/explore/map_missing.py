"""What stands in the place of the map while what it needs is not installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from db import services
from desktop.views.page import Page
from desktop.views.plain import Label, button
from desktop.views.words import tr

if TYPE_CHECKING:
    from desktop.context import AppContext


class MapMissing(Page):
    """Says in a sentence how to get the map, with the command to copy."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(gap=12)
        self._context = context
        self.command = QLineEdit(services.exploring.how_to_get())
        self.command.setReadOnly(True)
        self.command.setAccessibleName(tr("Command that installs what the map needs"))
        self.command.setFont(context.theme.mono())
        self.command.setCursorPosition(0)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.command, 1)
        row.addWidget(button(tr("&Copy"), self._copy))
        said = tr(
            "The map of topics needs scikit-learn (250 MB), which Sheaf does not bring by itself. Type this once in a "
            "terminal, then open this window again. Everything else here works without it."
        )
        self.column.addWidget(Label(tr("No map yet"), bold=True))
        self.column.addWidget(Label(said))
        self.column.addLayout(row)
        self.column.addStretch()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())
        self._context.notify(tr("Command copied."))
