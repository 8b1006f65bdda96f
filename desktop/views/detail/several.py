"""Several papers at once: what they share, where they differ, and edits that apply to all as one step."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import services
from db.domain.records import Paper, Status, Tag
from desktop.models.row_runs import held
from desktop.theme import LARGE
from desktop.views.detail.forms import form_label, quiet_form
from desktop.views.detail.header import StarButton, StatusBox
from desktop.views.detail.rating import Rating
from desktop.views.detail.saving import save_for_all
from desktop.views.detail.tag_row import TagRow
from desktop.views.detail.values import FOR_SEVERAL, Spec
from desktop.views.editors import EMPTY, LineEditor
from desktop.views.flow import FlowLayout
from desktop.views.page import Page
from desktop.views.plain import Label, heading
from desktop.views.words import counted, papers, tr

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from db.domain.errors import LibraryError
    from db.services.library import Library
    from desktop.context import AppContext

MOST_COMPARED = 1_000
"""Above this many papers the pane does not read them to see where they differ."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What papers have in common; a field that differs is absent from `texts`."""

    status: Status | None
    starred: bool | None
    rating: int | None
    tags: tuple[Tag, ...]
    partial: frozenset[int]
    texts: dict[str, str]


def _only(values: set[object]) -> object:
    return values.pop() if len(values) == 1 else None


def shared(found: Sequence[Paper], complete: bool) -> Shared:
    """Compare papers; when they are not all the selected ones, nothing counts as shared by all."""
    tags: dict[int, Tag] = {tag.id: tag for paper in found for tag in paper.tags}
    count = Counter(tag.id for paper in found for tag in paper.tags)
    partial = frozenset(one for one in tags if count[one] < len(found) or not complete)
    by_name = tuple(sorted(tags.values(), key=lambda tag: tag.name.casefold()))
    if not complete:
        return Shared(None, None, None, by_name, partial, {})
    status = _only({paper.status for paper in found})
    starred = _only({paper.starred for paper in found})
    rating = _only({paper.rating for paper in found})
    texts = {spec.name: {spec.text(paper) for paper in found} for spec in FOR_SEVERAL}
    return Shared(
        status if isinstance(status, Status) else None,
        starred if isinstance(starred, bool) else None,
        rating if isinstance(rating, int) else None,
        by_name,
        partial,
        {name: one.pop() for name, one in texts.items() if len(one) == 1},
    )


class BulkField(QWidget):
    """A field of several papers: empty, and saying "(differs)", where they differ."""

    entered = Signal()
    """Enter was pressed: the person is done here, unless what she typed is refused."""

    def __init__(self, context: AppContext, spec: Spec) -> None:
        super().__init__()
        self._context, self._spec = context, spec
        self._ids = held(())
        self._base = ""
        self._done = False
        self.editor = LineEditor()
        self.editor.setAccessibleName(spec.label())
        self.error = Label(tone="danger", size=11)
        self.error.setContentsMargins(9, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.editor)
        column.addWidget(self.error)
        self.error.hide()
        self.editor.commit_asked.connect(self.commit)
        self.editor.revert_asked.connect(self.revert)
        self.editor.entered.connect(self._enter)

    def show_shared(self, ids: array[int], text: str | None) -> None:
        """Show what these papers share, None when they differ; half-typed text for them stays."""
        if self.editor.isModified() and ids == self._ids:
            return
        self._ids, self._base = ids, text or ""
        self.editor.hint = tr("(differs)") if text is None else EMPTY
        self.editor.setPlaceholderText(self.editor.hint)
        self.revert()

    def revert(self) -> None:
        """Go back to what is saved."""
        self.editor.put(self._base)
        self.editor.setModified(False)
        self.error.say("")

    def commit(self) -> None:
        """Save what was typed to every paper."""
        text, ids = self.editor.value().strip(), self._ids
        if not self.editor.isModified() or text == self._base:
            return
        change = save_for_all(self._spec, ids, text)
        self.editor.setModified(False)
        self._done = False
        label = tr("Edit {0} of {1}").format(self._spec.label(), papers(len(ids)))
        self._context.run(label, change, lambda _changes: self.error.say(""), on_error=self._refused)

    def _enter(self) -> None:
        self._done = True
        self.entered.emit()

    def _refused(self, error: LibraryError) -> None:
        self.editor.setModified(True)
        self.error.say(error.message)
        if self._done:
            self.editor.setFocus()


class SeveralPage(Page):
    """The pane when more than one paper is selected."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(gap=12)
        self._context = context
        self._ids = held(())
        self.title = Label()
        self.title.setFont(context.theme.font(LARGE, QFont.Weight.DemiBold))
        self.note = Label(tone="muted")
        self.status = StatusBox()
        self.star = StarButton(context)
        self.star_note = Label(tone="muted", wrap=False)
        self.rating = Rating()
        self.rating_note = Label(tone="muted", wrap=False)
        self.tags = TagRow(context)
        self.fields = {spec.name: BulkField(context, spec) for spec in FOR_SEVERAL}
        self._build()
        self.status.chosen.connect(lambda status: self._set(tr("Set status of {0}"), status=status))
        self.star.starred.connect(lambda on: self._set(tr("Star {0}") if on else tr("Unstar {0}"), starred=on))
        self.rating.rated.connect(lambda rating: self._set(tr("Rate {0}"), rating=rating))

    def _build(self) -> None:
        self.column.addWidget(self.title)
        self.column.addWidget(self.note)
        flow = FlowLayout(gap=4)
        for widget in (self.status, self.star, self.star_note, self.rating, self.rating_note):
            flow.addWidget(widget)
        marks = QHBoxLayout()
        marks.addLayout(flow)
        self.column.addLayout(marks)
        self.column.addWidget(self.tags)
        self.column.addSpacing(8)
        self.column.addWidget(heading(tr("Fields of all of them")))
        form = quiet_form()
        for spec in FOR_SEVERAL:
            field = self.fields[spec.name]
            form.addRow(form_label(spec.label(), field.editor), field)
        self.column.addLayout(form)
        self.column.addStretch()

    def show_papers(self, ids: Sequence[int]) -> None:
        """Show these papers; what they share is read off the UI thread."""
        self._ids = held(ids)
        self.title.setText(counted("%Ln paper(s) selected", len(ids)))
        self.note.setText(tr("Edits here apply to all of them, as one step that can be undone."))
        complete = len(ids) <= MOST_COMPARED
        sample = self._ids[:MOST_COMPARED]

        def read(library: Library) -> tuple[array[int], Shared]:
            return self._ids, shared(services.reading.papers(library, sample), complete)

        self._context.read(read, self._show, key="detail_several")

    def _show(self, answer: tuple[array[int], Shared]) -> None:
        ids, common = answer
        if ids != self._ids:
            return
        self.status.show_status(common.status)
        self.star.show_star(bool(common.starred))
        self.star_note.say("" if common.starred is not None else tr("(differs)"))
        self.rating.show_rating(common.rating or 0)
        self.rating_note.say("" if common.rating is not None else tr("(differs)"))
        self.tags.show_tags(ids, common.tags, common.partial)
        for name, field in self.fields.items():
            field.show_shared(ids, common.texts.get(name))

    def save(self) -> None:
        """Save what was typed and not saved."""
        for field in self.fields.values():
            field.commit()

    def _set(self, label: str, **values: object) -> None:
        ids = self._ids
        if ids:
            words = label.format(papers(len(ids)))
            self._context.run(words, lambda library: services.editing.set_fields(library, ids, values))
