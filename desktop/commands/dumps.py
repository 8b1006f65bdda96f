"""Dumps as sets: comparing them, what is new in one, and the counts of a review."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QInputDialog, QLineEdit

from db import services
from desktop.models.scope import number_of, numbered, read_scope
from desktop.models.scope_words import names_of, scope_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.records import Source
    from db.services.dumpsets import Dump, SinceLast
    from desktop.commands.desk import Desk
    from desktop.views.dump_sets import DumpSets


class DumpCommands:
    """Acts on the dumps of the sidebar; what it finds is a scope of the table."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._context = desk.context
        menus = desk.sidebar.menus
        menus.compare.connect(self.compare_with)
        menus.counts.connect(lambda number: self.count(sorted({number, *self.chosen()})))
        menus.since_last.connect(self.since_last)
        menus.never_seen.connect(lambda number: self.show(numbered("new", number)))
        menus.skipped_before.connect(lambda number: self.show(numbered("back", number)))
        menus.set_search.connect(self.set_search)
        desk.table.scope_bar.compare_wanted.connect(self.compare)
        desk.sidebar.scope_changed.connect(lambda _scope: self.say_scope())
        desk.sidebar.refreshed.connect(self._refreshed)

    def _refreshed(self) -> None:
        self.say_scope()
        for shown in self._desk.window().findChildren(QDialog, "dumpSets"):
            cast("DumpSets", shown).show_sources(self.sources())

    def sources(self) -> Sequence[Source]:
        """Return the dumps, newest first."""
        lists = self._desk.sidebar.lists
        return lists.sources if lists is not None else ()

    def chosen(self) -> list[int]:
        """Return the dumps that the sidebar's choice names, in its order."""
        scope = read_scope(self._desk.sidebar.scope_text())
        terms = [one for group in scope.groups for one in group] + list(scope.without)
        numbers = [number_of(one) for one in terms if one.partition(":")[0] in ("dump", "new", "back")]
        there = {one.id for one in self.sources()}
        return [one for one in dict.fromkeys(numbers) if one is not None and one in there]

    def say_scope(self) -> None:
        """Say above the table what the sidebar's choice asks for."""
        lists = self._desk.sidebar.lists
        if lists is None:
            return  # the names of the dumps come with the first lists
        words = scope_words(self._desk.sidebar.scope_text(), *names_of(lists))
        self._desk.table.scope_bar.say(words, comparable=len(self.chosen()) > 1)

    def show(self, scope: str) -> None:
        """Show the papers of a scope in the table, all of them."""
        self._desk.show_table()
        self._desk.sidebar.set_scope(scope)
        self._desk.clear_search()

    # Comparing ----------------------------------------------------------------------------------------

    def compare(self) -> None:
        """Compare the dumps that are chosen, or the two newest."""
        chosen = self.chosen()
        if len(chosen) > 1:
            self._window().start_comparing(chosen[0], chosen[1])
        else:
            self.compare_with(chosen[0] if chosen else self.sources()[0].id)

    def compare_with(self, number: int) -> None:
        """Compare a dump with the other one that is chosen, else with the last one of the same search."""
        other = next((one for one in self.chosen() if one != number), None)
        if other is not None:
            self._window().start_comparing(number, other)
            return

        def start(last: Dump | None) -> None:
            self._window().start_comparing(number, last.id if last is not None else None)

        self._context.read(lambda library: services.dumpsets.last_of_same_search(library, number), start)

    def counts(self) -> None:
        """Count the dumps that are chosen, or all."""
        self.count(self.chosen() or [one.id for one in self.sources()])

    def count(self, numbers: Sequence[int]) -> None:
        """Show the counts of these dumps."""
        self._window().start_counting(self.sources(), numbers)

    def _window(self) -> DumpSets:
        from desktop.views.dump_sets import DumpSets

        window = self._desk.window()
        for shown in window.findChildren(DumpSets):
            if shown.isVisible():
                shown.raise_()
                shown.activateWindow()
                return shown
        made = DumpSets(self._context, self.sources(), window)
        made.scope_wanted.connect(self.show)
        self._desk.registry.lend(made).show()
        return made

    # What is new --------------------------------------------------------------------------------------

    def since_last(self, number: int) -> None:
        """Show what a dump has that the last one of the same search had not."""

        def answer(found: SinceLast | None) -> None:
            if found is None:
                said = _tr("No earlier dump of this search was found. Set what was searched for in both, or compare.")
                self._context.notify(said, kind="warning")
                return
            self.show(found.text)
            said = _tr("%Ln new since {0}, {1} in both, {2} no longer there.", found.new)
            self._context.notify(said.format(found.last.name, found.both, found.gone))

        self._context.read(lambda library: services.dumpsets.since_last(library, number), answer)

    def set_search(self, number: int) -> None:
        """Say what the page of a dump was searched for."""
        source = next((one for one in self.sources() if one.id == number), None)
        if source is None:
            return
        words, accepted = QInputDialog.getText(
            self._desk.window(),
            _tr("Search of {0}").format(source.name),
            _tr("Dumps of the same search are compared with each other.\nThe page was searched for:"),
            QLineEdit.EchoMode.Normal,
            source.search,
        )
        if accepted:
            self._context.run(
                _tr("Set the search of a dump"), lambda library: services.dumpsets.set_search(library, number, words)
            )


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("DumpCommands", text, None, count)
