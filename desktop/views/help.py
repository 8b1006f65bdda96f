"""The help: pages of Markdown that come with the program, with a list of them at the side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QSplitter, QWidget

from desktop.icons import RESOURCES
from desktop.views.plain import open_at
from desktop.views.safe_browser import MARKDOWN, SafeBrowser

if TYPE_CHECKING:
    from pathlib import Path

HELP = RESOURCES / "help"
FIRST = "index.md"
MEASURE = 720


def pages(folder: Path = HELP) -> dict[str, str]:
    """Return the texts of the help by file name, the first page first."""
    files = sorted(folder.glob("*.md"), key=lambda f: (f.name != FIRST, f.name))
    return {file.name: file.read_text(encoding="utf-8") for file in files}


def page_title(text: str, name: str) -> str:
    """Return the first heading of a page, else its file name."""
    heading = next((line for line in text.splitlines() if line.startswith("# ")), "")
    return heading.removeprefix("# ").strip() or name.removesuffix(".md")


class ClosedDocument(QTextDocument):
    """A document that never fetches what its text refers to."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Return nothing, whatever is asked for."""
        return None


class HelpBrowser(SafeBrowser):
    """Shows Markdown, HTML in it as plain text; `page_wanted` names another page."""

    page_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocument(ClosedDocument(self))

    def show_markdown(self, text: str) -> None:
        """Show a text from the top."""
        self.document().setMarkdown(text, MARKDOWN)
        self.moveCursor(self.textCursor().MoveOperation.Start)

    def follow(self, url: QUrl) -> None:
        """Go to a page of the help; an address of the web opens outside."""
        if not url.scheme() and url.path().endswith(".md") and "/" not in url.path():
            self.page_wanted.emit(url.path())
        else:
            super().follow(url)


class HelpDialog(QDialog):
    """Shows the help pages; stays open beside the window."""

    def __init__(self, parent: QWidget | None = None, page: str = FIRST) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._texts = pages()
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Help pages"))
        self.list.setSpacing(4)
        self.browser = HelpBrowser(self)
        self.browser.setAccessibleName(self.tr("Help text"))
        self.browser.document().setDocumentMargin(16)
        for name, text in self._texts.items():
            item = QListWidgetItem(page_title(text, name), self.list)
            item.setData(Qt.ItemDataRole.UserRole, name)
        splitter = QSplitter(self)
        splitter.addWidget(self.list)
        splitter.addWidget(self.browser)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([200, MEASURE - 200])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(splitter)
        self.list.currentItemChanged.connect(lambda item, _before: self._show(item))
        self.browser.page_wanted.connect(self.open_page)
        self.open_page(page)
        open_at(self, QSize(MEASURE + 160, 640))

    def open_page(self, name: str) -> None:
        """Show a page by its file name; an unknown one shows the first."""
        rows = list(self._texts)
        if rows:
            self.list.setCurrentRow(rows.index(name) if name in rows else 0)
        else:
            self.browser.setPlainText(self.tr("The help pages are missing from this installation."))

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.browser.show_markdown(self._texts[item.data(Qt.ItemDataRole.UserRole)])
