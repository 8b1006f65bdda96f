"""What every view is given: the library, the tasks, the settings, the theme, one voice to the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer

from db.services.changes import Changes
from desktop.lifetime import alive
from desktop.shared import Notice, WindowContext

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.domain.errors import LibraryError
    from db.services.library import Library
    from db.services.progress import Report
    from desktop.settings import Settings
    from desktop.tasks import Task
    from desktop.theme import Theme

T = TypeVar("T")
POLL_MS = 2_000


PAPER_PARTS = (
    "added_key", "attachment", "issue", "key_alias", "paper", "paper_collection", "paper_tag", "sighting", "twin"
)  # fmt: skip
ALL_PARTS = frozenset((*PAPER_PARTS, "collection", "saved_search", "setting", "source", "step", "tag"))
EVERYTHING = Changes("", ALL_PARTS, None)
"""Announced when the extent of a change is unknown, for example after another program wrote."""


class AppContext(WindowContext):
    """Passed to each view as its first argument: asks and changes the library, and says what came of it.

    `changed` comes once per write, in every window; `closing` before the end, `closed` when the library is.
    """

    def __init__(
        self, settings: Settings, theme: Theme, parent: QObject | None = None, *, beside: AppContext | None = None
    ) -> None:
        super().__init__(settings, theme, parent, beside=beside)
        self._seen_version: int | None = None
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self.look_for_other_writers)

    def set_library(self, library: Library) -> None:
        """Take an open library and tell the views of all windows."""
        self.library = library
        self._poll.start()
        self.shared._is_settled = False
        self.shared.opened.emit()
        if library.read_only:
            said = self.tr("{0} is open for reading only: you can read, search and export, but not change papers.")
            self.notify(said.format(library.path.name), kind="warning")

    def run(
        self,
        label: str,
        fn: Callable[[Library], T],
        on_done: Callable[[T], None] | None = None,
        *,
        on_error: Callable[[LibraryError], None] | None = None,
        toast: str = "",
        undo: bool = False,
    ) -> Task | None:
        """Run a short change `fn(library)` on the writer; `undo` adds that button to the toast."""

        def done(result: T) -> None:
            if toast:
                self.notify(toast, undo=undo and bool(changes_of(result)))
            if on_done and alive(on_done):
                on_done(result)

        return self.run_long(label, lambda library, _report: fn(library), done, on_error=on_error)

    def run_long(
        self,
        label: str,
        fn: Callable[[Library, Report], T],
        on_done: Callable[[T], None] | None = None,
        *,
        on_error: Callable[[LibraryError], None] | None = None,
        on_cancel: Callable[[], None] | None = None,
    ) -> Task | None:
        """Run a long change `fn(library, report)` with progress and Cancel; None when no library is open."""
        library = self.library
        if library is None:
            self.notify(self.tr("The library is still opening."))
            return None

        def done(result: T) -> None:
            changes = changes_of(result)
            self.announce(changes)
            if self.is_closed:  # the window that asked is gone: another one says what was done
                self.notify(self.tr("Done: {0}").format(label), undo=bool(changes))
            elif on_done and alive(on_done):
                on_done(result)

        return self.tasks.write(
            lambda report: fn(library, report),
            label=label,
            on_done=done,
            on_error=lambda error: self._open_or(self.fail, on_error)(error),
            on_cancel=lambda: self._open_or(_nothing, on_cancel)(),
        )

    def _open_or(self, otherwise: Callable[..., None], wanted: Callable[..., None] | None) -> Callable[..., None]:
        """Return what a view wants to be told by, unless its window, or the view, is gone."""
        return otherwise if wanted is None or self.is_closed or not alive(wanted) else wanted

    def read(self, fn: Callable[[Library], T], on_done: Callable[[T], None], *, key: str | None = None) -> None:
        """Ask `fn(library)` off the UI thread; with a key only the newest question is answered."""
        library = self.library
        if library is not None:
            own = None if key is None else (self.number, key)
            self.tasks.read(lambda: fn(library), self._while_open(on_done), key=own, on_error=self.fail)

    def ask(
        self,
        fn: Callable[[Library, Callable[[Any], None]], T],
        on_done: Callable[[T], None],
        *,
        key: str,
        on_part: Callable[[Any], None],
        withdraw: Callable[[], None],
        on_error: Callable[[LibraryError], None] | None = None,
    ) -> None:
        """Ask as `read` does: `fn(library, part)` hands over the beginning of its answer first.

        `withdraw` is called when a newer question with the same key comes.
        """
        library = self.library
        if library is not None:
            self.tasks.ask(
                lambda part: fn(library, part),
                self._while_open(on_done),
                key=(self.number, key),
                on_part=self._while_open(on_part),
                withdraw=withdraw,
                on_error=on_error or self.fail,
            )

    def look(
        self,
        fn: Callable[[Library, Report, Callable[[Any], None]], T],
        *,
        on_part: Callable[[Any], None],
        on_done: Callable[[T], None],
        on_error: Callable[[LibraryError], None] | None = None,
        withdraw: Callable[[], None] | None = None,
    ) -> Task | None:
        """Ask a long question `fn(library, report, part)` that changes nothing; None when no library is open."""
        library = self.library
        if library is None:
            return None
        return self.tasks.look(
            lambda report, part: fn(library, report, part),
            on_part=self._while_open(on_part),
            on_done=self._while_open(on_done),
            on_error=lambda error: self._open_or(self.fail, on_error)(error),
            withdraw=withdraw,
        )

    def _while_open(self, tell: Callable[[T], None]) -> Callable[[T], None]:
        """Return what tells a view, unless its window, or the view, is gone by then."""

        def told(answer: T) -> None:
            if not self.is_closed and alive(tell):
                tell(answer)

        return told

    def notify(self, text: str, *, kind: str = "info", undo: bool = False) -> None:
        """Show one line that goes away by itself; `undo` offers to take the last step back."""
        voice = self.voice
        voice.notified.emit(Notice(text, kind, self.tr("Undo"), voice.undo) if undo else Notice(text, kind))

    def undo(self) -> None:
        """Take the last step back, unless long work is about to make a newer one."""
        if self.at_long_work():
            return
        from db.services import undoing

        self.run_long(self.tr("Undo"), undoing.undo, self._said_undone)

    def at_long_work(self, then: str = "") -> bool:
        """Tell that long work is running, and say so, with what can be done `then`; without a word, that is undo.

        The step of that work would come before what undo and redo are asked for.
        """
        task = self.tasks.current
        if task is None or not task.is_long:
            return False
        self.notify((then or self.tr("“{0}” is still running: undo works again when it has ended.")).format(task.label))
        return True

    def _said_undone(self, changes: Changes) -> None:
        self.notify(self.tr("Undone: {0}").format(changes.label) if changes else self.tr("Nothing to undo."))

    def look_for_other_writers(self) -> None:
        """Ask whether another program wrote to the library, and let the views catch up if so."""
        if not self.tasks.busy:
            self.read(lambda library: library.data_version(), self._compare_version, key="data_version")

    def _compare_version(self, version: int) -> None:
        before, self._seen_version = self._seen_version, version
        if before is not None and before != version:
            self.announce(EVERYTHING)

    def close(self, *, cancel: bool = True) -> None:
        """Let a window go; with the last one stop the tasks (without `cancel` waiting ones end) and the library."""
        if self.shared is not self:
            self.leave()
            if self.is_last:
                self.shared.close(cancel=cancel)
            return
        self._poll.stop()
        if self.library is not None:
            self.closing.emit()
        self.tasks.shutdown(cancel=cancel)
        if self.library is not None:
            self.library.close()
            self.library = None
            self.closed.emit()
        self.settings.save()


def _nothing() -> None:
    """Tell nobody."""


def changes_of(result: object) -> Changes | None:
    """Find the `Changes` in what a service returned: itself, its `changes`, or a part of a tuple."""
    if isinstance(result, Changes):
        return result
    if isinstance(result, tuple):
        return next((part for part in result if isinstance(part, Changes)), None)
    found = getattr(result, "changes", None)
    return found if isinstance(found, Changes) else None
