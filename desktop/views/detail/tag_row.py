"""The tags of a paper as chips that can be taken off, and the button that adds one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from db import services
from db.domain.records import Tag
from desktop.models.row_runs import held
from desktop.views.chips import Chip
from desktop.views.flow import FlowLayout
from desktop.views.plain import icon_button, link_button
from desktop.views.tag_picker import TagPicker
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.context import AppContext

_Chip = tuple[int, str, int, bool]
"""What is seen of a tag: its id, name and colour, and whether not all papers have it."""


class TagRow(QWidget):
    """Chips in lines; `+ tag` opens the picker for all the papers shown."""

    picked = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._ids = held(())
        self._chips: dict[_Chip, QWidget] | None = None
        self._flow = FlowLayout(self)
        self.add_button: QPushButton = link_button(tr("+ tag"), self.open_picker)
        self.add_button.setAccessibleName(tr("Add a tag"))
        self._flow.addWidget(self.add_button)

    def show_tags(self, ids: Sequence[int], tags: Sequence[Tag], partial: frozenset[int] = frozenset()) -> None:
        """Show the tags of these papers; those in `partial` are not on all of them."""
        self._ids = held(ids)
        wanted = {(tag.id, tag.name, tag.colour, tag.id in partial): tag for tag in tags}
        if self._chips is not None and list(wanted) == list(self._chips):
            return
        # Of many papers there are sixty, which take 0.1 s to make and to lay out, and seldom more than one changes.
        before = self._chips or {}
        self._chips = {one: before.get(one) or self._removable(tag, one[-1]) for one, tag in wanted.items()}
        while self._flow.takeAt(0):
            pass
        for widget in (*self._chips.values(), self.add_button):
            self._flow.addWidget(widget)
        for one in before.keys() - wanted.keys():
            before[one].hide()
            before[one].deleteLater()
        self.updateGeometry()

    def _removable(self, tag: Tag, partial: bool) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        shown = Tag(tag.id, tr("some: {0}").format(tag.name), tag.colour) if partial else tag
        row.addWidget(Chip(shown, self._context.theme.tag_colour))
        name = tr("Remove the tag {0}").format(tag.name)
        off = icon_button(self._context, "x", name, lambda: self._remove(tag))
        off.setIconSize(QSize(12, 12))
        off.setProperty("small", True)
        row.addWidget(off, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder

    def _remove(self, tag: Tag) -> None:
        ids = self._ids
        self._context.run(
            tr("Remove tag {0}").format(tag.name),
            lambda library: services.tagging.tag(library, ids, remove=[tag.name]),
        )
        self.add_button.setFocus()

    def open_picker(self) -> None:
        """Open the tag picker below the button."""
        picker = TagPicker(self._context, self._ids, self)
        picker.closed.connect(self.picked)
        picker.open(self.add_button)
