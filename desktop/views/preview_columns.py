"""What the columns of a table hold: a heading each, and the field that the person gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from desktop.views.plain import Label, clear_layout, heading
from desktop.views.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

    from db.services.forecast import FilePreview

MOST_COLUMNS = 60
OWN_FIELD = "field"
"""What a column becomes that no field suits: it is kept under its heading."""


class QuietCombo(QComboBox):
    """A choice on a page that scrolls: the wheel passes over it and changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _field_text(name: str) -> str:
    """Return a field as people call it."""
    known = {
        OWN_FIELD: tr("A field of its own"),
        "doi": tr("DOI"),
        "arxiv_id": tr("arXiv number"),
        "urls": tr("Links"),
        "keywords": tr("Tags"),
        "citation_key": tr("Citation key"),
        "entry_type": tr("Entry type"),
        "attachments": tr("Files"),
    }
    return known.get(name) or name.replace("_", " ").capitalize()


class PreviewColumns(QWidget):
    """One choice for each column of a table; `columns_set` brings the whole mapping."""

    columns_set = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, tuple[str, ...], tuple[str, ...]] = ("", (), ())
        self.combos: dict[str, QComboBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def show_file(self, one: FilePreview) -> None:
        """Show the columns of a file, none when its format has none."""
        self.setVisible(bool(one.targets and one.columns))
        shown = (one.path, tuple(one.columns), one.targets)
        if shown != self._shown:
            self._shown = shown
            self._fill(one)
        for name, combo in self.combos.items():
            combo.setCurrentIndex(max(0, combo.findData(one.columns.get(name, ""))))

    def _fill(self, one: FilePreview) -> None:
        clear_layout(self._grid)
        self.combos = {}
        if not one.targets or not one.columns:
            return
        self._grid.addWidget(heading(tr("Columns")), 0, 0, 1, 2)
        for row, name in enumerate(list(one.columns)[:MOST_COLUMNS], start=1):
            combo = QuietCombo()
            combo.setAccessibleName(tr("Column {0}").format(name))
            combo.addItem(tr("Leave out"), "")
            for target in one.targets:
                combo.addItem(_field_text(target), target)
            if one.columns[name] and combo.findData(one.columns[name]) < 0:
                combo.addItem(one.columns[name], one.columns[name])
            combo.activated.connect(lambda _at: self._chosen())
            label = Label(name[:60])
            label.setBuddy(combo)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(combo, row, 1)
            self.combos[name] = combo

    def _chosen(self) -> None:
        self.columns_set.emit({name: combo.currentData() for name, combo in self.combos.items()})
