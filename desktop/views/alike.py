"""Papers like one paper, each with the words that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from db import services
from desktop.models.cell_text import cut, tip
from desktop.theme import SMALL
from desktop.views.flow import foot
from desktop.views.plain import Label, button, open_at, plain_tree
from desktop.views.words import counted

if TYPE_CHECKING:
    from db.domain.errors import LibraryError
    from db.services.alike import AlikePapers
    from db.services.library import Library
    from desktop.context import AppContext

ID = Qt.ItemDataRole.UserRole
TITLE, LIKENESS, SHARED = range(3)


class AlikeWindow(QDialog):
    """Not modal; `paper_wanted` names a paper to go to, `papers_wanted` all of them."""

    paper_wanted = Signal(int)
    papers_wanted = Signal(object)

    def __init__(self, context: AppContext, paper_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(self.tr("Papers like this one"))
        self._context = context
        self.found: AlikePapers | None = None
        self.title = Label(bold=True)
        self.note = Label(self.tr("Looking..."), tone="muted", size=SMALL)
        self.list = QTreeWidget()
        self.go_button = button(self.tr("&Go to paper"), self._go, primary=True)
        self.show_button = button(self.tr("Show all in &table"), self._show_all)
        self.copy_button = button(self.tr("Copy &numbers"), self._copy)
        self._build()
        self._enable()
        self.list.itemDoubleClicked.connect(lambda _item: self._go())
        self.list.currentItemChanged.connect(lambda *_items: self._enable())
        self._ask(paper_id)

    def _build(self) -> None:
        self.list.setColumnCount(3)
        heads = (self.tr("Title"), self.tr("Alike"), self.tr("Words in common"))
        plain_tree(self.list, self.tr("Papers like this one"), heads)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(LIKENESS, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(SHARED, QHeaderView.ResizeMode.Stretch)
        does = (self.go_button, self.show_button, self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addWidget(self.list, 1)
        column.addLayout(foot(does, (button(self.tr("Close"), self.close),)))
        step = self.fontMetrics().lineSpacing()
        open_at(self, QSize(max(820, 54 * step), max(420, 28 * step)))

    def _ask(self, paper_id: int) -> None:
        library = self._context.library
        if library is None:
            return

        def ask(library: Library) -> AlikePapers:
            return services.alike.papers_like(library, paper_id)

        self._context.tasks.read(lambda: ask(library), self._show, on_error=self._failed)

    def _failed(self, error: LibraryError) -> None:
        self.note.setText(error.message)

    def _show(self, found: AlikePapers) -> None:
        self.found = found
        self.title.setText(self.tr("Like “{0}”").format(cut(found.title)))
        percent = self.tr("{0} %")
        for one in found.papers:
            item = QTreeWidgetItem([cut(one.title), percent.format(round(one.likeness * 100)), ", ".join(one.shared)])
            item.setData(TITLE, ID, one.id)
            item.setToolTip(TITLE, tip(one.title))
            item.setToolTip(SHARED, tip(", ".join(one.shared)))
            item.setTextAlignment(LIKENESS, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            said = self.tr("{0}; in common: {1}").format(cut(one.title), ", ".join(one.shared))
            item.setData(TITLE, Qt.ItemDataRole.AccessibleTextRole, said)
            self.list.addTopLevelItem(item)
        self.note.setText(self._said(found))
        if (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)
            self.list.setFocus()
        self._enable()

    def _said(self, found: AlikePapers) -> str:
        if not found.words:
            return self.tr("Its title and abstract hold no words to go by.")
        if not found.papers:
            return self.tr("No other paper shares the words that are rare in this library.")
        return counted(
            "%Ln paper(s) that share its rare words in title and abstract, the likest first.", len(found.papers)
        )

    def _enable(self) -> None:
        self.go_button.setEnabled(self.list.currentItem() is not None)
        for one in (self.show_button, self.copy_button):
            one.setEnabled(bool(self.found and self.found.papers))

    def _go(self) -> None:
        if (item := self.list.currentItem()) is not None:
            self.paper_wanted.emit(item.data(TITLE, ID))

    def _show_all(self) -> None:
        if self.found is not None:
            self.papers_wanted.emit([self.found.id, *(one.id for one in self.found.papers)])

    def _copy(self) -> None:
        if self.found is not None:
            heads = (self.tr("title"), self.tr("alike"), self.tr("words in common"))
            rows = [(one.title, round(one.likeness, 3), ", ".join(one.shared)) for one in self.found.papers]
            QGuiApplication.clipboard().setText(services.figures.csv_text(heads, rows))
            self._context.notify(self.tr("Numbers copied."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes to the current paper, Esc closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self._go()
        else:
            super().keyPressEvent(event)
