"""What is done with all rows, or all chosen ones, while the rest of an answer is still coming."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.views.paper_table import PaperTable


class Waiting(QObject):
    """Keeps what is asked for until the rows are there, in order; drops it when no answer comes."""

    def __init__(self, table: PaperTable) -> None:
        super().__init__(table)
        self._table = table
        self._asked: list[Callable[[], None]] = []
        self._all_at: int | None = None
        table.answered.connect(self._go_on)
        table.answers.given_up.connect(self._drop)

    def when_whole(self, do: Callable[[], None]) -> None:
        """Do something with all rows: at once, or when the rest of the answer that is awaited has come."""
        table = self._table
        if table.is_whole:
            do()
            return
        if do not in self._asked:  # who asks twice means the same
            self._asked.append(do)
        if not table.is_asking:
            table.ask_again()  # only the beginning of the answer could be read

    def when_chosen(self, do: Callable[[], None]) -> None:
        """Do something with the chosen papers: at once, or when those that are still to come are there."""
        table = self._table
        if table.answers.is_choice_open or self._all_at == table.selection.turn:
            self.when_whole(do)
        else:
            do()

    def select_all(self) -> None:
        """Choose all rows, those too that are still to come."""
        selection = self._table.selection
        selection.select_all()
        if not self._table.is_whole:
            self._all_at = selection.turn
            self.when_whole(self._choose_rest)

    def _choose_rest(self) -> None:
        wanted, self._all_at = self._all_at == self._table.selection.turn, None
        if wanted:  # else the person has chosen otherwise since
            self._table.selection.select_all()

    def _go_on(self) -> None:
        asked, self._asked = self._asked, []
        for do in asked:
            do()

    def _drop(self) -> None:
        self._asked, self._all_at = [], None
