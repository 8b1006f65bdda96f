"""Small dialogs: the frame that they share, and the one that asks for a name."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)


def plain_label(text: str) -> QLabel:
    """Return a label that shows its text as it is."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


class Dialog(QDialog):
    """A column of widgets above one button named by its action, and Cancel."""

    def __init__(self, title: str, action: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 16, 16, 16)
        self.column.setSpacing(8)
        buttons = QDialogButtonBox()
        self.button = buttons.addButton(action, QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setProperty("primary", "true")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.column.addSpacing(8)
        self.column.addWidget(buttons)


class NameDialog(Dialog):
    """Asks for one name; `named` says it."""

    named = Signal(str)

    def __init__(self, title: str, question: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(title, action, parent)
        self.field = QLineEdit()
        self.field.setMaxLength(120)
        self.field.setAccessibleName(question)
        self.field.textChanged.connect(lambda text: self.button.setEnabled(bool(text.strip())))
        label = plain_label(question.replace("&", "&&"))  # one for the eye: with a buddy it names a key
        label.setBuddy(self.field)
        self.column.insertWidget(0, label)
        self.column.insertWidget(1, self.field)
        self.button.setEnabled(False)
        self.setMinimumWidth(360)
        self.field.setFocus()

    def accept(self) -> None:
        if name := self.field.text().strip():
            self.named.emit(name)
            super().accept()
