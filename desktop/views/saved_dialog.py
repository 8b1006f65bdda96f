"""A saved search: its name, what it searches for, and where it stands; it says what it would find."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from db import services
from desktop.models.cell_text import cut
from desktop.models.search_places import places
from desktop.views.plain import Label
from desktop.views.search_bar import ENTER, SearchBar
from desktop.views.tag_dialogs import Dialog
from desktop.views.words import papers

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from db.domain.errors import LibraryError
    from db.domain.records import SavedSearch
    from db.services.changes import Changes
    from db.services.reading import Sidebar
    from db.services.saved import Preview
    from desktop.context import AppContext

KINDS = ("search", "any", "all")


class QueryField(SearchBar):
    """The search field within a dialog: Return and Esc are the dialog's, and nothing is remembered."""

    can_save = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to the dialog what the list does not take."""
        if not self.popup.is_shown() and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down, *ENTER):
            QLineEdit.keyPressEvent(self, event)
        else:
            super().keyPressEvent(event)

    def _remember(self) -> None:
        """Keep it out of the searches made before."""


class SavedDialog(Dialog):
    """Saves a new search, or changes one; stays open, and says why, when that is refused."""

    saved = Signal(int, str)

    def __init__(self, context: AppContext, search: SavedSearch, lists: Sidebar, parent: QWidget | None = None) -> None:
        title = self.tr("Edit saved search") if search.id else self.tr("Save search")
        super().__init__(title, self.tr("Save changes") if search.id else self.tr("Save search"), parent)
        self.setObjectName("savedSearch")
        self._context = context
        self._search = search
        self.name = QLineEdit(search.name)
        self.kind = QComboBox()
        self.query = QueryField(context)
        self.place = QComboBox()
        self.found = Label(tone="muted")
        self.problem = Label(tone="danger")
        self._build(lists)
        self._connect()
        self._fit()
        self._look()
        (self.name if not search.name or not search.id else self.query).setFocus()
        self.name.selectAll()

    def _build(self, lists: Sidebar) -> None:
        self.name.setMaxLength(100)
        kinds = (self.tr("A search"), self.tr("A group: any of the searches inside"))
        for kind, text in zip(KINDS, (*kinds, self.tr("A group: all of the searches inside")), strict=True):
            self.kind.addItem(text, kind)
        self.kind.setCurrentIndex(KINDS.index(self._search.kind))
        self.query.setText(self._search.text)
        for key, text in places(lists, self._search.id):
            self.place.addItem(text, key)
        self.place.setCurrentIndex(max(0, self.place.findData(_key(self._search))))
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows = ((self.tr("&Name:"), self.name), (self.tr("&Is:"), self.kind), (self.tr("Search &for:"), self.query))
        for label, field in (*rows, (self.tr("S&tands in:"), self.place)):
            field.setAccessibleName(label.replace("&", "").rstrip(":"))
            form.addRow(label, field)
        for box in (self.kind, self.place):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(14)
        self._form = form
        self.column.insertLayout(0, form)
        self.column.insertWidget(1, self.found)
        self.column.insertWidget(2, self.problem)
        self.problem.hide()
        self.setMinimumWidth(min(max(440, 28 * self.fontMetrics().lineSpacing()), 620))

    def _connect(self) -> None:
        self.name.textChanged.connect(lambda _text: self._fit())
        self.query.textChanged.connect(lambda _text: self._fit())
        self.query.search_changed.connect(lambda _text: self._look())
        for box in (self.kind, self.place):
            box.currentIndexChanged.connect(lambda _at: self._fit())
            box.currentIndexChanged.connect(lambda _at: self._look())

    def draft(self) -> SavedSearch:
        """Return the search as it stands in the fields."""
        where, _, number = str(self.place.currentData()).partition("/")
        target = int(number) if number else None
        return replace(
            self._search,
            name=self.name.text(),
            kind=self.kind.currentData(),
            text=self.query.text().strip(),
            parent_id=target if where == "saved" else None,
            collection_id=target if where == "collection" else None,
        )

    def _fit(self) -> None:
        """Show what the kind needs, and let be saved what can be."""
        is_search = self.kind.currentData() == KINDS[0]
        self._form.setRowVisible(self.query, is_search)
        self.button.setEnabled(bool(self.name.text().strip()) and (bool(self.query.text().strip()) or not is_search))
        self.problem.say("")

    def _look(self) -> None:
        """Ask what the search would find; a newer question takes the place of an older one."""
        draft, question = self.draft(), services.searching.Question()
        self.found.setText(self.tr("Counting…"))
        self._context.ask(
            lambda library, _part: services.saved.preview(library, draft, question),
            self._show,
            key=f"saved search {id(self)}",
            on_part=lambda _part: None,
            withdraw=question.withdraw,
        )

    def _show(self, preview: Preview) -> None:
        said = self.tr("Finds {0}").format(papers(preview.count))
        if preview.text and preview.text != self.query.text().strip():
            said += " · " + self.tr("searches for {0}").format(preview.text)
        self.found.setText(cut(said))
        self._grow()
        self.query.show_problems(self.query.text().strip(), preview.problems, preview.message)
        if preview.message:
            self._tell(preview.message)

    def _tell(self, problem: str) -> None:
        self.problem.say(problem)
        self._grow()

    def _grow(self) -> None:
        """Make room for what is said: fields do not give way to it."""
        self.resize(self.width(), max(self.height(), self.heightForWidth(self.width())))

    def accept(self) -> None:
        """Save; the dialog goes when the library has it."""
        if not self.button.isEnabled():
            return
        draft = self.draft()
        self.button.setEnabled(False)
        started = self._context.run(
            self.tr("Save search {0}").format(draft.name),
            lambda library: services.saved.save(library, draft),
            self._saved,
            on_error=self._refused,
        )
        self.button.setEnabled(started is None)

    def _saved(self, made: tuple[int, Changes]) -> None:
        self.saved.emit(made[0], self.name.text().strip())
        super().accept()

    def _refused(self, error: LibraryError) -> None:
        self._fit()
        self._tell(error.message)


def _key(search: SavedSearch) -> str:
    if search.parent_id is not None:
        return f"saved/{search.parent_id}"
    return f"collection/{search.collection_id}" if search.collection_id is not None else ""
