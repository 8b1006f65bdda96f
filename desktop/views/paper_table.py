"""The table of papers with everything around it: asking, staying in place, empty states."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from db import services
from desktop.models.empty_words import sentence
from desktop.models.paper_table import PaperTableModel
from desktop.views import paper_edits
from desktop.views.answer_bar import AnswerBar
from desktop.views.columns import ColumnChooser
from desktop.views.empty_state import EmptyState
from desktop.views.paper_answers import CHANGE, QUERY, SORT, PaperAnswers
from desktop.views.paper_drag import drag_papers
from desktop.views.paper_place import LEFT, left_of, read_left
from desktop.views.paper_selection import PaperSelection
from desktop.views.paper_view import USUAL_DENSITY, PaperView
from desktop.views.paper_waiting import Waiting
from desktop.views.scope_bar import ScopeBar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.domain.records import PaperRow
    from db.services.changes import Changes
    from db.services.searching import Found
    from desktop.context import AppContext

SHOWN_PARTS = frozenset("paper paper_tag tag paper_collection collection saved_search sighting source twin".split())
"""Parts of a library whose change can be seen in the table."""
UNKNOWN = -1
"""Told as the number of papers that are shown while the rest of them is still coming."""


class PaperTable(QWidget):
    """Shows what a search finds; choice, current paper and place are kept by id through every change."""

    selection_changed = Signal(object)
    current_changed = Signal(object)
    opened = Signal(int)
    counts_changed = Signal(int, int, int)
    found = Signal(str, object)
    clear_search_requested = Signal()
    clear_scope_requested = Signal()
    widen_requested = Signal()
    layout_changed = Signal()
    answered = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._text = self._scope = ""
        self._left: dict[str, Any] = {}
        self._told: tuple[array[int], int | None] = (array("q"), None)
        self._menu: Callable[[], QMenu] | None = None
        self._first_run: QWidget | None = None
        self.model = PaperTableModel(self._fetch, self)
        self.view = PaperView(context, self.model)
        self.selection = PaperSelection(self.view, self.model)
        self.answers = PaperAnswers(context, self.view, self.model, self.selection)
        self._empty = EmptyState(self.view.viewport())
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._why = QUERY
        self.waiting = Waiting(self.answers, self.selection, self._soon)
        self.scope_bar = ScopeBar(context, self)
        self.answer_bar = AnswerBar(context, self)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.scope_bar)
        column.addWidget(self.answer_bar)
        column.addLayout(self._pages)
        self.setFocusProxy(self.view)
        self._connect()

    def _connect(self) -> None:
        view = self.view
        self._soon.timeout.connect(self._find)
        self.selection.changed.connect(self._tell)
        self.answers.changed.connect(self._tell)
        self.answers.answered.connect(self._answered)
        for end in (self.answers.answered, self.answers.given_up):
            end.connect(self._settle)
        view.row_opened.connect(self._open)
        view.star_clicked.connect(self._star)
        view.number_pressed.connect(self._tag_by_number)
        view.escaped.connect(self._step_back)
        view.drag_started.connect(lambda: drag_papers(self._context, self.view, self.cited_ids()))
        view.customContextMenuRequested.connect(self._show_menu)
        view.header.sort_changed.connect(lambda *_: self._ask(SORT))
        view.header.chooser_requested.connect(self.choose_columns)
        view.header.layout_changed.connect(self.layout_changed)
        self._empty.pressed.connect(self.clear_search_requested)
        self.scope_bar.cleared.connect(self.clear_scope_requested)
        self.answer_bar.widened.connect(self.widen_requested)
        self._context.opened.connect(self._find)  # at once: nothing else is asked before the first rows

    def _settle(self, *_what: object) -> None:
        if not self._context.is_settled:  # the details come next, and they are asked for on the UI thread
            self._context.read(lambda _library: services.reading.get_ready(), lambda _: self._context.settle())

    # Asking -------------------------------------------------------------------------------------------

    def set_query(self, text: str, scope: str = "") -> None:
        """Show what matches a search text within a scope; the old rows stay until the answer is there."""
        text = text.strip()
        if self.answers.found and (text, scope) == (self._text, self._scope):
            return
        self._text, self._scope = text, scope
        self._ask(QUERY)

    def refresh(self, changes: Changes) -> None:
        """Look whether a change can be seen here, and show it."""
        if changes.parts & SHOWN_PARTS:
            self.model.forget(changes.ids if changes.parts <= {"paper", "paper_tag"} else None)
            self.answers.total = None
            self._ask(CHANGE)

    def _ask(self, why: int) -> None:
        self._why = max(self._why, why)
        self._soon.start()

    def _find(self) -> None:
        self.answers.ask(self._text, self._scope, self._why)

    def _answered(self, text: str, scope: str, found: Found) -> None:
        self._why = self._why if self._soon.isActive() else CHANGE  # the next question has its own reason
        self._show_empty()
        self._tell()
        self.view.show_marks(found.marks)
        self.answer_bar.show_answer(text, scope, found)
        self.found.emit(text, found)
        self.answered.emit()
        self.waiting.go_on()

    def question(self) -> list[Any]:
        """Return what is asked, and in which order, as JSON values."""
        return [self._text, self._scope, *self.view.header.order(searched=bool(self._text))]

    def _fetch(self, ids: Sequence[int]) -> list[PaperRow]:
        library = self._context.library
        return services.reading.rows(library, ids) if library is not None else []

    # Telling ------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        ids, current = self.selection.ids(), self.selection.current_id()
        shown = UNKNOWN if self.answers.is_coming else self.model.rowCount()
        self.counts_changed.emit(shown, self.answers.total or 0, len(ids))
        if self.answers.is_choice_open:
            return
        before, self._told = self._told, (ids, current)
        if current != before[1]:
            self.current_changed.emit(current)
        if ids != before[0]:
            self.selection_changed.emit(ids)

    def _show_empty(self) -> None:
        nothing = self.model.rowCount() == 0
        first_run = nothing and not self._text and not self._scope and self._first_run is not None
        self._pages.setCurrentIndex(1 if first_run else 0)
        if not nothing or first_run:
            self._empty.hide()
        else:
            self._empty.say(sentence(self._text, self._scope), self.tr("Clear search") if self._text else "")

    def empty_text(self) -> str:
        """Return the sentence in the empty table, or nothing while papers are shown."""
        return self._empty.sentence()

    def set_empty_state(self, widget: QWidget) -> None:
        """Give the widget that is shown while the library holds no papers at all."""
        self._first_run = widget
        self._pages.addWidget(widget)
        if self.answers.found:
            self._show_empty()

    # Choice -------------------------------------------------------------------------------------------

    def selected_ids(self) -> list[int]:
        """Return the chosen papers that are shown, in the order of the table."""
        return self.selection.ids().tolist()

    def selected_count(self) -> int:
        """Return how many papers are chosen and shown."""
        return self.selection.count()

    def cited_ids(self) -> list[int]:
        """Return the chosen papers in the order in which they were chosen."""
        return self.selection.in_order()

    def hidden_count(self) -> int:
        """Return how many chosen papers the filter hides; actions leave them alone."""
        return self.selection.hidden()

    def current_id(self) -> int | None:
        """Return the paper with the focus, if any."""
        return self.selection.current_id()

    def shown_ids(self) -> list[int]:
        """Return all papers that are shown, in the order of the table."""
        return self.model.ids.tolist()

    def when_whole(self, do: Callable[[], None]) -> None:
        """Do something with all rows: at once, or when the rest of the answer that is awaited has come."""
        self.waiting.when_whole(do)

    def when_chosen(self, do: Callable[[], None]) -> None:
        """Do something with the chosen papers: at once, or when those that are still to come are there."""
        self.waiting.when_chosen(do)

    def select_ids(self, ids: list[int]) -> None:
        """Choose these papers, scroll to the first; the rest of the choice is dropped."""
        self.selection.select(ids)

    def select_all(self) -> None:
        """Choose every paper that is shown, or still to come."""
        self.waiting.select_all()

    def move_by(self, rows: int) -> None:
        """Make the paper some rows further down (or up) the current and only chosen one."""
        self.selection.fall_back(self.view.currentIndex().row() + rows)
        self.view.scrollTo(self.view.currentIndex())

    # Doing --------------------------------------------------------------------------------------------

    def set_menu(self, make: Callable[[], QMenu]) -> None:
        """Give the function that makes the menu of the chosen papers."""
        self._menu = make

    def _show_menu(self, at: QPoint) -> None:
        where = self.view.viewport().mapToGlobal(at)
        if self._menu is not None and self.selection.count() and self._context.library is not None:
            self._menu().popup(where)
        self.customContextMenuRequested.emit(self.mapFromGlobal(where))

    def _open(self, row: int) -> None:
        paper_id = self.model.id_at(row)
        if paper_id is not None:
            self.opened.emit(paper_id)

    def _star(self, row: int) -> None:
        paper = self.model.paper(row)
        if paper is not None:
            paper_edits.toggle_star(self._context, [paper.id], paper.id)

    def _tag_by_number(self, number: int) -> None:
        self.when_chosen(lambda: paper_edits.toggle_tag(self._context, self.selected_ids(), number))

    def _step_back(self) -> None:
        if self._text:
            self.clear_search_requested.emit()
        elif self.selection.count() > 1:
            self.selection.fall_back(self.view.currentIndex().row())
        elif self._scope:
            self.clear_scope_requested.emit()

    # Layout -------------------------------------------------------------------------------------------

    def choose_columns(self) -> None:
        """Let the person choose and order the columns."""
        chooser = ColumnChooser(self.view.header.shown_columns(), self)
        chooser.accepted.connect(lambda: self.view.header.show_columns(chooser.chosen()))
        chooser.open()

    def sort(self, column: str) -> None:
        """Sort by a column, as a click on its heading does."""
        self.view.header.sort_again(column)

    def reset_layout(self) -> None:
        """Show the columns and rows as they come."""
        self.view.header.reset_layout()
        self.view.set_density(USUAL_DENSITY)

    def save_state(self) -> dict[str, Any]:
        """Return columns, widths, sort, density, what is chosen and where the rows are as JSON values."""
        where = left_of(self.view, self.selection.wish()) if self.answers.found else self._left
        return {**self.view.header.saved(), "density": self.view.density, **where}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Put back what `save_state` returned."""
        self.view.header.restore(state)
        self.view.set_density(state.get("density"))
        self._left = {name: value for name, value in state.items() if name in LEFT}
        self.answers.left = read_left(state)
        if self.answers.found:
            self._ask(SORT)
