"""The open windows of one library: opening, closing, coming back after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSize, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.models.editors import EditorAccess
from desktop.models.live_files import LiveFiles
from desktop.window.leaving import may_stop
from desktop.window.main_window import MainWindow

if TYPE_CHECKING:
    from desktop.context import AppContext

OPEN = "session/windows"
MOST = 16
STEP = QPoint(32, 32)
"""How far a new window stands from the one that it was opened from."""


class Windows(QObject):
    """Makes the windows, which share `context`, live .bib files and the ways to the picker; `painted` comes once."""

    painted = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.live = LiveFiles(context, self)
        self.editors = EditorAccess(context, self)
        self._ending = False
        numbers = [one for one in context.settings.get(OPEN, []) if isinstance(one, int) and 0 < one <= MOST]
        self._wanted = list(dict.fromkeys(numbers))[1:]
        self.all: list[MainWindow] = []
        self._make(numbers[0] if numbers else 1).painted.connect(self.painted)
        context.window_wanted.connect(self.open)
        context.quit_wanted.connect(self.quit)

    @property
    def first(self) -> MainWindow:
        """The window that the person used last, which takes what comes from outside."""
        return next((one for one in self.all if one.context.leads), self.all[-1])

    def show(self) -> None:
        """Show the windows; after the first paint, those that were open besides the first."""
        for one in self.all:
            one.show()

    def hide(self) -> None:
        """Hide the windows while there is no library to show."""
        for one in self.all:
            one.hide()

    def come_back(self) -> None:
        """Open the other windows that were open when the program ended."""
        wanted, self._wanted = self._wanted, []
        used = self.first
        for number in wanted:
            self._show(self._make(number))
        used.activateWindow()

    def open(self) -> None:
        """Open one more window, laid out like the one in use."""
        taken = {one.context.number for one in self.all}
        number = next((one for one in range(1, MOST + 1) if one not in taken), 0)
        if not number:
            said = self.tr("{0} windows are open. Close one of them first.").format(MOST)
            self._context.notify(said, kind="warning")
            return
        before = self.first
        before.memory.save(before.search.text(), before.scope)
        made = self._make(number, before)
        at, room = before.pos() + STEP, before.screen().availableGeometry()
        frame = before.frameGeometry().size() - before.size()
        fitting = made.size().boundedTo(QSize(room.right() - at.x(), room.bottom() - at.y()) - frame)
        made.resize(fitting.expandedTo(made.minimumSize()))
        made.move(at)
        self._show(made)
        made.activateWindow()
        self._remember()

    def quit(self) -> None:
        """Close all windows, after one question if work is running; the next start opens them again."""
        if self._ending or not may_stop(self.first, self._context):
            return
        self._ending = True
        self._remember()
        for one in reversed(self.all[:]):  # the last one to close is the first one to come back
            one.may_end = True
            one.close()

    def _make(self, number: int, like: MainWindow | None = None) -> MainWindow:
        common = (self.live, self.editors)
        made = MainWindow(self._context.beside(number), common, like.context if like else None)
        made.closed.connect(lambda: self._closed(made))
        self.all.append(made)
        return made

    def _show(self, made: MainWindow) -> None:
        made.show()
        if self._context.library is not None:
            QTimer.singleShot(0, made, made.context.opened.emit)

    def _closed(self, window: MainWindow) -> None:
        if self._ending or len(self.all) == 1:
            return  # the library is closed, and the program about to end
        self.all.remove(window)
        for inner in window.findChildren(QWidget):
            if inner.isWindow() and inner.isVisible():
                inner.close()  # which ends what it is at, such as drawing a map
        window.deleteLater()
        self._remember()

    def _remember(self) -> None:
        used = self.first
        rest = [one.context.number for one in self.all if one is not used]
        self._context.settings.set(OPEN, [used.context.number, *rest])
        self._context.settings.save()
