"""The list of all actions with their keys, made from the one table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import Theme

if TYPE_CHECKING:
    from desktop.registry import Registry


class ShortcutsDialog(QDialog):
    """Groups the actions by menu; typing narrows the list."""

    def __init__(self, registry: Registry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Filter by action or key"))
        self.field.setAccessibleName(self.tr("Filter the shortcuts"))
        self.field.setClearButtonEnabled(True)
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(self.tr("Actions and their keys"))
        self.tree.setHeaderLabels([self.tr("Action"), self.tr("Everywhere"), self.tr("In the table")])
        self.tree.setRootIsDecorated(False)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.field)
        column.addWidget(self.tree)
        self.field.textChanged.connect(self._filter)
        self._fill(registry)
        self.resize(560, 620)

    def _fill(self, registry: Registry) -> None:
        groups: dict[str, QTreeWidgetItem] = {}
        for command in registry.commands:
            if not command.action.keys:
                continue
            menu = command.menu_text
            if menu not in groups:
                groups[menu] = QTreeWidgetItem(self.tree, [menu])
                groups[menu].setFont(0, Theme.font(weight=Theme.font().weight().Medium))
                groups[menu].setFlags(Qt.ItemFlag.ItemIsEnabled)
            item = QTreeWidgetItem(groups[menu], [command.title, command.shortcut_text, command.key_text])
            item.setToolTip(0, command.title)
        self.tree.expandAll()
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)

    def _filter(self, text: str) -> None:
        wanted = text.casefold().strip()
        for at in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(at)
            if group is None:
                continue
            hits = 0
            for row in range(group.childCount()):
                item = group.child(row)
                if item is None:
                    continue
                line = " ".join(item.text(column) for column in range(3)).casefold()
                item.setHidden(wanted not in line)
                hits += wanted in line
            group.setHidden(not hits)
