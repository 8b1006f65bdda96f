"""The column chooser: tick what is shown, drag or press Alt+Up and Alt+Down to order it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.models.paper_columns import BY_ID, COLUMNS, TITLE
from desktop.views.plain import open_at

_ID = Qt.ItemDataRole.UserRole


class ColumnChooser(QDialog):
    """Shows all columns in order; `chosen` returns the ids of the ticked ones."""

    def __init__(self, shown: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Columns"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Columns, from left to right"))
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._fill(shown)
        self._build()

    def _build(self) -> None:
        hint = QLabel(self.tr("Tick what the table shows. Drag to change the order."))
        hint.setProperty("tone", "muted")
        hint.setTextFormat(Qt.TextFormat.PlainText)
        up = QPushButton(self.tr("Move &up"))
        down = QPushButton(self.tr("Move &down"))
        up.clicked.connect(lambda: self.move_by(-1))
        down.clicked.connect(lambda: self.move_by(1))
        for keys, by in ((QKeySequence("Alt+Up"), -1), (QKeySequence("Alt+Down"), 1)):
            QShortcut(keys, self, lambda by=by: self.move_by(by))
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("Show columns"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        order = QHBoxLayout()
        order.addWidget(up)
        order.addWidget(down)
        order.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(hint)
        layout.addWidget(self._list, 1)
        layout.addLayout(order)
        layout.addWidget(buttons)
        open_at(self, QSize(340, 420))

    def _fill(self, shown: list[str]) -> None:
        order = [*shown, *(column.id for column in COLUMNS if column.id not in shown)]
        for name in order:
            item = QListWidgetItem(COLUMNS[BY_ID[name]].title)
            item.setData(_ID, name)
            flags = item.flags() | Qt.ItemFlag.ItemIsUserCheckable
            item.setCheckState(Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
            if BY_ID[name] == TITLE:
                flags &= ~Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(flags & ~Qt.ItemFlag.ItemIsDropEnabled)
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def move_by(self, places: int) -> None:
        """Move the current column towards the left (negative) or right of the table."""
        row = self._list.currentRow()
        target = row + places
        if row >= 0 and 0 <= target < self._list.count():
            self._list.insertItem(target, self._list.takeItem(row))
            self._list.setCurrentRow(target)

    def chosen(self) -> list[str]:
        """Return the ids of the columns to show, from the left; the title is always among them."""
        items = (self._list.item(row) for row in range(self._list.count()))
        return [str(item.data(_ID)) for item in items if item.checkState() == Qt.CheckState.Checked]
