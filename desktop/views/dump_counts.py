"""The counts of a review: what became of the records of the ticked dumps, to be copied or saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db import services
from desktop.models.cell_text import tip
from desktop.settings import EXPORT_FOLDER
from desktop.theme import box_palette
from desktop.views.dump_names import dump_label
from desktop.views.flow import FlowLayout
from desktop.views.plain import Label, button
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from db.domain.records import Source
    from db.services.flow import Flow
    from desktop.context import AppContext


class DumpCounts(QWidget):
    """Tick dumps; the account of their records stands beside them."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._flow: Flow | None = None
        self.list = QListWidget()
        self.tree = QTreeWidget()
        self.note = Label(tr("Tick the dumps to count."), tone="muted")
        self.copy_text = button(tr("Copy as &text"), lambda: self._copy("text"))
        self.copy_csv = button(tr("Copy as &CSV"), lambda: self._copy("csv"))
        self.save_button = button(tr("&Save..."), self.save)
        self._build()
        self.list.itemChanged.connect(lambda _item: self.load())

    def _build(self) -> None:
        self.list.setAccessibleName(tr("Dumps to count"))
        self.tree.setAccessibleName(tr("Counts"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setIndentation(16)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        for view in (self.list, self.tree):
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.tree.setStyleSheet("QTreeView::item { padding: 3px 2px; }")
        self.list.setSpacing(2)
        self._context.theme.changed.connect(self._restyle)
        self._restyle()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list, 2)
        row.addWidget(self.tree, 3)
        flow = FlowLayout(gap=8)
        for one in self._buttons():
            flow.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.note)
        column.addLayout(row, 1)
        column.addLayout(flow)

    def _restyle(self) -> None:
        self.list.setPalette(box_palette(self._context.theme.tokens))  # else the boxes have no outline in the dark

    def _buttons(self) -> tuple[QWidget, ...]:
        return self.copy_text, self.copy_csv, self.save_button

    def show_sources(self, sources: Sequence[Source], ticked: Collection[int] | None = None) -> None:
        """Offer these dumps; None keeps those ticked that are."""
        kept = set(self.ticked()) if ticked is None else set(ticked)
        self.list.blockSignals(True)
        self.list.clear()
        for one in sources:
            item = QListWidgetItem(dump_label(one), self.list)
            item.setToolTip(tip(one.name))
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.id in kept else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.load()

    def ticked(self) -> list[int]:
        """Return the dumps that are counted, the oldest first."""
        items = [self.list.item(at) for at in range(self.list.count())]
        return sorted(
            item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def load(self) -> None:
        """Count anew."""
        chosen = self.ticked()
        self.note.setVisible(not chosen)
        if chosen:
            self._context.read(lambda library: services.flow.flow(library, chosen), self._show, key="dump_counts")
        else:
            self._show(None)

    def _show(self, found: Flow | None) -> None:
        if found is not None and not self.ticked():
            return  # unticked while it was counted
        self._flow = found
        self.tree.clear()
        above: QTreeWidgetItem | None = None
        for line in found.lines() if found is not None else ():
            label = line.label if line.key in ("tag", "identified_in") else tr(line.label)
            item = QTreeWidgetItem([label, self.locale().toString(line.count)])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(0, tip(label))
            if line.depth and above is not None:
                above.addChild(item)
            else:
                above = item
                item.setFont(0, self._context.theme.font(weight=QFont.Weight.DemiBold))
                self.tree.addTopLevelItem(item)
        self.tree.expandAll()
        for one in self._buttons():
            one.setEnabled(found is not None)

    def _copy(self, form: str) -> None:
        if self._flow is not None:
            QGuiApplication.clipboard().setText(self._flow.csv() if form == "csv" else self._flow.text())
            self._context.notify(tr("Counts copied."))

    def save(self) -> None:
        """Ask for a file and write the counts: as CSV or as text, by its ending."""
        counts = self._flow
        if counts is None:
            return
        start = str(Path(self._context.settings.get(EXPORT_FOLDER, str(Path.home()))) / tr("counts.csv"))
        kinds = tr("Table (*.csv);;Text (*.txt)")
        name, _kind = QFileDialog.getSaveFileName(self, tr("Save counts"), start, kinds)
        if not name:
            return
        self._context.settings.set(EXPORT_FOLDER, str(Path(name).parent))
        self._context.read(
            lambda _library: services.flow.save(counts, Path(name)),
            lambda _none: self._context.notify(tr("Saved {0}.").format(Path(name).name), kind="good"),
        )
