"""The Details tab: every field of a paper as a quiet form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from db import services
from desktop.models.cell_text import date_tip
from desktop.views.detail.extras import Extras, rest_of
from desktop.views.detail.field import Field
from desktop.views.detail.forms import form_label, quiet_form
from desktop.views.detail.values import FORM, Spec
from desktop.views.detail.versions import Versions
from desktop.views.links import open_link
from desktop.views.page import Page
from desktop.views.plain import Label, icon_button, link_button, set_tip
from desktop.views.words import tr

if TYPE_CHECKING:
    from db.domain.records import Paper
    from desktop.context import AppContext

ADDRESSES = {"arxiv_id": services.addresses.arxiv_address, "doi": services.addresses.doi_address}
_AS_WIDE = Qt.AlignmentFlag(0)


class DetailsTab(Page):
    """The fields of one paper; the error of a field stands below it."""

    stale = Signal()
    look_up = Signal(list)

    def __init__(self, context: AppContext) -> None:
        super().__init__(gap=12)
        self._context = context
        self._paper: Paper | None = None
        self.fields = {spec.name: Field(context, spec) for spec in FORM}
        self._openers: dict[str, QWidget] = {}
        self.date_note = Label(tone="muted", size=11)
        self.look_up_link = link_button(tr("Look up..."), self._look_up)
        self.extras = Extras()
        self.rest = Label(tone="muted", size=11)
        self.versions = Versions(context)
        self._build()

    def _build(self) -> None:
        form = quiet_form()
        for spec in FORM:
            field = self.fields[spec.name]
            field.stale.connect(self.stale)
            form.addRow(form_label(spec.label(), field.widget), self._cell(spec, field))
        self.column.addLayout(form)
        self.column.addWidget(self.extras)
        self.column.addWidget(self.rest)
        self.column.addWidget(self.versions)
        self.column.addStretch()

    def _cell(self, spec: Spec, field: Field) -> QWidget | QLayout:
        if spec.name in ADDRESSES:
            row = QHBoxLayout()
            row.setSpacing(4)
            row.addWidget(field, 1)
            name = tr("Open {0} in the browser").format(spec.label())
            opener = icon_button(self._context, "arrow-square-out", name, lambda: self._open(spec))
            row.addWidget(opener, 0, Qt.AlignmentFlag.AlignTop)
            self._openers[spec.name] = opener
            return row
        if spec.name == "date":
            return _above(field, self.date_note)
        if spec.name == "authors":
            set_tip(self.look_up_link, tr("Look up what this paper lacks"))
            return _above(field, self.look_up_link, Qt.AlignmentFlag.AlignLeft)
        return field

    def show_versions(self) -> None:
        """Bring the versions of the paper to the screen."""
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.versions))  # when they have their place

    def show_paper(self, paper: Paper) -> None:
        """Show the fields of a paper."""
        if self._paper is None or paper.id != self._paper.id:
            self.verticalScrollBar().setValue(0)
        self._paper = paper
        self.versions.show_paper(paper)
        for spec in FORM:
            self.fields[spec.name].show_paper(paper)
            if spec.name in self._openers:
                self._openers[spec.name].setVisible(bool(spec.text(paper)))
        self.date_note.say(date_tip(paper.date))
        self.look_up_link.setVisible(not paper.authors or paper.date.year is None or paper.date.inferred)
        self.extras.show_paper(paper)
        self.rest.say(rest_of(paper))

    def _look_up(self) -> None:
        if self._paper is not None:
            self.look_up.emit([self._paper.id])

    def _open(self, spec: Spec) -> None:
        if self._paper is not None and (value := spec.text(self._paper)):
            open_link(ADDRESSES[spec.name](value))
        else:
            self._context.notify(tr("{0}: nothing to open yet.").format(spec.label()))


def _above(field: Field, below: QWidget, align: Qt.AlignmentFlag = _AS_WIDE) -> QLayout:
    """Return a field with something quiet below it, in line with its text."""
    indented = QHBoxLayout()
    indented.setContentsMargins(9, 0, 0, 0)
    indented.addWidget(below, 0, align)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(field)
    column.addLayout(indented)
    return column
