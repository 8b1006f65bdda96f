"""The form that lets a .bib file follow papers: what, and which file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from db import services
from db.domain.errors import LibraryError
from desktop import export_options
from desktop.models.scope import number_of, read_scope
from desktop.views.plain import Label, button, heading

if TYPE_CHECKING:
    from db.domain.records import Collection
    from db.services.livefiles import Follow
    from desktop.context import AppContext
    from desktop.models.live_files import LiveFiles

FOLDER_KEY = "live/folder"


class LiveAttach(QWidget):
    """A collection, the search that is shown, keys, or what a document cites; and the file."""

    def __init__(self, context: AppContext, live: LiveFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._live = live
        self._search = ("", "")
        self.of_collection = QRadioButton(self.tr("A &collection:"))
        self.of_search = QRadioButton(self.tr("What the table &shows:"))
        self.of_keys = QRadioButton(self.tr("These citation &keys:"))
        self.of_document = QRadioButton(self.tr("All that a &document cites:"))
        self.document = QLineEdit()
        self.collections = QComboBox()
        self.shown = Label(tone="muted", wrap=False)
        self.keys = QLineEdit()
        self.file = QLineEdit()
        self.error = Label(tone="danger")
        self.attach_button = button(self.tr("&Attach"), self.attach, primary=True)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._which = QButtonGroup(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        rows: tuple[tuple[QRadioButton, QWidget], ...] = (
            (self.of_collection, self.collections),
            (self.of_search, self.shown),
            (self.of_keys, self.keys),
            (self.of_document, self.document),
        )
        for at, (choice, field) in enumerate(rows):
            self._which.addButton(choice)
            grid.addWidget(choice, at, 0)
            grid.addWidget(field, at, 1)
        grid.addWidget(button(self.tr("C&hoose a document..."), self._choose_document), len(rows) - 1, 2)
        grid.setColumnStretch(1, 1)
        self.of_search.setChecked(True)
        self.collections.setAccessibleName(self.tr("Collection"))
        self.keys.setAccessibleName(self.tr("Citation keys"))
        self.keys.setPlaceholderText(self.tr("such as doe-small-2024, roe-large-2025"))
        self.document.setAccessibleName(self.tr("LaTeX document"))
        self.document.setPlaceholderText(self.tr("paper.tex, or its .aux or .bcf file"))
        self.file.setAccessibleName(self.tr("The .bib file"))
        self.file.setPlaceholderText(self.tr("The .bib file of your LaTeX project, there already or new"))
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.file, 1)
        place.addWidget(button(self.tr("Ch&oose..."), self._choose))
        place.addWidget(self.attach_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading(self.tr("Let another file follow")))
        column.addLayout(grid)
        column.addLayout(place)
        self.error.hide()
        column.addWidget(self.error)

    def _connect(self) -> None:
        self._which.buttonClicked.connect(self._enable)
        self.keys.textEdited.connect(lambda _text: self.of_keys.setChecked(True))
        self.document.textEdited.connect(lambda _text: self.of_document.setChecked(True))
        self.document.textChanged.connect(self._enable)
        self.collections.activated.connect(lambda _at: self.of_collection.setChecked(True))
        self.file.textChanged.connect(self._enable)
        self.keys.textChanged.connect(self._enable)

    def offer(self, search: str, scope: str) -> None:
        """Offer what is shown now; a collection alone is offered as such."""
        self._search = (search.strip(), scope)
        shown = " ".join(part for part in (scope, search.strip()) if part)
        self.shown.setText(shown or self.tr("all papers"))
        self._context.read(
            lambda library: services.collecting.collections(library), self._show_collections, key="live_collections"
        )

    def _show_collections(self, found: list[Collection]) -> None:
        before = self.collections.currentData()
        self.collections.clear()
        for one in found:
            self.collections.addItem(one.name, one.id)
        self.of_collection.setEnabled(bool(found))
        self.collections.setEnabled(bool(found))
        number = before if before is not None else self._shown_collection()
        at = self.collections.findData(number)
        self.collections.setCurrentIndex(max(at, 0) if found else -1)
        if before is None:
            (self.of_collection if at >= 0 else self.of_search).setChecked(True)
        self._enable()

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

    def _enable(self, _what: object = None) -> None:
        self.error.say("")
        needed = {self.of_keys: self.keys, self.of_document: self.document}
        is_named = all(field.text().strip() for choice, field in needed.items() if choice.isChecked())
        self.attach_button.setEnabled(is_named and bool(self.file.text().strip()))

    def _choose(self) -> None:
        start = self.file.text() or self._context.settings.get(FOLDER_KEY, str(Path.home()))
        name, _kind = QFileDialog.getSaveFileName(
            self,
            self.tr("The .bib file of your LaTeX project"),
            start,
            self.tr("BibTeX (*.bib)"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # what stands in it stays
        )
        if name:
            self.file.setText(name if Path(name).suffix else f"{name}.bib")

    def _choose_document(self) -> None:
        start = self.document.text() or self._context.settings.get(FOLDER_KEY, str(Path.home()))
        kinds = self.tr("LaTeX documents (*.tex *.aux *.bcf)")
        name, _kind = QFileDialog.getOpenFileName(self, self.tr("The document"), start, kinds)
        if name:
            self.document.setText(name)
            self.of_document.setChecked(True)

    def _follow(self) -> Follow:
        if self.of_collection.isChecked():
            return services.livefiles.of_collection(self.collections.currentData(), self.collections.currentText())
        if self.of_keys.isChecked():
            return services.livefiles.of_keys(self.keys.text())
        if self.of_document.isChecked():
            return services.livefiles.of_document(Path(self.document.text().strip()).expanduser().absolute())
        return services.livefiles.of_search(*self._search)

    def attach(self) -> None:
        """Let the file follow what was chosen."""
        path = Path(self.file.text().strip()).expanduser()
        if not path.is_absolute():
            self.error.say(self.tr("Give the whole path of the file, or choose it."))
            return
        self._context.settings.set(FOLDER_KEY, str(path.parent))
        options = export_options.options(self._context.settings)
        try:
            follow = self._follow()
        except LibraryError as error:
            self._failed(error)
            return
        self.error.say("")
        self._live.attach(path, follow, options, self._failed)
        self.file.clear()

    def _failed(self, error: LibraryError) -> None:
        self.error.say(error.message)
