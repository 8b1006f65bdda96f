"""The picker: a small window above all others that finds papers and hands over what cites them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from db import services
from db.domain.errors import LibraryError
from desktop import pick_options
from desktop.models.picker_hits import PickerHits
from desktop.views.picker_layout import PickerParts
from desktop.views.words import counted, papers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent, QMouseEvent

    from db.services.library import Library
    from db.services.picking import Hits
    from desktop.context import AppContext
    from desktop.views.picker_purpose import Purpose

WIDTH, HEIGHT = 640, 460
LONGEST = 2_000
MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FLAGS = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint


class Picker(QWidget):
    """Enter cites, Ctrl+Enter collects one more, Backspace takes the last off, Esc goes back to where one was."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(None, FLAGS)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle(self.tr("Cite"))
        self._context = context
        self._purpose: Purpose | None = None
        self._answered: str | None = None
        self._then: Callable[[], None] | None = None
        self._round = 0
        self._citing = False
        self.hits = PickerHits(self)
        self.parts = PickerParts(context, self.hits, self)
        self._connect()

    def _connect(self) -> None:
        parts = self.parts
        parts.line.installEventFilter(self)
        parts.line.textChanged.connect(lambda _text: self._ask())
        parts.list.clicked.connect(lambda _index: self._preview())
        parts.list.doubleClicked.connect(lambda _index: self.accept())
        parts.add_button.clicked.connect(self.add)
        parts.cite_button.clicked.connect(self.accept)
        parts.collected.changed.connect(self._collected)
        parts.command.changed.connect(self._preview)
        for note in (parts.before, parts.behind):
            note.textChanged.connect(lambda _text: self._preview())
        self._context.changed.connect(lambda _changes: self._ask())
        self._context.opened.connect(self._ask)
        self._context.closing.connect(self.leave)

    # Opening and leaving ------------------------------------------------------------------------------

    @property
    def is_busy(self) -> bool:
        """Whether a person is at it."""
        return self._purpose is not None

    def pick(self, purpose: Purpose) -> None:
        """Open for this purpose, empty, above all windows."""
        self._round += 1
        self._purpose, self._citing, self._then, self._answered = purpose, False, None, None
        self.parts.begin()
        self.parts.name(purpose.verb, purpose.said)
        self.parts.command.setVisible(purpose.command)
        self.parts.before.setVisible(purpose.before)
        self.parts.behind.setVisible(purpose.behind)
        self.hits.show(())
        self._place()
        # A question that is open elsewhere in Sheaf must not shut the picker out; on top of it, it is not.
        asking = QApplication.activeModalWidget() is not None
        self.setWindowModality(Qt.WindowModality.ApplicationModal if asking else Qt.WindowModality.NonModal)
        self.come()
        self._ask()

    def come(self, purpose: Purpose | None = None) -> None:
        """Come to the front as it is, for another purpose if that changed."""
        if purpose is not None:
            self._purpose = purpose
            self.parts.name(purpose.verb, purpose.said)
        self.show()
        self.raise_()
        self.activateWindow()
        self.parts.line.setFocus()

    def leave(self) -> None:
        """Close without citing anything."""
        purpose = self._end()
        if purpose is not None:
            purpose.left()

    def _end(self) -> Purpose | None:
        purpose, self._purpose = self._purpose, None
        self._round += 1  # answers that are still under way belong to nobody
        self.hide()
        return purpose

    def _place(self) -> None:
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        letter = self.fontMetrics().averageCharWidth()
        self.setMinimumSize(QSize(0, 0))
        wanted = QSize(max(WIDTH, 80 * letter), max(HEIGHT, 26 * self.fontMetrics().height()))
        size = wanted.boundedTo(QSize(room.width() * 95 // 100, room.height() * 9 // 10))
        self.resize(size)
        corner = QPoint((room.width() - size.width()) // 2, (room.height() - size.height()) // 3)
        self.move(room.topLeft() + corner)

    # Finding ------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        text = self.parts.line.text()
        if self._purpose is None:
            return
        if self._context.library is None:
            self.parts.tell(self.tr("The library is still opening."))
        self._context.read(
            lambda library: services.picking.hits(library, text), partial(self._show, text), key="picker hits"
        )

    def _show(self, text: str, found: Hits) -> None:
        if self._purpose is None:
            return
        same = text == self._answered
        current = self.parts.list.paper() if same else None
        self._answered = text
        self.hits.show(found.rows)
        self.parts.list.setCurrentIndex(self.hits.index(self.hits.row_of(current.id) if current else 0))
        self._tell_hits(text, found)
        self._preview()
        then, self._then = self._then, None
        if then is not None and text == self.parts.line.text():
            then()

    def _tell_hits(self, text: str, found: Hits) -> None:
        if not found.total:
            none = self.tr("No paper matches “{0}”.") if text.strip() else self.tr("The library has no papers yet.")
            self.parts.tell(none.format(text.strip()[:60]))
        else:
            more = found.total > len(found.rows)
            said = self.tr("The first {0} of").format(len(found.rows)) + " " if more else ""
            most = services.picking.MOST_COUNTED
            many = counted("more than %Ln paper(s)", most) if found.total > most else papers(found.total)
            self.parts.tell(found.message or said + many)

    def _wait_for_hits(self, then: Callable[[], None]) -> bool:
        """Put off what a key asks for until the answer to what was typed before it is there."""
        if self._answered == self.parts.line.text():
            return False
        self._then = then
        return True

    # Collecting ---------------------------------------------------------------------------------------

    def add(self) -> None:
        """Collect the paper under the bar, and find the next one."""
        if self._wait_for_hits(self.add):
            return
        paper = self.parts.list.paper()
        if paper is not None:
            self.parts.collected.add(paper)
            self.parts.line.clear()
            self.parts.line.setFocus()

    def _collected(self) -> None:
        self.hits.mark(self.parts.collected.ids())
        self._preview()

    def wanted(self) -> list[int]:
        """Return the papers that Enter cites: the collected ones, and the one that was searched for."""
        ids, paper = self.parts.collected.ids(), self.parts.list.paper()
        if paper is not None and paper.id not in ids and (self.parts.line.text().strip() or not ids):
            ids.append(paper.id)
        return ids

    # Citing -------------------------------------------------------------------------------------------

    def _preview(self) -> None:
        purpose, ids, style, at = self._purpose, self.wanted(), self.parts.style(), self._round
        if purpose is None:
            return

        def ask(library: Library) -> str | LibraryError:
            try:
                return purpose.preview(library, ids, style) if ids else ""
            except LibraryError as error:
                return error

        def show(answer: str | LibraryError) -> None:
            if at == self._round:
                self.parts.show_preview(answer)

        self._context.read(ask, show, key="picker text")

    def accept(self) -> None:
        """Cite what is wanted; keys are frozen as with a copy."""
        if self._citing or self._wait_for_hits(self.accept):
            return
        purpose, ids, style = self._purpose, self.wanted(), self.parts.style()
        typed = self.parts.line.text().strip()
        if purpose is None or not ids or (typed and self.parts.list.paper() is None):
            return  # what was typed matches nothing, which stands there already
        at = self._round
        task = self._context.run(
            self.tr("Cite"),
            lambda library: purpose.cite(library, ids, style),
            lambda result: self._cited(at, ids, result[0]),
            on_error=lambda error: self._refused(at, error),
        )
        self._citing = task is not None
        running = self._context.tasks.current
        if task is not None and running is not None and running is not task:
            self.parts.tell(self.tr("Cites as soon as “{0}” has ended. Esc gives up.").format(running.label))
        if purpose.command:
            pick_options.remember(self._context.settings, style)

    def _cited(self, at: int, ids: Sequence[int], text: str) -> None:
        if at != self._round:
            return  # she gave up waiting
        self._citing = False
        if not text:
            self.parts.show_preview(LibraryError(self.tr("These papers are no longer in the library.")))
            return
        purpose, self._purpose = self._purpose, None
        if purpose is not None:
            purpose.done(text, ids)  # while the keyboard is here: Wayland lets nobody else copy
        self._end()

    def _refused(self, at: int, error: LibraryError) -> None:
        if at == self._round:
            self._citing = False
            self.parts.show_preview(error)

    # Keys and mouse -----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the search line move the bar of the list, and take off what was collected last."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in MOVES:
                self.parts.list.keyPressEvent(event)
                self._preview()
                return True
            if event.key() == Qt.Key.Key_Backspace and isinstance(watched, QLineEdit) and not watched.text():
                self.parts.collected.remove_last()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer to Enter and Esc wherever the keyboard is."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.add()
        elif event.key() in ENTER:
            self.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the window, which has no title bar, by its ground."""
        if event.button() == Qt.MouseButton.LeftButton and (handle := self.windowHandle()) is not None:
            handle.startSystemMove()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Count closing by the window manager as Esc."""
        self.leave()
        event.accept()
