"""Looking: charts and maps of what the table shows, papers like one, and looking up what papers lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.scope import among
from desktop.models.scope_words import names_of, scope_said
from desktop.views.words import papers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.commands.desk import Desk
    from desktop.views.explore.window import ExploreWindow

LONGEST = 400_000
"""Characters of a scope that names papers one by one; more papers are marked among all."""


class LookingCommands:
    """Opens the windows; what they find is a search or a scope of the table."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._context = desk.context
        desk.detail.look_up.connect(self.look_up_these)

    def explore(self) -> None:
        """Show what the papers of the table are about, in the one window that there is for it."""
        from desktop.views.explore.window import ExploreWindow

        shown = self._explored()
        if shown is None:
            shown = ExploreWindow(self._context, self._desk.window())
            shown.searched.connect(self.search)
            shown.papers_wanted.connect(self.show)
            shown.table_wanted.connect(self.explore)
            self._desk.registry.lend(shown, "undo", "redo").show()
        shown.raise_()
        shown.activateWindow()
        self._desk.table.when_whole(self._look_at_table)

    def _explored(self) -> ExploreWindow | None:
        from desktop.views.explore.window import ExploreWindow

        return next((one for one in self._desk.window().findChildren(ExploreWindow) if one.isVisible()), None)

    def _look_at_table(self) -> None:
        from desktop.views.explore.window import Asked

        shown = self._explored()
        if shown is None:
            return  # closed while the rest of the papers came
        text, scope, ids = self._desk.search.text().strip(), self._desk.scope, self._desk.table.model.ids
        lists = self._desk.sidebar.lists
        within = scope_said(scope, *names_of(lists)) if lists is not None else ""
        words = " · ".join(part for part in (papers(len(ids)), within, text) if part)
        shown.take(Asked(ids, text, scope, words))

    def alike(self) -> None:
        """Show the papers that are like the current one."""
        from desktop.views.alike import AlikeWindow

        table = self._desk.table
        ids = table.selected_ids()
        if not ids:
            return
        current = table.current_id()
        view = AlikeWindow(self._context, current if current in ids else ids[0], self._desk.window())
        view.papers_wanted.connect(self.show)
        view.paper_wanted.connect(lambda paper_id: self._desk.show_papers([paper_id]))
        self._desk.registry.lend(view).show()

    def look_up(self) -> None:
        """Look up what the selected papers lack, or all that are shown while not several are selected."""
        self._desk.table.when_whole(self._look_up_in_table)

    def _look_up_in_table(self) -> None:
        ids, shown = self._desk.table.selection.ids(), self._desk.table.model.ids
        if len(ids) > 1:
            self._offer(ids, _tr("%Ln selected paper(s)", len(ids)))
        elif shown:
            all_shown = _tr("All %Ln paper(s) shown", len(shown)) if len(shown) > 1 else _tr("The paper shown")
            self._offer(shown, all_shown)
        else:
            self._context.notify(_tr("No papers are shown that could be looked up."))

    def look_up_these(self, ids: Sequence[int]) -> None:
        """Look up what these papers lack, which a window offered."""
        self._offer(ids, _tr("%Ln paper(s) without authors or year", len(ids)) if len(ids) > 1 else _tr("This paper"))

    def _offer(self, ids: Sequence[int], label: str) -> None:
        """Open the look-up, unless one runs or is looked through: that comes to the front instead."""
        from desktop.views.lookup.dialog import LookupDialog

        window = self._desk.window()
        for before in (one for one in window.findChildren(LookupDialog) if one.isVisible()):
            if before.is_busy:
                before.raise_()
                before.activateWindow()
                return
            before.close()
        self._desk.registry.lend(LookupDialog(self._context, ids, label, window)).show()

    def search(self, text: str, scope: str) -> None:
        """Search in the table within a scope."""
        self._desk.show_table()
        self._desk.sidebar.set_scope(scope)
        self._desk.search.setText(text)
        self._desk.search.flush()

    def show(self, ids: Sequence[int]) -> None:
        """Show these papers alone in the table."""
        scope = among(ids)
        if len(scope) > LONGEST:
            self._desk.show_papers(ids)
            return
        self._desk.show_table()
        self._desk.sidebar.set_scope(scope)
        self._desk.clear_search()


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("LookingCommands", text, None, count)
