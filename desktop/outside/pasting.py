"""Pasting the clipboard into another program: go back to its window, wait until it is there, press the keys."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from desktop.outside.screen import Screen, Target

STEP_MS = 15
PATIENCE = 1.5
"""Seconds that a window may take to come to the front, and a person to let go of the keys."""
SETTLE = 0.06
"""Seconds between the window's coming to the front and the keys: a program takes the keyboard after that."""


class Paster(QObject):
    """Does one paste at a time; `ended` says whether the keys were pressed.

    Nothing is pressed unless the very window that was in use before is in use again, so no other gets the text.
    """

    ended = Signal(bool)

    def __init__(self, screen: Screen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._target: Target | None = None
        self._began = 0.0
        self._there_since = 0.0
        self._steps = QTimer(self, interval=STEP_MS)
        self._steps.timeout.connect(self._step)

    def paste(self, target: Target) -> None:
        """Paste into this window, which is brought to the front."""
        self._target, self._began, self._there_since = target, time.monotonic(), 0.0
        self._screen.activate(target.window)
        self._steps.start()

    def stop(self) -> None:
        """Give up what is under way."""
        self._steps.stop()
        self._target = None

    def _step(self) -> None:
        now, target = time.monotonic(), self._target
        if target is None:
            return
        if not (self._screen.is_active(target) and self._screen.keys_are_up()):
            self._there_since = 0.0
            if now - self._began > PATIENCE:
                self._end(False)
            return
        self._there_since = self._there_since or now
        if now - self._there_since >= SETTLE:
            self._end(self._screen.paste(target))

    def _end(self, pasted: bool) -> None:
        self.stop()
        self.ended.emit(pasted)
