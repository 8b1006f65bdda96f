"""Watches what the actions need: an open library, papers, a selection, a step to undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from db import services
from desktop.actions import BY_ID
from desktop.models.scope import number_of, read_scope

if TYPE_CHECKING:
    from db.domain.records import Source
    from db.services.library import Library
    from desktop.commands.desk import Desk

Labels = tuple[str | None, str | None]

TRASH = "is:trash"


class Conditions(QObject):
    """Keeps the registry up to date; asks the library off the UI thread after each change."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window())
        self._desk = desk
        self._context = desk.context
        self._labels: Labels = (None, None)
        desk.registry.with_choice = desk.table.when_chosen
        self._context.begun.connect(self._look)
        self._context.changed.connect(self._look)
        self._desk.sidebar.refreshed.connect(self.update)
        self._desk.table.selection_changed.connect(lambda _ids: self.update())
        self._desk.toast.shown.connect(lambda _shown: self.update())
        self.update()

    def _look(self) -> None:
        def ask(library: Library) -> Labels:
            return services.undoing.next_labels(library)

        self._context.read(ask, self._learn, key="conditions")

    def _learn(self, labels: Labels) -> None:
        self._labels = labels
        for name, label in zip(("undo", "redo"), self._labels, strict=True):
            text = BY_ID[name].label
            self._desk.registry.rename(name, f"{text} {in_sentence(label)}" if label else text)
        self.update()

    def update(self) -> None:
        """Enable what can be used now."""
        chosen = self._desk.table.selected_count() if self._context.library is not None else 0
        undo, redo = self._labels
        lists = self._desk.sidebar.lists
        facts = {
            "library": self._context.library is not None,
            "papers": lists is not None and bool(lists.all or lists.trash),
            "selection": chosen > 0,
            "two": chosen > 1,
            "trashed": chosen > 0 and TRASH in f"{self._desk.scope} {self._desk.search.text()}",
            "undo": bool(undo),
            "redo": bool(redo),
            "dumps": lists is not None and bool(lists.sources),
            "two_dumps": lists is not None and len(lists.sources) > 1,
            "dump": self.chosen_source() is not None,
            "search": lists is not None and bool(self._desk.search.text().strip() or self._desk.scope),
            "notification": not self._desk.toast.isHidden(),
        }
        self._desk.registry.set_conditions({name for name, met in facts.items() if met})

    def chosen_source(self) -> Source | None:
        """Return the dump that is chosen in the sidebar, if it is one dump alone."""
        scope = read_scope(self._desk.scope)
        lists = self._desk.sidebar.lists
        if len(scope.terms()) != 1 or scope.without:
            return None
        number = next((number_of(one) for one in scope.terms() if one.startswith("dump:")), None)
        return next((one for one in (lists.sources if lists else ()) if one.id == number), None)


def in_sentence(label: str) -> str:
    """Return a step's label as it stands within a sentence: `Merge of 3 papers` becomes `merge of 3 papers`.

    A label that begins with a name or an abbreviation keeps its capitals.
    """
    first = label.split(" ", 1)[0]
    text = label.replace("&", "&&")
    return text[:1].lower() + text[1:] if first[1:].islower() or len(first) == 1 else text
