"""All tags as a table: name, papers, number key; thousands of rows, of which those on the screen are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop.models.tag_list import matching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QIcon

    from db.domain.records import Tag

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
NAME, PAPERS, KEY = range(3)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TagTable", text)


class TagTableModel(QAbstractTableModel):
    """The tags that hold what is typed, in the order of their names."""

    def __init__(self, icon: Callable[[int], QIcon], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._icons: dict[int, QIcon] = {}
        self._all: tuple[Tag, ...] = ()
        self._typed = ""
        self.tags: list[Tag] = []

    def show(self, tags: Iterable[Tag]) -> None:
        """Show other tags."""
        self._all = tuple(tags)
        self.narrow(self._typed)

    def narrow(self, typed: str) -> None:
        """Show those that hold what is typed."""
        self._typed = typed
        known = {tag.name: tag for tag in self._all}
        names = matching(known, typed) if typed.strip() else known
        self.beginResetModel()
        self.tags = [known[name] for name in names]
        self.endResetModel()

    def rows_of(self, names: Sequence[str]) -> list[int]:
        """Return the rows of tags."""
        wanted = set(names)
        return [row for row, tag in enumerate(self.tags) if tag.name in wanted]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.tags)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_tr("Tag"), _tr("Papers"), _tr("Key"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == NAME else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, or the sign of the tag."""
        if not index.isValid():
            return None
        tag, column = self.tags[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (tag.name, QLocale().toString(tag.count), str(tag.digit) if tag.digit else "")[column]
        if role == Qt.ItemDataRole.DecorationRole and column == NAME:
            if tag.colour not in self._icons:
                self._icons[tag.colour] = self._icon(tag.colour)
            return self._icons[tag.colour]
        if role == Qt.ItemDataRole.TextAlignmentRole and column != NAME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None
