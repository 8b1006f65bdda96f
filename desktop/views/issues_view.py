"""The lines that were not understood, with the reason, and the way to each in its dump."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout

from db import services
from desktop.models.cell_text import cut, tip
from desktop.theme import ROW_HEIGHT
from desktop.views.plain import Label, button, open_at
from desktop.views.words import counted, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from db.services.sources import SourceIssue
    from desktop.context import AppContext

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class IssuesModel(QAbstractTableModel):
    """The issues as rows."""

    def __init__(self) -> None:
        super().__init__()
        self.issues: Sequence[SourceIssue] = ()

    def show(self, issues: Sequence[SourceIssue]) -> None:
        """Show these issues instead."""
        self.beginResetModel()
        self.issues = issues
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.issues)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        issue = self.issues[index.row()]
        values = (issue.source_name, str(issue.line), issue.text, issue.why)
        if role == Qt.ItemDataRole.DisplayRole:
            return cut(values[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(values[index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (tr("Dump"), tr("Line"), tr("Text"), tr("Why"))[section]
        return None


class IssuesView(QDialog):
    """The issues of one source, or of all."""

    open_dump = Signal(int, int)

    def __init__(self, context: AppContext, source_id: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(self.tr("Issues"))
        self._context = context
        self._source_id = source_id
        self.model = IssuesModel()
        self.table = QTableView()
        self.title = Label(self.tr("Loading..."), bold=True)
        self.note = Label(self.tr("These lines need a look. Everything else was imported."), tone="muted")
        self.show_button = button(self.tr("&Show in the dump"), self._show_in_dump)
        self.copy_button = button(self.tr("&Copy"), self.copy)
        self._build()
        context.changed.connect(self._load)
        self._load()

    def _build(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Issues"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        row_height = max(ROW_HEIGHT, 2 * self.fontMetrics().lineSpacing() + 8)  # room for a reason
        table.verticalHeader().setDefaultSectionSize(row_height)
        for column in (2, 3):
            table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        step = self.fontMetrics().averageCharWidth()
        for column, letters in ((0, 24), (1, 8)):
            table.setColumnWidth(column, letters * step)
        table.doubleClicked.connect(lambda _index: self._show_in_dump())
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.show_button)
        foot.addWidget(self.copy_button)
        foot.addStretch()
        foot.addWidget(button(self.tr("Close"), self.close))
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(16, 16, 16, 12)
        column_layout.setSpacing(8)
        for widget in (self.title, self.note, table):
            column_layout.addWidget(widget, 1 if widget is table else 0)
        column_layout.addLayout(foot)
        open_at(self, self.sizeHint())

    def sizeHint(self) -> QSize:
        step = self.fontMetrics().lineSpacing()
        return QSize(max(820, 54 * step), max(420, 26 * step))

    def _load(self) -> None:
        source_id = self._source_id
        self._context.read(
            lambda library: services.sources.issues(library, source_id), self._show, key=f"issues {id(self)}"
        )

    def _show(self, issues: Sequence[SourceIssue]) -> None:
        self.model.show(issues)
        any_issue = bool(issues)
        self.title.setText(counted("%Ln issue(s)", len(issues)) if any_issue else self.tr("No issues"))
        self.note.setVisible(any_issue)
        for one in (self.show_button, self.copy_button):
            one.setEnabled(any_issue)
        if any_issue:
            self.table.selectRow(0)
            self.table.setFocus()

    def _show_in_dump(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.model.issues):
            issue = self.model.issues[row]
            self.open_dump.emit(issue.source_id, issue.line)

    def copy(self) -> None:
        """Copy the selected issues, or all of them when none is selected, one a line."""
        rows = [index.row() for index in self.table.selectionModel().selectedRows()]
        chosen = [self.model.issues[row] for row in sorted(rows)] or list(self.model.issues)
        text = "\n".join(f"{one.source_name}:{one.line}: {one.why}: {one.text}" for one in chosen)
        QGuiApplication.clipboard().setText(text)
        self._context.notify(counted("%Ln issue(s) copied.", len(chosen)))
