"""The list of all actions with their keys, made from the one table of actions, and of what the views answer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QFont
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

from desktop.models.cell_text import tip
from desktop.theme import Theme
from desktop.views.plain import open_at

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
        self.tree.setHeaderLabels([self.tr("Action"), self.tr("Everywhere"), self.tr("In the table or there")])
        self.tree.setRootIsDecorated(False)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.field)
        column.addWidget(self.tree)
        self.field.textChanged.connect(self._filter)
        self._fill(registry)
        open_at(self, QSize(640, 620))

    def _fill(self, registry: Registry) -> None:
        groups: dict[str, QTreeWidgetItem] = {}
        for command in registry.commands:
            if not command.action.keys:
                continue
            menu = command.menu_text
            if menu not in groups:
                groups[menu] = self._group(menu)
            item = QTreeWidgetItem(groups[menu], [command.title, command.shortcut_text, command.key_text])
            item.setToolTip(0, tip(command.title))
        for where, keys in _other_keys():
            group = self._group(where)
            for title, key in keys:
                QTreeWidgetItem(group, [title, "", key])
        self.tree.expandAll()
        header = self.tree.header()
        header.setStretchLastSection(False)
        for section in range(3):  # where they have no room side by side, the list scrolls: each name is there in full
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)

    def _group(self, name: str) -> QTreeWidgetItem:
        made = QTreeWidgetItem(self.tree, [name])
        made.setFont(0, Theme.font(weight=QFont.Weight.Medium))
        made.setFlags(Qt.ItemFlag.ItemIsEnabled)
        return made

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


def _other_keys() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the keys that are no action: they belong to one view and mean nothing elsewhere."""
    table = (
        (_tr("Open the details"), _tr("Enter")),
        (_tr("Select a range"), _tr("Shift+Up, Shift+Down")),
        (_tr("One step back: selection, search, sidebar"), _tr("Esc")),
    )
    sidebar = (
        (_tr("Show these papers alone"), _tr("Enter or click")),
        (_tr("Narrow: these as well"), _tr("Ctrl+click")),
        (_tr("Widen: these too"), _tr("Shift+click")),
        (_tr("Leave these out"), _tr("Alt+click")),
        (_tr("Rename"), "F2"),
        (_tr("Delete"), _tr("Del")),
        (_tr("New collection"), _tr("Ins")),
        (_tr("Put a tag inside another"), _tr("Drag it there")),
    )
    review = (
        (_tr("Merge, different, later"), "M, D, L"),
        (_tr("Undo"), "U"),
        (_tr("Previous or next set"), _tr("Left, Right")),
        (_tr("Up or down the fields"), _tr("Up, Down")),
        (_tr("Take the value of a paper"), "1, 2, ..."),
        (_tr("Back to the table"), _tr("Esc")),
    )
    return (
        (_tr("Table"), table),
        (_tr("Sidebar"), sidebar),
        (_tr("Review queue"), review),
        (_tr("Suggested tags"), _suggestion_keys()),
        (_tr("Fields of the details"), _field_keys()),
        (_tr("Picker"), _picker_keys()),
    )


def _field_keys() -> tuple[tuple[str, str], ...]:
    return (
        (_tr("Save"), _tr("Enter")),
        (_tr("Save a text of several lines"), _tr("Ctrl+Enter")),
        (_tr("Back to what was saved"), _tr("Esc")),
    )


def _suggestion_keys() -> tuple[tuple[str, str], ...]:
    return (
        (_tr("Give the tag"), _tr("Enter")),
        (_tr("Do not suggest it again"), _tr("Del")),
    )


def _picker_keys() -> tuple[tuple[str, str], ...]:
    return (
        (_tr("Cite"), _tr("Enter")),
        (_tr("Collect one more"), _tr("Ctrl+Enter")),
        (_tr("Take off the last"), _tr("Backspace")),
        (_tr("Back to the editor"), _tr("Esc")),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ShortcutsDialog", text)
