"""Taking a merged paper apart: which papers come back, and who keeps what was changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db import services
from desktop.models.differences import field_name
from desktop.views.history import local_time
from desktop.views.page import Page
from desktop.views.plain import Label, button, clear_layout, heading, open_at
from desktop.views.words import counted, papers, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.errors import LibraryError
    from db.services.changes import Changes
    from db.services.unmerging import Apart, MadeOf, Origins, Since
    from desktop.context import AppContext

LONGEST, SHORT = 160, 60
"""Characters that are shown of a value, and of a title in a list."""


class TakeApart(QDialog):
    """Shows the newest merge of a paper, or another one of it, and takes it apart as the person says."""

    def __init__(self, context: AppContext, paper_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Take apart"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._apart: Apart | None = None
        self._merges: Sequence[MadeOf] = ()
        self.keep: dict[str, QComboBox] = {}
        self.merges, self.leaving = QComboBox(), QComboBox()
        self.page = Page(margin=0)
        self.different = QCheckBox(self.tr("&Remember that these are different works"))
        self.error = Label(tone="danger")
        self.apart_button = button(self.tr("&Take apart"), self.take_apart, primary=True)
        self._papers, self._since = QVBoxLayout(), QGridLayout()
        self._build()
        self.merges.activated.connect(self._choose)
        self.leaving.activated.connect(self._read)
        self._context.read(lambda library: services.unmerging.made_of(library, paper_id), self._show_merges)

    def _build(self) -> None:
        self.merges.setAccessibleName(self.tr("Which merge"))
        self.leaving.setAccessibleName(self.tr("Who leaves"))
        self.different.setChecked(True)
        self.apart_button.setEnabled(False)  # until it is known what comes of it
        self.papers_head = heading("")
        self.since_head = heading(self.tr("Changed since the merge"))
        self.stays = Label(tone="muted")
        self._papers.setSpacing(8)
        self._since.setHorizontalSpacing(16)
        self._since.setVerticalSpacing(8)
        self._since.setColumnStretch(1, 1)
        column = self.page.column
        column.addWidget(self.papers_head)
        column.addLayout(self._papers)
        column.addSpacing(8)
        column.addWidget(self.since_head)
        column.addLayout(self._since)
        column.addWidget(self.stays)
        column.addStretch()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch()
        foot.addWidget(button(self.tr("Cancel"), self.reject))
        foot.addWidget(self.apart_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        for widget in (self.merges, self.leaving, self.page, self.different, self.error):
            whole.addWidget(widget, 1 if widget is self.page else 0)
        for widget in (self.merges, self.leaving, self.since_head, self.stays, self.error):
            widget.hide()
        whole.addLayout(foot)
        open_at(self, self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(76 * self.fontMetrics().averageCharWidth(), 30 * self.fontMetrics().lineSpacing())

    def _show_merges(self, made: Origins) -> None:
        self._merges = made.merges
        for one in made.merges:
            others = papers(len(one.members) - 1)
            self.merges.addItem(self.tr("{0}: with {1}").format(local_time(one.at), others), one.merge_id)
        self.merges.setVisible(len(made.merges) > 1)
        if made.merges:
            self._choose(0)
        else:
            self.page.hide()
            self.different.hide()
            self.apart_button.hide()
            self.error.say(_why_not(made))
            self.adjustSize()

    def _choose(self, at: int) -> None:
        members = self._merges[at].members
        self.leaving.clear()
        self.leaving.addItem(self.tr("All papers stand for themselves again"), ())
        for number, one in enumerate(members, 1):
            title = _cut(one.title or self.tr("Untitled"), SHORT)
            self.leaving.addItem(self.tr("Only paper {0} leaves: {1}").format(number, title), (one.paper_id,))
        self.leaving.setVisible(len(members) > 2)  # of two papers none can stay behind with others
        self._read()

    def _read(self) -> None:
        merge_id, leaving = self.merges.currentData(), tuple(self.leaving.currentData())
        self._context.read(
            lambda library: services.unmerging.preview(library, merge_id, leaving), self._show, key="take_apart"
        )

    def _show(self, apart: Apart) -> None:
        self._apart = apart
        clear_layout(self._papers)
        together = {one for group in apart.groups if len(group) > 1 for one in group}
        self.papers_head.setText(
            self.tr("One paper leaves with what it had, the others stay together")
            if together
            else self.tr("These papers come back, each with what it had")
        )
        for number, one in enumerate(apart.made_of.members, 1):
            said = self.tr("{0}. {1}").format(number, one.title or self.tr("Untitled"))
            leaves = bool(together) and one.paper_id not in together
            self._papers.addWidget(Label(said, bold=leaves if together else one.kept))
            kept = self.tr("keeps its place") if one.kept else self.tr("comes back")
            what = kept if not together else self.tr("leaves") if leaves else self.tr("stays merged")
            self._papers.addWidget(Label(f"{one.citation_key} · {what}", tone="muted", size=11))
        clear_layout(self._since)
        self.keep = {}
        for line, change in enumerate(apart.since):
            self._add(line, change)
        self.since_head.setVisible(bool(apart.since))
        late = counted("%Ln record(s) of dumps that came later stay with paper 1.", apart.sightings)
        self.stays.say(late if apart.sightings else "")
        self.apart_button.setEnabled(True)
        if self.leaving.isVisible() and self.leaving.hasFocus():
            return  # the person is choosing
        first = next(iter(self.keep.values()), None) or self.apart_button
        first.show()  # what has just been made is hidden until the next turn, and nothing hidden takes the keyboard
        first.setFocus()

    def _add(self, line: int, one: Since) -> None:
        name = field_name(one.field)
        words = [
            self.tr("Now: {0}").format(_cut(one.now) or "–"),
            self.tr("At the merge: {0}").format(_cut(one.was) or "–"),
        ]
        box = QComboBox()
        box.setAccessibleName(self.tr("Who keeps the new {0}").format(name))
        box.setAccessibleDescription("; ".join(words))
        groups, members = self._groups(), self._members()
        for group in groups:
            told = self.tr("For paper {0}").format(members.index(group[0]) + 1)
            box.addItem(self.tr("For the merged paper") if len(group) > 1 else told, (group[0],))
        box.addItem(
            self.tr("For both") if len(groups) < len(members) else self.tr("For all of them"),
            tuple(one[0] for one in groups),
        )
        box.addItem(self.tr("Drop it"), ())
        box.setCurrentIndex(next(n for n in range(box.count()) if tuple(box.itemData(n)) == one.usual))
        self._since.addWidget(Label(name, tone="muted", wrap=False), line, 0, Qt.AlignmentFlag.AlignTop)
        self._since.addWidget(Label("\n".join(words)), line, 1)
        self._since.addWidget(box, line, 2, Qt.AlignmentFlag.AlignTop)
        self.keep[one.field] = box

    def _members(self) -> list[int]:
        return [one.paper_id for one in self._apart.made_of.members] if self._apart else []

    def _groups(self) -> Sequence[Sequence[int]]:
        return self._apart.groups if self._apart else ()

    def take_apart(self) -> None:
        """Do it, as one step that can be undone."""
        if self._apart is None:
            return
        merge_id, different = self._apart.made_of.merge_id, self.different.isChecked()
        leaving = tuple(self.leaving.currentData())
        one_leaves = len(self._groups()) < len(self._members())
        keep = {field: tuple(box.currentData()) for field, box in self.keep.items()}
        self.apart_button.setEnabled(False)
        self.error.say("")
        self._context.run(
            self.tr("Take apart"),
            lambda library: services.unmerging.take_apart(
                library, merge_id, keep, different=different, leaving=leaving
            ),
            self._taken_apart,
            on_error=self._failed,
            toast=self.tr("Taken out: the others stay merged.")
            if one_leaves
            else self.tr("Taken apart: each paper is itself again."),
            undo=True,
        )

    def _taken_apart(self, _changes: Changes) -> None:
        self.accept()

    def _failed(self, error: LibraryError) -> None:
        self.apart_button.setEnabled(True)
        self.error.say(error.message)


def lost_text(made: Origins) -> str:
    """Return that papers went in which cannot be taken out again; empty when there are none."""
    if not made.unnoted:
        return ""
    said = counted("%Ln paper(s) went into this one before Sheaf noted what each was", made.unnoted)
    return tr("{0}: that cannot be taken apart. The history may still undo it.").format(said)


def _why_not(made: Origins) -> str:
    return lost_text(made) or tr(
        "This paper was not merged from others. A record that an import wrongly took for it becomes a paper of its own "
        "by “This is another paper” in the Sources tab."
    )


def _cut(text: str, most: int = LONGEST) -> str:
    return text if len(text) <= most else text[:most] + "…"
