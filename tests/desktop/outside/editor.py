"""A window of another program on an X server: it has the keyboard and notes which keys it gets."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

from Xlib import X, display
from Xlib.error import ConnectionClosedError
from Xlib.ext import xtest


class Editor:
    """One window; `keys` are the keysyms that were pressed in it."""

    def __init__(self, screen: str, kind: str = "kate") -> None:
        self.display: Any = display.Display(screen)
        root = self.display.screen().root
        self.window = root.create_window(0, 0, 100, 80, 0, X.CopyFromParent, event_mask=X.KeyPressMask)
        self.window.set_wm_class(kind, kind.capitalize())
        self.window.map()
        self.focus()

    def focus(self) -> None:
        """Take the keyboard."""
        self.window.set_input_focus(X.RevertToParent, X.CurrentTime)
        self.display.sync()

    def keys(self, count: int = 2, seconds: float = 5) -> list[int]:
        """Return the keysyms that were pressed, as soon as there are that many."""
        found: list[int] = []
        end = time.monotonic() + seconds
        while len(found) < count and time.monotonic() < end:
            if not self.display.pending_events():
                time.sleep(0.01)
                continue
            event = self.display.next_event()
            if event.type == X.KeyPress:
                found.append(self.display.keycode_to_keysym(event.detail, 0))
        return found

    def type(self, *keysyms: int) -> None:
        """Press keys together, as a person does."""
        codes = [self.display.keysym_to_keycode(one) for one in keysyms]
        for code in codes:
            xtest.fake_input(self.display, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(self.display, X.KeyRelease, code)
        self.display.sync()

    def hold(self, keysym: int, *, down: bool) -> None:
        """Press a key and keep it, or let it go."""
        xtest.fake_input(self.display, X.KeyPress if down else X.KeyRelease, self.display.keysym_to_keycode(keysym))
        self.display.sync()

    def close(self) -> None:
        """End the connection, and with it the window."""
        with suppress(ConnectionClosedError):
            self.display.close()
