"""What a look-up found: rows with ticks, and below what the current one would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QProgressBar,
    QSplitter,
    QTableView,
)

from desktop.models.cell_text import printed
from desktop.models.differences import field_name
from desktop.models.lookup_rows import GETS, PAPER, SOURCE, LookupRows, tr
from desktop.theme import box_palette
from desktop.views.page import Page
from desktop.views.plain import Label, row_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QKeyEvent

    from db.services.enriching import Change, Finding
    from desktop.context import AppContext

LONGEST = 5_000
"""Characters of a value that are shown: laying out more of them takes time, and nobody reads on."""
SCALE = 1_000
FEWEST_ROWS, FEWEST_LINES = 3, 4
SHARES = 3, 2
"""Of the room, for the rows and for what the current one would change."""


class LookupTable(QTableView):
    """Space ticks the chosen rows, whatever column the keyboard is in: all of them, or none if all were."""

    def __init__(self, context: AppContext, model: LookupRows) -> None:
        super().__init__()
        self._theme = context.theme
        self._rows = model
        self._theme.changed.connect(self._colour)
        self._colour()
        self.setModel(model)
        height = row_table(self, tr("What was found"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMinimumHeight((FEWEST_ROWS + 1) * height)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (PAPER, GETS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(SOURCE, 16 * self.fontMetrics().averageCharWidth())

    def _colour(self) -> None:
        """Draw the ticks as other check boxes are drawn: in the dark their outline would be lost."""
        self.setPalette(box_palette(self._theme.tokens))

    def sizeHint(self) -> QSize:
        """Want little, for the page scrolls where there is less; the rest of the room comes of itself."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def chosen_rows(self) -> list[int]:
        """Return the chosen rows, from the top."""
        ranges = self.selectionModel().selection()
        each = (ranges.at(place) for place in range(ranges.count()))
        return sorted({row for one in each for row in range(one.top(), one.bottom() + 1)})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
        elif rows := self.chosen_rows():
            self._rows.tick(rows, not all(self._rows.is_ticked(row) for row in rows))


class ChangesView(QPlainTextEdit):
    """What a finding would change, field by field, and why it is taken for the paper; to read and to copy."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("What would change"))
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setMinimumHeight(FEWEST_LINES * self.fontMetrics().lineSpacing())

    def sizeHint(self) -> QSize:
        """Want little, as the table does."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def show_finding(self, one: Finding | None) -> None:
        """Show a finding, or nothing."""
        self.clear()
        if one is None:
            return
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.DemiBold)
        cursor, plain = self.textCursor(), QTextCharFormat()
        for head, text in _paragraphs(one):
            cursor.insertText(head, bold)
            cursor.insertText(f"{text}\n\n", plain)
        cursor.deletePreviousChar()
        cursor.deletePreviousChar()
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _paragraphs(one: Finding) -> Iterable[tuple[str, str]]:
    """Yield what stands in bold, and the text behind it."""
    yield printed(one.title) or one.citation_key, ""
    why = tr("{0} knows this work: {1}") if one.sure else tr("{0} knows a work that may be another one: {1}")
    yield tr("Why: "), why.format(one.source, "; ".join(one.why))
    for change in one.changes:
        yield f"{field_name(change.field)}: ", _told(change)


def _told(change: Change) -> str:
    old, new = (text if len(text) <= LONGEST else f"{text[:LONGEST]}…" for text in (change.old, change.new))
    return f"{old or tr('(nothing)')}  →  {new}"


class LookupResults(Page):
    """The state of the look-up, the rows as they come, and what the current row would change."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(margin=0)
        self.model = LookupRows()
        self.status = Label(bold=True)
        self.bar = QProgressBar()
        self.hint = Label(tone="muted")
        self.troubles = Label(tone="warning")
        self.table = LookupTable(context, self.model)
        self.changes = ChangesView()
        self.split = QSplitter(Qt.Orientation.Vertical)
        self._build()
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._show(now.row()))

    def _build(self) -> None:
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.table)
        self.split.addWidget(self.changes)
        for at, share in enumerate(SHARES):
            self.split.setStretchFactor(at, share)
        self.split.setSizes([100 * share for share in SHARES])
        for widget in (self.status, self.bar, self.hint, self.troubles):
            self.column.addWidget(widget)
        self.column.addWidget(self.split, 1)
        self.column.addStretch()

    def begin(self) -> None:
        """Show that a look-up begins."""
        self.model.restart()
        self.changes.show_finding(None)
        self.resume()

    def resume(self) -> None:
        """Show that a look-up goes on, with what was found before."""
        for label in (self.hint, self.troubles):
            label.say("")
        self.bar.setRange(0, 0)
        self.bar.show()
        self.split.show()

    def show_progress(self, done: int, total: int) -> None:
        """Move the bar."""
        self.bar.setRange(0, SCALE if total else 0)
        self.bar.setValue(min(SCALE, done * SCALE // total) if total else 0)

    def add(self, findings: Sequence[Finding]) -> None:
        """Put findings behind the others; the first becomes the current one."""
        first = not self.model.findings
        self.model.add(findings)
        if first and findings:
            self.table.selectRow(0)
            self.table.setFocus()

    def end(self, status: str, hint: str, troubles: str) -> None:
        """Say what came of it."""
        self.bar.hide()
        self.status.setText(status)
        self.hint.say(hint)
        self.troubles.say(troubles)
        self.split.setVisible(bool(self.model.findings))

    def _show(self, row: int) -> None:
        self.changes.show_finding(self.model.findings[row] if 0 <= row < len(self.model.findings) else None)
