"""How many papers lines of the sidebar find: counted off the UI thread, one after another, only those that are seen.

A count can take as long as a search. So a line asks when it is painted, shows the number of before until the new one
has come, and counting starts afresh, without delay for anybody, when the library has changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from db import services

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.domain.errors import LibraryError
    from db.services.library import Library
    from db.services.progress import Report
    from desktop.context import AppContext
    from desktop.tasks import Task

PAUSE_MS, LONGEST_PAUSE_MS = 150, 10_000
"""After so long without another change the lines are counted, as long as counting took the last time within these:
who triages changes something every second, and at a million papers a count may take one."""


class LineCounts(QObject):
    """Numbers by what a line searches for; `counted` says each as it comes."""

    counted = Signal(str, int)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._numbers: dict[str, int] = {}
        self._fresh: set[str] = set()
        self._wanted: dict[str, None] = {}
        self._task: Task | None = None
        self._begun = QElapsedTimer()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._count)

    def known(self, term: str) -> int | None:
        """Return the number as it was last counted, None when it never was."""
        return self._numbers.get(term)

    def ask(self, term: str) -> None:
        """Have a line counted unless its number is new, or on its way."""
        if term not in self._fresh and term not in self._wanted:
            self._wanted[term] = None
            if not self._pause.isActive():
                self._pause.start()

    def forget(self) -> None:
        """Take no number for new any more: the library has changed."""
        self._fresh.clear()
        self._wanted.clear()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._pause.start()

    def _count(self) -> None:
        terms = list(self._wanted)
        if not terms or self._task is not None:
            return  # who is painted meanwhile is counted afterwards
        self._begun.start()
        question = services.searching.Question()

        def count(library: Library, _report: Report, part: Callable[[tuple[str, int]], None]) -> list[str]:
            for term in terms:
                part((term, services.searching.count(library, term, question)))
            return terms

        self._task = self._context.look(
            count, on_part=self._learn, on_done=self._done, on_error=self._failed, withdraw=question.withdraw
        )

    def _learn(self, counted: tuple[str, int]) -> None:
        term, papers = counted
        self._numbers[term] = papers
        self._fresh.add(term)
        self._wanted.pop(term, None)
        self.counted.emit(term, papers)

    def _failed(self, error: LibraryError) -> None:
        self._task = None
        self._context.fail(error)

    def _done(self, _terms: list[str]) -> None:
        self._task = None
        self._pause.setInterval(max(PAUSE_MS, min(LONGEST_PAUSE_MS, self._begun.elapsed())))
        if self._wanted:
            self._pause.start()
