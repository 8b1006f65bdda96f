"""Notices that the files of a document changed: by looking, for editors and LaTeX replace them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from db import services

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.context import AppContext

POLL_MS = 1_000
Stamp = tuple[tuple[int, ...], ...]


class Follower(QObject):
    """Asks off the UI thread what the files look like; `changed` comes once they have held still for one look.

    Watching folders by the system fails on network drives, and a file that is replaced is no longer watched.
    """

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._files: tuple[str, ...] = ()
        self._known: Stamp | None = None
        self._last: Stamp | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.look)

    def follow(self, files: Sequence[str], stamp: Stamp) -> None:
        """Look at these files from now on; `stamp` is how they were when they were read."""
        self._files, self._known, self._last = tuple(files), stamp, stamp

    def set_on(self, on: bool) -> None:
        """Look every second, or not at all."""
        if on:
            self._timer.start()
        else:
            self._timer.stop()

    def look(self) -> None:
        """Ask what the files look like now."""
        files = self._files
        if files:
            self._context.read(
                lambda _library: (files, services.documents.stamp(files)), self._compare, key=f"follow {id(self)}"
            )

    def _compare(self, answer: tuple[tuple[str, ...], Stamp]) -> None:
        files, stamp = answer
        if files != self._files:
            return
        still, self._last = stamp == self._last, stamp
        # A document that is not there is being replaced, or the disk is away: what is shown stays.
        if still and stamp != self._known and any(stamp[0]):
            self._known = stamp
            self.changed.emit()
