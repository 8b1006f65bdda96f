"""Asks for the facets of what the table shows; a newer question withdraws the older one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from db import services

if TYPE_CHECKING:
    from array import array

    from db.domain.errors import LibraryError
    from db.services.changes import Changes
    from db.services.faceting import Question, Shelf
    from desktop.context import AppContext
    from desktop.tasks import Task

LATE_MS = 250
"""For so long a question needs no sign."""
MORE = 50


class FacetCounts(QObject):
    """Counts while it is wanted; `arrived` brings one facet after the other, `waiting` says whether any is awaited."""

    arrived = Signal(object)
    waiting = Signal(bool)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._shelf: Shelf | None = None
        self._search: tuple[str, str, array[int]] | None = None
        self._question: Question | None = None
        self._reading: Task | None = None
        self._is_wanted = False
        self.typed = ""
        self.most: dict[str, int] = {}
        self._late = QTimer(self, singleShot=True, interval=LATE_MS)
        self._late.timeout.connect(lambda: self.waiting.emit(True))
        context.changed.connect(self._note)
        context.failed.connect(self._stop)

    @property
    def is_counting(self) -> bool:
        """Whether what is shown is not yet, or not all of, what was asked for last."""
        return self._question is not None or self._reading is not None

    @property
    def text(self) -> str:
        """The search text whose papers are counted."""
        return self._search[0] if self._search is not None else ""

    def want(self, wanted: bool) -> None:
        """Begin to count, or stop: nobody looks."""
        self._is_wanted = wanted
        if wanted:
            self._begin()
            return
        self.give_way()
        self._stop()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def follow(self, text: str, scope: str, ids: array[int]) -> None:
        """Count other papers, which the text finds in the scope."""
        self._search = text, scope, ids
        self._begin()

    def _begin(self) -> None:
        """Ask, for the first time when what counts has been loaded: on another thread, not between two paints."""
        if self._shelf is not None:
            self.ask()
        elif self._is_wanted:
            self._context.read(
                lambda _library: services.faceting.FIELDS, lambda _fields: self.ask(), key="facets ready"
            )

    def give_way(self) -> None:
        """Stop counting: another answer is on its way to the table."""
        if self._question is not None:
            self._question.withdraw()
            self._question = None
        if self._is_wanted:
            self._late.start()

    def show_more(self, field: str) -> None:
        """Ask for more values of a field."""
        self.most[field] = self.most.get(field, services.faceting.FIRST) + MORE
        self.ask((field,))

    def show_fewer(self, field: str) -> None:
        """Ask for the first values of a field alone."""
        self.most.pop(field, None)
        self.ask((field,))

    def find(self, typed: str) -> None:
        """Ask for the values whose name holds what is typed."""
        self.typed = typed
        self.ask()

    def ask(self, fields: tuple[str, ...] = ()) -> None:
        """Ask for these fields, or all of them."""
        if self._search is None or not self._is_wanted or self._context.library is None:
            return
        faceting = services.faceting
        text, scope, ids = self._search
        shelf = self._shelf = self._shelf or faceting.Shelf()
        asked = faceting.Asked(ids, text, scope, fields or faceting.FIELDS, dict(self.most), self.typed)
        question = self._question = faceting.Question()
        self._late.start()
        self._context.ask(
            lambda library, part: faceting.count(library, shelf, asked, part, question),
            self._done,
            key="facets",
            on_part=self.arrived.emit,
            withdraw=question.withdraw,
        )

    def _done(self, whole: bool) -> None:
        self._question = None
        if whole:
            self._stop()
        else:
            self._read()

    def _stop(self, *_failure: object) -> None:
        self._late.stop()
        self.waiting.emit(False)

    def _note(self, changes: Changes) -> None:
        if self._shelf is not None:
            self._shelf.note(changes)
        if "attachment" in changes.parts:  # which the table does not show
            self.ask()

    # Reading the library ------------------------------------------------------------------------------

    def _read(self) -> None:
        """Read the columns that are lacking, on a thread for long questions; count with each that there is."""
        shelf = self._shelf
        if self._reading is not None or shelf is None or not self._is_wanted:
            return
        self.waiting.emit(True)
        question = services.faceting.Question()
        self._reading = self._context.look(
            lambda library, report, part: services.faceting.build(library, shelf, report, part, question),
            withdraw=question.withdraw,
            on_part=lambda _what: self.ask(),
            on_done=self._has_read,
            on_error=self._cannot_read,
        )

    def _has_read(self, _nothing: None) -> None:
        self._reading = None
        self.ask()

    def _cannot_read(self, error: LibraryError) -> None:
        self._reading = None
        self._context.fail(error)
