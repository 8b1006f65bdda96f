"""The table itself: keys, mouse and painting set up so that a million rows feel like a hundred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from desktop.models.paper_columns import MARK
from desktop.theme import ROW_HEIGHT
from desktop.views.paper_cells import BAR, CellDelegate, star_rect
from desktop.views.paper_header import PaperHeader

if TYPE_CHECKING:
    from db.services.searching import Marks
    from desktop.context import AppContext
    from desktop.models.paper_table import PaperTableModel

_KEYS = {Qt.Key.Key_J: Qt.Key.Key_Down, Qt.Key.Key_K: Qt.Key.Key_Up}
_ACROSS = (
    QAbstractItemView.CursorAction.MoveLeft,
    QAbstractItemView.CursorAction.MoveRight,
    QAbstractItemView.CursorAction.MoveNext,
    QAbstractItemView.CursorAction.MovePrevious,
)
DENSITIES = {"compact": (22, 6), "normal": (ROW_HEIGHT, 10), "comfortable": (38, 20)}
"""The least height of a row, and what it has beside that of the letters."""
USUAL_DENSITY = "normal"
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class PaperView(QTableView):
    """Rows of papers; says which row was opened, starred, dragged or numbered."""

    row_opened = Signal(int)
    star_clicked = Signal(int)
    number_pressed = Signal(int)
    escaped = Signal()
    drag_started = Signal()

    def __init__(self, context: AppContext, model: PaperTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model
        self.density = USUAL_DENSITY
        self.header = PaperHeader(context, self)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        self._cells = CellDelegate(context, model, self)
        self.setItemDelegate(self._cells)
        self._set_up()
        self.header.reset_layout()
        self.doubleClicked.connect(lambda index: self.row_opened.emit(index.row()))
        context.theme.changed.connect(self._theme_changed)
        context.icons.loaded.connect(self.viewport().update)

    def show_marks(self, marks: Marks) -> None:
        """Mark what a search found in the cells."""
        if marks != self._cells.marks:
            self._cells.marks = marks
            self.viewport().update()

    def _set_up(self) -> None:
        self.setObjectName("paperView")
        self.setAccessibleName(self.tr("Papers"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        self._set_row_height()

    def _set_row_height(self) -> None:
        least, beside = DENSITIES[self.density]
        height = max(least, self.fontMetrics().height() + beside)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def set_density(self, density: object) -> None:
        """Let rows be compact, normal or comfortable; anything else is normal. The top row stays where it is."""
        top, _last = self.visible_rows()
        self.density = density if isinstance(density, str) and density in DENSITIES else USUAL_DENSITY
        self._set_row_height()
        self.updateGeometries()
        self.verticalScrollBar().setValue(top * self.row_height)

    @property
    def row_height(self) -> int:
        """Pixels from one row to the next."""
        return self.verticalHeader().defaultSectionSize()

    def visible_rows(self) -> tuple[int, int]:
        """Return the first and the last row on the screen."""
        top = self.verticalScrollBar().value()
        last = (top + self.viewport().height() - 1) // self.row_height
        return top // self.row_height, min(last, self._model.rowCount() - 1)

    def changeEvent(self, event: QEvent) -> None:
        """Let the rows grow with the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "header"):
            self._set_row_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.fill()

    def _theme_changed(self) -> None:
        self.viewport().update()
        self.header.viewport().update()

    # Keys ---------------------------------------------------------------------------------------------

    def keyboardSearch(self, _search: str) -> None:
        """Do nothing: Qt would walk through every row (2.5 s at a million); letters are shortcuts here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with j and k, open with Enter, tag with 1 to 9; leave other letters to the shortcuts."""
        key, plain = event.key(), not event.modifiers() & _MODIFIERS
        if plain and key in _KEYS:
            event = QKeyEvent(event.type(), _KEYS[Qt.Key(key)], event.modifiers(), "", event.isAutoRepeat())
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.row_opened.emit(self.currentIndex().row())
            return
        elif plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.number_pressed.emit(key - Qt.Key.Key_0)
            return
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        elif plain and event.text().isprintable() and event.text() and key != Qt.Key.Key_Space:
            event.ignore()
            return
        super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and last row; left and right scroll, since whole rows are chosen."""
        current = self.currentIndex()
        column = max(current.column(), 0)
        if action == QAbstractItemView.CursorAction.MoveHome:
            return self._model.index(0, column)
        if action == QAbstractItemView.CursorAction.MoveEnd:
            return self._model.index(self._model.rowCount() - 1, column)
        if action in _ACROSS:
            if action in _ACROSS[:2]:
                bar = self.horizontalScrollBar()
                bar.setValue(bar.value() + (-60 if action == _ACROSS[0] else 60))
            return current
        return super().moveCursor(action, modifiers)

    # Mouse --------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the star stars the paper and leaves the selection as it is."""
        index = self.indexAt(event.position().toPoint())
        if self._on_star(index, event):
            self.star_clicked.emit(index.row())
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._on_star(self.indexAt(event.position().toPoint()), event):
            super().mouseDoubleClickEvent(event)

    def _on_star(self, index: QModelIndex, event: QMouseEvent) -> bool:
        if not index.isValid() or index.column() != MARK or event.button() != Qt.MouseButton.LeftButton:
            return False
        near = star_rect(self.visualRect(index)).adjusted(-4, -4, 4, 4)
        return near.contains(event.position().toPoint())

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Hand the drag to whoever knows what papers look like outside."""
        self.drag_started.emit()

    # Painting -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, then a bar before the current one while the table has the focus."""
        super().paintEvent(event)
        current = self.currentIndex()
        if not current.isValid() or not self.hasFocus():
            return
        painter = QPainter(self.viewport())
        top = self.rowViewportPosition(current.row())
        colour = self._context.theme.colour("accent")
        painter.fillRect(0, top, BAR, self.row_height, colour)
        if not self.selectionModel().isSelected(current):
            painter.setPen(colour)
            painter.drawRect(0, top, self.viewport().width() - 1, self.row_height - 1)
        painter.end()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Make the first row current when none is, so that the keys have a place to start."""
        super().focusInEvent(event)
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if not by_mouse and not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
