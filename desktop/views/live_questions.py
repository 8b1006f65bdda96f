"""Entries of a live .bib file that the person edited, took out, or has of her own: one question after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop.models.cell_text import cut, tip
from desktop.views.plain import Label, button, open_at, plain_tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.errors import LibraryError
    from db.services.liveanswers import Asked
    from db.services.livefiles import Updated
    from desktop.context import AppContext
    from desktop.models.live_files import LiveFiles

FIELD, IN_FILE, IN_LIBRARY = range(3)


class LiveQuestions(QDialog):
    """Shows the fields that differ; the ticked ones are taken into the library."""

    def __init__(
        self,
        context: AppContext,
        live: LiveFiles,
        name: str,
        found: Sequence[Asked],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Changed by hand in {0}").format(name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._live = live
        self._left = list(found)
        self._count = len(self._left)
        self._taking = False
        self._answered: list[Asked] = []
        self.where = Label(tone="muted")
        self.title = Label(bold=True)
        self.why = Label()
        self.fields = QTreeWidget()
        self.alike = QCheckBox()
        self.error = Label(tone="danger")
        self.take_button = button(self.tr("&Take the ticked values into the library"), self._take, primary=True)
        self.library_button = button(self.tr("&Write the library's"), lambda: self._answer(()))
        self.leave_button = button(self.tr("&Leave this entry to me"), lambda: self._answer(None))
        self.later_button = button(self.tr("Later"), self.close)
        self._build()
        self.fields.itemChanged.connect(self._enable)
        self.alike.toggled.connect(self._enable)
        self._show()

    def _build(self) -> None:
        headings = (self.tr("Field"), self.tr("In the file"), self.tr("In the library"))
        plain_tree(self.fields, self.tr("Fields that differ"), headings)
        step = self.fontMetrics().lineSpacing()
        for at, width in ((FIELD, 9), (IN_FILE, 17)):
            self.fields.setColumnWidth(at, width * step)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for one in (self.take_button, self.library_button, self.leave_button):
            foot.addWidget(one)
        foot.addStretch()
        foot.addWidget(self.later_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for part in (self.where, self.title, self.why):
            column.addWidget(part)
        column.addWidget(self.fields, 1)
        column.addStretch()  # for when there are no fields to show
        column.addWidget(self.alike)
        self.error.hide()
        column.addWidget(self.error)
        column.addLayout(foot)
        open_at(self, QSize(max(720, 50 * step), max(360, 24 * step)))

    def asked(self) -> Asked:
        """Return the question that is shown."""
        return self._left[0]

    def _show(self) -> None:
        one = self.asked()
        at = self._count - len(self._left) + 1
        self.where.setText(self.tr("{0} of {1}: {2}").format(at, self._count, one.question.key))
        self.title.setText(cut(one.title))
        self.why.setText(self._why(one))
        self.error.say("")
        self.fields.blockSignals(True)
        self.fields.clear()
        for row in one.rows or ():
            item = QTreeWidgetItem([row.field, cut(row.in_file), cut(row.in_library)])
            item.setToolTip(IN_FILE, tip(row.in_file))
            item.setToolTip(IN_LIBRARY, tip(row.in_library))
            if row.field in one.takeable:
                is_taken = one.kind == "edited" and bool(row.in_file)
                item.setCheckState(FIELD, Qt.CheckState.Checked if is_taken else Qt.CheckState.Unchecked)
            self.fields.addTopLevelItem(item)
        self.fields.blockSignals(False)
        self.fields.setVisible(bool(one.rows))
        self._offer_alike()
        self.take_button.setVisible(bool(one.takeable))
        gone = one.kind == "gone"
        self.library_button.setText(self.tr("&Write it again") if gone else self.tr("&Write the library's"))
        self.leave_button.setText(self.tr("&Leave it out") if gone else self.tr("&Leave this entry to me"))
        self._enable()

    def _others(self) -> list[Asked]:
        """Return the other questions that are asked for the same reason."""
        return [other for other in self._left[1:] if other.kind == self.asked().kind]

    def _offer_alike(self) -> None:
        others = self._others()
        self.alike.setChecked(False)
        self.alike.setText(self.tr("The &same for %Ln more entr(y|ies)", "", len(others)))
        self.alike.setVisible(bool(others))

    def _why(self, one: Asked) -> str:
        said = {
            "edited": self.tr(
                "You changed this entry in the file. Ticked values are taken into the library, others are written as "
                "the library has them."
            ),
            "gone": self.tr("Sheaf wrote this entry, and it is no longer in the file."),
            "own": self.tr("The file has an entry of its own under the key of this paper, so Sheaf left it alone."),
        }[one.kind]
        if one.rows is None:
            said += " " + self.tr("It cannot be read: a field may stand twice in it, or a brace may be missing.")
        return said

    def ticked(self) -> list[str]:
        """Return the fields to be taken into the library."""
        items = [self.fields.topLevelItem(at) for at in range(self.fields.topLevelItemCount())]
        return [item.text(FIELD) for item in items if item and item.checkState(FIELD) == Qt.CheckState.Checked]

    def _enable(self, _item: object = None) -> None:
        # What was written by hand is taken one by one: each entry has fields of its own.
        self.take_button.setEnabled(bool(self.ticked()) and not self.alike.isChecked())

    def _take(self) -> None:
        self._answer(self.ticked())

    def _answer(self, take: Sequence[str] | None) -> None:
        self._work(True)
        self._taking = bool(take)
        self._answered = [self.asked(), *(self._others() if self.alike.isChecked() else ())]
        self._live.answer(self.asked(), take, self._next, self._failed, alike=self._answered[1:])

    def _next(self, _done: Updated) -> None:
        self._work(False)
        self._left = [one for one in self._left if one not in self._answered]
        if self._taking:
            self._context.notify(self.tr("Taken into the library"), undo=True)
        if self._left:
            self._show()
        else:
            self.close()

    def _failed(self, error: LibraryError) -> None:
        self._work(False)
        self.error.say(error.message)

    def _work(self, on: bool) -> None:
        for one in (self.take_button, self.library_button, self.leave_button):
            one.setEnabled(not on)
        if not on:
            self._enable()
