"""Which of several running editors gets the citation."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.models.cell_text import tip
from desktop.views.plain import Label, button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.pushing import Server


class ServerChoice(QDialog):
    """Lists them by the files that they show; `chosen` gives the address of one."""

    chosen = Signal(str)

    def __init__(self, name: str, servers: Sequence[Server], last: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Push to {0}").format(name))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Running editors"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setSpacing(2)
        for server in servers:
            self.list.addItem(self._item(server))
        addresses = [server.address for server in servers]
        self.list.setCurrentRow(addresses.index(last) if last in addresses else 0)
        self.list.itemActivated.connect(lambda _item: self.accept())
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch()
        foot.addWidget(button(self.tr("Cancel"), self.reject))
        foot.addWidget(button(self.tr("&Push"), self.accept, primary=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(Label(self.tr("Several are running. Which one gets the citation?")))
        column.addWidget(self.list)
        column.addLayout(foot)
        self.resize(520, 260)

    def _item(self, server: Server) -> QListWidgetItem:
        file = PurePath(server.title)
        shown = f"{file.name} ({file.parent})" if file.name else self.tr("no file")
        item = QListWidgetItem(f"{shown}\n{server.address}")
        item.setToolTip(tip(f"{server.title}\n{server.address}".strip()))
        item.setData(Qt.ItemDataRole.UserRole, server.address)
        return item

    def accept(self) -> None:
        """Give the chosen one."""
        self.chosen.emit(self.list.currentItem().data(Qt.ItemDataRole.UserRole))
        super().accept()
