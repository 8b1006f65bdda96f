"""Chooses tags for papers: type to find, Enter to put on or take off, or to make a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from db import services
from desktop.views.chips import paint_dot
from desktop.views.plain import Label
from desktop.views.words import papers, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.records import Tag
    from db.services.library import Library
    from desktop.context import AppContext

MOST_READ = 2_000
"""Above this many papers the picker does not look which of them has which tag."""
NAME = Qt.ItemDataRole.UserRole
MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class TagPicker(QFrame):
    """A small window below a widget; every choice is saved at once and can be undone."""

    closed = Signal()

    def __init__(self, context: AppContext, ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popup")
        hairline = context.theme.tokens.border
        self.setStyleSheet(f"#popup {{ border: 1px solid {hairline}; }}")
        self._context = context
        self._ids = tuple(ids)
        self._tags: list[Tag] = []
        self._on: dict[str, int] = {}
        self.line = QLineEdit()
        self.list = QListWidget()
        self.hint = Label(tr("Enter puts a tag on or takes it off · Esc closes"), tone="muted", size=11)
        self._build()
        self.line.textChanged.connect(self._fill)
        self.list.itemClicked.connect(self._toggle)
        context.changed.connect(lambda _changes: self._read())

    def _build(self) -> None:
        self.line.setPlaceholderText(tr("Find or make a tag"))
        self.line.setAccessibleName(tr("Find or make a tag"))
        self.line.setClearButtonEnabled(True)
        self.line.installEventFilter(self)
        self.list.setAccessibleName(tr("Tags"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        for widget in (self.line, self.list, self.hint):
            column.addWidget(widget)

    def open(self, below: QWidget | None = None) -> None:
        """Open below a widget, or in the middle of the window."""
        letter = self.fontMetrics().averageCharWidth()
        self.resize(max(260, 34 * letter), max(280, 16 * self.fontMetrics().height()))
        self.move(self._on_screen(self._place(below)))
        self.show()
        self.line.setFocus()
        self._read()

    def _place(self, below: QWidget | None) -> QPoint:
        if below is not None:
            return below.mapToGlobal(QPoint(0, below.height() + 4))
        parent = self.parentWidget()
        window = parent.window() if parent is not None else None
        room = window.geometry() if window else self.screen().availableGeometry()
        return room.center() - QPoint(self.width() // 2, self.height() // 2)

    def _on_screen(self, place: QPoint) -> QPoint:
        room = self.screen().availableGeometry()
        x = max(room.left(), min(place.x(), room.right() - self.width()))
        y = max(room.top(), min(place.y(), room.bottom() - self.height()))
        return QPoint(x, y)

    def _read(self) -> None:
        ids = self._ids if len(self._ids) <= MOST_READ else ()

        def read(library: Library) -> tuple[list[Tag], dict[str, int]]:
            on: dict[str, int] = {}
            for row in services.reading.rows(library, ids):
                for tag in row.tags:
                    on[tag.name] = on.get(tag.name, 0) + 1
            return services.tagging.tags(library), on

        self._context.read(read, self._show, key="tag_picker")

    def _show(self, answer: tuple[list[Tag], dict[str, int]]) -> None:
        self._tags, self._on = answer
        self._fill()

    def _fill(self) -> None:
        typed = self.line.text().strip()
        at = max(self.list.currentRow(), 0) if not typed else 0
        self.list.clear()
        for tag in self._matching(typed):
            self.list.addItem(self._item(tag))
        if typed and all(tag.name.casefold() != typed.casefold() for tag in self._tags):
            made = QListWidgetItem(tr("Make the tag “{0}”").format(typed))
            made.setData(NAME, typed)
            self.list.addItem(made)
        if not self.list.count():
            self.hint.say(tr("No tags yet: type a name and press Enter."))
        else:
            self.hint.say(tr("Enter puts a tag on or takes it off · Esc closes"))
        self.list.setCurrentRow(min(at, self.list.count() - 1))

    def _matching(self, typed: str) -> list[Tag]:
        wanted = typed.casefold()
        found = [tag for tag in self._tags if wanted in tag.name.casefold()]
        return sorted(found, key=lambda tag: (not tag.name.casefold().startswith(wanted), tag.name.casefold()))

    def _item(self, tag: Tag) -> QListWidgetItem:
        on = self._on.get(tag.name, 0)
        mark = "✓ " if on and on == len(self._ids) else "– " if on else ""
        item = QListWidgetItem(self._dot(tag.colour), f"{mark}{tag.name}")
        item.setData(NAME, tag.name)
        state = tr("on all") if mark == "✓ " else tr("on some") if on else tr("not on")
        said = f"{tag.name}, {state}, {papers(tag.count)}"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        return item

    def _dot(self, colour: int) -> QIcon:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(16 * ratio), round(16 * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_dot(painter, QPoint(8, 8).toPointF(), self._context.theme.tag_colour(colour), 9)
        painter.end()
        icon = QIcon(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)  # else the colour changes with the selection
        return icon

    def _toggle(self, item: QListWidgetItem | None) -> None:
        if item is None or not self._ids:
            return
        name: str = item.data(NAME)
        ids = self._ids
        off = self._on.get(name, 0) == len(ids)
        add, remove = ([], [name]) if off else ([name], [])
        label = tr("Remove tag {0}") if off else tr("Tag {0}")
        self._context.run(
            label.format(name), lambda library: services.tagging.tag(library, ids, add=add, remove=remove)
        )
        self.line.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in MOVES:
                self.list.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._toggle(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
