"""A list of tags as item views show it: thousands of lines, of which only those on the screen are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QIcon

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class TagLine:
    """One line: the tag's whole name, what is shown, what a screen reader says, and the tag's sign."""

    name: str
    text: str
    said: str
    colour: int | None = None


class TagListModel(QAbstractListModel):
    """Lines of tags; the icon of a sign is made once."""

    def __init__(self, icon: Callable[[int], QIcon], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._icons: dict[int, QIcon] = {}
        self.lines: list[TagLine] = []

    def show(self, lines: Sequence[TagLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def line(self, index: Index) -> TagLine | None:
        """Return what a line stands for."""
        return self.lines[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a line's text, sign or words."""
        line = self.line(index)
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.said
        if role == Qt.ItemDataRole.DecorationRole and line.colour is not None:
            if line.colour not in self._icons:
                self._icons[line.colour] = self._icon(line.colour)
            return self._icons[line.colour]
        return None


def matching(names: Iterable[str], typed: str) -> list[str]:
    """Return the names that hold what was typed, those that begin with it (or whose last part does) first."""
    wanted = typed.strip().casefold()

    def place(name: str) -> tuple[bool, bool, str]:
        key = name.casefold()
        return not key.startswith(wanted), f"/{wanted}" not in key, key

    return sorted((name for name in names if wanted in name.casefold()), key=place)
