"""The small style sheet that Fusion needs to recede: hairlines, quiet bars, rounded fields."""

from __future__ import annotations

from string import Template

from desktop.tokens import Tokens

_SHEET = Template("""
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QMainWindow, QDialog { background: $window; }
QSplitter::handle { background: $hairline; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QMenuBar { background: $window; border: none; padding: 2px 4px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $selection; }
QComboBox QAbstractItemView { border: 1px solid $hairline; background: $base; }
QToolBar {
    background: $window; border: none; border-bottom: 1px solid $hairline; padding: 4px 8px; spacing: 4px;
}
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px 8px; background: transparent; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selection; }
QToolButton:focus { border-color: $accent; }
QToolButton[tone="muted"] { color: $muted; padding: 1px 6px; }
QToolButton[tone="danger"] { color: $danger; padding: 1px 6px; }
QToolButton[chip="true"] { background: $hover; padding: 2px 6px; }
QToolButton[chip="true"]:hover { border-color: $border; }
QToolButton::menu-indicator { image: none; }
QStatusBar { background: $window; border-top: 1px solid $hairline; }
QStatusBar::item { border: none; }
QLineEdit, QPlainTextEdit, QTextEdit {
    background: $base; border: 1px solid $border; border-radius: 6px; padding: 4px 8px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border-color: $accent; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: $disabled; background: $window; }
QPushButton {
    background: $base; border: 1px solid $border; border-radius: 6px; padding: 5px 12px; min-height: 16px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selection; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $disabled; background: $window; border-color: $hairline; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[primary="true"]:focus { border-color: $text; }
QPushButton[primary="true"]:disabled {
    color: $disabled; background: $window; border-color: $hairline;
}
QPushButton[flat="true"] { background: transparent; border-color: transparent; color: $accent; }
QPushButton[flat="true"]:hover { background: $hover; }
QPushButton[flat="true"]:focus { border-color: $accent; }
QHeaderView { background: $base; border: none; }
QHeaderView::section {
    background: $base; color: $muted; border: none; border-bottom: 1px solid $hairline; padding: 4px 8px;
}
QHeaderView::section:hover { color: $text; }
QTableView, QTreeView, QListView { border: 1px solid transparent; outline: none; }
QTableView:focus, QTreeView:focus, QListView:focus { border-color: $accent; }
QTableView#paperView, QTreeView#sidebarTree { border: none; }
QListView#searchOffers { border: 1px solid $border; border-radius: 0; }
QListWidget::item, QListView#tagList::item { padding: 4px; }
QTabBar::tab {
    padding: 6px 8px; border: none; border-bottom: 2px solid transparent; color: $muted;
    background: transparent;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { color: $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $hairline; }
QToolTip { background: $base; color: $text; border: 1px solid $border; padding: 4px 8px; }
QProgressBar { background: $hairline; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QFrame[hairline="true"] { background: $hairline; border: none; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="danger"] { color: $danger; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="people"] { color: $people; }
""")


def style_sheet(tokens: Tokens) -> str:
    """Fill the sheet with the colours of a set of tokens."""
    names = (name for name in Tokens.__dataclass_fields__ if name != "tags")
    return _SHEET.substitute({name: getattr(tokens, name) for name in names})
