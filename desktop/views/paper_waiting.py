"""What is done with all rows, or all chosen ones, while the rest of an answer is still coming."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QTimer

    from desktop.views.paper_answers import PaperAnswers
    from desktop.views.paper_selection import PaperSelection


class Waiting(QObject):
    """Keeps what is asked for until the rows are there, in order; drops it when no answer comes.

    `soon` runs while a question is about to be asked; its end asks it.
    """

    def __init__(self, answers: PaperAnswers, selection: PaperSelection, soon: QTimer) -> None:
        super().__init__(answers)
        self._answers, self._selection, self._soon = answers, selection, soon
        self._asked: list[Callable[[], None]] = []
        self._all_at: int | None = None
        answers.given_up.connect(self._drop)

    @property
    def is_whole(self) -> bool:
        """Whether all rows are there that the newest question finds."""
        return self._answers.is_whole and not self._soon.isActive()

    def when_whole(self, do: Callable[[], None]) -> None:
        """Do something with all rows: at once, or when the rest of the answer that is awaited has come."""
        if self.is_whole:
            do()
            return
        if do not in self._asked:  # who asks twice means the same
            self._asked.append(do)
        if not self._answers.is_asking:
            self._soon.start()  # only the beginning of the answer could be read

    def when_chosen(self, do: Callable[[], None]) -> None:
        """Do something with the chosen papers: at once, or when those that are still to come are there."""
        if self._answers.is_choice_open or self._all_at == self._selection.turn:
            self.when_whole(do)
        else:
            do()

    def select_all(self) -> None:
        """Choose all rows, those too that are still to come."""
        self._selection.select_all()
        if not self.is_whole:
            self._all_at = self._selection.turn
            self.when_whole(self._choose_rest)

    def _choose_rest(self) -> None:
        wanted, self._all_at = self._all_at == self._selection.turn, None
        if wanted:  # else the person has chosen otherwise since
            self._selection.select_all()

    def go_on(self) -> None:
        """Do what waited: all rows are there."""
        asked, self._asked = self._asked, []
        for do in asked:
            do()

    def _drop(self) -> None:
        self._asked, self._all_at = [], None
