"""The command palette: every action once, found by a few letters, with its shortcut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import SMALL, Theme

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.registry import Command, Registry

WIDTH, ROWS, ROW = 560, 10, 36
PASSED_ON = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
COMMAND_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


def fuzzy(needle: str, text: str) -> int | None:
    """Score how well the letters of `needle` stand in `text` in order; None if they do not."""
    low = text.casefold()
    best = {-1: 0}  # the best score of all ways to end at a position
    for letter in (letter for letter in needle.casefold() if not letter.isspace()):
        places = [at for at, one in enumerate(low) if one == letter]
        best = {
            at: max(score + _step(low, before, at) for before, score in best.items() if before < at)
            for at in places
            if min(best) < at
        }
        if not best:
            return None
    return max(best.values()) - len(text) // 8


def _step(text: str, before: int, at: int) -> int:
    starts_word = at == 0 or not text[at - 1].isalnum()
    return (3 if at == before + 1 else -min(at - before - 1, 5)) + (8 if starts_word else 0)


class PaletteModel(QAbstractListModel):
    """The actions that match what was typed, best first."""

    def __init__(self, registry: Registry, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = [c for c in registry.commands if c.action.id != "palette"]
        self._shown = self._all

    def search(self, text: str) -> None:
        """Keep what matches; with nothing typed all actions stand in the order of the menus."""
        self.beginResetModel()
        wanted = text.strip().rstrip(".…")  # menus end names in dots, the names here do not
        if wanted:
            scored = ((fuzzy(wanted, c.title), c) for c in self._all)
            hits = [(score, c) for score, c in scored if score is not None]
            hits.sort(key=lambda hit: (not hit[1].qaction.isEnabled(), -hit[0]))
            self._shown = [c for _, c in hits]
        else:
            self._shown = self._all
        self.endResetModel()

    def command(self, row: int) -> Command:
        """Return the action of a row."""
        return self._shown[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many actions match."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, or for assistive technology the whole line."""
        command = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return command.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (command.title, command.keys_text, command.why_not) if part)
        return command if role == COMMAND_ROLE else None


class PaletteDelegate(QStyledItemDelegate):
    """Paints a line: name, menu or the reason why not, and the shortcut at the right."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a line, more when the platform's text is larger."""
        return QSize(WIDTH, max(ROW, QFontMetrics(Theme.font()).height() + 16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        command: Command = index.data(COMMAND_ROLE)
        tokens = self._context.theme.tokens
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, QColor(tokens.selection))
        box = rect.adjusted(12, 0, -12, 0)
        icon = self._context.icons.pixmap(command.action.icon, 16, ratio=painter.device().devicePixelRatio())
        painter.drawPixmap(box.left(), box.center().y() - 8, icon)
        enabled = command.qaction.isEnabled()
        painter.setPen(QColor(tokens.text if enabled else tokens.muted))
        painter.setFont(Theme.font())
        box.setLeft(box.left() + 28)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), command.title)
        taken = painter.fontMetrics().horizontalAdvance(command.title) + 12
        painter.setPen(QColor(tokens.muted))
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(box, right, command.keys_text)
        painter.setFont(Theme.font(SMALL))
        room = box.adjusted(taken, 0, -90, 0)
        note = painter.fontMetrics().elidedText(
            command.why_not or command.menu_text, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), note)
        painter.restore()


class Palette(QDialog):
    """Opens over the top of the window; Enter runs, Esc goes back."""

    def __init__(self, context: AppContext, registry: Registry, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAccessibleName(self.tr("Command palette"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._model = PaletteModel(registry, self)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("What do you want to do?"))
        self.field.setAccessibleName(self.tr("Search commands"))
        self.list = QListView(self)
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(PaletteDelegate(context, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._run(index.row()))
        self._place(parent)
        self._search("")

    def _place(self, parent: QWidget) -> None:
        width = min(WIDTH, parent.width() - 32)
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self._line, self._most = self.list.sizeHintForRow(0), parent.height() - 96
        self.setGeometry(corner.x() + (parent.width() - width) // 2, corner.y() + 64, width, self._height())
        self.field.setFocus()

    def _height(self) -> int:
        """Return the height that the hits need; with none, one empty line is left."""
        rows = min(max(self._model.rowCount(), 1), ROWS)
        return min(rows * self._line + self.field.sizeHint().height() + 32, self._most)

    def _search(self, text: str) -> None:
        self._model.search(text)
        self.list.setCurrentIndex(self._model.index(0))
        self.resize(self.width(), self._height())

    def _run(self, row: int) -> None:
        if not 0 <= row < self._model.rowCount():
            return
        command = self._model.command(row)
        if command.qaction.isEnabled():
            self.close()
            command.qaction.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move in the list while the field is typed in."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in PASSED_ON:
                self.list.event(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentIndex().row())
                return True
        return super().eventFilter(watched, event)
