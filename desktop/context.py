"""What every view is given: the library, the tasks, the settings, the theme, one voice to the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from db.services.changes import Changes
from desktop.icons import Icons
from desktop.lifetime import alive
from desktop.tasks import Task, TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.domain.errors import LibraryError
    from db.services.library import Library
    from db.services.progress import Report
    from desktop.settings import Settings
    from desktop.theme import Theme

T = TypeVar("T")
POLL_MS = 2_000


PAPER_PARTS = ("attachment", "issue", "key_alias", "paper", "paper_collection", "paper_tag", "sighting", "twin")
ALL_PARTS = frozenset((*PAPER_PARTS, "collection", "setting", "source", "step", "tag"))
EVERYTHING = Changes("", ALL_PARTS, None)
"""Announced when the extent of a change is unknown, for example after another program wrote."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One line for a toast; `kind` is info, good, warning or danger; `action` names a button."""

    text: str
    kind: str = "info"
    action: str = ""
    on_action: Callable[[], None] | None = None


class AppContext(QObject):
    """Passed to each view as its first argument; emits `changed` once per write, and `closing` before the end."""

    changed = Signal(object)
    opened = Signal()
    notified = Signal(object)
    failed = Signal(object)
    closing = Signal()

    def __init__(self, settings: Settings, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library: Library | None = None
        self.settings = settings
        self.theme = theme
        self.icons = Icons(theme, self)
        self.tasks = TaskRunner(self)
        self._seen_version: int | None = None
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self.look_for_other_writers)

    def set_library(self, library: Library) -> None:
        """Take an open library and tell the views."""
        self.library = library
        self._poll.start()
        self.opened.emit()
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
            self.announce(changes_of(result))
            if on_done and alive(on_done):
                on_done(result)

        def failed(error: LibraryError) -> None:
            hears = on_error if on_error is not None and alive(on_error) else self.fail
            hears(error)

        return self.tasks.write(
            lambda report: fn(library, report),
            label=label,
            on_done=done,
            on_error=failed,
            on_cancel=on_cancel,
        )

    def read(self, fn: Callable[[Library], T], on_done: Callable[[T], None], *, key: str | None = None) -> None:
        """Ask `fn(library)` off the UI thread; with a key only the newest question is answered."""
        library = self.library
        if library is not None:
            self.tasks.read(lambda: fn(library), on_done, key=key, on_error=self.fail)

    def ask(
        self,
        fn: Callable[[Library, Callable[[Any], None]], T],
        on_done: Callable[[T], None],
        *,
        key: str,
        on_part: Callable[[Any], None],
        withdraw: Callable[[], None],
    ) -> None:
        """Ask as `read` does: `fn(library, part)` hands over the beginning of its answer first.

        `withdraw` is called when a newer question with the same key comes.
        """
        library = self.library
        if library is not None:
            self.tasks.ask(
                lambda part: fn(library, part),
                on_done,
                key=key,
                on_part=on_part,
                withdraw=withdraw,
                on_error=self.fail,
            )

    def look(
        self,
        fn: Callable[[Library, Report, Callable[[Any], None]], T],
        *,
        on_part: Callable[[Any], None],
        on_done: Callable[[T], None],
        on_error: Callable[[LibraryError], None] | None = None,
    ) -> Task | None:
        """Ask a long question `fn(library, report, part)` that changes nothing; None when no library is open."""
        library = self.library
        if library is None:
            return None
        return self.tasks.look(
            lambda report, part: fn(library, report, part),
            on_part=on_part,
            on_done=on_done,
            on_error=on_error or self.fail,
        )

    def announce(self, changes: Changes | None) -> None:
        """Tell the views once what changed."""
        if changes:
            self.changed.emit(changes)

    def notify(self, text: str, *, kind: str = "info", undo: bool = False) -> None:
        """Show one line that goes away by itself; `undo` offers to take the last step back."""
        if undo:
            self.notified.emit(Notice(text, kind, self.tr("Undo"), self.undo))
        else:
            self.notified.emit(Notice(text, kind))

    def fail(self, error: LibraryError) -> None:
        """Tell of a failure in its own words, with the details at hand."""
        self.failed.emit(error)

    def undo(self) -> None:
        """Take the last step back, unless long work is about to make a newer one."""
        if self.at_long_work():
            return
        from db.services import undoing

        self.run_long(self.tr("Undo"), undoing.undo, self._said_undone)

    def at_long_work(self) -> bool:
        """Tell, and say, that long work is running: its step would come before what undo and redo are asked for."""
        task = self.tasks.current
        if task is None or not task.is_long:
            return False
        self.notify(self.tr("“{0}” is still running: undo works again when it has ended.").format(task.label))
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
            self.changed.emit(EVERYTHING)

    def close(self, *, cancel: bool = True) -> None:
        """Stop the tasks (or, without `cancel`, let waiting ones end) and close the library."""
        self._poll.stop()
        if self.library is not None:
            self.closing.emit()
        self.tasks.shutdown(cancel=cancel)
        if self.library is not None:
            self.library.close()
            self.library = None
        self.settings.save()


def changes_of(result: object) -> Changes | None:
    """Find the `Changes` in what a service returned: itself, its `changes`, or a part of a tuple."""
    if isinstance(result, Changes):
        return result
    if isinstance(result, tuple):
        return next((part for part in result if isinstance(part, Changes)), None)
    found = getattr(result, "changes", None)
    return found if isinstance(found, Changes) else None
