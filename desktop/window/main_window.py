"""The window: its panes, search above, a quiet line below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QMainWindow

from desktop.commands.conditions import Conditions
from desktop.commands.documents import DocumentCommands
from desktop.commands.intake import Intake
from desktop.commands.ledger import LedgerCommands
from desktop.models.editors import EditorAccess
from desktop.models.live_files import LiveFiles
from desktop.registry import Registry
from desktop.views.detail.pane import DetailPane
from desktop.views.drop_target import DropTarget
from desktop.views.failure import FailureDialog
from desktop.views.paper_table import PaperTable
from desktop.views.search_bar import SearchBar
from desktop.views.sidebar import Sidebar
from desktop.views.toast import Toast
from desktop.views.undo_first import UndoFirst
from desktop.views.welcome import Welcome
from desktop.window.areas import make_areas
from desktop.window.choices import Choices
from desktop.window.filtering import Filtering
from desktop.window.layout_memory import LayoutMemory, lay_out_like
from desktop.window.leaving import may_stop
from desktop.window.menus import build_menus, build_toolbar, paper_menu
from desktop.window.middle import Middle
from desktop.window.panes import DETAIL, Panes
from desktop.window.status_bar import StatusBar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from db.domain.errors import LibraryError
    from db.domain.records import Source
    from db.services.changes import Changes
    from desktop.context import AppContext

REVIEW_SCOPE, NAMED = "is:review", "among:"
"""Scopes that end with the window: what waits is looked through once, and a choice of papers is for the moment."""
SMALLEST = (360, 260)
Common = tuple[LiveFiles, EditorAccess]


class MainWindow(QMainWindow):
    """Lays out the views and connects them; `painted` comes once, after the first paint, `closed` at the end.

    What is one for all windows is made here if it is not given. A new window is laid out `like` that of a context.
    """

    painted = Signal()
    closed = Signal()

    def __init__(self, context: AppContext, common: Common | None = None, like: AppContext | None = None) -> None:
        super().__init__()
        self.context = context
        self.live, self.editors = common or (LiveFiles(context, self), EditorAccess(context, self))
        self.may_end = False
        if like is not None:
            lay_out_like(context, like)
        self.scope = ""
        self._painted = False
        self._wish: list[int] = []
        self._build()
        self._connect()
        self.memory = LayoutMemory(self, context, self.panes, self.table)
        self.memory.restore()
        self.start_with(*self.memory.session())
        self.choices.show()

    def _build(self) -> None:
        context = self.context
        # The name of the program is put behind by Qt where it is not there already.
        self.setWindowTitle("Sheaf" if context.number == 1 else self.tr("Window {0}").format(context.number))
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)  # else no drag is offered to the window; DropTarget answers
        self.search = SearchBar(context, self)
        self.sidebar = Sidebar(context, self)
        self.table = PaperTable(context, self)
        self.detail = DetailPane(context, self)
        self.filtering = Filtering(context, self.search, self.sidebar, self.table)
        self.panes = Panes((self.sidebar, self.filtering.pane), self.table, self.detail, self)
        self.setCentralWidget(self.panes)
        self.welcome = Welcome(context)
        self.table.set_empty_state(self.welcome)
        self.status = StatusBar(context, self.live, self)
        self.setStatusBar(self.status)
        self.toast = Toast(context, self)
        self.middle = Middle(context, self.panes, self.table, self.toast)
        self.intake: Intake = Intake(self)
        self.ledger = LedgerCommands(self)
        self.documents = DocumentCommands(self)
        areas = make_areas(self, self.intake) | {"ledger": self.ledger, "documents": self.documents}
        self.registry: Registry = Registry(self, self.table, areas, context.icons)
        self.choices: Choices = Choices(context, self.registry, self.table, self.intake)
        self.conditions = Conditions(self)
        build_menus(self, self.registry)
        self.toolbar = build_toolbar(self, self.registry, self.search, context.icons)
        self.table.set_menu(paper_menu(self.registry, self))
        self.drop_target = DropTarget(context, self)
        self.undo_first = UndoFirst(self)

    def _connect(self) -> None:
        context = self.context
        context.changed.connect(self._changed)
        context.failed.connect(self.show_failure)
        context.notified.connect(self.toast.show_notice)
        self.search.search_changed.connect(self._search_changed)
        self.search.left_down.connect(self.table.setFocus)
        self.search.left_empty.connect(self.table.setFocus)
        self.sidebar.scope_changed.connect(self._scope_changed)
        self.sidebar.open_dump.connect(lambda source_id: self.show_dump(source_id, 1))
        self.sidebar.show_issues.connect(self.show_issues)
        self.table.selection_changed.connect(self.detail.show_papers)
        self.table.counts_changed.connect(self._counts_changed)
        self.table.opened.connect(lambda _id: self.preview())
        self.table.clear_search_requested.connect(self.clear_search)
        self.table.clear_scope_requested.connect(lambda: self.clear_search(scope=True))
        self.table.widen_requested.connect(lambda: self.sidebar.set_scope(""))
        self.table.found.connect(self.search.show_answer)
        self.table.found.connect(lambda _text, found: self.detail.show_marks(found.marks))
        self.detail.open_dump.connect(self.show_dump)
        self.detail.left.connect(self.panes.focus_middle)
        self.detail.open_paper.connect(lambda paper_id: self.show_papers([paper_id]))
        self.drop_target.files_dropped.connect(self.documents.dropped)
        self.drop_target.text_dropped.connect(self.import_text)
        self.panes.shown_changed.connect(self._pane_shown)
        self.middle.left.connect(self._leave_review)
        self.table.setFocus()

    # What comes in --------------------------------------------------------------------------------

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders, wherever they came from."""
        self.intake.files(paths)

    def import_text(self, text: str) -> None:
        """Import pasted or dropped text."""
        self.intake.text(text)

    # What is shown --------------------------------------------------------------------------------

    def start_with(self, search: str, scope: str) -> None:
        """Show what was searched when the window was closed."""
        self.search.setText(search)
        self.scope = "" if scope == REVIEW_SCOPE or NAMED in scope else scope
        self.sidebar.set_scope(self.scope)
        self.table.set_query(search, self.scope)

    def show_papers(self, ids: Sequence[int], scope: str = "") -> None:
        """Choose papers in the table, among those of a scope; without one among all, for a filter may hide them."""
        self.show_table()
        self._wish = list(ids)
        self.sidebar.set_scope(scope)
        self.scope = scope
        self.clear_search()
        self._grant_wish()

    def show_table(self) -> None:
        """Put the table back in the place of the review queue."""
        self.middle.show_table()

    def show_review(self) -> None:
        """Show the review queue in the place of the table."""
        if self.sidebar.scope_text() != REVIEW_SCOPE:
            self.sidebar.set_scope(REVIEW_SCOPE)  # which comes back here
            return
        self.middle.show_review()

    def show_dump(self, source_id: int, line: int) -> None:
        """Open the text of a dump at a line."""
        self.ledger.show(source_id, line)

    def show_issues(self, source_id: int) -> None:
        """List the lines of a dump that need a look."""
        from desktop.views.issues_view import IssuesView

        view = IssuesView(self.context, source_id, self)
        view.open_dump.connect(self.show_dump)
        self.registry.lend(view).show()

    def show_failure(self, error: LibraryError) -> None:
        """Tell of a failure, once while it is still being read."""
        if all(shown.error.message != error.message for shown in self.findChildren(FailureDialog)):
            self.registry.lend(FailureDialog(error, self)).show()

    def preview(self) -> None:
        """Show the details, or scroll them on when they are shown."""
        if not self.panes.is_shown(DETAIL):
            self.panes.set_shown(DETAIL, True)
        else:
            self.detail.scroll_on()

    def edit_field(self, name: str) -> None:
        """Put the keyboard into a field of the detail pane."""
        self.panes.set_shown(DETAIL, True)
        # The papers just chosen reach the pane with the events that are already waiting.
        QTimer.singleShot(0, self.detail, lambda: self.detail.focus_field(name))

    def toggle_pane(self, name: str) -> None:
        """Show or hide a side."""
        self.panes.toggle(name)

    def reset_layout(self) -> None:
        """Put panes, columns and window back to how they come."""
        self.memory.reset()
        self.choices.show()

    def clear_search(self, *, scope: bool = False) -> None:
        """Clear the search field, and the sidebar's choice if asked."""
        self.search.setText("")
        if scope:
            self.scope = ""
            self.sidebar.set_scope("")
        self._ask()
        self.table.setFocus()

    def chosen_source(self) -> Source | None:
        """Return the dump that is chosen in the sidebar, if it is one dump alone."""
        return self.conditions.chosen_source()

    # What happens ---------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.table.set_query(self.search.text(), self.scope)

    def _search_changed(self, text: str) -> None:
        self.show_table()
        self.table.set_query(text, self.scope)

    def _scope_changed(self, scope: str) -> None:
        if scope == REVIEW_SCOPE:
            self.show_review()
            return
        self.scope = scope
        self.show_table()
        self._ask()
        self.conditions.update()

    def _leave_review(self) -> None:
        self.show_table()
        self.sidebar.set_scope(self.scope)
        self.table.setFocus()

    def _changed(self, changes: Changes) -> None:
        self.table.refresh(changes)
        self.sidebar.refresh(changes)

    def _counts_changed(self, shown: int, total: int, selected: int) -> None:
        self.status.show_counts(
            shown, total, selected, min(self.table.hidden_count(), total - shown) if shown >= 0 else 0
        )
        self._grant_wish()
        self.conditions.update()

    def _grant_wish(self) -> None:
        if self._wish and not set(self._wish).isdisjoint(self.table.shown_ids()):
            wish, self._wish = self._wish, []
            self.table.select_ids(wish)

    def _pane_shown(self, name: str, shown: bool) -> None:
        self.registry[f"toggle_{name}"].setChecked(shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window can be seen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how the window was left; the last one asks when long work is running, which ends with it."""
        task = self.context.tasks.current
        if self.context.is_last and not self.may_end and not may_stop(self, self.context):
            event.ignore()
            return
        self.detail.save()
        if self.context.is_last:
            self.intake.forget()
        self.memory.save(self.search.text(), self.scope)
        self.hide()  # what still runs may take a while to end
        self.context.close(cancel=task is not None and task.is_long)
        super().closeEvent(event)
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Remember that this window is the one in use."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.context.lead()
