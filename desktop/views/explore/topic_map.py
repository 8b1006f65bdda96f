"""The map of topics with its list: choose papers by a line or by topic, then tag them or see them in the table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QToolTip, QVBoxLayout, QWidget

from db import services
from desktop.models.cell_text import cut, tip
from desktop.theme import SMALL
from desktop.views.explore.chart_foot import ChartFoot, Numbers
from desktop.views.explore.group_list import GroupList
from desktop.views.explore.group_looks import GroupLook, looks_of_groups, looks_of_topics, topic_name
from desktop.views.explore.points import Cells, Points, in_cells
from desktop.views.explore.topic_canvas import TopicCanvas
from desktop.views.plain import Label, button
from desktop.views.tag_picker import TagPicker
from desktop.views.words import counted, papers, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.records import PaperRow
    from db.services.exploring import Survey, TopicMap
    from db.services.kinds import Grouped
    from db.services.library import Library
    from desktop.context import AppContext


class TopicMapTab(QWidget):
    """Shows what a survey found; `papers_wanted` names papers that the table is to show."""

    papers_wanted = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._survey: Survey | None = None
        self._cells: Cells | None = None
        self.colour = QComboBox()
        self.hint = Label(tone="muted", size=SMALL)
        self.canvas = TopicCanvas(context)
        self.groups = GroupList(context)
        self.picked = Label(tr("Nothing chosen"), wrap=False)
        self.show_button = button(tr("Sho&w in table"), self._show_picked)
        self.tag_button = button(tr("T&ag..."), self._tag)
        self.foot = ChartFoot(context, self.numbers, (self.picked, self.show_button, self.tag_button))
        self._build()
        self._connect()
        self._pick([])

    def _build(self) -> None:
        self.colour.setAccessibleName(tr("Colours and shapes by"))
        for value, text in (("topic", tr("by topic")), ("tag", tr("by tag")), ("dump", tr("by dump"))):
            self.colour.addItem(text, value)
        self.hint.setText(
            tr("Draw a line around papers to choose them; the wheel comes closer, the right button moves.")
        )
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.colour)
        head.addWidget(self.hint, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.addWidget(self.canvas)
        self.split.addWidget(self.groups)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.groups.setMinimumWidth(150)
        self.split.setSizes([580, 340])
        self.foot.offer_picture(self.canvas.paint, self.canvas.size, tr("topics"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.split, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.colour.activated.connect(lambda _row: self._colour())
        self.canvas.chosen.connect(self._pick)
        self.canvas.pointed.connect(self._point)
        self.canvas.opened.connect(lambda at: self.papers_wanted.emit(self._ids([at])))
        self.groups.walked.connect(self._pick_group)
        self.groups.opened.connect(self._open_group)

    def show_survey(self, survey: Survey | None) -> None:
        """Draw the map that was found, or none while it is made."""
        self._survey, self._cells = survey, None
        self.canvas.show_points(None)
        self.groups.show_looks(())
        self._pick([])
        if survey is not None and (found := survey.map) is not None:
            self._say_what(survey, found)
            self._context.read(
                lambda _library: in_cells(found.x, found.y), partial(self._place, survey), key="explore places"
            )

    def _place(self, survey: Survey, cells: Cells) -> None:
        if survey is self._survey:
            self._cells = cells
            self._colour()

    def _say_what(self, survey: Survey, found: TopicMap) -> None:
        said = [papers(len(survey.ids)), counted("%Ln topic(s)", len(found.topics))]
        if survey.abstracts < len(survey.ids):
            said.append(counted("%Ln by title alone", len(survey.ids) - survey.abstracts))
        if survey.wordless:
            said.append(counted("%Ln without words to go by", survey.wordless))
        self.canvas.setAccessibleDescription(
            ", ".join(said) + ". " + "; ".join(topic_name(one) for one in found.topics)
        )

    # Colours ------------------------------------------------------------------------------------------

    def refresh_colours(self) -> None:
        """Colour anew when tags or dumps have changed; what is chosen stays."""
        if self.colour.currentData() != "topic":
            self._colour()

    def _colour(self) -> None:
        survey, kind = self._survey, self.colour.currentData()
        if survey is None or survey.map is None or self._cells is None:
            return  # it is coloured when its papers have their places
        if kind == "topic":
            self._show_points(survey, survey.map.of, looks_of_topics(survey.map.topics), tr("Topic"))
            return
        ids = survey.ids

        def ask(library: Library) -> tuple[Grouped, list[int]]:
            by = services.kinds.grouped(library, ids, kind)
            return by, [by.of[one][0] for one in ids]

        def answer(found: tuple[Grouped, list[int]]) -> None:
            if survey is self._survey and kind == self.colour.currentData():
                heading = tr("Tag") if kind == "tag" else tr("Dump")
                self._show_points(survey, found[1], looks_of_groups(found[0].groups, kind), heading)

        self._context.read(ask, answer, key="explore groups")

    def _show_points(self, survey: Survey, group: Sequence[int], looks: tuple[GroupLook, ...], heading: str) -> None:
        found = survey.map
        assert found is not None
        assert self._cells is not None
        keep = self.canvas.points is not None
        self.canvas.show_points(Points(found.x, found.y, group, looks, found.topics, self._cells), keep_sight=keep)
        self.groups.show_looks(looks, heading)

    # Choosing -----------------------------------------------------------------------------------------

    def chosen_ids(self) -> list[int]:
        """Return the papers that are chosen."""
        return self._ids(self.canvas.picked)

    def _ids(self, places: Sequence[int]) -> list[int]:
        return [self._survey.ids[at] for at in places] if self._survey is not None else []

    def _pick(self, places: Sequence[int]) -> None:
        self.canvas.pick(places)
        self.picked.setText(counted("%Ln paper(s) chosen", len(places)) if places else tr("Nothing chosen"))
        for one in (self.show_button, self.tag_button):
            one.setEnabled(bool(places))

    def _pick_group(self, number: int) -> None:
        if self.canvas.points is not None:
            self._pick(self.canvas.points.of_group(number))

    def _open_group(self, number: int) -> None:
        self._pick_group(number)
        self._show_picked()

    def _show_picked(self) -> None:
        if ids := self.chosen_ids():
            self.papers_wanted.emit(ids)

    def _tag(self) -> None:
        picker = TagPicker(self._context, self.chosen_ids(), self)
        picker.move(self.tag_button.mapToGlobal(QPoint(0, -picker.sizeHint().height())))
        picker.show()
        picker.line.setFocus()

    # Pointing -----------------------------------------------------------------------------------------

    def _point(self, at: int) -> None:
        """Say the title of the paper under the pointer."""
        if at < 0 or self._survey is None:
            QToolTip.hideText()
            return
        paper_id = self._survey.ids[at]

        def answer(rows: list[PaperRow]) -> None:
            if rows and self.canvas.hovered == at:
                QToolTip.showText(QCursor.pos(), tip(cut(rows[0].title)), self.canvas)

        self._context.read(lambda library: services.reading.rows(library, [paper_id]), answer, key="explore pointed at")

    def numbers(self) -> Numbers:
        """Return the groups as a table."""
        points = self.canvas.points
        looks = points.looks if points is not None else ()
        return (tr("group"), tr("papers")), [(look.name, look.papers) for look in looks]
