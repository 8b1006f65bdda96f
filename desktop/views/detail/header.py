"""The head of the pane: title, the line about the paper, status, star, rating and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from db import services
from db.domain.records import Paper, Status
from desktop.models.cell_text import date_text, date_tip, seen_again_text, status_text
from desktop.theme import LARGE
from desktop.views.detail.field import Field
from desktop.views.detail.made_of import MadeOf
from desktop.views.detail.rating import Rating
from desktop.views.detail.tag_row import TagRow
from desktop.views.detail.values import TITLE
from desktop.views.editors import AreaEditor
from desktop.views.flow import FlowLayout
from desktop.views.plain import Label, set_tip
from desktop.views.words import counted, from_origin, origin_of, tr

if TYPE_CHECKING:
    from desktop.context import AppContext


def summary(paper: Paper) -> str:
    """Return "17 authors · 18 Mar 2025~ · 3 comments · 2 versions · 3 dumps"; what is unknown is left out."""
    parts = [_who(paper), date_text(paper.date)]
    if paper.date.year is None and paper.month_day:
        parts.append(paper.month_day)
    if paper.comments is not None:
        parts.append(counted("%Ln comment(s)", paper.comments))
    if len(paper.versions) > 1:
        parts.append(tr("{0} versions").format(len(paper.versions)))
    dumps = len({one.source_id for one in paper.sightings})
    if dumps:
        parts.append(counted("%Ln dump(s)", dumps))
    return " · ".join(part for part in parts if part)


def _who(paper: Paper) -> str:
    if 0 < len(paper.authors) <= 2:
        return " & ".join(one.family for one in paper.authors)
    count = paper.author_count or len(paper.authors)
    if count:
        return counted("%Ln author(s)", count)
    return paper.organization or ""


class StatusBox(QComboBox):
    """The four statuses; `chosen` only when the person chose."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        for status in Status:
            self.addItem(status_text(status), status.value)
        self.setAccessibleName(tr("Status"))
        self.setPlaceholderText(tr("(differs)"))
        self.activated.connect(lambda _index: self.chosen.emit(self.currentData()))

    def show_status(self, status: Status | None) -> None:
        """Show a status, or that the papers differ."""
        self.setCurrentIndex(-1 if status is None else self.findData(status.value))


class StarButton(QToolButton):
    """A star that is on or off, in words as well as in shape."""

    starred = Signal(bool)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.setCheckable(True)
        self.clicked.connect(self._clicked)
        self.show_star(False)

    def show_star(self, on: bool) -> None:
        """Show whether the star is set."""
        self.setChecked(on)
        self._context.icons.bind(self, "star-fill" if on else "star", "accent" if on else "text")
        name = tr("Starred") if on else tr("Not starred")
        self.setAccessibleName(name)
        set_tip(self, tr("Remove the star (S)") if on else tr("Star this paper (S)"))

    def _clicked(self, on: bool) -> None:
        self.show_star(on)
        self.starred.emit(on)


class Header(QWidget):
    """Everything above the tabs, for one paper."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._id: int | None = None
        title = AreaEditor(one_paragraph=True)
        self.title = Field(context, TITLE, title)
        title.say_empty(tr("Untitled"))
        self.title.widget.setFont(context.theme.font(LARGE, QFont.Weight.DemiBold))
        self.line = Label(tone="muted")
        self.trash = Label(tr("In the trash"), tone="warning", size=11)
        self.seen_again = Label(tone="warning", size=11)
        self.made_of = MadeOf(context)
        self.status = StatusBox()
        self.star = StarButton(context)
        self.rating = Rating()
        self.tags = TagRow(context)
        self._build()
        self.status.chosen.connect(lambda status: self._set(tr("Set status"), status=status))
        self.star.starred.connect(lambda on: self._set(tr("Star") if on else tr("Unstar"), starred=on))
        self.rating.rated.connect(lambda rating: self._set(tr("Rate"), rating=rating))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.title)
        for label in (self.line, self.trash, self.seen_again):
            label.setContentsMargins(9, 0, 0, 0)
            column.addWidget(label)
        column.addWidget(self.made_of)
        marks = QHBoxLayout()
        marks.setContentsMargins(8, 4, 0, 0)
        flow = FlowLayout(gap=4)
        for widget in (self.status, self.star, self.rating):
            flow.addWidget(widget)
        marks.addLayout(flow)
        column.addLayout(marks)
        tags = QHBoxLayout()
        tags.setContentsMargins(8, 0, 0, 0)
        tags.addWidget(self.tags)
        column.addLayout(tags)

    def show_paper(self, paper: Paper) -> None:
        """Show the head of a paper."""
        self._id = paper.id
        self.title.show_paper(paper)
        self.line.say(summary(paper))
        set_tip(self.line, _line_tip(paper))
        self.trash.setVisible(paper.in_trash)
        self.seen_again.say(seen_again_text(paper.seen_again))
        self.made_of.show_paper(paper)
        self.status.show_status(paper.status)
        self.star.show_star(paper.starred)
        self.rating.show_rating(paper.rating)
        self.tags.show_tags((paper.id,), paper.tags)

    def _set(self, label: str, **values: object) -> None:
        if (paper_id := self._id) is not None:
            self._context.run(label, lambda library: services.editing.set_fields(library, [paper_id], values))


def _line_tip(paper: Paper) -> str:
    parts = [date_tip(paper.date)]
    if paper.date.year is not None:
        parts.append(tr("Date: {0}").format(from_origin(origin_of(paper, "date"))))
    if paper.author_count is not None:
        parts.append(tr("Authors: {0}").format(from_origin(origin_of(paper, "author_count"))))
    if paper.comments is not None:
        parts.append(tr("Comments: {0}").format(from_origin(origin_of(paper, "comments"))))
    return "\n".join(part for part in parts if part)
