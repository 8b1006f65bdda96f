"""Keeps live .bib files up to date: a second after the last edit, when a file changes, at the start and at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from db import services
from desktop.context import EVERYTHING
from desktop.lifetime import alive

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from db.domain.errors import LibraryError
    from db.services.changes import Changes
    from db.services.exporting import ExportOptions
    from db.services.library import Library
    from db.services.liveanswers import Asked
    from db.services.livefiles import Follow, LiveFile, Updated
    from db.services.livewatch import Seen
    from desktop.context import AppContext

AFTER_EDIT_MS, AFTER_WATCH_MS, RETRY_MS = 1_000, 400, 5_000
LEFT_OUT = frozenset({"issue", "step", "twin"})
"""Parts of a library that no entry is made from."""


class LiveFiles(QObject):
    """The attached files as they stand. `shown` comes when that changes, `dialog_wanted` when a view asks for it."""

    shown = Signal()
    dialog_wanted = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.files: tuple[LiveFile, ...] = ()
        self.trouble = ""
        self._changed: frozenset[int] | None = frozenset()
        self._running = 0
        self._seen: dict[int, Seen] = {}
        self._edit_timer = self._timer(AFTER_EDIT_MS, self._write_all)
        self._watch_timer = self._timer(AFTER_WATCH_MS, self._look_at_files)
        self._retry_timer = self._timer(RETRY_MS, lambda: self._soon(frozenset()))
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(lambda _path: self._watch_timer.start())
        self._watcher.directoryChanged.connect(lambda _path: self._watch_timer.start())
        context.shared.settled.connect(self._start)  # what writes files is heavy, and the first rows come first
        context.changed.connect(self._library_changed)
        context.closing.connect(self._flush)

    def _timer(self, wait: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(then)
        return timer

    @property
    def is_pending(self) -> bool:
        """Whether a change waits to be written, or is being written."""
        return bool(self.files) and (self._edit_timer.isActive() or self._running > 0 or bool(self.trouble))

    @property
    def _is_allowed(self) -> bool:
        library = self._context.library
        return bool(self.files) and library is not None and not library.read_only

    # What happens -----------------------------------------------------------------------------------

    def _start(self) -> None:
        """Learn which files there are, and write what was changed while nobody looked."""
        self._load(lambda: self._soon(None, now=True))

    def _load(self, then: Callable[[], None] | None = None) -> None:
        def learn(files: list[LiveFile]) -> None:
            self.files = tuple(files)
            self._watch()
            self.shown.emit()
            if then is not None and self.files:
                then()

        self._context.read(lambda library: services.livefiles.files(library), learn, key="live_files")

    def _library_changed(self, changes: Changes) -> None:
        if not self.files:
            if changes is EVERYTHING:
                self._start()  # another program may have attached one
            return
        if not changes.parts <= LEFT_OUT or changes.ids:
            touched = services.livefiles.touched_by(changes)
            self._soon(None if touched is None else frozenset(touched))

    def _soon(self, changed: frozenset[int] | None, *, now: bool = False) -> None:
        """Write a second after the last change."""
        if not self._is_allowed:
            return
        known = self._changed
        self._changed = None if known is None or changed is None else known | changed
        self._edit_timer.start(0 if now else AFTER_EDIT_MS)
        self.shown.emit()

    def _write_all(self) -> None:
        changed, self._changed = self._changed, frozenset()
        for file in self.files:
            self._write(file, changed)

    def _write(self, file: LiveFile, changed: frozenset[int] | None) -> None:
        def work(library: Library) -> Updated:
            return services.livefiles.update(library, file.id, changed=changed)

        self._run(self.tr("Writing {0}").format(file.name), work, self._written, changed)

    def _run(
        self,
        label: str,
        work: Callable[[Library], Updated],
        then: Callable[[Updated], None],
        changed: frozenset[int] | None = frozenset(),
    ) -> None:
        def ended(error: LibraryError | None, result: Updated | None = None) -> None:
            self._running -= 1
            self.trouble = error.message if error else ""
            if result is not None:
                then(result)
            elif self.files:
                # What could not be written is tried again with the next change, or after a while.
                self._changed = None if self._changed is None or changed is None else self._changed | changed
                self._retry_timer.start()
            self.shown.emit()

        task = self._context.run(label, work, lambda result: ended(None, result), on_error=ended)
        self._running += task is not None

    def _written(self, done: Updated) -> None:
        if any(one.id == done.file.id for one in self.files):  # else it was let go meanwhile
            self._learn(done)
        if done.released:
            count = len(done.released)
            said = self.tr("%Ln paper(s) left {0}; what you changed by hand in it stays, as yours.", "", count)
            self._context.notify(said.format(done.file.name))

    def _learn(self, done: Updated) -> None:
        file = done.file
        self._seen[file.id] = done.seen
        others = [one for one in self.files if one.id != file.id]
        self.files = tuple(sorted((*others, file), key=lambda one: one.path))
        if any(one.state != "written" for one in self.files):
            self._retry_timer.start()
        else:
            self._retry_timer.stop()
        self._watch()
        self.shown.emit()

    # The files --------------------------------------------------------------------------------------

    def _watch(self) -> None:
        """Watch each file, and its folder: a file that is replaced is another one to the system."""
        paths = [path for file in self.files for path in self._seen.get(file.id) or file.paths]
        self._context.read(lambda _library: services.livefiles.watched(paths), self._watch_these, key="live_watch")

    def _watch_these(self, wanted: set[str]) -> None:
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := sorted(watched - wanted):
            self._watcher.removePaths(gone)
        if fresh := sorted(wanted - watched):
            self._watcher.addPaths(fresh)

    def _look_at_files(self) -> None:
        """Ask whether a file, or what says what it follows, looks otherwise than it did."""
        known = {path: stamp for file in self.files for path, stamp in self._seen.get(file.id, {}).items()}

        def compare(now: Seen) -> None:
            self._watch()
            if not self._running and now != known:
                self._soon(frozenset(), now=True)

        self._context.read(lambda _library: services.livefiles.seen(known), compare, key="live_look")

    # What the person asks for -----------------------------------------------------------------------

    def attach(
        self,
        path: Path,
        follow: Follow,
        options: ExportOptions,
        on_error: Callable[[LibraryError], None],
        *,
        then: Callable[[Updated], None] | None = None,
    ) -> None:
        """Let a file follow papers, and write it."""

        def attached(done: Updated) -> None:
            self._learn(done)
            if then is not None and alive(then):
                then(done)

        self._context.run(
            self.tr("Attaching {0}").format(path.name),
            lambda library: services.livefiles.attach(library, path, follow, options),
            attached,
            on_error=on_error,
        )

    def change(
        self,
        file: LiveFile,
        follow: Follow,
        options: ExportOptions,
        on_error: Callable[[LibraryError], None],
        *,
        then: Callable[[Updated], None],
    ) -> None:
        """Let a file follow something else or be written otherwise, and write it."""

        def changed(done: Updated) -> None:
            self._written(done)
            if alive(then):
                then(done)

        self._context.run(
            self.tr("Changing {0}").format(file.name),
            lambda library: services.livefiles.change(library, file.id, follow, options),
            changed,
            on_error=on_error,
        )

    def detach(self, file: LiveFile) -> None:
        """Let a file go as it is."""

        def gone(_result: None) -> None:
            self.files = tuple(one for one in self.files if one.id != file.id)
            self._watch()
            self.shown.emit()
            self._context.notify(self.tr("{0} is left as it is; its entries are yours now.").format(file.name))

        label = self.tr("Detaching {0}").format(file.name)
        self._context.run(label, lambda library: services.livefiles.detach(library, file.id), gone)

    def update(self, file: LiveFile) -> None:
        """Write a file now, because the person said so."""

        def work(library: Library) -> Updated:
            return services.livefiles.update(library, file.id, by_hand=True)

        self._run(self.tr("Writing {0}").format(file.name), work, self._written)

    def questions(self, file: LiveFile, then: Callable[[list[Asked]], None]) -> None:
        """Ask which entries of a file wait for the person."""
        self._context.read(lambda library: services.liveanswers.asked(library, file.id), then)

    def answer(
        self,
        one: Asked,
        take: Sequence[str] | None,
        then: Callable[[Updated], None],
        on_error: Callable[[LibraryError], None],
        *,
        alike: Sequence[Asked] = (),
    ) -> None:
        """Take fields into the library and write its entry; None leaves the entry to the person.

        `alike` are further questions that are answered with the library's entry, or left to the person.
        """

        def work(library: Library) -> tuple[Updated, list[Changes]]:
            if take is None:
                return services.liveanswers.leave(library, one, alike=alike), []
            return services.liveanswers.settle(library, one, take, alike=alike)

        def settled(result: tuple[Updated, list[Changes]]) -> None:
            done, changes = result
            self._learn(done)
            for one in (*changes, done.changes):
                self._context.announce(one)
            if alive(then):
                then(done)

        self._context.run(self.tr("Answering"), work, settled, on_error=on_error)

    def _flush(self) -> None:
        """Write what waits before the library is closed."""
        if self._is_allowed and (self._edit_timer.isActive() or self._context.tasks.busy):
            if self._context.tasks.busy:
                self._changed = None  # what is still being changed is announced to nobody any more
            self._edit_timer.stop()
            self._write_all()
