"""The sidebar's model: a small tree that is rebuilt when the library changes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.models.cell_text import tip
from desktop.models.mime import COLLECTION, PAPERS, SEARCH, TAG, collection_of, papers_of, search_of, tag_of
from desktop.models.sidebar_entry import Entry, Kind
from desktop.models.sidebar_tree import sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
ENTRY = Qt.ItemDataRole.UserRole
FEW = 100
"""Lines that are told one by one that they changed; of more, the view is told at once and paints all anew."""
TAKING = frozenset({"collections", "searches", "tags", "starred", "trash"})
"""Lines besides collections, saved searches and tags that something can be dropped on."""
RENAMED = frozenset({Kind.COLLECTION, Kind.SEARCH, Kind.TAG, Kind.DUMP})
DRAGGED = frozenset({Kind.COLLECTION, Kind.SEARCH, Kind.TAG})


class SidebarModel(QAbstractItemModel):
    """Entries by number; says what was renamed in place and what was dropped where."""

    renamed = Signal(object, str)
    papers_dropped = Signal(object, object)
    collection_dropped = Signal(int, object)
    search_dropped = Signal(int, object)
    tag_dropped = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._parents: list[int] = []
        self._places: list[int] = []
        self._top: list[int] = []
        self._below: list[list[int]] = []
        self._build(sections(None))

    def show(self, wanted: list[Entry]) -> bool:
        """Show other lines; returns whether lines came, went or moved (views then start afresh)."""
        if _shape(wanted) != _shape(self._roots()):
            self.beginResetModel()
            self._build(wanted)
            self.endResetModel()
            return True
        changed = [number for number, new in enumerate(_walk(wanted)) if self._entries[number].take(new)]
        if len(changed) < FEW:
            for number in changed:
                self.dataChanged.emit(self._index_of(number), self._index_of(number))
        else:
            self.dataChanged.emit(self._index_of(self._top[0]), self._index_of(self._top[-1]))
        return False

    def set_count(self, term: str, count: int) -> None:
        """Show how many papers a line has, which was counted after the line was shown."""
        for index, entry in self.entries():
            if entry.counted_later and entry.term == term and entry.count != count:
                entry.count = count
                self.dataChanged.emit(index, index)

    def _roots(self) -> list[Entry]:
        return [self._entries[number] for number in self._top]

    def _build(self, roots: list[Entry]) -> None:
        self._entries, self._parents, self._places, self._below = [], [], [], []

        def add(entries: list[Entry], parent: int) -> list[int]:
            numbers = []
            for place, entry in enumerate(entries):
                number = len(self._entries)
                self._entries.append(entry)
                self._parents.append(parent)
                self._places.append(place)
                self._below.append([])
                self._below[number] = add(entry.inside, number)
                numbers.append(number)
            return numbers

        self._top = add(roots, -1)

    # Finding ------------------------------------------------------------------------------------------

    def entry(self, index: Index) -> Entry | None:
        """Return what a line stands for."""
        return self._entries[index.internalId()] if index.isValid() else None

    def index_of_key(self, key: str) -> QModelIndex:
        """Return the line with a key, invalid when there is none."""
        for number, entry in enumerate(self._entries):
            if entry.key == key:
                return self._index_of(number)
        return QModelIndex()

    def entries(self) -> Iterator[tuple[QModelIndex, Entry]]:
        """Walk through all lines from the top."""
        for number, entry in enumerate(self._entries):
            yield self._index_of(number), entry

    def _index_of(self, number: int) -> QModelIndex:
        return self.createIndex(self._places[number], 0, number)

    # Qt's questions -----------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        numbers = self._below[parent.internalId()] if parent.isValid() else self._top
        if column != 0 or not 0 <= row < len(numbers):
            return QModelIndex()
        return self.createIndex(row, 0, numbers[row])

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        number = self._parents[index.internalId()] if index.isValid() else -1
        return self._index_of(number) if number >= 0 else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return len(self._below[parent.internalId()]) if parent.isValid() else len(self._top)

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        return self.rowCount(parent) > 0

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a line's text, or the entry itself for the delegate."""
        entry = self.entry(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.EditRole:
            return entry.name or entry.label
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.label
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(entry.tip)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            key = f", {entry.digit}" if entry.digit else ""
            return entry.label + (key if entry.count is None else f", {entry.count}{key}")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say what can be chosen, renamed, dragged and dropped on."""
        entry = self.entry(index)
        if entry is None:
            return Qt.ItemFlag.NoItemFlags
        return _flags(entry.kind, entry.key in TAKING, bool(self._below[index.internalId()]))

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; the line changes when the library has."""
        entry = self.entry(index)
        name = str(value).strip()
        if role == Qt.ItemDataRole.EditRole and entry is not None and name and name != (entry.name or entry.label):
            self.renamed.emit(entry, name)
        return False

    # Dragging -----------------------------------------------------------------------------------------

    def mimeTypes(self) -> list[str]:
        return [PAPERS, COLLECTION, SEARCH, TAG]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the dragged collection, saved search or tag."""
        mime = QMimeData()
        entry = self.entry(indexes[0]) if indexes else None
        if entry is not None and entry.kind is Kind.COLLECTION:
            mime.setData(COLLECTION, str(entry.target).encode("ascii"))
        elif entry is not None and entry.kind is Kind.SEARCH:
            mime.setData(SEARCH, str(entry.target).encode("ascii"))
        elif entry is not None and entry.kind is Kind.TAG:
            mime.setData(TAG, entry.name.encode())
        return mime

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def canDropMimeData(self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index) -> bool:
        """Papers go onto collections, tags, Starred and Trash; the rest into others of its kind or to the top.

        Saved searches go into collections, too.
        """
        entry = self.entry(parent)
        if entry is None:
            return False
        if papers_of(data):
            return entry.kind in (Kind.COLLECTION, Kind.TAG) or entry.key in ("starred", "trash")
        if data.hasFormat(TAG):
            return entry.key == "tags" or (entry.kind is Kind.TAG and not self._is_in_tag(parent, tag_of(data)))
        if data.hasFormat(SEARCH):
            return entry.key == "searches" or (
                entry.kind in (Kind.SEARCH, Kind.COLLECTION)
                and not self._is_inside(parent, Kind.SEARCH, search_of(data))
            )
        if not data.hasFormat(COLLECTION):
            return False
        return entry.key == "collections" or (
            entry.kind is Kind.COLLECTION and not self._is_inside(parent, Kind.COLLECTION, collection_of(data))
        )

    def _is_in_tag(self, index: Index, name: str) -> bool:
        number = index.internalId()
        while number >= 0:
            if self._entries[number].name == name:
                return True
            number = self._parents[number]
        return False

    def _is_inside(self, index: Index, kind: Kind, target: int | None) -> bool:
        number = index.internalId()
        while number >= 0:
            if (self._entries[number].kind, self._entries[number].target) == (kind, target):
                return True
            number = self._parents[number]
        return False

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Say what was dropped where; the library does the rest."""
        entry = self.entry(parent)
        if entry is None or not self.canDropMimeData(data, action, row, column, parent):
            return False
        if papers := papers_of(data):
            self.papers_dropped.emit(entry, papers)
        elif data.hasFormat(TAG):
            self.tag_dropped.emit(tag_of(data), entry.name or None)
        elif (search := search_of(data)) is not None:
            self.search_dropped.emit(search, entry)
        elif (moved := collection_of(data)) is not None:
            self.collection_dropped.emit(moved, entry.target)
        return False  # nothing is taken away at the other end


@cache
def _flags(kind: Kind, taking: bool, parent: bool) -> Qt.ItemFlag:
    """Return the flags of a kind of line; putting them together takes longer than asking for thousands of lines."""
    flag = Qt.ItemFlag
    given = flag.ItemIsEnabled if parent else flag.ItemIsEnabled | flag.ItemNeverHasChildren
    if kind not in (Kind.HINT, Kind.SECTION):
        given |= flag.ItemIsSelectable
    if kind in RENAMED:
        given |= flag.ItemIsEditable
    if kind in DRAGGED:
        given |= flag.ItemIsDragEnabled | flag.ItemIsDropEnabled
    return given | flag.ItemIsDropEnabled if taking else given


def _walk(entries: list[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _walk(entry.inside)


def _shape(entries: list[Entry]) -> list[Any]:
    return [(entry.key, _shape(entry.inside)) for entry in entries]
