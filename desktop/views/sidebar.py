"""The sidebar: library, collections, saved searches, tags and dumps; what is chosen there scopes the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import services
from desktop.models.scope import Scope, read_scope
from desktop.models.sidebar import SidebarModel
from desktop.models.sidebar_entry import Entry, Kind
from desktop.models.sidebar_narrow import lines, narrowed
from desktop.models.sidebar_tree import sections
from desktop.views import sidebar_edits, tag_edits
from desktop.views.sidebar_filter import SidebarFilter
from desktop.views.sidebar_menus import SidebarMenus
from desktop.views.sidebar_tree import SidebarTree
from desktop.views.tag_chooser import TagChooser
from desktop.views.tag_dialogs import NameDialog

if TYPE_CHECKING:
    from db.domain.records import Tag
    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.reading import Sidebar as Lists
    from desktop.context import AppContext

FOLDED = "layout/sidebar_folded"


class Sidebar(QWidget):
    """Shows the lists of the library; says the search text of what is chosen."""

    scope_changed = Signal(str)
    open_dump = Signal(int)
    show_issues = Signal(int)
    set_year = Signal(int)
    export_scope = Signal(str, str)
    refreshed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._scope = Scope()
        self._revealed = ""
        self.lists: Lists | None = None
        self._sections = sections(None)
        self._terms: dict[str, str] = {}
        self._stale: set[str] = set()
        self._folded = set(context.settings.get(context.place(FOLDED), []))
        self.model = SidebarModel(self)
        self.tree = SidebarTree(context, self.model, self)
        self.menus = SidebarMenus(context, self)
        self.filter = SidebarFilter()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(4)
        searching = QVBoxLayout()
        searching.setContentsMargins(8, 4, 8, 0)
        searching.addWidget(self.filter)
        layout.addLayout(searching)
        layout.addWidget(self.tree)
        self.setFocusProxy(self.tree)
        self.setMinimumWidth(140)
        self._connect()
        self._unfold()

    def _connect(self) -> None:
        tree, model = self.tree, self.model
        tree.chosen.connect(self.choose)
        tree.add_pressed.connect(self._add)
        tree.delete_pressed.connect(lambda entry: sidebar_edits.delete(self._context, entry))
        tree.folded.connect(self._remember_folded)
        tree.expanded.connect(lambda _index: self._remember_folded())
        tree.customContextMenuRequested.connect(self._show_menu)
        model.renamed.connect(lambda entry, name: sidebar_edits.rename(self._context, self, entry, name))
        model.papers_dropped.connect(lambda entry, ids: sidebar_edits.drop_papers(self._context, entry, ids))
        model.collection_dropped.connect(lambda moved, into: sidebar_edits.move_collection(self._context, moved, into))
        model.search_dropped.connect(lambda moved, into: sidebar_edits.move_search(self._context, moved, into))
        model.tag_dropped.connect(lambda name, into: tag_edits.move(self._context, self, name, into))
        self.filter.narrowed.connect(lambda _text: self._narrow())
        self.filter.left.connect(self._into_list)
        self._context.begun.connect(self._ask)
        self._context.shared.settled.connect(self._look_for_newer_readers)
        menus = self.menus
        menus.ways.connect(self.choose)
        menus.rename.connect(self.rename)
        menus.new_collection.connect(self.new_collection)
        menus.of_tags.merge.connect(self.merge_tag)
        menus.of_tags.put_inside.connect(self.put_inside)
        menus.open_dump.connect(self.open_dump)
        menus.show_issues.connect(self.show_issues)
        menus.set_year.connect(self.set_year)
        menus.export_scope.connect(self.export_scope)

    # Showing ------------------------------------------------------------------------------------------

    def refresh(self, changes: Changes) -> None:
        """Read again the names and counts that a change may have touched."""
        if changes:
            self.tree.counts.forget()
        self._stale |= changes.parts
        self._ask()

    def _ask(self) -> None:
        before, parts = self.lists, frozenset(self._stale)

        def read(library: Library) -> tuple[Lists, list[Entry]]:
            lists = services.reading.sidebar(library, before, parts)
            return lists, sections(lists)

        self._context.read(read, self._show, key="sidebar")

    def _look_for_newer_readers(self) -> None:
        """Let the menus know which dumps are understood better by now; what knows the readers is heavy."""
        if self.lists is None or not self._context.is_settled:
            return
        sources = self.lists.sources

        def outdated(_library: Library) -> set[int]:
            return {one.id for one in sources if services.sources.has_newer_reader(one.format, one.reader)}

        self._context.read(outdated, self.menus.know_outdated, key="newer readers")

    def _show(self, answer: tuple[Lists, list[Entry]]) -> None:
        data, self._sections = answer
        before, self._terms = self._terms, {entry.key: entry.term for entry in lines(self._sections)}
        self.lists = data
        self.filter.offer(len(data.tags) + len(data.collections) + len(data.searches) + len(data.sources))
        for entry in lines(self._sections):
            if entry.counted_later:
                entry.count = self.tree.counts.known(entry.term)
        self._narrow()
        self._show_revealed()
        self._follow(before)
        self.tree.viewport().update()
        self._stale.clear()  # only the newest question is answered, and that knew of all changes
        self._look_for_newer_readers()
        self.refreshed.emit()

    def _narrow(self) -> None:
        """Show the lines that are looked for."""
        current = self.model.entry(self.tree.currentIndex())
        if self.model.show(narrowed(self._sections, self.filter.text())):
            self._unfold()
            if current is not None:
                self.tree.setCurrentIndex(self.model.index_of_key(current.key))

    def _into_list(self) -> None:
        """Put the keyboard into the list, on the first line that was found."""
        wanted = self.filter.text().strip().casefold()
        found = (i for i, e in self.model.entries() if e.term and wanted in (e.name or e.label).casefold())
        first = next(found, None) if wanted else None
        self.tree.setFocus()
        if first is not None:
            self.tree.setCurrentIndex(first)

    def _follow(self, before: dict[str, str]) -> None:
        """Keep what is chosen when a tag got another name, and let go of what is no more."""
        now = self._terms
        scope, there = self._scope, set(now.values())
        for key, old in before.items():
            if not old or now.get(key) == old or old in there:
                continue
            scope = scope.renamed(old, now[key]) if key in now else scope.dropped(old)
        if scope != self._scope:
            self._take(scope)

    def _unfold(self) -> None:
        self.tree.blockSignals(True)
        for index, entry in self.model.entries():
            if entry.inside:  # thousands of tags have nothing inside
                self.tree.setExpanded(index, bool(self.filter.text()) or entry.key not in self._folded)
        self.tree.blockSignals(False)
        self.tree.viewport().update()

    def _remember_folded(self) -> None:
        if self.filter.text():
            return  # what a filter unfolds is not what the person chose
        for index, entry in self.model.entries():
            if self.model.rowCount(index):
                (self._folded.discard if self.tree.isExpanded(index) else self._folded.add)(entry.key)
        self._context.settings.set(self._context.place(FOLDED), sorted(self._folded))

    # Choosing -----------------------------------------------------------------------------------------

    def scope_text(self) -> str:
        """Return the search text of what is chosen."""
        return self._scope.text()

    def set_scope(self, text: str) -> None:
        """Choose what a search text says; says nothing when it is chosen already."""
        scope = read_scope(text)
        if scope != self._scope:
            self._take(scope)

    def choose(self, entry: Entry, modifiers: Qt.KeyboardModifier) -> None:
        """Choose a line: alone, or with Ctrl as well, with Shift also, with Alt left out."""
        scope, flag = self._scope, Qt.KeyboardModifier
        if modifiers & flag.AltModifier:
            scope = scope.excluded(entry.term)
        elif modifiers & flag.ControlModifier:
            scope = scope.narrowed(entry.term)
        elif modifiers & flag.ShiftModifier:
            scope = scope.widened(entry.term)
        else:
            scope = scope.only(entry.term)
        self._take(scope)

    def _take(self, scope: Scope) -> None:
        changed = scope != self._scope
        self._scope = scope
        self.tree.set_scope(scope)
        if changed:
            self.scope_changed.emit(scope.text())

    def tags(self) -> tuple[Tag, ...]:
        """Return the tags in the order of their names."""
        return self.lists.tags if self.lists else ()

    # Doing --------------------------------------------------------------------------------------------

    def _show_menu(self, at: QPoint) -> None:
        entry = self.model.entry(self.tree.indexAt(at))
        if entry is None or entry.kind is Kind.HINT:
            return
        menu = self.menus.menu(entry, self.tags())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not menu.isEmpty():
            menu.popup(self.tree.viewport().mapToGlobal(at))

    def reveal(self, key: str) -> None:
        """Scroll to a line, when the lists that have it have come."""
        self._revealed = key
        self._show_revealed()

    def _show_revealed(self) -> None:
        index = self.model.index_of_key(self._revealed)
        if index.isValid():
            self._revealed = ""
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)

    def rename(self, key: str) -> None:
        """Edit the name of a line in place."""
        index = self.model.index_of_key(key)
        if index.isValid():
            self.tree.setCurrentIndex(index)
            self.tree.edit(index)

    def new_collection(self, parent_id: int | None = None) -> None:
        """Ask for a name and make a collection."""
        dialog = NameDialog(
            self.tr("New collection"), self.tr("Name of the collection"), self.tr("Create collection"), self
        )
        dialog.named.connect(lambda name: sidebar_edits.create_collection(self._context, name, parent_id))
        dialog.open()

    def _add(self, section: str) -> None:
        """Make what the section with the + holds."""
        if section == "searches":
            self.menus.new_search.emit("search", None)
        else:
            self.new_collection(None)

    def merge_tag(self, name: str) -> None:
        """Ask for another tag and merge this one into it."""
        question = self.tr("Papers tagged “{0}” get this tag instead:").format(name)
        chooser = TagChooser(self._context, question, self.tr("Merge tags"), self._others(name), self)
        chooser.chosen.connect(lambda into: tag_edits.merge(self._context, [name], into))
        chooser.open()

    def put_inside(self, name: str) -> None:
        """Ask for a tag and put this one inside it."""
        question = self.tr("“{0}” goes inside this tag:").format(name)
        chooser = TagChooser(self._context, question, self.tr("Put inside"), self._others(name, inside=False), self)
        chooser.chosen.connect(lambda into: tag_edits.move(self._context, self, name, into))
        chooser.open()

    def _others(self, name: str, *, inside: bool = True) -> dict[str, int | None]:
        """Return the other tags and their colours, without those inside if asked."""
        beginning = f"{name}/"
        return {
            one.name: one.colour
            for one in self.tags()
            if one.name != name and (inside or not one.name.startswith(beginning))
        }
