"""The records of a set side by side, differing words marked, and the merged paper beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.views.plain import Label, clear_layout
from desktop.views.review_fields import Row, result_text
from desktop.views.text_view import ProseBrowser
from desktop.views.words import counted, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QFocusEvent, QMouseEvent

    from db.domain.records import Paper
    from desktop.context import AppContext
    from desktop.views.word_diff import Run


class Cell(QFrame):
    """One value; a click chooses it when its row can be chosen from."""

    chosen = Signal()

    def __init__(self, context: AppContext, text: str, runs: Sequence[Run], *, choosable: bool) -> None:
        super().__init__()
        self._context = context
        self._choosable = choosable
        self.setProperty("cell", True)
        self.text = ProseBrowser()
        self.text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.mark = Label(size=11, tone="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.text)
        column.addWidget(self.mark)
        column.addStretch()
        self.mark.hide()
        self._write(text, runs)
        if choosable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _write(self, text: str, runs: Sequence[Run]) -> None:
        cursor = QTextCursor(self.text.document())
        at = 0
        for start, end in runs:
            cursor.insertText(text[at:start], QTextCharFormat())
            cursor.insertText(text[start:end], self._marked())
            at = end
        cursor.insertText(text[at:] or ("" if text else "–"), QTextCharFormat())

    def _marked(self) -> QTextCharFormat:
        """Underlined and bold as well as coloured, so that the colour is not the only sign."""
        made = QTextCharFormat()
        made.setFontUnderline(True)
        made.setFontWeight(QFont.Weight.DemiBold)
        made.setForeground(self._context.theme.colour("warning"))
        return made

    def show_chosen(self, on: bool) -> None:
        """Show whether this value goes into the merged paper."""
        self.setProperty("chosen", on)
        self.mark.say(tr("✓ kept") if on else "")
        self.style().polish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._choosable and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()
        else:
            super().mousePressEvent(event)


class RowHead(Label):
    """The name of a field; has the focus when its row is the current one."""

    focused = Signal()

    def __init__(self, row: Row) -> None:
        super().__init__(f"≠  {row.label}" if row.differs else row.label, tone="" if row.differs else "muted")
        self.setAccessibleName(tr("{0}: differs").format(row.label) if row.differs else row.label)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setMargin(8)
        self.setProperty("row", True)
        self.setMinimumWidth(12 * self.fontMetrics().averageCharWidth() + 16)
        if row.choosable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()


class ReviewGrid(QScrollArea):
    """A column for each record and one for what the merge gives."""

    chosen = Signal(str, int)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._rows: Sequence[Row] = ()
        self._papers: Sequence[Paper] = ()
        self._cells: dict[tuple[str, int], Cell] = {}
        self._results: dict[str, Label] = {}
        self._heads: list[tuple[Row, RowHead]] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Records side by side"))
        self.body = QWidget()
        self.body.setObjectName("page")
        self._grid = QGridLayout(self.body)
        self._grid.setContentsMargins(16, 12, 16, 16)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self.setWidget(self.body)

    def show_rows(self, papers: Sequence[Paper], rows: Sequence[Row]) -> None:
        """Show other records."""
        clear_layout(self._grid)
        self._papers, self._rows = papers, rows
        self._cells.clear()
        self._results.clear()
        self._heads.clear()
        for number, paper in enumerate(papers, 1):
            sources = ", ".join(dict.fromkeys(one.source_name for one in paper.sightings))
            words = counted("Record %Ln", number)
            shown = f"{words} · {sources}" if sources else words
            self._grid.addWidget(Label(shown, tone="muted", size=11), 0, number)
        self._grid.addWidget(Label(tr("Merged paper"), tone="muted", size=11), 0, len(papers) + 1)
        for line, row in enumerate(rows, 1):
            self._add(line, row)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if 1 <= column <= len(papers) + 1 else 0)
            self._grid.setColumnMinimumWidth(column, 0)
        self._grid.setRowStretch(len(rows) + 1, 1)
        self.verticalScrollBar().setValue(0)

    def _add(self, line: int, row: Row) -> None:
        head = RowHead(row)
        head.focused.connect(lambda: self.ensureWidgetVisible(head, 0, 48))
        self._heads.append((row, head))
        self._grid.addWidget(head, line, 0)
        for number, (paper, text, runs) in enumerate(zip(self._papers, row.texts, row.marks, strict=True), 1):
            cell = Cell(self._context, text, runs, choosable=row.choosable)
            said = tr("{0} of record {1}: {2}").format(row.label, number, text or tr("nothing"))
            cell.setAccessibleName(said)
            cell.chosen.connect(lambda field=row.field, one=paper.id: self.chosen.emit(field, one))
            self._cells[row.field, paper.id] = cell
            self._grid.addWidget(cell, line, number)
        result = Label()
        result.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        result.setMargin(9)
        result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._results[row.field] = result
        self._grid.addWidget(result, line, len(self._papers) + 1)

    def show_result(self, values: Mapping[str, str], from_id: Mapping[str, int]) -> None:
        """Show what the merge would give, and which values it takes."""
        for row in self._rows:
            text = result_text(row, [paper.id for paper in self._papers], values, from_id)
            self._results[row.field].setText(text)
            said = tr("{0} of the merged paper: {1}").format(row.label, text)
            self._results[row.field].setAccessibleName(said)
            for paper in self._papers:
                kept = row.choosable and from_id.get(row.field) == paper.id
                self._cells[row.field, paper.id].show_chosen(kept)

    def current(self) -> Row | None:
        """Return the row that has the focus."""
        return next((row for row, head in self._heads if head.hasFocus()), None)

    def step(self, step: int) -> None:
        """Move the focus to the next or previous row that can be chosen from."""
        heads = [head for row, head in self._heads if row.choosable]
        if heads:
            at = next((n for n, head in enumerate(heads) if head.hasFocus()), -1 if step > 0 else len(heads))
            heads[max(0, min(at + step, len(heads) - 1))].setFocus()
