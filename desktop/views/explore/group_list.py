"""The groups of the map as a list: the legend, and the way to choose papers without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from desktop.models.cell_text import tip
from desktop.views.explore.marks import shape_icon, shape_of
from desktop.views.plain import plain_tree
from desktop.views.words import papers, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from desktop.context import AppContext
    from desktop.views.explore.group_looks import GroupLook

NUMBER = Qt.ItemDataRole.UserRole


class GroupList(QTreeWidget):
    """Lists groups with marks and counts; `walked` names the current one, `opened` one whose papers are wanted."""

    walked = Signal(int)
    opened = Signal(int)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._looks: Sequence[GroupLook] = ()
        self.setColumnCount(2)
        plain_tree(self, tr("Groups of the map"), (tr("Topic"), tr("Papers")))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemClicked.connect(lambda item: self.walked.emit(item.data(0, NUMBER)))
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(item.data(0, NUMBER)))
        self.currentItemChanged.connect(self._walk)
        context.theme.changed.connect(self._recolour)

    def show_looks(self, looks: Sequence[GroupLook], heading: str = "") -> None:
        """List these groups."""
        self._looks = looks
        if heading:
            self.setHeaderLabels([heading, tr("Papers")])
        self.blockSignals(True)
        self.clear()
        for number, look in enumerate(looks):
            item = QTreeWidgetItem([look.name, self.locale().toString(look.papers)])
            item.setData(0, NUMBER, number)
            item.setIcon(
                0, shape_icon(shape_of(number), look.paint_colour(self._context.theme.tokens), self.devicePixelRatioF())
            )
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(0, tip(look.name))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{look.name}, {papers(look.papers)}")
            self.addTopLevelItem(item)
        self.blockSignals(False)

    def _recolour(self) -> None:
        self.show_looks(self._looks)

    def _walk(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.walked.emit(item.data(0, NUMBER))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return shows the papers of the current group."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.opened.emit(item.data(0, NUMBER))
        else:
            super().keyPressEvent(event)
