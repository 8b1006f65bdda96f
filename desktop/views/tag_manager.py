"""All tags in one window: find, rename, merge and delete many, clean up by a file; says on how many papers they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QSize, Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from db import services
from desktop.models.row_runs import merged
from desktop.models.tag_table import TagTableModel
from desktop.views import tag_edits, tag_files
from desktop.views.flow import FlowLayout
from desktop.views.plain import Label, button, open_at, row_table
from desktop.views.tag_chooser import TagChooser
from desktop.views.tag_dialogs import NameDialog
from desktop.views.tag_marks import sign_icon
from desktop.views.words import counted

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from db.domain.records import Tag
    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.retagging import Retagging
    from desktop.context import AppContext


class TagManager(QDialog):
    """A table of tags; what is done with the chosen ones is one step, and stays open for the next."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Tags"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self.model = TagTableModel(lambda colour: sign_icon(context, colour), self)
        self.field = QLineEdit()
        self.table = QTableView()
        self.said = Label(tone="muted")
        self.rename_button = button(self.tr("&Rename..."), self.rename)
        self.merge_button = button(self.tr("&Merge into..."), self.merge)
        self.delete_button = button(self.tr("&Delete"), self.delete)
        self._build()
        self.field.textChanged.connect(self.model.narrow)
        self.model.modelReset.connect(self._count)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._count())
        self.table.doubleClicked.connect(lambda _index: self.rename())
        context.changed.connect(self._catch_up)
        self._load()

    def _build(self) -> None:
        self.field.setPlaceholderText(self.tr("Find a tag"))
        self.field.setAccessibleName(self.tr("Find a tag"))
        self.field.setClearButtonEnabled(True)
        self.table.setModel(self.model)
        row_table(self.table, self.tr("Tags"))
        self.table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        edits, files = FlowLayout(gap=8), FlowLayout(gap=8)
        for one in (self.rename_button, self.merge_button, self.delete_button):
            edits.addWidget(one)
        files.addWidget(button(self.tr("Clean up by a &file..."), self.clean_up))
        files.addWidget(button(self.tr("&Save the list..."), self.save_list))
        files.addWidget(button(self.tr("Close"), self.close))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for part in (self.field, self.table, self.said):
            column.addWidget(part)
        column.addLayout(edits)
        column.addLayout(files)
        open_at(self, QSize(540, 620))

    # Showing ------------------------------------------------------------------------------------------

    def _catch_up(self, changes: Changes) -> None:
        if changes.parts & {"tag", "paper_tag", "paper"}:
            self._load()

    def _load(self) -> None:
        self._context.read(lambda library: services.tagging.tags(library), self._show, key="tag_manager")

    def _show(self, tags: list[Tag]) -> None:
        chosen, row = self.chosen(), self.table.currentIndex().row()
        self.model.show(tags)
        selection, again = self.table.selectionModel(), QItemSelection()
        for first, last in merged(self.model.rows_of(chosen)):
            again.select(self.model.index(first, 0), self.model.index(last, 0))
        selection.select(again, selection.SelectionFlag.Select | selection.SelectionFlag.Rows)
        if self.model.rowCount():
            current = self.model.index(max(0, min(row, self.model.rowCount() - 1)), 0)
            selection.setCurrentIndex(current, selection.SelectionFlag.NoUpdate)

    def chosen(self) -> list[str]:
        """Return the names of the chosen tags."""
        chosen = self.table.selectionModel().selection()
        ranges = (chosen.at(place) for place in range(chosen.count()))
        rows = sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})
        return [self.model.tags[row].name for row in rows if row < len(self.model.tags)]

    def _count(self) -> None:
        names = self.chosen()
        self.rename_button.setEnabled(len(names) == 1)
        self.merge_button.setEnabled(bool(names))
        self.delete_button.setEnabled(bool(names))
        if not names:
            self.said.say(counted("%Ln tag(s)", len(self.model.tags)))
            return

        def read(library: Library) -> Retagging | None:
            return tag_edits.foreseen(lambda: services.retagging.preview_delete(library, names))

        self._context.read(read, self._say, key="tag_manager_count")

    def _say(self, found: Retagging | None) -> None:
        names = self.chosen()
        if found is None or not names:
            return
        inside = len(found.lines) - len(names)
        words = counted("%Ln tag(s) chosen", len(names))
        if inside > 0:
            words += ", " + counted("%Ln more inside", inside)
        self.said.say(f"{words}, {counted('on %Ln paper(s).', found.papers)}")

    # Doing --------------------------------------------------------------------------------------------

    def rename(self) -> None:
        """Ask for another name of the chosen tag."""
        names = self.chosen()
        if len(names) != 1:
            return
        dialog = NameDialog(
            self.tr("Rename tag"), self.tr("New name of “{0}”").format(names[0]), self.tr("Rename"), self
        )
        dialog.field.setText(names[0])
        dialog.field.selectAll()
        dialog.named.connect(lambda name: tag_edits.rename(self._context, self, names[0], name))
        dialog.open()

    def merge(self) -> None:
        """Ask which tag, known or new, takes the chosen ones in."""
        names = self.chosen()
        if not names:
            return
        offered = {tag.name: tag.colour for tag in self.model.tags} if len(names) > 1 else self._others(names[0])
        first = {name: offered[name] for name in names if name in offered}
        question = counted("%Ln tag(s) become one. Which one stays?", len(names))
        chooser = TagChooser(self._context, question, self.tr("Merge tags"), first | offered, self)
        chooser.chosen.connect(lambda into: tag_edits.merge(self._context, names, into))
        chooser.open()

    def _others(self, name: str) -> dict[str, int]:
        return {tag.name: tag.colour for tag in self.model.tags if tag.name != name}

    def delete(self) -> None:
        """Delete the chosen tags and those inside them; undo brings them back."""
        if names := self.chosen():
            tag_edits.delete(self._context, names)

    def clean_up(self) -> None:
        """Choose a file and show what it would change."""
        tag_files.clean_up(self._context, self)

    def save_list(self) -> None:
        """Write all tags as such a file."""
        tag_files.save_list(self._context, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and F2 work on the chosen tags; Enter in the field goes to the table."""
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.delete()
        elif event.key() == Qt.Key.Key_F2:
            self.rename()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down) and self.field.hasFocus():
            self.table.setFocus()
            self.table.selectRow(max(0, self.table.currentIndex().row()))
        else:
            super().keyPressEvent(event)
