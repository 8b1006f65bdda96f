"""A window with the whole text of a dump: where each line went, find, and the way to the paper."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db import services
from desktop.views.dump_text import MARKS, DumpText, kind_name
from desktop.views.flow import FlowLayout
from desktop.views.plain import Label, button, hairline, icon_button, open_at
from desktop.views.words import counted, tr

if TYPE_CHECKING:
    from db.services.library import Library
    from db.services.sources import Span
    from desktop.context import AppContext

Loaded = tuple[list[str], "list[Span]", str]


class DumpView(QDialog):
    """Opens at a line; the records there is marked."""

    open_paper = Signal(int)

    def __init__(self, context: AppContext, source_id: int, line: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(self.tr("Dump"))
        self._context = context
        self._source_id = source_id
        self._wanted = line
        self.text = DumpText(context)
        self.find_line = QLineEdit()
        self.found = Label(tone="muted", wrap=False)
        self.place = Label(tone="muted")
        self.legend = FlowLayout(gap=16)
        self.open_button = button(self.tr("&Open paper"), self._open)
        self._build()
        self._connect()
        self._load()

    def _build(self) -> None:
        self.find_line.setPlaceholderText(self.tr("Find in the text"))
        self.find_line.setAccessibleName(self.tr("Find in the text"))
        self.find_line.setClearButtonEnabled(True)
        self.open_button.setEnabled(False)
        self.place.setText(self.tr("Loading..."))
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 16, 8)
        top.setSpacing(4)
        top.addWidget(self.find_line, 1)
        top.addWidget(icon_button(self._context, "caret-up", self.tr("Previous"), lambda: self.find_next(back=True)))
        top.addWidget(icon_button(self._context, "caret-down", self.tr("Next"), self.find_next))
        top.addWidget(self.found)
        marks = QHBoxLayout()
        marks.setContentsMargins(16, 0, 16, 8)
        marks.addLayout(self.legend)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.place, 1)
        foot.addWidget(self.open_button)
        foot.addWidget(button(self.tr("Close"), self.close))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (top, marks):
            column.addLayout(part)
        column.addWidget(hairline())
        column.addWidget(self.text, 1)
        column.addWidget(hairline())
        column.addLayout(foot)
        open_at(self, self.sizeHint())

    def _connect(self) -> None:
        self.find_line.returnPressed.connect(self.find_next)
        self.find_line.textEdited.connect(lambda _text: self.find_next(again=True))
        self.text.line_chosen.connect(self._chosen)
        self.text.line_opened.connect(lambda _line: self._open())
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self._start_find),
            (QKeySequence(Qt.Key.Key_F3), self.find_next),
            (QKeySequence("Shift+F3"), lambda: self.find_next(back=True)),
        ):
            QShortcut(keys, self).activated.connect(act)

    def sizeHint(self) -> QSize:
        step = self.fontMetrics().lineSpacing()
        return QSize(max(760, 50 * step), max(560, 36 * step))

    def _load(self) -> None:
        source_id = self._source_id

        def read(library: Library) -> Loaded:
            names = {one.id: one.name for one in services.reading.sidebar(library).sources}
            text = services.sources.text(library, source_id)
            return text, services.sources.lines_of(library, source_id), names.get(source_id, "")

        self._context.read(read, self._show)

    def _show(self, loaded: Loaded) -> None:
        lines, spans, name = loaded
        if name:
            self.setWindowTitle(name)
        self.text.show_lines(lines, spans)
        self._show_legend(spans)
        self.go_to(self._wanted)
        self.text.setFocus()

    def _show_legend(self, spans: list[Span]) -> None:
        count = Counter[str]()
        for span in spans:
            count[span.kind] += span.line_end - span.line_start + 1
        for kind, mark in MARKS.items():
            number = counted("%Ln line(s)", count[kind])
            shown = f"{mark}  {kind_name(kind)}: {number}" if mark else f"{kind_name(kind)}: {number}"
            tone = {"record": "good", "issue": "danger"}.get(kind, "muted") if count[kind] else "muted"
            self.legend.addWidget(Label(shown, tone=tone, size=11, wrap=False))

    def go_to(self, line: int) -> None:
        """Bring a line to the screen, with all lines of its record marked."""
        span = self.text.span_at(line)
        first, last = line, line
        if span is not None and span.kind == "record":
            first, last = self._record_lines(line, span)
        self.text.go_to(first, last)

    def _record_lines(self, line: int, span: Span) -> tuple[int, int]:
        """Return the lines of a record, whose spans have blank lines between them."""
        last = span.line_end
        while (after := self.text.span_at(last + 1)) is not None:
            if after.kind == "blank":
                last = after.line_end
            elif after.kind == "record" and after.paper_id == span.paper_id:
                last, span = after.line_end, after
            else:
                break
        return line, span.line_end

    def _chosen(self, line: int) -> None:
        span = self.text.span_at(line)
        self.open_button.setEnabled(span is not None and span.paper_id is not None)
        kind = kind_name(span.kind) if span is not None else ""
        self.place.setText(self.tr("Line {0}: {1}").format(line, kind) if kind else "")

    def _open(self) -> None:
        span = self.text.span_at(self.text.line)
        if span is not None and span.paper_id is not None:
            self.open_paper.emit(span.paper_id)

    def _start_find(self) -> None:
        self.find_line.setFocus()
        self.find_line.selectAll()

    def find_next(self, *, back: bool = False, again: bool = False) -> None:
        """Find the next place of the typed text, or the one before; goes round at the end."""
        wanted = self.find_line.text()
        self.found.setText("")
        if not wanted:
            return
        cursor = self.text.textCursor()
        if again:
            cursor.setPosition(cursor.selectionStart())
        flags = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        found = self.text.document().find(wanted, cursor, flags)
        if found.isNull():
            cursor.movePosition(QTextCursor.MoveOperation.End if back else QTextCursor.MoveOperation.Start)
            found = self.text.document().find(wanted, cursor, flags)
        if found.isNull():
            self.found.setText(tr("Not found"))
        else:
            self.text.setTextCursor(found)
            self.text.centerCursor()
