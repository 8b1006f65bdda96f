"""The part of the sidebar's menu that is about a tag, or about a name that tags are inside of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QActionGroup

from desktop.views import sidebar_edits, tag_edits
from desktop.views.tag_marks import COLOURS, sign_icon, sign_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QMenu, QWidget

    from db.domain.records import Tag
    from desktop.context import AppContext
    from desktop.models.sidebar_entry import Entry

DIGITS = range(1, 10)


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Sidebar", text, None, count)


class TagMenu(QObject):
    """Fills menus; what needs another tag to be chosen is said by signals."""

    rename = Signal(str)
    merge = Signal(str)
    put_inside = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent

    def add(self, menu: QMenu, entry: Entry, tags: Sequence[Tag]) -> None:
        """Add what can be done with a tag; with one tag alone there is nothing to merge it into."""
        context, name = self._context, entry.name
        action = menu.addAction(_tr("Re&name"), lambda: self.rename.emit(entry.key))
        action.setShortcut(Qt.Key.Key_F2)
        if entry.target is not None:
            self._add_colours(menu, entry, entry.target)
            self._add_digits(menu, entry, tags)
        menu.addAction(_tr("&Merge into..."), lambda: self.merge.emit(name)).setEnabled(len(tags) > 1)
        menu.addAction(_tr("Put &inside..."), lambda: self.put_inside.emit(name)).setEnabled(len(tags) > 1)
        up = menu.addAction(_tr("Move to the to&p"), lambda: tag_edits.move(context, self._parent, name, None))
        up.setEnabled(entry.label != name)
        if not entry.inside:
            menu.addAction(_tr("&Delete tag"), lambda: tag_edits.delete(context, [name]))
        else:
            menu.addAction(_tr("&Delete with the tags inside"), lambda: tag_edits.delete(context, [name]))
            alone = menu.addAction(
                _tr("Delete this tag a&lone"), lambda: tag_edits.delete(context, [name], inside=False)
            )
            alone.setEnabled(entry.target is not None)
        menu.addSeparator()

    def _add_colours(self, menu: QMenu, entry: Entry, number: int) -> None:
        colours = menu.addMenu(_tr("&Colour"))
        group = QActionGroup(colours)
        for index in range(len(COLOURS)):
            action = colours.addAction(sign_icon(self._context, index), f"&{index + 1} {sign_name(index)}")
            action.setCheckable(True)
            action.setChecked(index == entry.colour)
            action.triggered.connect(lambda _on, index=index: sidebar_edits.recolour(self._context, number, index))
            group.addAction(action)

    def _add_digits(self, menu: QMenu, entry: Entry, tags: Sequence[Tag]) -> None:
        number, held = entry.target or 0, {tag.digit: tag.name.replace("&", "&&") for tag in tags if tag.digit}
        keys = menu.addMenu(_tr("Number &key"))
        group = QActionGroup(keys)
        for digit in (*DIGITS, None):
            action = keys.addAction(f"&{digit}  {held.get(digit, '')}".rstrip() if digit else _tr("N&one"))
            action.setCheckable(True)
            action.setChecked(digit == entry.digit)
            action.triggered.connect(lambda _on, digit=digit: tag_edits.set_digit(self._context, number, digit))
            group.addAction(action)
