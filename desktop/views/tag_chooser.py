"""Asks for one tag out of many: the one that takes others in, or the one that they go inside of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from desktop.models.tag_list import TagLine, TagListModel, matching
from desktop.views.tag_dialogs import Dialog, plain_label
from desktop.views.tag_marks import sign_icon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.context import AppContext

MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TagChooser", text)


class TagChooser(Dialog):
    """A list that typing narrows; `chosen` says the whole name, which may be a new one."""

    chosen = Signal(str)

    def __init__(
        self, context: AppContext, question: str, action: str, offered: Mapping[str, int | None], parent: QWidget
    ) -> None:
        super().__init__(action, action, parent)
        self._offered = offered
        self.model = TagListModel(lambda colour: sign_icon(context, colour), self)
        self.list = QListView()
        self.list.setObjectName("tagList")
        self.list.setAccessibleName(_tr("Tags"))
        self.list.setUniformItemSizes(True)
        self.list.setModel(self.model)
        self.line = QLineEdit()
        self.line.setMaxLength(100)
        self.line.setPlaceholderText(_tr("Find a tag, or type a new one"))
        self.line.setAccessibleName(_tr("Find a tag, or type a new one"))
        self.line.installEventFilter(self)
        for place, widget in enumerate((plain_label(question), self.line, self.list)):
            self.column.insertWidget(place, widget)
        self.line.textChanged.connect(self._narrow)
        self.list.doubleClicked.connect(lambda _index: self.accept())
        self._narrow("")
        self.resize(380, 420)
        self.line.setFocus()

    def _narrow(self, text: str) -> None:
        typed = text.strip()
        lines = [TagLine(name, name, name, self._offered[name]) for name in matching(self._offered, typed)]
        if typed and all(name.casefold() != typed.casefold() for name in self._offered):
            lines.append(TagLine(typed, _tr("New: “{0}”").format(typed), _tr("New tag {0}").format(typed)))
        self.model.show(lines)
        self.list.setCurrentIndex(self.model.index(0))
        self.button.setEnabled(bool(lines))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in MOVES:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def accept(self) -> None:
        line = self.model.line(self.list.currentIndex() or QModelIndex())
        if line is not None:
            self.chosen.emit(line.name)
            super().accept()
