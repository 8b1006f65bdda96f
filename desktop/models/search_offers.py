"""What the list under the search field offers: pieces of a search, and searches made before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

Index = QModelIndex | QPersistentModelIndex
CHOICE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: its text, what it finds, and what taking it does.

    It takes the place of characters `start` to `end`; `clears` forgets the searches made before instead, and `saves`
    keeps what is searched for under a name.
    """

    text: str
    finds: str = ""
    start: int = 0
    end: int = 0
    open: bool = False
    clears: bool = False
    saves: bool = False


class SearchOffers(QAbstractListModel):
    """The choices, in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: Sequence[Choice] = ()

    def show(self, choices: Sequence[Choice]) -> None:
        """Offer other choices."""
        self.beginResetModel()
        self._choices = choices
        self.endResetModel()

    def choices(self) -> Sequence[Choice]:
        """Return what is offered."""
        return self._choices

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many choices there are."""
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a choice, its text, or what a screen reader says of it."""
        choice = self._choices[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return choice.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{choice.text} {choice.finds}".strip()
        return choice if role == CHOICE else None
