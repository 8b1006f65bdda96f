"""The files of a drop before they are imported: what is known of each, and what the person decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from db import services
from desktop.models.cell_text import cut, tip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from db.services.forecast import FilePreview
    from db.services.recognising import Choice

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
NAME, LAYOUT, RECORDS, STATE = range(4)
SUMS = ("records", "new", "same", "maybe", "repeated", "issues")


def tr(text: str) -> str:
    """Translate a text of the preview."""
    return QCoreApplication.translate("ImportPreview", text)


def state_text(one: FilePreview, *, wanted: bool) -> str:
    """Return how it stands with a file, in a word or two."""
    if one.error:
        return (tr("No papers") if one.format else tr("Not recognised")) if one.readable else tr("Cannot be read")
    if one.already_imported:
        return tr("Already imported") if one.format else tr("Twice in this drop")
    if one.format and not one.is_sure and not wanted:
        return tr("Not sure: left out")
    if not one.finished:
        return tr("Reading...") if one.format else tr("Waiting")
    return tr("Ready") if wanted else tr("Left out")


class PreviewFiles(QAbstractTableModel):
    """Holds the previews as they come, the ticks, and a choice for each file that the person made one for."""

    decided = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.files: list[FilePreview] = []
        self.sums: Counter[str] = Counter()
        self._rows: dict[str, int] = {}
        self._ticks: dict[str, bool] = {}
        self._choices: dict[str, Choice] = {}

    # What is known ----------------------------------------------------------------------------------

    def take(self, parts: Sequence[tuple[int, FilePreview]]) -> None:
        """Take what is new of the whole drop; the first time, all its files."""
        if not self.files and parts:
            self.beginResetModel()
            self.files = [one for _number, one in parts]
            self._rows = {one.path: row for row, one in enumerate(self.files)}
            for one in self.files:
                self._add(one, 1)
            self.endResetModel()
            return
        self.take_files(one for _number, one in parts)

    def take_files(self, files: Iterable[FilePreview]) -> None:
        """Take what is new of some files."""
        rows = []
        for one in files:
            row = self._rows.get(one.path)
            if row is not None:
                self._add(self.files[row], -1)
                self._add(one, 1)
                self.files[row] = one
                rows.append(row)
        self._tell(rows)

    def _add(self, one: FilePreview, sign: int) -> None:
        for name in () if one.error else SUMS:  # what cannot be imported brings nothing
            self.sums[name] += sign * getattr(one, name)
        self.sums["failed"] += sign * bool(one.error)
        self.sums["unsure"] += sign * bool(one.format and not one.error and not one.is_sure)
        self.sums["known"] += sign * one.already_imported
        self.sums["cut"] += sign * one.cut
        self.sums["finished"] += sign * one.finished

    def _tell(self, rows: Sequence[int]) -> None:
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), STATE))

    # What was decided -------------------------------------------------------------------------------

    def choice(self, path: str) -> Choice | None:
        """Return what was decided of a file, None when nothing was."""
        return self._choices.get(path)

    def choose(self, path: str, **values: Any) -> Choice:
        """Decide something of a file: `format`, `year` or `columns`."""
        made = replace(self._choices.get(path) or services.previewing.Choice(), **values)
        self._choices[path] = made
        if "format" in values:
            self._ticks.pop(path, None)
        self._touched(path)
        return made

    def tick(self, path: str, wanted: bool) -> None:
        """Take a file in or leave it out."""
        self._ticks[path] = wanted
        self._touched(path)

    def _touched(self, path: str) -> None:
        if path in self._rows:
            self._tell([self._rows[path]])
        self.decided.emit()

    def is_wanted(self, one: FilePreview) -> bool:
        """Tell whether a file is to be imported: what the person ticked, else whether it is sure enough."""
        if one.error:
            return False
        return self._ticks.get(one.path, one.is_sure or not one.format)

    def left_out(self) -> frozenset[str]:
        """Return the paths of the files that are not to be imported though they could be."""
        return frozenset(one.path for one in self.files if not one.error and not self.is_wanted(one))

    def refused(self) -> frozenset[str]:
        """Return the paths of the files that cannot be imported, as the person has seen."""
        return frozenset(one.path for one in self.files if one.error)

    def choices(self) -> Mapping[str, Choice]:
        """Return what was decided, file by file; an unsure file that is wanted is read as the preview shows it."""
        made = dict(self._choices)
        for path, ticked in self._ticks.items():
            one = self.files[self._rows[path]]
            known = made.get(path)
            if ticked and one.format and not one.is_sure and (known is None or known.format is None):
                made[path] = replace(known or services.previewing.Choice(), format=one.format)
        return made

    def any_wanted(self) -> bool:
        """Tell whether there is anything to import."""
        return not self.files or any(self.is_wanted(one) for one in self.files)

    # The table --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.files)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 4

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.column() == NAME and not self.files[index.row()].error:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one, column = self.files[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return cut(self._text(one, column))
        if role == Qt.ItemDataRole.CheckStateRole and column == NAME and not one.error:
            return Qt.CheckState.Checked if self.is_wanted(one) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(one.error or (one.path if column == NAME else self._text(one, column)))
        if role == Qt.ItemDataRole.TextAlignmentRole and column == RECORDS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != NAME:
            return False
        self.tick(self.files[index.row()].path, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def _text(self, one: FilePreview, column: int) -> str:
        if column == NAME:
            return one.name
        if column == LAYOUT:
            return one.label
        if column == RECORDS:
            number = QLocale().toString(one.records)
            told = one.records or (one.finished and one.format and not one.error)
            return (f"{number}+" if one.cut else number) if told else ""
        return state_text(one, wanted=self.is_wanted(one))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (tr("File"), tr("Layout"), tr("Papers"), tr("State"))[section]
        return None
