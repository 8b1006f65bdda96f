"""Merging all certain sets by a rule, after a look at what would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from db import services
from desktop.models.cell_text import cut, tip
from desktop.models.differences import field_name
from desktop.views.plain import Label, button, open_at, plain_tree
from desktop.views.words import counted, papers, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from db.services.bulkmerging import Foreseen, SetForeseen
    from desktop.context import AppContext
    from desktop.tasks import Task

MOST = 1_000
"""Sets that are listed; the summary counts all of them."""


def rule_text(rule: str) -> str:
    """Return what a rule prefers, in words."""
    return {
        "usual": tr("The fullest record"),
        "authors": tr("The record with authors, then the longest abstract"),
        "abstract": tr("The record with the longest abstract"),
        "date": tr("The record with the surest date"),
        "published": tr("The published record (DOI, venue)"),
        "newest": tr("The record that came last"),
        "oldest": tr("The record that came first"),
    }[rule]


def gains_text(gains: Sequence[str], most: Sequence[str]) -> str:
    """Return what the kept record gains, else what the poorest one does; empty when all say the same."""
    if gains:
        return tr("Gains: {0}").format(", ".join(gains))
    return tr("The poorest record gains: {0}").format(", ".join(most)) if most else ""


class MergeCertain(QDialog):
    """A rule, what it would change, and one button; the merge is one step that can be undone."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Merge all certain ones"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._task: Task | None = None
        self.rules = QComboBox()
        self.summary = Label(bold=True)
        self.fields = Label(tone="muted")
        self.list = QTreeWidget()
        self.merge_button = button(self.tr("&Merge"), self.merge, primary=True)
        self._build()
        self.rules.activated.connect(self.look)
        self.look()

    def _build(self) -> None:
        for rule in services.bulkmerging.RULES:
            self.rules.addItem(rule_text(rule), rule)
        self.rules.setAccessibleName(self.tr("Prefer"))
        headings = [self.tr("Paper"), self.tr("Gains"), self.tr("Papers")]
        plain_tree(self.list, self.tr("Sets that would be merged"), headings)
        header = self.list.header()
        header.setStretchLastSection(False)
        for section, mode in enumerate(("Stretch", "Stretch", "ResizeToContents")):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode[mode])
        head = QHBoxLayout()
        prefer = Label(self.tr("&Prefer"), wrap=False)
        prefer.setBuddy(self.rules)
        head.addWidget(prefer)
        head.addWidget(self.rules, 1)
        keys = self.tr(
            "A record whose citation key was given away is kept in any case, and what you typed wins. Tags, notes, "
            "collections, files and records of all stay; it is one step, and Cancel leaves nothing of it half done."
        )
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(button(self.tr("Cancel"), self.reject))
        foot.addWidget(self.merge_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        for widget in (self.summary, self.fields, self.list, Label(keys, tone="muted", size=11)):
            column.addWidget(widget, 1 if widget is self.list else 0)
        column.addLayout(foot)
        open_at(self, self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(100 * self.fontMetrics().averageCharWidth(), 34 * self.fontMetrics().lineSpacing())

    def look(self) -> None:
        """Work out what the chosen rule would change."""
        self._stop()
        rule = self.rules.currentData()
        self.list.clear()
        self.merge_button.setEnabled(False)
        self.summary.setText(self.tr("Looking at the sets..."))
        self.fields.say("")
        self._task = self._context.look(
            lambda library, report, part: services.bulkmerging.foresee(library, rule, report, part),
            on_part=self._add,
            on_done=self._looked,
        )

    def _add(self, made: list[SetForeseen]) -> None:
        for one in made[: MOST - self.list.topLevelItemCount()]:
            gains = gains_text(one.gains, one.most) or self.tr("Nothing new")
            item = QTreeWidgetItem(self.list, [cut(one.title), gains, str(len(one.ids))])
            item.setToolTip(0, tip(f"{one.title}\n" + ", ".join(one.why)))
            item.setToolTip(1, tip(gains))

    def _looked(self, found: Foreseen) -> None:
        self._task = None
        if not found.sets:
            self.summary.setText(self.tr("No set is certain by now: there is nothing to merge."))
            return
        sets = counted("%Ln set(s)", found.sets)
        made, left = papers(found.sets + found.losers), papers(found.sets)
        said = self.tr("{0}: {1} become {2}").format(sets, made, left)
        self.summary.setText(said if found.sets <= MOST else self.tr("{0}; the first are listed").format(said))
        counts = sorted(found.fields.items(), key=lambda one: -one[1])
        filled = ", ".join(f"{field_name(field)} {number}" for field, number in counts)
        self.fields.say(self.tr("Kept papers that gain a value, by field: {0}").format(filled) if filled else "")
        self.merge_button.setEnabled(True)
        self.merge_button.setFocus()

    def merge(self) -> None:
        """Merge all certain sets as the preview shows them; the window shows progress and Cancel."""
        rule, context = self.rules.currentData(), self._context  # the dialog is gone when the work is done
        context.run_long(
            self.tr("Merge all certain ones"),
            lambda library, report: services.merging.merge_all_same(library, report, rule=rule),
            lambda changes: context.notify(tr("Done: {0}").format(changes.label), undo=True),
            on_cancel=lambda: context.notify(tr("Cancelled: no set was merged.")),
        )
        self.accept()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def done(self, result: int) -> None:
        self._stop()
        super().done(result)
