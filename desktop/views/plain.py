"""Small widgets whose text is never taken for markup: labels, tooltips, quiet buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableView,
    QToolButton,
    QTreeWidget,
    QWidget,
)

from desktop.models.cell_text import tip
from desktop.theme import NORMAL, ROW_HEIGHT, Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.context import AppContext
    from desktop.views.page import Page


EXAMPLE_MARGIN = 32
"""Pixels beside the text of a field: its border and padding in the style sheet, and the cursor."""
_LINK = """
QPushButton { padding: 3px 0; margin-right: 12px; border: none; border-bottom: 2px solid transparent;
    border-radius: 0; background: transparent; }
QPushButton:hover, QPushButton:focus { border-bottom-color: palette(link); }
"""


class Label(QLabel):
    """A label that shows its text as it is; `tone` is a word of the style sheet such as muted or danger."""

    def __init__(
        self, text: str = "", *, tone: str = "", size: int = NORMAL, bold: bool = False, wrap: bool = True
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(Theme.font(size, QFont.Weight.DemiBold if bold else QFont.Weight.Normal))
        self.setWordWrap(wrap)
        if tone:
            self.setProperty("tone", tone)
        self.setText(text)

    def say(self, text: str) -> None:
        """Show a text, or take no room when there is none."""
        self.setText(text)
        self.setVisible(bool(text))


def heading(text: str) -> Label:
    """Return a section heading in small capitals and the muted colour."""
    made = Label(text, tone="muted", size=11)
    font = made.font()
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
    made.setFont(font)
    return made


def set_tip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip that also reaches people who do not use a mouse."""
    widget.setToolTip(tip(text))
    widget.setAccessibleDescription(text)


def show_example(field: QLineEdit) -> None:
    """Keep a field so wide that the example in it is not cut, whatever the size of the letters."""
    margins = field.textMargins().left() + field.textMargins().right() + EXAMPLE_MARGIN
    field.setMinimumWidth(field.fontMetrics().horizontalAdvance(field.placeholderText()) + margins)


def button(text: str, on_click: Callable[[], object], *, primary: bool = False, flat: bool = False) -> QPushButton:
    """Return a push button; a text with `&&` shows one ampersand."""
    made = QPushButton(text)
    made.setAutoDefault(primary)
    made.setDefault(primary)
    made.setProperty("primary", primary)
    made.setProperty("flat", flat)
    made.clicked.connect(lambda: on_click())
    return made


def link_button(text: str, on_click: Callable[[], object]) -> QPushButton:
    """Return a button that reads as a link and stands in line with the text above it."""
    made = button(text, on_click, flat=True)
    made.setStyleSheet(_LINK)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def icon_button(context: AppContext, icon: str, name: str, on_click: Callable[[], object] | None = None) -> QToolButton:
    """Return a button that is an icon alone, with its name as tooltip and for screen readers."""
    made = QToolButton()
    context.icons.bind(made, icon)
    made.setAccessibleName(name)
    made.setToolTip(tip(name))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if on_click:
        made.clicked.connect(lambda: on_click())
    return made


def hairline() -> QFrame:
    """Return a line between two parts."""
    made = QFrame()
    made.setProperty("hairline", True)
    made.setFixedHeight(1)
    return made


def restyle(widget: QWidget) -> None:
    """Let the style sheet see that a property of a widget has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _fitting(window: QWidget, size: QSize) -> QSize:
    room = window.screen().availableGeometry()
    return size.boundedTo(QSize(int(room.width() * 0.95), int(room.height() * 0.9)))


def open_at(window: QWidget, size: QSize) -> None:
    """Give a window its first size, within the screen; one that is shown already moves back into it."""
    room = window.screen().availableGeometry()
    window.resize(_fitting(window, size))
    if window.isVisible():
        frame = window.frameGeometry()
        left = max(room.left(), min(frame.left(), room.right() - frame.width()))
        window.move(left, max(room.top(), min(frame.top(), room.bottom() - frame.height())))


def open_as_wide(window: QWidget, width: int, page: Page | None = None) -> None:
    """Give a window its first size by its width, or that of the screen, and as much height as its texts take then.

    A page of the window, as wide as it is, scrolls where the screen has not that much.
    """
    width = _fitting(window, QSize(width, 0)).width()
    layout = window.layout()
    assert layout is not None
    wanted = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    if page is not None:
        wanted += page.column.totalHeightForWidth(width) - page.sizeHint().height()
    open_at(window, QSize(width, wanted))


def row_table(table: QTableView, name: str) -> int:
    """Give a table whole rows without a grid, which Tab leaves; return the height of a row."""
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    height = max(ROW_HEIGHT, table.fontMetrics().lineSpacing() + 8)
    table.verticalHeader().setDefaultSectionSize(height)
    return height


def plain_tree(tree: QTreeWidget, name: str, headings: Sequence[str]) -> None:
    """Give a list of lines with columns air, headings, and a name for screen readers."""
    tree.setHeaderLabels(list(headings))
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setAccessibleName(name)
    tree.setStyleSheet("QTreeView::item { padding: 4px; }")


def clear_layout(layout: QLayout) -> None:
    """Take every widget out of a layout and delete it, nested layouts too."""
    while item := layout.takeAt(0):
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear_layout(inner)


def ask(parent: QWidget, title: str, text: str, yes: str) -> bool:
    """Ask a question; returns whether the person pressed the button named `yes`."""
    box = QMessageBox(QMessageBox.Icon.Question, title, "", QMessageBox.StandardButton.Cancel, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is accept
