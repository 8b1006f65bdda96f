"""Which papers are chosen, by id, so that the choice outlives sorting, filtering and edits."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from desktop.models.paper_columns import COLUMNS
from desktop.models.row_runs import Placed, Run, Wish, ids_in, place, size

if TYPE_CHECKING:
    from desktop.models.paper_table import PaperTableModel
    from desktop.views.paper_view import PaperView

REMEMBERED = 2_000
"""Papers whose order of choosing is kept; nobody picks more of them one by one."""
_Flag = QItemSelectionModel.SelectionFlag


class PaperSelection(QObject):
    """The chosen papers of a view; `changed` comes once per turn of the event loop."""

    changed = Signal()

    def __init__(self, view: PaperView, model: PaperTableModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._hidden = array("q")
        self._restoring = False
        self._ids: array[int] | None = None
        self._order: dict[int, None] = {}
        self._last_current: int | None = None
        self.turn = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.changed)
        model.modelReset.connect(self._forget_ids)
        view.selectionModel().selectionChanged.connect(self._touched)
        view.selectionModel().currentRowChanged.connect(self._later.start)

    def runs(self) -> list[Run]:
        """Return the chosen rows as runs, from the top."""
        ranges = self._view.selectionModel().selection()
        return sorted({(ranges.at(n).top(), ranges.at(n).bottom()) for n in range(ranges.count())})

    def ids(self) -> array[int]:
        """Return the chosen papers that are shown, in the order of the table; not to be changed."""
        if self._ids is None:
            self._ids = ids_in(self._model.ids, self.runs())
        return self._ids

    def in_order(self) -> list[int]:
        """Return the chosen papers that are shown, in the order in which they were chosen."""
        if not self._order:  # so for very many, of which a dictionary would take a fifth of a second
            return self.ids().tolist()
        chosen = dict.fromkeys(self.ids())
        return [*(one for one in self._order if one in chosen), *(one for one in chosen if one not in self._order)]

    def _note_order(self) -> None:
        if self.count() > REMEMBERED:
            self._order = {}
        else:
            self._order = dict.fromkeys(self.in_order())

    def count(self) -> int:
        """Return how many shown papers are chosen."""
        return size(self.runs())

    def hidden(self) -> int:
        """Return how many chosen papers the filter hides."""
        return len(self._hidden)

    def current_id(self) -> int | None:
        """Return the paper with the focus, if any."""
        return self._model.id_at(self._view.currentIndex().row())

    def wish(self) -> Wish:
        """Say what should stay chosen, and what the eye is on: the current row if visible, else the top."""
        first, last = self._view.visible_rows()
        row = self._view.currentIndex().row()
        anchor = row if first <= row <= last else first
        if (current := self.current_id()) is not None:
            self._last_current = current
        return Wish(self.ids() + self._hidden, self._last_current, self._model.id_at(anchor))

    def restore(self, placed: Placed) -> None:
        """Choose what has been found again after the rows changed; nobody is told but by `changed`."""
        self._restoring = True
        self._hidden = placed.hidden
        chosen = QItemSelection()
        for first, last in placed.runs:
            chosen.select(self._model.index(first, 0), self._model.index(last, len(COLUMNS) - 1))
        selection = self._view.selectionModel()
        if placed.current_row >= 0:
            index = self._model.index(placed.current_row, 0)
            selection.setCurrentIndex(index, _Flag.NoUpdate)
        selection.select(chosen, _Flag.ClearAndSelect)
        self._restoring = False
        self._later.start()

    def select(self, ids: list[int]) -> None:
        """Choose these papers and scroll to the first of them; papers that are not shown wait as hidden."""
        placed = place(self._model.ids, Wish(ids))
        first = placed.runs[0][0] if placed.runs else -1
        self.restore(Placed(placed.runs, placed.hidden, first, first))
        if first >= 0:
            self._view.scrollTo(self._model.index(first, 0))

    def select_all(self) -> None:
        """Choose every paper that is shown: one run, however many they are."""
        last = self._model.rowCount() - 1
        if last >= 0:
            current = self._view.currentIndex().row()
            self.turn += 1
            self.restore(Placed(((0, last),), current_row=max(current, 0)))

    def fall_back(self, row: int) -> None:
        """Choose the row where the last chosen one has been, after that one left the table."""
        last = self._model.rowCount() - 1
        if last >= 0:
            row = max(0, min(row, last))
            self.restore(Placed(((row, row),), current_row=row))

    def _forget_ids(self) -> None:
        self._ids = None

    def _touched(self) -> None:
        self._ids = None
        if self._restoring:
            return
        self.turn += 1
        self._note_order()
        if not QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier:
            self._hidden = array("q")
        self._later.start()
