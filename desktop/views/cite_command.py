r"""The choice of a cite command: those of LaTeX, one of one's own, Markdown and Typst."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop.cite_options import COMMANDS

OWN = "own"
NARROWEST = 12
"""Letters that the choice shows at the least, so that it fits the picker on a small screen."""


class CiteCommand(QWidget):
    """Gives (form, command); `changed` comes when the person chose another one."""

    changed = Signal()

    def __init__(self, form: str, command: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.own = QLineEdit()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(NARROWEST)
        self.box.setAccessibleName(self.tr("Cite command"))
        self.own.setAccessibleName(self.tr("Own command"))
        self.own.setPlaceholderText(self.tr("name without \\"))
        self.own.setMaxLength(40)
        for name in COMMANDS:
            self.box.addItem(f"\\{name}{{key}}", ("latex", name))
        self.box.addItem(self.tr("Own LaTeX command"), ("latex", OWN))
        self.box.addItem(self.tr("Markdown, Pandoc: [@key]"), ("pandoc", ""))
        self.box.addItem(self.tr("Typst: @key"), ("typst", ""))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.box, 1)
        row.addWidget(self.own, 1)
        self.setFocusProxy(self.box)
        self._choose(form, command)
        self.box.currentIndexChanged.connect(self._changed)
        self.own.textEdited.connect(lambda _text: self.changed.emit())

    def _choose(self, form: str, command: str) -> None:
        names = [self.box.itemData(at) for at in range(self.box.count())]
        data = [tuple(one) for one in names]
        wanted = (form, command) if form == "latex" else (form, "")
        if form == "latex" and command not in COMMANDS:
            self.own.setText(command)
            wanted = ("latex", OWN)
        self.box.setCurrentIndex(data.index(wanted) if wanted in data else 0)
        self.own.setVisible(self._is_own())

    def _is_own(self) -> bool:
        return tuple(self.box.currentData()) == ("latex", OWN)

    def _changed(self) -> None:
        self.own.setVisible(self._is_own())
        if self._is_own():
            self.own.setFocus()
        self.changed.emit()

    def chosen(self) -> tuple[str, str]:
        """Return the form and, for LaTeX, the command."""
        form, command = self.box.currentData()
        return form, self.own.text().strip().lstrip("\\") if self._is_own() else command
