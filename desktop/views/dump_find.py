"""Finding words in the text of a dump."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from db import services
from desktop.views.plain import Label, icon_button
from desktop.views.words import tr

if TYPE_CHECKING:
    from db.services.spans import Stretch
    from desktop.context import AppContext
    from desktop.views.dump_text import DumpText


class FindBar(QWidget):
    """A field with the ways to the previous and the next place; Ctrl+F and F3 work everywhere, Esc goes back.

    Of a long dump only a stretch is shown: what does not stand there is looked for in the library.
    """

    line_wanted = Signal(int)

    def __init__(self, context: AppContext, text: DumpText, source_id: int) -> None:
        super().__init__()
        self._context, self._text, self._source_id = context, text, source_id
        self._total = 0
        self._awaited: tuple[int, str, bool] | None = None
        """Line, words and direction of a place that is about to be shown."""
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
        self._awaited = None
        if not wanted:
            return
        cursor = text.textCursor()
        if again:
            cursor.setPosition(cursor.selectionStart())
        if self._select(wanted, cursor, back=back):
            return
        if len(text.lines) < self._total:
            self._look_everywhere(wanted, back=back)
            return
        cursor.movePosition(QTextCursor.MoveOperation.End if back else QTextCursor.MoveOperation.Start)
        if not self._select(wanted, cursor, back=back):
            self.found.setText(tr("Not found"))

    def show_stretch(self, stretch: Stretch) -> bool:
        """Take note of the lines that are shown now; go to the place that was looked for among them, if any."""
        self._total = stretch.total
        if not self._awaited:
            return False
        line, wanted, back = self._awaited
        self._awaited = None
        self._go_to(line, wanted, back=back)
        return True

    def _select(self, wanted: str, cursor: QTextCursor, *, back: bool) -> bool:
        flags = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        found = self._text.document().find(wanted, cursor, flags)
        if found.isNull():
            return False
        self._text.setTextCursor(found)
        self._text.centerCursor()
        return True

    def _look_everywhere(self, wanted: str, *, back: bool) -> None:
        self.found.setText(tr("Searching..."))
        source_id, edge = self._source_id, self._text.first if back else self._text.last

        def arrived(line: int) -> None:
            if self.line.text() != wanted:
                return
            self.found.setText("" if line else tr("Not found"))
            if line:
                self._go_to(line, wanted, back=back)

        self._context.read(
            lambda library: services.sources.find(library, source_id, wanted, edge, back=back),
            arrived,
            key=f"find in ledger {id(self)}",
        )

    def _go_to(self, line: int, wanted: str, *, back: bool) -> None:
        text = self._text
        if not text.first <= line <= text.last:
            self._awaited = (line, wanted, back)
            self.line_wanted.emit(line)
            return
        cursor = QTextCursor(text.document().findBlockByNumber(line - text.first))
        if back:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self._select(wanted, cursor, back=back)
