"""Coming from another program: where its library is, or how to export one, and the way to the preview."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from db import services
from desktop.models.cell_text import tip
from desktop.settings import IMPORT_FOLDER
from desktop.theme import LARGE
from desktop.views.flow import foot
from desktop.views.page import Page
from desktop.views.plain import Label, button, open_as_wide, restyle
from desktop.views.words import counted, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.zoteroplaces import ZoteroFolder
    from desktop.context import AppContext

ZOTERO, JABREF, MENDELEY = PROGRAMS = ("zotero", "jabref", "mendeley")
NAMES = {ZOTERO: "Zotero", JABREF: "JabRef", MENDELEY: "Mendeley"}
WIDTH = 520
_PATH = Qt.ItemDataRole.UserRole


def sentences(program: str) -> tuple[str, ...]:
    """Return what there is to know before a library of a program is chosen."""
    if program == ZOTERO:
        return (
            tr("Collections, tags, notes, files and citation keys come along."),
            tr("Sheaf reads a copy, so Zotero may stay open and is left as it is."),
            tr("Nothing is imported before you have seen the preview, and one undo takes all of it back."),
        )
    if program == JABREF:
        return (
            tr("JabRef's library is a .bib file. Choose that file; nothing need be exported."),
            tr("Groups become collections; keywords, comments, files, marks and citation keys come along."),
        )
    return (
        tr("In Mendeley Reference Manager: File > Export All > BibTeX (*.bib)."),
        tr("In Mendeley Desktop: select all papers, then File > Export, and save them as BibTeX."),
        tr("Choose the file that it writes. Folders, tags, notes, files and citation keys come along."),
    )


class ComingDialog(QDialog):
    """Not modal; `chosen` tells of the file or folder that is to be looked through."""

    chosen = Signal(Path)

    def __init__(self, context: AppContext, program: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("coming")
        self.setWindowTitle(tr("Import from {0}").format(NAMES[program]))
        self._context = context
        self.program = program
        self.state = Label(tr("Looking for Zotero's library..."))
        self.list = QListWidget()
        self.page = Page(margin=24, gap=12)  # scrolls where the screen is small
        self.go_button = button(tr("&Look through it"), self._go, primary=True)
        self.other_button = button("", self._choose)
        self.cancel_button = button(tr("Cancel"), self.reject)
        self._build()
        if program == ZOTERO:
            context.tasks.read(services.zoteroplaces.found, self._found, on_error=context.fail)

    def _build(self) -> None:
        texts = self.page.column
        texts.addWidget(Label(self.windowTitle(), size=LARGE, bold=True))
        for sentence in sentences(self.program):
            texts.addWidget(Label(sentence))
        texts.addWidget(self.state)
        texts.addWidget(self.list, 1)
        texts.addStretch()
        of_zotero = self.program == ZOTERO
        for widget in (self.state, self.go_button):
            widget.setVisible(of_zotero)
        self.list.hide()
        self.list.setAccessibleName(tr("Libraries of Zotero on this computer"))
        self.list.itemActivated.connect(lambda _item: self._go())
        self.go_button.setEnabled(False)
        self.other_button.setText(tr("Choose another &folder...") if of_zotero else tr("Choose the &file..."))
        if not of_zotero:
            self._lead(self.other_button)
        below = foot((self.other_button,), (self.cancel_button, self.go_button))
        below.setContentsMargins(24, 0, 24, 16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.page, 1)
        column.addLayout(below)
        self._fit()

    def _fit(self) -> None:
        open_as_wide(self, WIDTH, self.page)

    def _lead(self, one: QWidget) -> None:
        """Let a button be what Enter presses."""
        for each in (self.go_button, self.other_button):
            each.setDefault(each is one)
            each.setProperty("primary", each is one)
            restyle(each)
        one.setFocus()

    # Zotero -------------------------------------------------------------------------------------------

    def _found(self, libraries: Sequence[ZoteroFolder]) -> None:
        """Offer what was found, with how much it holds."""
        for one in libraries:
            holds = tr("cannot be looked into") if one.items is None else counted("%Ln item(s)", one.items)
            item = QListWidgetItem(f"{one.path.parent} · {holds}")
            item.setToolTip(tip(str(one.path)))
            item.setData(_PATH, str(one.path))
            self.list.addItem(item)
        self.list.setVisible(bool(libraries))
        self.go_button.setEnabled(bool(libraries))
        if libraries:
            self.state.setText(counted("%Ln librar(y|ies) of Zotero found on this computer:", len(libraries)))
            self.list.setCurrentRow(0)
            rows = min(4, len(libraries))
            self.list.setMaximumHeight(rows * self.list.sizeHintForRow(0) + 2 * self.list.frameWidth() + 4)
            self._lead(self.go_button)
        else:
            self.state.setText(
                tr(
                    "No library of Zotero was found in the usual places. Zotero says where it is under Settings > "
                    "Advanced > Files and Folders > Show Data Directory; choose that folder."
                )
            )
            self._lead(self.other_button)
        self._fit()

    def _look_into(self, folder: Path) -> None:
        """Take the library in a folder; one without any is not looked through for whatever else may be in it."""

        def looked(library: Path | None) -> None:
            if library is not None:
                self._take(library)
                return
            said = tr("There is no library of Zotero in {0}: a file zotero.sqlite would be there.")
            self.state.setText(said.format(folder))
            self._fit()

        self._context.tasks.read(lambda: services.zoteroplaces.inside(folder), looked, on_error=self._context.fail)

    def _go(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._take(Path(item.data(_PATH)))

    # Any ----------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        title = self.windowTitle()
        if self.program == ZOTERO:
            if named := QFileDialog.getExistingDirectory(self, tr("Choose Zotero's folder"), str(Path.home())):
                self._look_into(Path(named))
        else:
            kinds = tr("Bibliographies (*.bib *.ris *.xml);;All files (*)")
            start = self._context.settings.get(IMPORT_FOLDER, "") or str(Path.home())
            named, _ = QFileDialog.getOpenFileName(self, title, start, kinds)
            if named:
                self._context.settings.set(IMPORT_FOLDER, str(Path(named).parent))
                self._take(Path(named))

    def _take(self, path: Path) -> None:
        self.accept()
        self.chosen.emit(path)
