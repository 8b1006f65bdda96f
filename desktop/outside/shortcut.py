"""A key that works in every program: grabbed from the X server, which tells whether another program has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Signal

from desktop.outside.hotkeys import Hotkey, hotkey
from desktop.outside.screen import connect, disconnect

if TYPE_CHECKING:
    from PySide6.QtGui import QKeySequence

CAPS_LOCK, NUM_LOCK = 2, 16
LOCKS = (0, CAPS_LOCK, NUM_LOCK, CAPS_LOCK | NUM_LOCK)
"""The key must work whichever of these is on."""


class GlobalShortcut(QObject):
    """Holds one key; `pressed` brings the server's time of the stroke, which window managers want to know."""

    pressed = Signal(int)

    def __init__(self, parent: QObject | None = None, *, screen: str | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._display: Any = None
        self._heard: QSocketNotifier | None = None
        self._key: Hotkey | None = None

    def hold(self, sequence: QKeySequence) -> str:
        """Take this key and no other; returns why that failed, in words, or nothing."""
        self.release()
        wanted = hotkey(sequence)
        if wanted is None:
            return _tr("Choose one key stroke with Ctrl, Alt or the Windows key in it, or a function key.")
        self._display = connect(self._screen)
        if self._display is None:
            return _tr("The X server cannot be asked for the key.")
        if not self._grab(wanted):
            self.release()
            return _tr("Another program, or the desktop itself, has this key already. Choose another one.")
        self._key = wanted
        self._heard = QSocketNotifier(self._display.fileno(), QSocketNotifier.Type.Read, self)
        self._heard.activated.connect(self._hear)
        return ""

    def release(self) -> None:
        """Give the key back."""
        self._key = None
        if self._heard is not None:
            self._heard.setEnabled(False)
            self._heard.deleteLater()
            self._heard = None
        display, self._display = self._display, None
        if display is not None:
            disconnect(display)  # which ungrabs

    def _grab(self, wanted: Hotkey) -> bool:
        from Xlib import X, error

        code = self._display.keysym_to_keycode(wanted.keysym)
        if not code:
            return False
        caught = error.CatchError(error.BadAccess)
        root = self._display.screen().root
        for locks in LOCKS:
            root.grab_key(code, wanted.modifiers | locks, 1, X.GrabModeAsync, X.GrabModeAsync, onerror=caught)
        self._display.sync()
        return caught.get_error() is None

    def _hear(self) -> None:
        from Xlib import X, error

        try:
            while self._display is not None and self._display.pending_events():
                event = self._display.next_event()
                if event.type == X.KeyPress:
                    # Else the keyboard stays here until the key is let go, and what is typed meanwhile is lost.
                    self._display.ungrab_keyboard(event.time)
                    self._display.flush()
                    self.pressed.emit(event.time)
                elif event.type == X.MappingNotify and event.request != X.MappingPointer:
                    self._follow(event)
        except (error.ConnectionClosedError, OSError):
            self.release()

    def _follow(self, event: Any) -> None:
        """Hold the key where another keyboard layout has it."""
        from Xlib import X

        self._display.refresh_keyboard_mapping(event)
        self._display.screen().root.ungrab_key(X.AnyKey, X.AnyModifier)
        if self._key is not None:
            self._grab(self._key)


def _tr(text: str) -> str:
    return QCoreApplication.translate("GlobalShortcut", text)
