"""Finding words in the text of a dump."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.views.plain import Label, icon_button
from desktop.views.words import tr

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.views.dump_text import DumpText


class FindBar(QWidget):
    """A field with the ways to the previous and the next place; Ctrl+F and F3 work everywhere, Esc goes back."""

    def __init__(self, context: AppContext, text: DumpText) -> None:
        super().__init__()
        self._text = text
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Find in the text"))
        self.line.setAccessibleName(tr("Find in the text"))
        self.line.setClearButtonEnabled(True)
        self.found = Label(tone="muted", wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 8)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(icon_button(context, "caret-up", tr("Previous"), lambda: self.find_next(back=True)))
        row.addWidget(icon_button(context, "caret-down", tr("Next"), self.find_next))
        row.addWidget(self.found)
        self.line.returnPressed.connect(self.find_next)
        self.line.textEdited.connect(lambda _text: self.find_next(again=True))
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.start),
            (QKeySequence(Qt.Key.Key_F3), self.find_next),
            (QKeySequence("Shift+F3"), lambda: self.find_next(back=True)),
        ):
            QShortcut(keys, self, context=Qt.ShortcutContext.WindowShortcut).activated.connect(act)
        leave = QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(text.setFocus)  # one step back: the window stays open

    def start(self) -> None:
        """Put the keyboard into the field."""
        self.line.setFocus()
        self.line.selectAll()

    def find_next(self, *, back: bool = False, again: bool = False) -> None:
        """Find the next place of the typed text, or the one before; goes round at the end."""
        wanted, text = self.line.text(), self._text
        self.found.setText("")
        if not wanted:
            return
        cursor = text.textCursor()
        if again:
            cursor.setPosition(cursor.selectionStart())
        flags = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        found = text.document().find(wanted, cursor, flags)
        if found.isNull():
            cursor.movePosition(QTextCursor.MoveOperation.End if back else QTextCursor.MoveOperation.Start)
            found = text.document().find(wanted, cursor, flags)
        if found.isNull():
            self.found.setText(tr("Not found"))
        else:
            text.setTextCursor(found)
            text.centerCursor()
