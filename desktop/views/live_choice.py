"""What a live .bib file is to follow: a collection, the search that is shown, keys, or what a document cites."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFileDialog, QGridLayout, QLineEdit, QRadioButton, QWidget

from db import services
from desktop.models.scope import number_of, read_scope
from desktop.views.live_words import follows
from desktop.views.one_line import OneLine
from desktop.views.plain import button, set_tip, show_example

if TYPE_CHECKING:
    from db.domain.records import Collection
    from db.services.livefiles import Follow, LiveFile
    from desktop.context import AppContext

FOLDER_KEY = "live/folder"


class LiveChoice(QWidget):
    """One choice a line; `changed` comes when another one is made, or what belongs to it."""

    changed = Signal()

    def __init__(self, context: AppContext, file: LiveFile | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._file = file
        self._search = ("", "")
        self.as_now = QRadioButton(self.tr("As it does no&w:"))
        self.of_collection = QRadioButton(self.tr("A &collection:"))
        self.of_search = QRadioButton(self.tr("What the table &shows:"))
        self.of_keys = QRadioButton(self.tr("These citation &keys:"))
        self.of_document = QRadioButton(self.tr("Wha&t a document cites:"))
        self.now, self.shown = OneLine(), OneLine()
        self.collections = QComboBox()
        self.keys = QLineEdit()
        self.document = QLineEdit()
        self.browse = button(self.tr("C&hoose a document..."), self._choose_document)
        self._build()
        self._connect()
        if file is not None:
            self._prefill(file.follow)

    def _build(self) -> None:
        which, grid = QButtonGroup(self), QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        rows: tuple[tuple[QRadioButton, QWidget], ...] = (
            (self.as_now, self.now),
            (self.of_collection, self.collections),
            (self.of_search, self.shown),
            (self.of_keys, self.keys),
            (self.of_document, self.document),
        )
        for at, (choice, field) in enumerate(rows):
            which.addButton(choice)
            grid.addWidget(choice, at, 0)
            grid.addWidget(field, at, 1)
        grid.addWidget(self.browse, len(rows), 0, 1, 2, Qt.AlignmentFlag.AlignRight)  # below, for a small screen
        grid.setColumnStretch(1, 1)
        which.buttonClicked.connect(lambda _choice: self.changed.emit())
        (self.of_search if self._file is None else self.as_now).setChecked(True)
        for one in (self.as_now, self.now):
            one.setVisible(self._file is not None)
        self.collections.setAccessibleName(self.tr("Collection"))
        self.keys.setAccessibleName(self.tr("Citation keys"))
        self.keys.setPlaceholderText(self.tr("doe2024, roe2025"))
        self.document.setAccessibleName(self.tr("LaTeX document"))
        self.document.setPlaceholderText(self.tr("paper.tex"))
        set_tip(self.document, self.tr("The .tex file, or the .aux or .bcf file that LaTeX made of it"))
        for field in (self.keys, self.document):
            show_example(field)
        for said in (self.now, self.shown):
            said.setProperty("tone", "muted")
        self.now.say_line(follows(self._file) if self._file is not None else "")

    def _connect(self) -> None:
        self.keys.textEdited.connect(lambda _text: self.of_keys.setChecked(True))
        self.document.textEdited.connect(lambda _text: self.of_document.setChecked(True))
        self.collections.activated.connect(lambda _at: self.of_collection.setChecked(True))
        for field in (self.keys, self.document):
            field.textChanged.connect(lambda _text: self.changed.emit())
        self.collections.activated.connect(lambda _at: self.changed.emit())

    def _prefill(self, follow: Follow) -> None:
        """Offer keys and documents as they are, to be changed a little."""
        if follow.kind == "cited":
            self.keys.setText(follow.value.replace(" ", ", "))
        elif follow.kind == "document":
            self.document.setText(follow.value)

    def offer(self, search: str, scope: str) -> None:
        """Offer what is shown now; a collection alone is offered as such."""
        self._search = (search.strip(), scope)
        shown = " ".join(part for part in (scope, search.strip()) if part)
        self.shown.say_line(shown or self.tr("all papers"))
        if "in:#" in scope:  # which means nothing to people
            spelled = f"live choice {id(self)}"
            self._context.read(lambda library: services.saved.spelled(library, shown), self.shown.say_line, key=spelled)
        self._context.read(
            lambda library: services.collecting.collections(library),
            self._show_collections,
            key=f"collections {id(self)}",
        )

    def _show_collections(self, found: list[Collection]) -> None:
        before, chosen = self.collections.currentData(), self._chosen()
        self.collections.clear()
        for one in found:
            self.collections.addItem(one.name, one.id)
        self.of_collection.setEnabled(bool(found))
        self.collections.setEnabled(bool(found))
        at = self.collections.findData(before if before is not None else self._shown_collection())
        self.collections.setCurrentIndex(max(at, 0) if found else -1)
        if before is None and self._file is None:
            (self.of_collection if at >= 0 else self.of_search).setChecked(True)
        if self._chosen() != chosen:  # a list that comes late takes no message away
            self.changed.emit()

    def _chosen(self) -> tuple[bool, int | None]:
        """Return whether a collection is followed, and which one."""
        is_one = self.of_collection.isChecked()
        return is_one, self.collections.currentData() if is_one else None

    def _shown_collection(self) -> int | None:
        """Return the collection that is shown, if it is shown alone."""
        search, scope = self._search
        terms = read_scope(scope).terms()
        named = [number_of(one) for one in terms if one.startswith("collection:")]
        if search or len(terms) != 1 or not named:
            return None
        name = next(iter(terms)).partition(":")[2].strip('"')
        at = self.collections.findText(name)
        return named[0] if named[0] is not None else self.collections.itemData(at) if at >= 0 else None

    def _choose_document(self) -> None:
        start = self.document.text() or self._context.settings.get(FOLDER_KEY, str(Path.home()))
        kinds = self.tr("LaTeX documents (*.tex *.aux *.bcf)")
        name, _kind = QFileDialog.getOpenFileName(self, self.tr("The document"), start, kinds)
        if name:
            self.document.setText(name)
            self.of_document.setChecked(True)
            self.changed.emit()

    def is_complete(self) -> bool:
        """Say whether what was chosen says enough."""
        needed = {self.of_keys: self.keys, self.of_document: self.document}
        return all(field.text().strip() for choice, field in needed.items() if choice.isChecked())

    def follow(self) -> Follow:
        """Return what was chosen. Raises LibraryError when that cannot be followed."""
        if self._file is not None and self.as_now.isChecked():
            return self._file.follow
        if self.of_collection.isChecked():
            return services.livefiles.of_collection(self.collections.currentData(), self.collections.currentText())
        if self.of_keys.isChecked():
            return services.livefiles.of_keys(self.keys.text())
        if self.of_document.isChecked():
            return services.livefiles.of_document(Path(self.document.text().strip()).expanduser().absolute())
        return services.livefiles.of_search(*self._search)
