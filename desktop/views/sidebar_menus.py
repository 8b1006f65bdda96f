"""The context menus of the sidebar, made for the line they were asked on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.models.sidebar_entry import Entry, Kind
from desktop.views import sidebar_edits
from desktop.views.tag_menu import TagMenu

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from db.domain.records import Tag
    from desktop.context import AppContext

_NONE = Qt.KeyboardModifier.NoModifier
_WAYS = (
    ("Show &only these", _NONE),
    ("&Require as well", Qt.KeyboardModifier.ControlModifier),
    ("Show these &too", Qt.KeyboardModifier.ShiftModifier),
    ("&Leave these out", Qt.KeyboardModifier.AltModifier),
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sidebar", text)


class SidebarMenus(QObject):
    """Makes the menus; what is asked of the sidebar itself is said by signals."""

    ways = Signal(object, object)
    rename = Signal(str)
    new_collection = Signal(object)
    open_dump = Signal(int)
    show_issues = Signal(int)
    set_year = Signal(int)
    read_again = Signal(int)
    compare = Signal(int)
    since_last = Signal(int)
    never_seen = Signal(int)
    skipped_before = Signal(int)
    counts = Signal(int)
    set_search = Signal(int)
    export_scope = Signal(str, str)
    new_search = Signal(str, object)
    edit_search = Signal(int)
    show_search_text = Signal(int)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self.of_tags = TagMenu(context, parent)
        self.of_tags.rename.connect(self.rename)
        self._outdated: Set[int] = frozenset()

    def know_outdated(self, numbers: Set[int]) -> None:
        """Tell which dumps a newer reader understands better."""
        self._outdated = numbers

    def menu(self, entry: Entry, tags: Sequence[Tag]) -> QMenu:
        """Return the menu of a line; with one tag alone there is nothing to merge it into."""
        menu = QMenu(self._parent)
        if entry.kind is Kind.SECTION:
            if entry.key == "collections":
                self._add_new_collection(menu)
            elif entry.key == "searches":
                menu.addAction(_tr("&New saved search..."), lambda: self.new_search.emit("search", None))
                menu.addAction(_tr("New &group of searches..."), lambda: self.new_search.emit("any", None))
            return menu
        for text, modifier in _WAYS:
            menu.addAction(_tr(text), partial(self.ways.emit, entry, modifier))
        menu.addSeparator()
        if entry.kind is Kind.TAG:
            self.of_tags.add(menu, entry, tags)
        adders = {Kind.COLLECTION: self._add_collection, Kind.SEARCH: self._add_search, Kind.DUMP: self._add_dump}
        if add := adders.get(entry.kind):
            add(menu, entry)
        menu.addAction(_tr("&Export..."), lambda: self.export_scope.emit(entry.term, entry.label))
        return menu

    def _add_collection(self, menu: QMenu, entry: Entry) -> None:
        self._add_new_collection(menu)
        menu.addAction(_tr("New collection &inside..."), lambda: self.new_collection.emit(entry.target))
        menu.addAction(_tr("New &saved search inside..."), lambda: self.new_search.emit("search", entry))
        self._add_rename(menu, entry)
        menu.addAction(_tr("&Delete collection"), lambda: sidebar_edits.delete(self._context, entry))
        menu.addSeparator()

    def _add_new_collection(self, menu: QMenu) -> None:
        menu.addAction(_tr("&New collection..."), lambda: self.new_collection.emit(None))

    def _add_search(self, menu: QMenu, entry: Entry) -> None:
        number = entry.target or 0
        menu.addAction(_tr("Ed&it..."), lambda: self.edit_search.emit(number))
        menu.addAction(_tr("New &saved search inside..."), lambda: self.new_search.emit("search", entry))
        menu.addAction(_tr("Show as search te&xt"), lambda: self.show_search_text.emit(number))
        self._add_rename(menu, entry)
        menu.addAction(_tr("&Delete saved search"), lambda: sidebar_edits.delete(self._context, entry))
        menu.addSeparator()

    def _add_dump(self, menu: QMenu, entry: Entry) -> None:
        number = entry.target or 0
        menu.addAction(_tr("Show te&xt"), lambda: self.open_dump.emit(number))
        menu.addAction(_tr("Show &issues"), lambda: self.show_issues.emit(number))
        newer = _tr("A newer reader understands this dump better: read a&gain...")
        again = newer if number in self._outdated else _tr("Read a&gain...")
        menu.addAction(again, lambda: self.read_again.emit(number))
        menu.addAction(_tr("Set &year..."), lambda: self.set_year.emit(number))
        menu.addAction(_tr("Set what was searc&hed..."), lambda: self.set_search.emit(number))
        self._add_rename(menu, entry)
        menu.addSeparator()
        menu.addAction(_tr("&Compare with..."), lambda: self.compare.emit(number))
        menu.addAction(_tr("New since the last &dump of this search"), lambda: self.since_last.emit(number))
        menu.addAction(_tr("Only &papers never seen before"), lambda: self.never_seen.emit(number))
        menu.addAction(_tr("Only papers you s&kipped before"), lambda: self.skipped_before.emit(number))
        menu.addAction(_tr("Counts for a re&view..."), lambda: self.counts.emit(number))
        menu.addSeparator()

    def _add_rename(self, menu: QMenu, entry: Entry) -> None:
        action = menu.addAction(_tr("Re&name"), lambda: self.rename.emit(entry.key))
        action.setShortcut(Qt.Key.Key_F2)
