"""Chooses tags for papers: type to find, Enter to put on or take off, or to make a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from db import services
from desktop.models.row_runs import held
from desktop.models.tag_list import TagLine, TagListModel, matching
from desktop.views.plain import Label
from desktop.views.tag_marks import sign_icon
from desktop.views.words import papers, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.records import Tag
    from db.services.library import Library
    from desktop.context import AppContext

MOST_READ = 2_000
"""Above this many papers the picker does not look which of them has which tag."""
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
        self._ids = held(ids)
        self._tags: list[Tag] = []
        self._on: dict[str, int] = {}
        self.line = QLineEdit()
        self.model = TagListModel(lambda colour: sign_icon(context, colour), self)
        self.list = QListView()
        self.list.setObjectName("tagList")
        self.hint = Label(tr("Enter puts a tag on or takes it off · Esc closes"), tone="muted", size=11)
        self._build()
        self.line.textChanged.connect(self._fill)
        self.list.clicked.connect(self._toggle)
        context.changed.connect(self._read)

    def _build(self) -> None:
        self.line.setPlaceholderText(tr("Find or make a tag"))
        self.line.setAccessibleName(tr("Find or make a tag"))
        self.line.setClearButtonEnabled(True)
        self.line.installEventFilter(self)
        self.list.setAccessibleName(tr("Tags"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setModel(self.model)
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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
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
        at = max(self.list.currentIndex().row(), 0) if not typed else 0
        lines = [self._line(tag) for tag in self._matching(typed)]
        if typed and all(tag.name.casefold() != typed.casefold() for tag in self._tags):
            lines.append(TagLine(typed, tr("Make the tag “{0}”").format(typed), tr("Make the tag “{0}”").format(typed)))
        self.model.show(lines)
        if not lines:
            self.hint.say(tr("No tags yet: type a name and press Enter."))
        else:
            self.hint.say(tr("Enter puts a tag on or takes it off · Esc closes"))
        self.list.setCurrentIndex(self.model.index(min(at, len(lines) - 1)))

    def _matching(self, typed: str) -> list[Tag]:
        known = {tag.name: tag for tag in self._tags}
        found = [known[name] for name in matching(known, typed)]
        # Those with a number key are the favourites; they come first until something is typed.
        return found if typed else sorted(found, key=lambda tag: tag.digit or 10)

    def _line(self, tag: Tag) -> TagLine:
        on = self._on.get(tag.name, 0)
        mark = "✓ " if on and on == len(self._ids) else "– " if on else ""
        state = tr("on all") if mark == "✓ " else tr("on some") if on else tr("not on")
        said = f"{tag.name}, {state}, {papers(tag.count)}"
        if not tag.digit:
            return TagLine(tag.name, f"{mark}{tag.name}", said, tag.colour)
        key = tr("key {0}").format(tag.digit)
        return TagLine(tag.name, f"{mark}{tag.name}   ({key})", f"{said}, {key}", tag.colour)

    def _toggle(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if line is None or not self._ids:
            return
        name, ids = line.name, self._ids
        off = self._on.get(name, 0) == len(ids)
        add, remove = ([], [name]) if off else ([name], [])
        label = tr("Remove tag {0}") if off else tr("Tag {0}")
        self._context.run_long(
            label.format(name),
            lambda library, report: services.tagging.tag(library, ids, add=add, remove=remove, report=report),
        )
        self.line.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in MOVES:
                self.list.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._toggle(self.list.currentIndex())
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
