"""How the table gets its papers: the question, the beginning of the answer, then all of it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from db import services
from desktop.models.row_pages import PAGE
from desktop.models.row_runs import Placed, place
from desktop.views.paper_place import Left, Place, go_back, go_to_start, place_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.domain.errors import LibraryError
    from db.domain.records import PaperRow
    from db.services.library import Library
    from db.services.searching import Found, Marks
    from desktop.context import AppContext
    from desktop.models.paper_table import PaperTableModel
    from desktop.models.row_runs import Wish
    from desktop.views.paper_selection import PaperSelection
    from desktop.views.paper_view import PaperView

CHANGE, SORT, QUERY = range(3)
"""Why the table asks again; of several reasons in one turn the last one counts."""
PATIENCE_MS = 120
"""How long rows wait for the current paper to be among them, and for how long a question needs no sign."""


PAINT_SECONDS = 0.1
"""How long the rest of an answer waits for its beginning to be painted."""


@dataclass(frozen=True, slots=True)
class _Beginning:
    ids: array[int]
    marks: Marks
    placed: Placed
    rows: list[PaperRow]
    age: int


@dataclass(frozen=True, slots=True)
class _Answer:
    found: Found
    placed: Placed
    same: bool
    total: int
    rows: list[PaperRow]
    age: int


class PaperAnswers(QObject):
    """Asks, and shows what comes; a newer question withdraws the older one.

    `asked` comes with each question. `changed` says that rows, or what is known of them, are others now; `answered`
    comes with all rows: the text, its scope, and what was found. `given_up` says that no answer will come.
    """

    asked = Signal()
    changed = Signal()
    answered = Signal(str, str, object)
    given_up = Signal()

    def __init__(self, context: AppContext, view: PaperView, model: PaperTableModel, selection: PaperSelection) -> None:
        super().__init__(view)
        self._context, self._view, self._model, self._selection = context, view, model, selection
        self.found = False
        self.total: int | None = None
        self.left: Left | None = None
        self.is_coming = False
        self._turn: int | None = None
        self._remembered: int | None = None
        self._begun: array[int] | None = None
        self._held: Callable[[], None] | None = None
        self._late = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._late.timeout.connect(self._is_late)
        self._has_begun = False
        context.opened.connect(self._start_anew)
        for sign in (self.changed, self.answered, self.given_up):
            sign.connect(self._let_begin)

    @property
    def is_asking(self) -> bool:
        """Whether the rows are those of an older question, or a beginning."""
        return self._late.isActive() or self.is_coming

    @property
    def is_whole(self) -> bool:
        """Whether the rows are all that the newest question found; not so when only its beginning could be."""
        return not self.is_asking and self._begun is None

    @property
    def is_choice_open(self) -> bool:
        """Whether chosen papers may still turn up in the rest of the answer."""
        return self._turn == self._selection.turn

    def ask(self, text: str, scope: str, why: int) -> None:
        """Ask for the papers that match; the old rows stay until there are new ones."""
        if self._context.library is None:
            return  # the opening asks again; what answers is heavy, and not loaded before the first paint
        self._forget_left()
        searching = services.searching
        question, painted = searching.Question(), Event()
        sort, descending = self._view.header.order(searched=bool(text))
        before, turn = place_of(self._view), self._selection.turn
        wish, shown, total, age = self._wish(), self._model.ids, self.total, self._model.age

        def find(library: Library, part: Callable[[_Beginning], None]) -> _Answer:
            def first(ids: array[int], marks: Marks) -> None:
                part(_Beginning(ids, marks, place(ids, wish), _first_rows(library, ids), age))
                painted.wait(PAINT_SECONDS)  # or both would share the interpreter

            # After a change the eye stays where it is, perhaps far down: there the beginning is of no use.
            asking = searching.Asking(None if why == CHANGE and self.found else first, question)
            found = searching.find(library, text, scope=scope, sort=sort, descending=descending, asking=asking)
            whole = total if text or scope else found.total
            whole = services.reading.live(library) if whole is None else whole
            same = found.ids == shown
            rows = [] if same or painted.is_set() else _first_rows(library, found.ids)
            return _Answer(found, place(found.ids, wish), same, whole, rows, age)

        def begin(beginning: _Beginning) -> None:
            self._begin_or_hold(beginning, before, wish)
            QTimer.singleShot(0, self, painted.set)

        def end(answer: _Answer) -> None:
            self._end(answer, shown, before if turn == self._selection.turn else None, why)
            self.answered.emit(text, scope, answer.found)

        def withdraw() -> None:
            question.withdraw()
            painted.set()

        self._ask(find, begin, end, withdraw)

    def _start_anew(self) -> None:
        self._has_begun = False

    def _let_begin(self, *_what: object) -> None:
        if not self._has_begun and self._context.library is not None:
            self._has_begun = True
            QTimer.singleShot(0, self._context, self._context.begun.emit)  # when the rows are painted

    def _forget_left(self) -> None:
        """Let what the person chose among remembered rows count instead of what was chosen when the program ended."""
        if self._remembered not in (None, self._selection.turn):
            self.left = None
        self._remembered = None

    def first_rows(self) -> list[PaperRow]:
        """Return the rows at the top if they are what the person sees of a whole answer, else none."""
        at_top = self._view.verticalScrollBar().value() == 0
        return self._model.first_rows() if at_top and self.is_whole else []

    def remember(self, rows: list[PaperRow]) -> None:
        """Show what `first_rows` returned when the program ended; the library, once open, has the last word."""
        if not rows:
            return
        ids = array("q", [row.id for row in rows])
        self._show_beginning(ids, place(ids, self._wish()), rows, self._model.age)
        self._remembered = self._selection.turn
        self.changed.emit()

    def _ask(
        self,
        find: Callable[[Library, Callable[[_Beginning], None]], _Answer],
        begin: Callable[[_Beginning], None],
        end: Callable[[_Answer], None],
        withdraw: Callable[[], None],
    ) -> None:
        self._held = self._begun = self._turn = None
        self._late.start()
        self.asked.emit()
        self._context.ask(find, end, key="paper table", on_part=begin, withdraw=withdraw, on_error=self._give_up)

    def _begin_or_hold(self, beginning: _Beginning, before: Place, wish: Wish) -> None:
        if wish.current is None or beginning.placed.current_row >= 0:
            self._begin(beginning, before)
        else:
            self._held = lambda: self._begin(beginning, before)

    def _wish(self) -> Wish:
        if self.left is not None and not self.found:
            return self.left.wish
        return self._selection.wish()

    def _is_late(self) -> None:
        self.is_coming = True
        held, self._held = self._held, None
        if held is not None:
            held()
        else:
            self.changed.emit()

    def _give_up(self, error: LibraryError) -> None:
        self._late.stop()
        self._held, self.is_coming, self._turn = None, False, None
        self.changed.emit()
        self.given_up.emit()
        self._context.fail(error)

    def _begin(self, beginning: _Beginning, before: Place) -> None:
        self._show_beginning(beginning.ids, beginning.placed, beginning.rows, beginning.age)
        self._view.show_marks(beginning.marks)
        if self.left is None or self.found:
            go_back(self._view, before, beginning.placed, same_papers=False)
        self.changed.emit()

    def _show_beginning(self, ids: array[int], placed: Placed, rows: list[PaperRow], age: int) -> None:
        self.is_coming = True
        self._begun, self._turn = ids, self._selection.turn
        self._model.show(ids, rows, age)
        self._selection.restore(placed)
        if self.left is not None and not self.found:
            go_to_start(self._view, self.left, placed)

    def _end(self, answer: _Answer, shown: array[int], before: Place | None, why: int) -> None:
        """Show all of an answer; without `before` the choice has changed since the question."""
        self._late.stop()
        self._held, self.is_coming, self.total = None, False, answer.total
        found, placed, here = answer.found, answer.placed, place_of(self._view)
        if before is None or (self._begun is None and here.scrolled != before.scrolled):
            placed = place(found.ids, self._wish())
        if not answer.same or shown is not self._model.ids or not self.found:
            self._show(answer, placed, here, why)
        self.found, self.left, self._turn, self._begun = True, None, None, None

    def _show(self, answer: _Answer, placed: Placed, before: Place, why: int) -> None:
        begun, ids = self._begun, answer.found.ids
        if begun is not None and begun is self._model.ids and ids[: len(begun)] == begun:
            self._model.extend(ids)
            self._selection.restore(placed)
            if self.found:
                return
        else:
            chosen = self._selection.runs()
            self._model.show(ids, answer.rows, answer.age)
            self._selection.restore(placed)
            if why == CHANGE and chosen and not placed.runs:
                self._selection.fall_back(chosen[0][0])
        if self.left is not None and not self.found:
            go_to_start(self._view, self.left, placed)
        else:
            go_back(self._view, before, placed, same_papers=why == CHANGE)


def _first_rows(library: Library, ids: array[int]) -> list[PaperRow]:
    """Read what is painted first, so that the UI thread need not."""
    return services.reading.rows(library, ids[:PAGE].tolist())
