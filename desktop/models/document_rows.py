"""What a LaTeX document cites as rows of tables: cells of text, a tooltip, and the thing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QLocale, QModelIndex, QPersistentModelIndex, Qt

from desktop.models.cell_text import cut, printed, tip, title_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.documents import Document, Known, Suggestion, Trouble, Uncited, Unknown

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


def tr(text: str, count: int = -1) -> str:
    """Translate a text of the documents' window."""
    return QCoreApplication.translate("DocumentDialog", text, None, count)


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of a line, what its tooltip says, and what it stands for."""

    cells: tuple[str, ...]
    tip: str
    value: Any


class DocumentRows(QAbstractTableModel):
    """Rows of one kind under their headings."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__()
        self._headings = tuple(headings)
        self.rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> bool:
        """Show these rows; return whether they differ from those that are shown."""
        if rows == self.rows:
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cut(row.cells[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row.tip)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headings[section]
        return None


def known_rows(document: Document) -> list[Row]:
    """Return the cited papers of the library."""
    return [Row((one.key, _known_title(one), place(one)), _known_tip(one), one) for one in document.known]


def _known_title(one: Known) -> str:
    title = title_text(one.title)
    if one.in_trash:
        return tr("In the trash: {0}").format(title)
    return title if one.key == one.citation_key else tr("Now {0}: {1}").format(one.citation_key, title)


def _known_tip(one: Known) -> str:
    if one.key == one.citation_key:
        return printed(one.title)
    said = tr("The paper has the key {0} by now; {1} still leads to it, and an export writes it under {1}.")
    return f"{printed(one.title)}\n{said.format(one.citation_key, one.key)}"


def unknown_rows(document: Document) -> list[Row]:
    """Return the cited keys that the library does not have, each with the closest paper."""
    return [Row((one.key, _closest(one), place(one)), _unknown_tip(one), one) for one in document.unknown]


def _closest(one: Unknown) -> str:
    if not one.suggestions:
        return tr("Only in {0}").format(one.entry) if one.entry else tr("No paper comes close")
    first = one.suggestions[0]
    return f"{first.citation_key}: {title_text(first.title)}"


def _unknown_tip(one: Unknown) -> str:
    return tr("{0} says: {1}").format(one.entry, printed(one.title)) if one.entry else ""


def suggestion_words(one: Suggestion) -> str:
    """Return why a key may mean a paper, and which paper that is."""
    return f"{_why(one)} · {one.citation_key} · {title_text(one.title)}"


def _why(one: Suggestion) -> str:
    if one.likeness == "same":
        return tr("The .bib entry is this paper")
    percent = QLocale().toString(round(one.score * 100))
    said = tr("The .bib entry may be it, {0} % alike") if one.likeness == "maybe" else tr("Keys {0} % alike")
    return said.format(percent)


def uncited_rows(document: Document) -> list[Row]:
    """Return the entries of the .bib files that are not cited."""
    return [
        Row((one.key, title_text(one.title), _held(one), place(one)), printed(one.title), one)
        for one in document.uncited
    ]


def _held(one: Uncited) -> str:
    return tr("yes") if one.paper_id is not None else tr("no")


def trouble_rows(document: Document) -> list[Row]:
    """Return what could not be read."""
    return [Row((place(one), one.why), one.why, one) for one in document.troubles]


def place(one: Known | Unknown | Uncited | Trouble) -> str:
    """Return where something stands."""
    return f"{one.file}:{one.line}" if one.line else one.file


def summary(document: Document) -> str:
    """Return the account of a document in one sentence."""
    if not document.readable:
        return tr("The document cannot be read.")
    cited = len(document.known) + len(document.unknown)
    said = tr("%Ln key(s) cited", cited)
    if document.everything:
        said = tr("{0}, all of the .bib files among them").format(said)
    return f"{said} · {tr('%Ln file(s) read', len(document.files))}"
