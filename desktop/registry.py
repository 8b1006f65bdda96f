"""Makes the Qt actions of the one table and knows which can be used now, and why not."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.action import NEEDS, Action
from desktop.actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from desktop.icons import Icons

W = TypeVar("W", bound=QWidget)
OF_CHOICE = frozenset({"selection", "two", "trashed"})
"""Needs of actions that do something with the chosen papers."""
NATIVE = QKeySequence.SequenceFormat.NativeText


@dataclass(frozen=True, slots=True)
class Command:
    """An action of the table with the Qt action made from it."""

    action: Action
    qaction: QAction

    @property
    def title(self) -> str:
        """The name without mnemonic, as it stands now (undo names its step)."""
        return plain(self.qaction.text())

    @property
    def menu_text(self) -> str:
        """Where it stands: `File`, or `Paper, Status`."""
        return ", ".join(plain(_tr(part)) for part in (self.action.menu, self.action.submenu) if part)

    @property
    def shortcut_text(self) -> str:
        """The key that works everywhere."""
        return QKeySequence(self.action.shortcut).toString(NATIVE)

    @property
    def key_text(self) -> str:
        """The key that works in the table."""
        return QKeySequence(self.action.key).toString(NATIVE)

    @property
    def keys_text(self) -> str:
        """All its keys."""
        return "  ".join(text for text in (self.shortcut_text, self.key_text) if text)

    @property
    def why_not(self) -> str:
        """Why it cannot be used now, or nothing."""
        return "" if self.qaction.isEnabled() else _tr(NEEDS[self.action.needs])


class Registry(QObject):
    """Every action once; `areas` are the objects whose methods the handlers name."""

    def __init__(self, window: QWidget, table: QWidget, areas: Mapping[str, object], icons: Icons) -> None:
        super().__init__(window)
        self._icons = icons
        self.with_choice: Callable[[Callable[[], None]], None] = lambda do: do()
        """Does something with the chosen papers as soon as all of them are known."""
        self.commands = [self._make(action, window, table, areas) for action in ACTIONS]
        self._by_id = {command.action.id: command for command in self.commands}

    def __getitem__(self, action_id: str) -> QAction:
        return self._by_id[action_id].qaction

    def command(self, action_id: str) -> Command:
        """Return an action with its row of the table."""
        return self._by_id[action_id]

    def lend(self, window: W, *ids: str) -> W:
        """Let the keys of these actions, and the one that quits, work in a window that stays open beside the main one.

        Qt keeps the shortcuts of a window to that window.
        """
        window.addActions([self[one] for one in (*ids, "quit")])
        return window

    def set_conditions(self, met: Collection[str]) -> None:
        """Enable what can be used when these needs are met; a disabled action says why in its tooltip."""
        for command in self.commands:
            need = command.action.needs
            can_be_used = not need or need in met
            if command.qaction.isEnabled() != can_be_used:  # few do, and this comes with every selection
                command.qaction.setEnabled(can_be_used)
                self._tell(command)

    def rename(self, action_id: str, text: str) -> None:
        """Give an action another text, such as the step that undo takes back."""
        command = self._by_id[action_id]
        command.qaction.setText(text)
        self._tell(command)

    def _make(self, action: Action, window: QWidget, table: QWidget, areas: Mapping[str, object]) -> Command:
        made = QAction(action.label, window)
        made.setObjectName(action.id)
        made.setCheckable(action.checkable)
        handler = _handler(action, areas)
        if action.needs in OF_CHOICE:
            made.triggered.connect(lambda _checked=False: self.with_choice(handler))
        else:
            made.triggered.connect(lambda _checked=False: handler())
        if action.icon:
            self._icons.bind(made, action.icon)
        if action.shortcut:
            made.setShortcut(QKeySequence(action.shortcut))
            window.addAction(made)
            if action.key:
                extra = QShortcut(QKeySequence(action.key), table)
                extra.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                extra.activated.connect(made.trigger)
        elif action.key:
            made.setShortcut(QKeySequence(action.key))
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            table.addAction(made)
        command = Command(action, made)
        self._tell(command)
        return command

    def _tell(self, command: Command) -> None:
        tip = _tr(command.action.tip) if command.action.tip else command.title
        parts = [tip, f"({command.keys_text})" if command.keys_text else ""]
        if command.why_not:
            parts = [f"{tip}: {command.why_not}"]
        command.qaction.setToolTip(_unmarked(" ".join(part for part in parts if part)))
        command.qaction.setStatusTip("")


def _handler(action: Action, areas: Mapping[str, object]) -> Callable[[], None]:
    name, _, argument = action.handler.partition(" ")
    area, method = name.split(".")
    found: Callable[..., None] = getattr(areas[area], method)
    return partial(found, argument) if argument else found


def _unmarked(text: str) -> str:
    """Return a tooltip that Qt takes for no markup: the step that undo names may be of a tag called `<img ...>`."""
    return f"<p>{html.escape(text)}</p>" if "<" in text or "&" in text else text


def plain(text: str) -> str:
    """Return a text without mnemonic and dots."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("...")


def _tr(text: str) -> str:
    return QCoreApplication.translate("actions", text)
