"""What the windows of one library share, and what each has for itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QObject, Signal

from desktop.icons import Icons
from desktop.tasks import TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.domain.errors import LibraryError
    from db.services.changes import Changes
    from db.services.library import Library
    from desktop.settings import Settings
    from desktop.theme import Theme


@dataclass(frozen=True, slots=True)
class Notice:
    """One line for a toast; `kind` is info, good, warning or danger; `action` names a button."""

    text: str
    kind: str = "info"
    action: str = ""
    on_action: Callable[[], None] | None = None


class WindowContext(QObject):
    """With several windows each has a context of its own, made by `beside`.

    They share the library, the tasks and the look, and hear of each other's changes; notices and failures are of one
    window. `begun` comes in each of them after `opened`, once first rows are painted or keep everybody waiting: what
    else is read begins then, for two threads that read take the interpreter from each other. `settled` comes in the
    shared context alone, once a library is open and its first rows are shown: what can wait begins then. `preferred`
    says that preferences are others now; `quit_wanted` and `window_wanted` ask for what concerns all windows, and
    `moved`, in the shared context, to begin anew with a library in another place.
    """

    changed = Signal(object)
    opened = Signal()
    begun = Signal()
    settled = Signal()
    notified = Signal(object)
    failed = Signal(object)
    closing = Signal()
    closed = Signal()
    preferred = Signal()
    quit_wanted = Signal()
    window_wanted = Signal()
    moved = Signal(object)

    def __init__(
        self, settings: Settings, theme: Theme, parent: QObject | None = None, *, beside: Self | None = None
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.theme = theme
        self.shared: Self = beside or self
        """What belongs to no window; with one window alone, its context itself."""
        self.icons: Icons = beside.icons if beside else Icons(theme, self)
        self.tasks: TaskRunner = beside.tasks if beside else TaskRunner(self)
        self.number = 1
        self.is_closed = False
        self._is_settled = False
        self._library: Library | None = None
        self._windows: list[Self] = []

    @property
    def library(self) -> Library | None:
        """The open library, the same for all windows."""
        return self.shared._library

    @library.setter
    def library(self, library: Library | None) -> None:
        self.shared._library = library

    # Several windows ----------------------------------------------------------------------------------

    def beside(self, number: int = 1) -> Self:
        """Return the context of one more window; the last one that closes ends what is shared."""
        made = type(self)(self.settings, self.theme, self, beside=self)
        made.number = number
        self._windows.append(made)
        self.changed.connect(made.changed)
        self.opened.connect(made.opened)
        self.preferred.connect(made.preferred)
        return made

    def leave(self) -> None:
        """Hear and say nothing from here on: another window tells what comes of what is under way."""
        if self.is_closed:
            return
        if self.library is not None:
            self.closing.emit()
        self.is_closed = True
        self.shared._windows = [one for one in self.shared._windows if one is not self]
        self.shared.changed.disconnect(self.changed)
        self.shared.opened.disconnect(self.opened)
        self.shared.preferred.disconnect(self.preferred)

    @property
    def is_last(self) -> bool:
        """Whether no other window is open."""
        return all(one is self for one in self.shared._windows)

    @property
    def leads(self) -> bool:
        """Whether the person used this window last, so that it answers what comes from outside."""
        windows = self.shared._windows
        return not windows or windows[-1] is self

    def lead(self) -> None:
        """Remember that the person uses this window now."""
        windows = self.shared._windows
        if self in windows:
            windows.remove(self)
            windows.append(self)

    def place(self, key: str) -> str:
        """Return the key of a setting that each window has for itself."""
        return key if self.number == 1 else f"window{self.number}/{key}"

    # One voice ----------------------------------------------------------------------------------------

    @property
    def voice(self) -> Self:
        """Return whose window tells something: this one, or the one used last where this has none."""
        windows = self.shared._windows
        return windows[-1] if windows and (self.is_closed or self is self.shared) else self

    @property
    def is_settled(self) -> bool:
        """Whether a library is open and its first rows are shown."""
        return self.shared._is_settled

    def settle(self) -> None:
        """Let begin what has waited for the first rows."""
        if not self.is_settled:
            self.shared._is_settled = True
            self.shared.settled.emit()

    def announce(self, changes: Changes | None) -> None:
        """Tell the views of all windows once what changed."""
        if changes:
            self.shared.changed.emit(changes)

    def prefer(self) -> None:
        """Tell all windows that preferences are others now."""
        self.shared.preferred.emit()

    def fail(self, error: LibraryError) -> None:
        """Tell of a failure in its own words, with the details at hand."""
        self.voice.failed.emit(error)
