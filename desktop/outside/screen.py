"""Other programs' windows on an X11 screen: which one is in use, how to go back to it, and how to paste into it."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from Xlib.display import Display

T = TypeVar("T")
ACTIVE = "_NET_ACTIVE_WINDOW"
BY_THE_PERSON = 2
"""What a message to the window manager says of its reason; others may be held back."""
HELD = 1 | 4 | 8 | 64
"""Shift, Control, Alt and Super, which would change what a key means."""
OWN = "sheaf"
"""The class of Sheaf's own windows: another process may have another library open."""
INSERT_PASTES = ("emacs", "gvim", "xterm", "terminal", "rxvt", "konsole", "alacritty", "kitty")
"""Programs, by a part of their window's class, in which Ctrl+V does something else and Shift+Insert pastes."""
SHIFT, CONTROL, V, INSERT = 0xFFE1, 0xFFE3, 0x76, 0xFF63
"""Keysyms."""


@dataclass(frozen=True, slots=True)
class Target:
    """A window of another program, with its class in small letters, such as `kate` or `xterm`."""

    window: int
    kind: str = ""


def on_x11(platform: str) -> bool:
    """Tell whether programs may see each other's windows: under X11, and not through its stand-in on Wayland."""
    return platform == "xcb" and os.environ.get("XDG_SESSION_TYPE", "") != "wayland"


def connect(name: str | None = None) -> Display | None:
    """Return a connection of its own to the X server; None when there is none, or the library for it is missing."""
    try:
        from Xlib import error
        from Xlib.display import Display
    except ImportError:  # it comes with Linux only
        return None
    try:
        display = Display(name)
    except (error.DisplayError, error.ConnectionClosedError, error.XauthError, OSError):
        return None
    display.set_error_handler(lambda *_error: None)  # windows come and go; the usual handler prints
    return display


def disconnect(display: Display) -> None:
    """End a connection, whether or not the server is still there."""
    with suppress(Exception):  # the library raises whatever comes when it is not
        display.close()


class Screen:
    """Asks the X server; the connection is made at the first question. Without one, every answer is "nothing"."""

    def __init__(self, name: str | None = None) -> None:
        self._name = name
        self._display: Display | None = None
        self._gone = False

    def close(self) -> None:
        """End the connection for good."""
        display, self._display, self._gone = self._display, None, True
        if display is not None:
            disconnect(display)

    def active(self) -> Target | None:
        """Return the window in use, None when it is one of Sheaf, or nobody knows."""
        return self._ask(_active, None)

    def is_active(self, target: Target) -> bool:
        """Tell whether a window is the one in use now."""
        return self._ask(lambda display: _in_use(display) == target.window, False)

    def activate(self, window: int, time: int = 0) -> None:
        """Bring a window to the front with the keyboard in it; `time` is that of the key that asked for it."""
        self._ask(lambda display: _activate(display, window, time), None)

    def keys_are_up(self) -> bool:
        """Tell whether no modifier is held, so that keys mean what they say."""
        return self._ask(lambda display: not display.screen().root.query_pointer().mask & HELD, True)

    def paste(self, target: Target) -> bool:
        """Press what pastes in that program, whose window must be in use; False when that cannot be done."""
        insert = pastes_by_insert(target)
        keysyms = (SHIFT, INSERT) if insert else (CONTROL, V)
        return self._ask(lambda display: _press(display, keysyms), False)

    def _ask(self, question: Callable[[Any], T], otherwise: T) -> T:
        """Ask the server; a window that is gone, or a server that is, makes the answer what it is otherwise."""
        if self._display is None and not self._gone:
            self._display = connect(self._name)
            self._gone = self._display is None  # a server that is gone does not come back to this process
        if self._display is None:
            return otherwise
        from Xlib import error

        try:
            return question(self._display)
        except error.XError:
            return otherwise
        except (error.ConnectionClosedError, OSError):
            self.close()
            return otherwise


def pastes_by_insert(target: Target) -> bool:
    """Tell whether a program pastes with Shift+Insert, from the selection that terminals take."""
    return any(part in target.kind for part in INSERT_PASTES)


def _in_use(display: Any) -> int | None:
    """Return the window in use: as the window manager says, else where the keyboard is."""
    found = display.screen().root.get_full_property(display.intern_atom(ACTIVE), 0)
    if found is not None:
        return int(found.value[0]) or None if len(found.value) else None
    focus = display.get_input_focus().focus
    return None if isinstance(focus, int) else int(focus.id)  # a number stands for none, or the whole screen


def _active(display: Any) -> Target | None:
    number = _in_use(display)
    if number is None:
        return None
    window = display.create_resource_object("window", number)
    owner = window.get_full_property(display.intern_atom("_NET_WM_PID"), 0)
    if owner is not None and len(owner.value) and owner.value[0] == os.getpid():
        return None
    names = window.get_wm_class() or ("", "")
    kind = str(names[1] or names[0]).lower()
    return None if kind == OWN else Target(number, kind)


def _activate(display: Any, number: int, time: int) -> None:
    from Xlib.protocol.event import ClientMessage

    root = display.screen().root
    if root.get_full_property(display.intern_atom(ACTIVE), 0) is None:
        display.create_resource_object("window", number).set_input_focus(2, time)  # no window manager to ask
    else:
        kind = display.intern_atom(ACTIVE)
        told = ClientMessage(window=number, client_type=kind, data=(32, (BY_THE_PERSON, time, 0, 0, 0)))
        root.send_event(told, event_mask=0x180000)  # what window managers listen to
    display.sync()


def _press(display: Any, keysyms: tuple[int, ...]) -> bool:
    from Xlib import X
    from Xlib.ext import xtest

    codes = [display.keysym_to_keycode(one) for one in keysyms]
    if not all(codes) or not display.has_extension("XTEST"):
        return False
    for code in codes:
        xtest.fake_input(display, X.KeyPress, code)
    for code in reversed(codes):
        xtest.fake_input(display, X.KeyRelease, code)
    display.sync()
    return True
