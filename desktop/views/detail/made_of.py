"""The line that says what a paper was merged from, with the way to take it apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import services
from desktop.views.history import local_day
from desktop.views.plain import Label, link_button
from desktop.views.take_apart import TakeApart, lost_text
from desktop.views.words import papers, tr

if TYPE_CHECKING:
    from db.domain.records import Paper
    from db.services.unmerging import Origins
    from desktop.context import AppContext


class MadeOf(QWidget):
    """Not there for a paper that never was several; says so in words when it cannot be taken apart."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._id: int | None = None
        self.line = Label(tone="muted", size=11)
        self.lost = Label(tone="muted", size=11)
        self.button = link_button(tr("Take apart..."), self.take_apart)
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.line)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.lost)
        self.hide()

    def show_paper(self, paper: Paper) -> None:
        """Show what a paper was made of, when that is read."""
        if paper.id != self._id:
            self.hide()
        self._id = paper.id
        self._context.read(
            lambda library: (paper.id, services.unmerging.made_of(library, paper.id)), self._show, key="made_of"
        )

    def _show(self, found: tuple[int, Origins]) -> None:
        paper_id, made = found
        if paper_id == self._id:
            self.line.say(merged_text(made))
            self.button.setVisible(bool(made.merges))
            self.lost.say(lost_text(made))
            self.setVisible(bool(made))

    def take_apart(self) -> None:
        """Ask how the paper is taken apart."""
        if self._id is not None:
            TakeApart(self._context, self._id, self.window()).open()


def merged_text(made: Origins) -> str:
    """Return "Merged from 3 papers on 14 May 2026", with the newest merge's day; empty when none is noted."""
    if not made.merges:
        return ""
    number = 1 + sum(len(one.members) - 1 for one in made.merges)
    return tr("Merged from {0} on {1}").format(papers(number), local_day(made.merges[0].at))
