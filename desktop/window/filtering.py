"""The filter pane at work: what is chosen there becomes a part of the search text, and what is typed is shown there."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db import services
from desktop.models.scope import read_scope
from desktop.views.facets.pane import FacetPane
from desktop.views.search_bar import LONGEST
from desktop.views.words import tr

if TYPE_CHECKING:
    from db.services.faceting import Value
    from db.services.searching import Found
    from desktop.context import AppContext
    from desktop.views.paper_table import PaperTable
    from desktop.views.search_bar import SearchBar
    from desktop.views.sidebar import Sidebar


class Filtering(QObject):
    """Stands between the pane and the search: the pane counts what the table has found."""

    def __init__(self, context: AppContext, search: SearchBar, sidebar: Sidebar, table: PaperTable) -> None:
        super().__init__(table)
        self._context, self._search, self._sidebar = context, search, sidebar
        self.pane = FacetPane(context)
        pane, answers = self.pane, table.answers
        answers.asked.connect(pane.counts.give_way)
        answers.answered.connect(self._follow)
        pane.made.connect(lambda parts: self._order((sidebar.tree, *parts, table.view)))
        pane.value_chosen.connect(self._choose)
        pane.years_chosen.connect(self._choose_years)
        pane.years_dropped.connect(lambda: self._put(services.faceting.without_years(self._text())))
        pane.cleared.connect(lambda: self._put(services.faceting.cleared(self._text())))

    @staticmethod
    def _order(parts: tuple[QWidget, ...]) -> None:
        """Let Tab go from the sidebar through the filters to the table, as they stand."""
        for one, then in pairwise(parts):
            QWidget.setTabOrder(one, then)

    def _follow(self, text: str, scope: str, found: Found) -> None:
        self.pane.counts.follow(text, scope, found.ids)

    def _text(self) -> str:
        return self._search.text().strip()

    def _choose(self, value: Value, how: str) -> None:
        if value.state == "within":
            self._leave_place(value)
        else:
            self._put(services.faceting.clicked(self._text(), value, how))

    def _choose_years(self, low: int | None, high: int | None, how: str) -> None:
        self._put(services.faceting.with_years(self._text(), low, high, how))

    def _leave_place(self, value: Value) -> None:
        """Drop what the sidebar asks for: there it was chosen."""
        scope = read_scope(self._sidebar.scope_text())
        for term in scope.terms():
            if services.faceting.means(term, value):
                scope = scope.dropped(term)
        self._sidebar.set_scope(scope.text())

    def _put(self, text: str) -> None:
        if len(text) > LONGEST:
            self._context.notify(tr("The search is too long for one more filter: nothing was changed."))
        else:
            self._search.replace(text)
