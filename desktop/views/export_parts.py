"""The boxes that say what goes into an export: the same for files and for live .bib files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from desktop import export_options
from desktop.views.plain import set_tip

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from PySide6.QtGui import QResizeEvent

COLUMNS = 2


class ExportParts(QWidget):
    """Two columns of boxes, or one where two have no room; as many as the format heeds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = {name: QCheckBox() for name in export_options.USUAL}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(COLUMNS - 1, 1)
        self._shown: list[QCheckBox] = []
        self._columns = COLUMNS
        for name, (text, more) in _names().items():
            self.boxes[name].setText(text)
            set_tip(self.boxes[name], more)
        self.heed(self.boxes.keys() - {"keep"})  # a live file has entries of its own only

    def heed(self, names: Collection[str]) -> None:
        """Show those boxes only, column by column."""
        self._shown = [box for name, box in self.boxes.items() if name in names]
        for box in self.boxes.values():
            box.setVisible(box in self._shown)
        self._lay_out(self._columns)

    def _lay_out(self, columns: int) -> None:
        self._columns = columns
        rows = -(-len(self._shown) // columns)
        for box in self.boxes.values():
            self._grid.removeWidget(box)
        for at, box in enumerate(self._shown):
            self._grid.addWidget(box, at % rows, at // rows)

    def _needed(self) -> int:
        """Return how wide two columns are."""
        rows = -(-len(self._shown) // COLUMNS)
        widths = [box.sizeHint().width() for box in self._shown]
        sides = (widths[:rows], widths[rows:])
        return sum(max(side, default=0) for side in sides) + self._grid.horizontalSpacing()

    def minimumSizeHint(self) -> QSize:
        hint, widest = super().minimumSizeHint(), max((box.sizeHint().width() for box in self._shown), default=0)
        return QSize(widest, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (columns := COLUMNS if self.width() >= self._needed() else 1) != self._columns:
            self._lay_out(columns)

    def show_chosen(self, chosen: Mapping[str, bool]) -> None:
        """Tick what is chosen."""
        for name, box in self.boxes.items():
            box.setChecked(chosen.get(name, export_options.USUAL[name]))

    def chosen(self) -> dict[str, bool]:
        """Return which parts the entries get."""
        return {name: box.isChecked() for name, box in self.boxes.items()}


def _names() -> dict[str, tuple[str, str]]:
    """Return what stands beside each box, and what is said of it in full."""
    return {
        "keep": (
            _tr("&Keep entries of .bib files"),
            _tr("They are written as they stood there, with all their fields. Whatever you change is changed in them."),
        ),
        "abstract": (_tr("&Abstracts"), ""),
        "keywords": (_tr("&Tags as keywords"), ""),
        "note": (
            _tr("A &note where it was seen"),
            _tr("Names the dump of each paper, and a year that is inferred. Styles print notes in the reference list."),
        ),
        "url": (_tr("&Links"), ""),
        "fields": (_tr("&Other fields"), _tr("Fields that an entry came with and Sheaf has no place for.")),
        "files": (_tr("Paths of &files"), ""),
        "personal": (_tr("&My notes, status, stars"), ""),
        "abbreviate": (
            _tr("&Short names of venues"),
            _tr("Your own list is under Tools > Words and venues for LaTeX."),
        ),
        "comment_incomplete": (
            _tr("Mar&k what is incomplete"),
            _tr("A line with a percent sign before an entry names what it lacks."),
        ),
        "unicode": (
            _tr("&Unicode as it is"),
            _tr("For LuaLaTeX and XeLaTeX. Without it, what pdfLaTeX cannot print is replaced."),
        ),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExportParts", text)
