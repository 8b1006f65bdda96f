"""The only file that knows threads: one writer, a few readers, answers on the UI thread."""

from __future__ import annotations

import itertools
import queue
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot

from db.domain.errors import Cancelled, LibraryError
from desktop.bugs import log, unexpected
from desktop.lifetime import alive

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from db.services.progress import Progress, Report

T = TypeVar("T")
READERS, LOOKERS = 2, 2
PROGRESS_PAUSE = 0.05
"""Seconds between two progress signals: more would only keep the UI thread busy."""
LONG_AFTER = 0.5
"""Seconds after which work counts as long: it gets a busy sign, and closing the window asks."""
SWITCH_SECONDS = 0.0001
"""How long a thread may go on when another one waits for the interpreter.

SQLite gives the interpreter away at each row: with the usual 0.005 s, a page of the table takes half a second to read
while anything works in the background.
"""
_numbers = itertools.count(1)


class Task:
    """One piece of work: its label, how far it is, and the way to cancel it."""

    def __init__(self, label: str, run: Callable[[Report], Any], *, key: Hashable = None) -> None:
        self.label = label
        self.number = next(_numbers)
        self.key = key
        self.started_at = time.monotonic()
        self.progress: Progress | None = None
        self.on_done: Callable[[Any], None] | None = None
        self.on_error: Callable[[LibraryError], None] | None = None
        self.on_cancel: Callable[[], None] | None = None
        self.on_part: Callable[[Any], None] | None = None
        self.withdraw: Callable[[], None] | None = None
        self._run = run
        self._cancelled = threading.Event()
        self._posted_at = 0.0

    @property
    def is_long(self) -> bool:
        """Whether it has been under way long enough for a person to notice."""
        return time.monotonic() - self.started_at > LONG_AFTER

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked this task to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the task to stop: at once when it waits or can be withdrawn, else at its next report."""
        self._cancelled.set()
        if self.withdraw is not None:
            self.withdraw()

    def run(self, post: Callable[[Progress], None]) -> Any:
        """Do the work on the calling thread; raises what the work raises, `Cancelled` after `cancel`."""

        def report(progress: Progress) -> None:
            if self._cancelled.is_set():
                raise Cancelled
            now = time.monotonic()
            if now - self._posted_at >= PROGRESS_PAUSE or (progress.total and progress.done >= progress.total):
                self._posted_at = now
                post(progress)

        if self._cancelled.is_set():
            raise Cancelled
        return self._run(report)


Lane = queue.SimpleQueue["Task | None"]


class TaskRunner(QObject):
    """Runs writes one after another on one thread, reads on a few others; all signals come on the UI thread.

    Long looks have threads of their own, for a table that scrolls must not wait for them.
    A newer read with the same key overtakes an older one, whose answer is dropped.
    """

    started = Signal(object)
    progressed = Signal(object, object)
    finished = Signal(object)
    _answered = Signal(object, object, object)
    _reported = Signal(object, object)
    _parted = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writes, self._reads, self._looks = Lane(), Lane(), Lane()
        self._threads: list[threading.Thread] = []
        self._open: dict[int, Task] = {}
        self._looking: dict[int, Task] = {}
        self._newest: dict[Hashable, Task] = {}
        self._closed = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._parted.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a write is running or waiting."""
        return bool(self._open)

    @property
    def current(self) -> Task | None:
        """The write that is running, or the next one."""
        return next(iter(self._open.values()), None)

    def write(
        self,
        fn: Callable[[Report], T],
        *,
        label: str,
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[LibraryError], None] | None = None,
        on_cancel: Callable[[], None] | None = None,
    ) -> Task:
        """Queue work that changes the library; `fn` gets `report`, whose every call is a cancel point."""
        task = Task(label, fn)
        task.on_done, task.on_error, task.on_cancel = cast("Any", on_done), on_error, on_cancel
        if self._closed:
            return task
        self._open[task.number] = task
        self._start_threads()
        self._writes.put(task)
        self.started.emit(task)
        return task

    def read(
        self,
        fn: Callable[[], T],
        on_done: Callable[[T], None],
        *,
        key: Hashable = None,
        on_error: Callable[[LibraryError], None] | None = None,
    ) -> Task:
        """Ask a question off the UI thread; with a key, only the newest question is answered."""
        task = Task("", lambda _report: fn(), key=key)
        task.on_done, task.on_error = cast("Any", on_done), on_error
        return self._put_read(task)

    def ask(
        self,
        fn: Callable[[Callable[[Any], None]], T],
        on_done: Callable[[T], None],
        *,
        key: Hashable,
        on_part: Callable[[Any], None],
        withdraw: Callable[[], None],
        on_error: Callable[[LibraryError], None] | None = None,
    ) -> Task:
        """Ask as `read` does: `fn(part)` hands over the beginning of its answer first.

        `withdraw` is called when a newer question with the same key comes, so that nobody works for the older one.
        """
        task = Task("", lambda _report: fn(lambda part: self._parted.emit(task, part)), key=key)
        task.on_part, task.on_done, task.on_error = on_part, cast("Callable[[Any], None]", on_done), on_error
        task.withdraw = withdraw
        return self._put_read(task)

    def _put_read(self, task: Task) -> Task:
        if self._closed:
            return task
        if task.key is not None:
            before = self._newest.get(task.key)
            self._newest[task.key] = task
            if before is not None:
                before.cancel()
        self._start_threads()
        self._reads.put(task)
        return task

    def look(
        self,
        fn: Callable[[Report, Callable[[Any], None]], T],
        *,
        on_part: Callable[[Any], None],
        on_done: Callable[[T], None],
        on_error: Callable[[LibraryError], None] | None = None,
        withdraw: Callable[[], None] | None = None,
    ) -> Task:
        """Ask a long question that changes nothing: `fn(report, part)` hands over parts of its answer as they come.

        The task can be cancelled, which calls `withdraw`; then neither parts nor an answer come any more.
        """
        task = Task("", lambda report: fn(report, lambda part: self._parted.emit(task, part)))
        task.on_part, task.on_done, task.on_error = on_part, cast("Callable[[Any], None]", on_done), on_error
        task.withdraw = withdraw
        if self._closed:
            return task
        self._looking[task.number] = task
        self._start_threads()
        self._looks.put(task)
        return task

    def shutdown(self, *, cancel: bool = True, patience: float = 30.0) -> None:
        """End the threads and drop all answers under way; without `cancel` waiting writes are done first."""
        self._closed = True
        for task in (*self._looking.values(), *self._newest.values(), *(self._open.values() if cancel else ())):
            task.cancel()
        for lane in (self._looks, self._writes, self._reads) * len(self._threads):
            lane.put(None)
        for thread in self._threads:
            thread.join(patience)
        self._threads.clear()
        for tasks in (self._open, self._looking, self._newest):
            tasks.clear()

    def _start_threads(self) -> None:
        if self._threads:
            return
        sys.setswitchinterval(SWITCH_SECONDS)
        lanes = [("writer", self._writes), *((f"reader-{n}", self._reads) for n in range(READERS))]
        lanes += [(f"looker-{n}", self._looks) for n in range(LOOKERS)]
        for name, lane in lanes:
            thread = threading.Thread(target=self._work, args=(lane,), name=f"sheaf-{name}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _work(self, lane: Lane) -> None:
        while (task := lane.get()) is not None:
            if self._overtaken(task) or (self._closed and task.number not in self._open):
                continue  # nobody waits for this answer any more
            result = failure = None
            try:
                result = task.run(lambda progress, task=task: self._reported.emit(task, progress))  # type: ignore[misc]
            except BaseException as error:
                failure = error
            if not self._closed:
                self._answered.emit(task, result, failure)
            del task, result, failure

    def _overtaken(self, task: Task) -> bool:
        return task.key is not None and self._newest.get(task.key) is not task

    @Slot(object, object)
    def _pass_on(self, task: Task, progress: Progress) -> None:
        if task.number not in self._open:
            return
        before = task.progress
        if before and before.total == progress.total and before.done > progress.done:
            return  # never going backwards
        task.progress = progress
        self.progressed.emit(task, progress)

    @Slot(object, object)
    def _hand_over(self, task: Task, part: object) -> None:
        wanted = not self._closed and not task.cancelled and not self._overtaken(task)
        if wanted and task.on_part and alive(task.on_part):
            task.on_part(part)

    @Slot(object, object, object)
    def _deliver(self, task: Task, result: object, failure: BaseException | None) -> None:
        if self._closed:
            return
        was_write = self._open.pop(task.number, None) is not None
        if self._looking.pop(task.number, None) is not None and task.cancelled:
            return  # nobody waits for it, whatever it came to
        wanted = not self._overtaken(task)
        if wanted and task.key is not None:
            del self._newest[task.key]
        try:
            if wanted:
                _answer(task, result, failure)
        finally:
            if was_write:
                self.finished.emit(task)


def _answer(task: Task, result: object, failure: BaseException | None) -> None:
    if failure is None:
        if task.on_done and alive(task.on_done):
            task.on_done(result)
    elif isinstance(failure, Cancelled):
        if task.on_cancel and alive(task.on_cancel):
            task.on_cancel()
    else:
        error = failure if isinstance(failure, LibraryError) else unexpected(failure)
        if task.on_error and alive(task.on_error):
            task.on_error(error)
        else:
            log(f"sheaf: {error.message}\n")
