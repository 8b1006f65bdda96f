"""The .bib files of LaTeX projects that follow papers: how they stand, and what can be done about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QSizePolicy, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop.models.cell_text import cut, tip
from desktop.views.flow import FlowLayout, foot
from desktop.views.live_attach import LiveAttach
from desktop.views.live_words import follows, state_of
from desktop.views.page import Page
from desktop.views.plain import Label, button, hairline, open_at, plain_tree

if TYPE_CHECKING:
    from db.services.liveanswers import Asked
    from db.services.livefiles import LiveFile
    from desktop.context import AppContext
    from desktop.models.live_files import LiveFiles

FILE, FOLLOWS, STATE = range(3)


class LiveDialog(QDialog):
    """Not modal: what is chosen in the window behind it can be attached."""

    def __init__(self, context: AppContext, live: LiveFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Live .bib files"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self._context = context
        self._live = live
        self._offered = ("", "")
        self.list = QTreeWidget()
        self.empty = Label(
            self.tr(
                "A .bib file that follows papers is always up to date. Sheaf writes only its own entries; "
                "everything else in the file stays as it is."
            ),
            tone="muted",
        )
        self.detail = Label()
        self.update_button = button(self.tr("&Update now"), self._update)
        self.ask_button = button(self.tr("A&nswer questions..."), self._ask)
        self.change_button = button(self.tr("Chan&ge..."), self._change)
        self.folder_button = button(self.tr("Open &folder"), self._open_folder)
        self.detach_button = button(self.tr("&Detach"), self._detach)
        self.close_button = button(self.tr("Close"), self.close)
        self.form = LiveAttach(context, live, self)
        self._build()
        self.list.itemSelectionChanged.connect(self._enable)
        self.list.itemDoubleClicked.connect(lambda _item: self._ask() if self.ask_button.isEnabled() else None)
        live.shown.connect(self._show)
        self._show()

    def _build(self) -> None:
        headings = (self.tr("File"), self.tr("Follows"), self.tr("State"))
        plain_tree(self.list, self.tr("Live .bib files"), headings)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        step = self.fontMetrics().lineSpacing()
        for at, width in ((FILE, 10), (FOLLOWS, 14)):
            self.list.setColumnWidth(at, width * step)
        self.list.setMinimumHeight(6 * step)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # what is left of the page
        does = QWidget()
        row = FlowLayout(does, gap=8)
        for one in (self.update_button, self.ask_button, self.change_button, self.folder_button, self.detach_button):
            row.addWidget(one)
        page = Page(margin=12, gap=12)  # scrolls where the screen is small
        for part in (self.empty, self.list, self.detail, does, hairline(), self.form):
            page.column.addWidget(part, int(part is self.list))
        page.column.addStretch()
        below = foot((), (self.close_button,))
        below.setContentsMargins(12, 0, 12, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(page, 1)
        column.addLayout(below)
        open_at(self, QSize(max(640, 46 * step), max(560, 39 * step)))

    def offer(self, search: str, scope: str) -> None:
        """Offer what the table shows."""
        self._offered = (search, scope)
        self.form.offer(search, scope)

    def chosen(self) -> LiveFile | None:
        """Return the file that is chosen."""
        found = self.list.selectedItems()
        number = found[0].data(FILE, Qt.ItemDataRole.UserRole) if found else None
        return next((file for file in self._live.files if file.id == number), None)

    def _show(self) -> None:
        before = self.chosen()
        self.list.blockSignals(True)
        self.list.clear()
        pending = self._live.is_pending
        for file in self._live.files:
            item = QTreeWidgetItem([file.name, cut(follows(file)), cut(state_of(file, pending=pending))])
            item.setData(FILE, Qt.ItemDataRole.UserRole, file.id)
            for at in (FILE, FOLLOWS, STATE):
                item.setToolTip(at, tip((file.path, follows(file), state_of(file, pending=pending))[at]))
            self.list.addTopLevelItem(item)
            if before is None or file.id == before.id:
                before = file
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        has_files = bool(self._live.files)
        self.list.setVisible(has_files)
        self.empty.setVisible(not has_files)
        self._enable()

    def _enable(self) -> None:
        file = self.chosen()
        for one in (self.update_button, self.change_button, self.folder_button, self.detach_button):
            one.setEnabled(file is not None)
        self.ask_button.setEnabled(file is not None and file.questions > 0)
        said = file.path if file is not None else ""
        if file is not None and file.state == "failed":
            kept = self.tr("Nothing in the file was changed. Sheaf tries again by itself.")
            said = f"{said}\n{state_of(file, pending=False)}. {kept}"
        self.detail.say(said)

    def _update(self) -> None:
        if file := self.chosen():
            self._live.update(file)

    def _change(self) -> None:
        from desktop.views.live_change import LiveChange

        if file := self.chosen():
            dialog = LiveChange(self._context, self._live, file, self)
            dialog.offer(*self._offered)
            dialog.open()

    def _detach(self) -> None:
        if file := self.chosen():
            self._live.detach(file)

    def _open_folder(self) -> None:
        if file := self.chosen():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(file.path).parent)))

    def _ask(self) -> None:
        if file := self.chosen():
            self._live.questions(file, lambda found: self._show_questions(file, found))

    def _show_questions(self, file: LiveFile, found: list[Asked]) -> None:
        from desktop.views.live_questions import LiveQuestions

        if found:
            LiveQuestions(self._context, self._live, file.name, found, self).show()
        else:
            self._live.update(file)
