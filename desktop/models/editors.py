"""The ways from other programs to the picker, as the person turned them on: a key, and the address for editors."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence

from db import services
from desktop import pick_options
from desktop.endpoint.server import Endpoint
from desktop.endpoint.token import new_token, token_of
from desktop.instance import ACTIVATION
from desktop.outside.screen import Screen, on_x11
from desktop.outside.shortcut import GlobalShortcut

if TYPE_CHECKING:
    from db.services.library import Library
    from desktop.context import AppContext
    from desktop.endpoint.server import Inquiry


class Busy(Protocol):
    """A picker, which may be in the middle of a citation."""

    @property
    def is_busy(self) -> bool:
        """Whether it is open."""


class EditorAccess(QObject):
    """Begins when the library is open, ends before it is closed; `changed` comes when one of the ways did.

    `picker_wanted` brings the X server's time of the key stroke, if it was one; `asked` a client with what it wishes.
    """

    picker_wanted = Signal(int)
    asked = Signal(object, object)
    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.on_x11 = on_x11(QGuiApplication.platformName())
        self.screen: Screen | None = Screen() if self.on_x11 else None
        self.key = GlobalShortcut(self)
        self.endpoint = Endpoint(self)
        self.key_trouble = self.endpoint_trouble = ""
        self.picking: Busy | None = None
        """Whose picker is open: with several windows, what asks next is for that one."""
        self.key.pressed.connect(self.picker_wanted)
        self.endpoint.asked.connect(self._hear)
        context.shared.settled.connect(self._prepare)
        context.closing.connect(self.stop)

    def _prepare(self) -> None:
        """Load what an answer needs off the UI thread, then begin."""
        self._context.read(_load, lambda _loaded: self.start(), key="editors")

    def start(self) -> None:
        """Turn on what is wanted, and say what could not be."""
        self.hold_key()
        self.listen()
        for trouble in (self.key_trouble, self.endpoint_trouble):
            if trouble:
                self._context.notify(trouble, kind="warning")

    def stop(self) -> None:
        """Give everything back."""
        self.key.release()
        self.endpoint.close()
        if self.screen is not None:
            self.screen.close()

    def open_picker(self, token: str = "") -> None:
        """Open the picker for somebody outside, once there is a library to pick from.

        `token` lets a window take the keyboard on Wayland; Qt looks for it where programs get it at their start.
        """
        if token:
            os.environ[ACTIVATION] = token
        if self._context.library is not None:
            self.picker_wanted.emit(0)
        else:
            self._context.opened.connect(self.open_picker, Qt.ConnectionType.SingleShotConnection)

    # The key ------------------------------------------------------------------------------------------

    def hold_key(self) -> None:
        """Hold the key of the preferences, or none."""
        settings = self._context.settings
        self.key_trouble = ""
        if self.on_x11 and settings.get(pick_options.KEY_ON, False):
            self.key_trouble = self.key.hold(QKeySequence(settings.get(pick_options.KEY, pick_options.FIRST_KEY)))
        else:
            self.key.release()
        self.changed.emit()

    # The address --------------------------------------------------------------------------------------

    def listen(self) -> None:
        """Listen at the port of the preferences, or not at all."""
        settings = self._context.settings
        self.endpoint.close()
        self.endpoint_trouble = ""
        if settings.get(pick_options.ANSWER, False):
            token = self.token()
            if token:
                self.endpoint_trouble = self.endpoint.listen(
                    settings.get(pick_options.PORT, pick_options.FIRST_PORT), token
                )
        self.changed.emit()

    def token(self) -> str:
        """Return the token, empty with the reason in `endpoint_trouble` when it cannot be kept."""
        try:
            return token_of(self._context.settings.path.parent)
        except OSError as error:
            self.endpoint_trouble = self._not_kept(error)
            return ""

    def renew_token(self) -> None:
        """Make another token, which editors must be told."""
        try:
            new_token(self._context.settings.path.parent)
        except OSError as error:
            self.endpoint_trouble = self._not_kept(error)
            self.changed.emit()
            return
        self.listen()

    def _not_kept(self, error: OSError) -> str:
        said = self.tr("The token for editors cannot be kept in {0}: {1}. Editors get no answer until it can.")
        return said.format(self._context.settings.path.parent, error.strerror or error)

    def _hear(self, client: Inquiry, query: str) -> None:
        wish = services.picking.read_wish(query)
        if isinstance(wish, services.picking.Refusal):
            client.refuse(wish.status, wish.text)
        elif wish.probe:
            client.answer("ready" if self._context.library is not None else "starting")
        else:
            self.asked.emit(client, wish)


def _load(_library: Library) -> None:
    _ = services.picking.read_wish
