"""The text of a dump with what became of its lines, and reading it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.commands.desk import Desk
    from desktop.views.dump_reread import RereadView
    from desktop.views.dump_view import DumpView


class LedgerCommands:
    """Shows ledgers; each follows the paper that is chosen in the table."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._context = desk.context
        desk.sidebar.menus.read_again.connect(self.read_source_again)

    def show(self, source_id: int, line: int) -> DumpView:
        """Open the text of a dump at a line."""
        from desktop.views.dump_view import DumpView

        window = self._desk.window()
        for open_one in window.findChildren(DumpView):
            if open_one.source_id == source_id and open_one.isVisible():
                open_one.go_to(line)
                open_one.raise_()
                open_one.activateWindow()
                return open_one
        view = DumpView(self._context, source_id, line, window)
        view.open_paper.connect(lambda paper_id: self._desk.show_papers([paper_id]))
        view.read_again.connect(self.read_source_again)
        self._desk.table.selection_changed.connect(view.follow)
        self._desk.registry.lend(view, "undo", "redo").show()  # marks are steps like any other
        return view

    def show_text(self) -> None:
        """Open the text of the dump that is chosen in the sidebar."""
        source = self._desk.chosen_source()
        if source is not None:
            self.show(source.id, 1)

    def read_again(self) -> None:
        """Read the dump that is chosen in the sidebar again."""
        source = self._desk.chosen_source()
        if source is not None:
            self.read_source_again(source.id)

    def read_source_again(self, source_id: int) -> RereadView:
        """Show what reading a dump again would change."""
        from desktop.views.dump_reread import RereadView

        view = RereadView(self._context, source_id, self._desk.window())
        self._desk.registry.lend(view).show()
        return view
