"""Small dialogs for names and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.views.sidebar_menus import dot_icon

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.models.sidebar_tree import Entry

_ENTRY = Qt.ItemDataRole.UserRole


def _tr(text: str) -> str:
    return QCoreApplication.translate("MergeTagDialog", text)


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


class _Dialog(QDialog):
    """A column of widgets above one button named by its action, and Cancel."""

    def __init__(self, title: str, action: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 16, 16, 16)
        self.column.setSpacing(8)
        buttons = QDialogButtonBox()
        self.button = buttons.addButton(action, QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setProperty("primary", "true")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.column.addSpacing(8)
        self.column.addWidget(buttons)


class NameDialog(_Dialog):
    """Asks for one name; `named` says it."""

    named = Signal(str)

    def __init__(self, title: str, question: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(title, action, parent)
        self.field = QLineEdit()
        self.field.setMaxLength(120)
        self.field.setAccessibleName(question)
        self.field.textChanged.connect(lambda text: self.button.setEnabled(bool(text.strip())))
        label = _label(question)
        label.setBuddy(self.field)
        self.column.insertWidget(0, label)
        self.column.insertWidget(1, self.field)
        self.button.setEnabled(False)
        self.setMinimumWidth(360)
        self.field.setFocus()

    def accept(self) -> None:
        if name := self.field.text().strip():
            self.named.emit(name)
            super().accept()


class MergeTagDialog(_Dialog):
    """Asks which tag takes in another; `chosen` says its entry."""

    chosen = Signal(object)

    def __init__(self, context: AppContext, tag: Entry, others: list[Entry], parent: QWidget | None = None) -> None:
        super().__init__(_tr("Merge tag"), _tr("Merge tags"), parent)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Tag that stays"))
        for other in others:
            item = QListWidgetItem(dot_icon(context, other.colour or 0), other.label)
            item.setData(_ENTRY, other)
            self._list.addItem(item)
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(self.tr("Find a tag"))
        self._filter.setAccessibleName(self.tr("Find a tag"))
        self._filter.textChanged.connect(self._narrow)
        self._list.itemDoubleClicked.connect(lambda _item: self.accept())
        question = self.tr("Papers tagged “{0}” get this tag instead:").format(tag.label)
        for place, widget in enumerate((_label(question), self._filter, self._list)):
            self.column.insertWidget(place, widget)
        self._list.setCurrentRow(0)
        self.resize(360, 380)

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        first = -1
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setHidden(wanted not in item.text().casefold())
            first = row if first < 0 and not item.isHidden() else first
        self._list.setCurrentRow(first)
        self.button.setEnabled(first >= 0)

    def accept(self) -> None:
        item = self._list.currentItem()
        if item is not None and not item.isHidden():
            self.chosen.emit(item.data(_ENTRY))
            super().accept()
