"""Menus and toolbar, made from the one table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QMenuBar, QSizePolicy, QToolBar, QToolButton, QWidget

from desktop.action import MENUS
from desktop.actions import ACTIONS, OVERFLOW, TOOLBAR

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.icons import Icons
    from desktop.registry import Registry

SEARCH_WIDTHS = (120, 560)
ROOM_FOR_SEARCH = 320
"""What the search field and the button behind it need for buttons before them to say their names."""
PAPER_MENU = (
    ("preview", "open_link", "edit_title", "edit_notes", "alike"),
    ("star", "tag", "suggest_tags", "cycle_status"),
    ("copy_bibtex", "copy_cite", "cite", "push", "copy_reference", "reference_list", "export", "pin_key"),
    ("merge", "trash", "restore"),
)


class Menu(QMenu):
    """A menu that keeps letters to itself: its mnemonics come before what the same keys do in the table."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if plain and event.text().isprintable():
                event.accept()
                return True
        return super().event(event)


def build_menus(window: QMainWindow, registry: Registry) -> None:
    """Fill the menu bar; groups are parted by a line, submenus stand where their first action does."""
    for name in MENUS:
        menu = _submenu(window.menuBar(), name)
        submenus: dict[str, QMenu] = {}
        group = None
        for action in (a for a in ACTIONS if a.menu == name):
            if group is not None and action.group != group:
                menu.addSeparator()
            group = action.group
            target: QMenu = menu
            if action.submenu:
                if action.submenu not in submenus:
                    submenus[action.submenu] = _submenu(menu, action.submenu)
                target = submenus[action.submenu]
            target.addAction(registry[action.id])


def _submenu(parent: QMenuBar | QMenu, name: str) -> Menu:
    menu = Menu(_tr(name), parent)
    menu.setToolTipsVisible(True)
    parent.addMenu(menu)
    return menu


def menu_of(groups: tuple[tuple[str, ...], ...], registry: Registry, parent: QWidget) -> QMenu:
    """Return a menu of some actions, in groups parted by a line."""
    menu = Menu(parent)
    menu.setToolTipsVisible(True)
    for at, group in enumerate(groups):
        if at:
            menu.addSeparator()
        for action_id in group:
            menu.addAction(registry[action_id])
    return menu


def paper_menu(registry: Registry, parent: QWidget) -> Callable[[], QMenu]:
    """Return what makes the menu of the chosen papers."""

    def make() -> QMenu:
        menu = menu_of(PAPER_MENU, registry, parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    return make


class Toolbar(QToolBar):
    """A bar whose buttons say their names as long as that leaves room for the search field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_tr("Toolbar"), parent)
        self.named: list[QToolButton] = []
        self._with_names = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        style = Qt.ToolButtonStyle
        if all(button.toolButtonStyle() == style.ToolButtonTextBesideIcon for button in self.named):
            self._with_names = sum(button.sizeHint().width() for button in self.named)
        has_room = self.width() >= self._with_names + ROOM_FOR_SEARCH
        for button in self.named:
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon if has_room else style.ToolButtonIconOnly)


def build_toolbar(window: QMainWindow, registry: Registry, search: QWidget, icons: Icons) -> QToolBar:
    """Make the bar: import, export, the search field in the middle, everything else behind one button."""
    bar = Toolbar(window)
    bar.setObjectName("toolbar")
    bar.setMovable(False)
    bar.setIconSize(QSize(20, 20))
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for action_id in TOOLBAR:
        button = QToolButton(bar)
        button.setDefaultAction(registry[action_id])
        button.setText(registry.command(action_id).title.split()[0])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAccessibleName(registry.command(action_id).title)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        registry[action_id].setIconText(registry.command(action_id).title.split()[0])
        bar.addWidget(button)
        bar.named.append(button)
    bar.addWidget(_middle(bar, search))
    bar.addWidget(_overflow(bar, registry, icons))
    window.addToolBar(bar)
    return bar


def _overflow(bar: QToolBar, registry: Registry, icons: Icons) -> QToolButton:
    button = QToolButton(bar)
    button.setText("⋯")
    icons.bind(button, "dots-three")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolTip(_tr("More"))
    button.setAccessibleName(_tr("More actions"))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setMenu(menu_of(OVERFLOW, registry, button))
    return button


def _middle(parent: QWidget, search: QWidget) -> QWidget:
    """Put the search field in the middle of what room there is, up to a width that is easy to read."""
    place = QWidget(parent)
    place.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    search.setMinimumWidth(SEARCH_WIDTHS[0])
    search.setMaximumWidth(SEARCH_WIDTHS[1])
    row = QHBoxLayout(place)
    row.setContentsMargins(16, 0, 16, 0)
    row.addStretch(1)
    row.addWidget(search, 8)
    row.addStretch(1)
    return place


def _tr(text: str) -> str:
    return QCoreApplication.translate("actions", text)
