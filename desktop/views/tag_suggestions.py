"""Tags that may fit the selected papers, each with its reason, to be accepted or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db import services
from desktop.models.cell_text import cut, tip, title_text
from desktop.views.flow import FlowLayout
from desktop.views.plain import Label, button, open_at, plain_tree
from desktop.views.tag_marks import sign_icon
from desktop.views.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from db.services.library import Library
    from db.services.progress import Report
    from db.services.suggesting import Offer, Offers
    from desktop.context import AppContext
    from desktop.tasks import Task

OPEN = 40
"""Up to so many offers the papers of each tag are shown at once."""
OFFERS = Qt.ItemDataRole.UserRole


class TagSuggestions(QDialog):
    """Lists tags, with the papers that they may fit below each; a choice is saved at once and can be undone."""

    def __init__(self, context: AppContext, ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Suggested tags"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._ids = tuple(ids)
        self._asked: Offers | None = None
        self._task: Task | None = None
        self.list = QTreeWidget()
        self.said = Label(self.tr("Looking for tags that fit..."), tone="muted")
        self.accept_button = button(self.tr("&Give tag"), self.accept_chosen, primary=True)
        self.refuse_button = button(self.tr("Do not &suggest again"), self.refuse_chosen)
        self.all_button = button(self.tr("Give &all"), self.accept_all)
        self._build()
        self.list.itemSelectionChanged.connect(self._enable)
        self.list.currentItemChanged.connect(lambda *_: self._words())
        self.list.itemDoubleClicked.connect(lambda _item, _column: self.accept_chosen())
        self._enable()
        self._look()

    def _build(self) -> None:
        plain_tree(self.list, self.tr("Suggested tags"), [self.tr("Tag or paper"), self.tr("Because")])
        self.list.setRootIsDecorated(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        row = FlowLayout(gap=8)
        for one in (self.accept_button, self.refuse_button, self.all_button, button(self.tr("Close"), self.close)):
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for widget in (self.list, self.said):
            column.addWidget(widget)
        column.addLayout(row)
        open_at(self, QSize(820, 460))
        header.resizeSection(0, int(self.width() * 0.35))

    # Asking -------------------------------------------------------------------------------------------

    def _look(self) -> None:
        ids = self._ids

        def look(library: Library, report: Report, _part: object) -> Offers:
            return services.suggesting.suggest(library, ids, report)

        self._task = self._context.look(look, on_part=self._ignore, on_done=self._show)

    def _ignore(self, _part: object) -> None:
        """Wait for the whole answer: a tag is listed once, whatever papers it may fit."""

    def _show(self, found: Offers) -> None:
        self._asked = found
        self._fill(found.offers)

    def _fill(self, offers: Sequence[Offer]) -> None:
        self.list.clear()
        for group in _by_tag(offers):
            tag, first = group[0].tag, group[0]
            why = first.reason if len(group) == 1 else counted("%Ln paper(s)", len(group))
            item = self._item(None, tag.name, why, group)
            item.setIcon(0, sign_icon(self._context, tag.colour))
            if len(self._ids) > 1:
                for one in group:
                    self._item(item, title_text(one.title), one.reason, [one])
        if len(offers) <= OPEN:
            self.list.expandAll()
        self._go_to(0)
        self._words()
        self._enable()

    def _item(self, parent: QTreeWidgetItem | None, name: str, why: str, offers: list[Offer]) -> QTreeWidgetItem:
        item = QTreeWidgetItem([cut(name), cut(why)])
        item.setToolTip(0, tip(name))
        item.setToolTip(1, tip(why))
        item.setData(0, OFFERS, offers)
        if parent is None:
            self.list.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def _words(self) -> None:
        found = self._asked
        if found is None:
            return
        parts = []
        current = self.list.currentItem()
        if current is not None:  # in full, where the column has no room for it
            parts.append(f"{current.data(0, OFFERS)[0].reason}.")
        if found.looked_at < found.asked:
            parts.append(counted("Only the first %Ln paper(s) were looked at.", found.looked_at))
        if not self.offers():
            parts.append(self.tr("No tag fits well enough. The more papers have tags, the better this gets."))
        else:
            parts.append(self.tr("Enter gives the tag, Delete does not suggest it for that paper again."))
        self.said.say(" ".join(parts))

    # Choosing -----------------------------------------------------------------------------------------

    def offers(self) -> list[Offer]:
        """Return all that is offered, in the order of the list."""
        items = (self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount()))
        return [one for item in items if item is not None for one in item.data(0, OFFERS)]

    def chosen(self) -> list[Offer]:
        """Return what is chosen; a tag stands for all its papers."""
        found = {one.pair: one for item in self.list.selectedItems() for one in item.data(0, OFFERS)}
        return list(found.values())

    def accept_chosen(self) -> None:
        """Give the chosen tags."""
        self._accept(self.chosen())

    def accept_all(self) -> None:
        """Give every tag to every paper that it is offered for."""
        self._accept(self.offers())

    def _accept(self, offers: Sequence[Offer]) -> None:
        pairs = [one.pair for one in offers]
        if pairs:
            label = self.tr("Give suggested tags")
            self._context.run(label, lambda library: services.suggesting.accept(library, pairs))
            self._drop(pairs)

    def refuse_chosen(self) -> None:
        """Do not offer the chosen tags for these papers again."""
        pairs = [one.pair for one in self.chosen()]
        if pairs:
            label = self.tr("Refuse suggested tags")
            self._context.run(label, lambda library: services.suggesting.refuse(library, pairs))
            self._drop(pairs)

    def _drop(self, pairs: Sequence[tuple[int, int]]) -> None:
        current = self.list.currentItem()
        at = self.list.indexOfTopLevelItem(current.parent() or current) if current else 0
        gone = set(pairs)
        self._fill([one for one in self.offers() if one.pair not in gone])
        self._go_to(at)

    def _go_to(self, at: int) -> None:
        """Put the keyboard on a line, the last one when there are not so many."""
        item = self.list.topLevelItem(max(0, min(at, self.list.topLevelItemCount() - 1)))
        if item is not None:
            self.list.setCurrentItem(item)
            self.list.setFocus()

    def _enable(self) -> None:
        chosen = bool(self.list.selectedItems())
        self.accept_button.setEnabled(chosen)
        self.refuse_button.setEnabled(chosen)
        self.all_button.setEnabled(self.list.topLevelItemCount() > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Refuse with Delete; Enter is the button's."""
        if event.key() == Qt.Key.Key_Delete:
            self.refuse_chosen()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Stop looking and close, however that is asked for."""
        if self._task is not None:
            self._task.cancel()
        super().done(result)


def _by_tag(offers: Sequence[Offer]) -> list[list[Offer]]:
    """Return the offers of each tag, those for most papers first."""
    groups: dict[int, list[Offer]] = {}
    for one in offers:
        groups.setdefault(one.tag.id, []).append(one)
    found = [sorted(group, key=lambda one: -one.strength) for group in groups.values()]
    return sorted(found, key=lambda group: (-len(group), -group[0].strength))
