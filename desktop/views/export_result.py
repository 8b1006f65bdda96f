"""What an export wrote, and the papers that lack something or hold what LaTeX cannot print."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from db import services
from desktop.models.cell_text import cut, tip
from desktop.views.plain import Label, link_button, plain_tree
from desktop.views.words import counted, papers, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.services.exporting import Exported
    from desktop.context import AppContext

MOST_SHOWN = 1_000
LONGEST = 240
"""Letters of a line that is shown whole below the list."""
PAPER, WHAT = range(2)


class ExportResult(QWidget):
    """One line with the count; below it what needs a look, to copy; `show_paper` names the paper that she wants."""

    show_paper = Signal(int)

    def __init__(self, context: AppContext, *, margin: int = 0) -> None:
        super().__init__()
        self._context = context
        self._exported: Exported | None = None
        self._lines: list[tuple[str, str]] = []
        """The lines that are shown: the first of all that there are."""
        self.line = Label(tone="good")
        self.missing = Label(tone="warning")
        self.replaced = Label(tone="warning")
        self.concerns = Label(tone="warning")
        self.list = QTreeWidget()
        self.detail = Label()
        self.more = Label(tone="muted", size=11)
        self.show_button = link_button(tr("Show paper"), self._show_paper)
        self.copy_button = link_button(tr("Copy the list"), self._copy)
        self._build(margin)
        self.list.itemActivated.connect(lambda _item: self._show_paper())
        self.list.itemSelectionChanged.connect(self._chosen)

    def _build(self, margin: int) -> None:
        plain_tree(self.list, tr("Papers that need a look"), (tr("Paper"), tr("What")))
        step = self.fontMetrics().lineSpacing()
        self.list.setColumnWidth(PAPER, 14 * step)
        self.list.setMinimumHeight(3 * step)
        row = QHBoxLayout()
        row.addWidget(self.show_button)
        row.addWidget(self.copy_button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(margin, 12, margin, margin)
        column.setSpacing(4)
        for widget in (self.line, self.replaced, self.concerns, self.missing):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self.list, 1)
        column.addWidget(self.detail)
        column.addWidget(self.more)
        column.addLayout(row)
        column.addStretch()

    def show_result(self, exported: Exported) -> None:
        """Show what was written."""
        said = tr("{0} written to {1}").format(papers(exported.written), exported.file)
        kept = counted("%Ln of them as they stood in a .bib file", exported.kept)
        self.line.say(f"{said}, {kept}" if exported.kept else said)
        count = len(exported.incomplete)
        self.missing.say(counted("%Ln paper(s) (is|are) incomplete.", count) if count else "")
        self.replaced.say(replaced_words(exported))
        self.concerns.say(concern_words(exported))
        self._exported = exported
        self._lines = list(islice(_lines(exported), MOST_SHOWN))
        self._fill()
        for widget in (self.list, self.show_button, self.copy_button):
            widget.setVisible(bool(self._lines))
        cut_off = len(exported.concerns) + len(exported.replaced) + len(exported.incomplete) > MOST_SHOWN
        shown = self.locale().toString(MOST_SHOWN)
        self.more.say(tr("The first {0} are listed; the copy has them all.").format(shown) if cut_off else "")

    def _fill(self) -> None:
        self.list.clear()
        for key, what in self._lines:
            item = QTreeWidgetItem([cut(key), cut(what)])
            item.setData(PAPER, Qt.ItemDataRole.UserRole, key)
            item.setToolTip(PAPER, tip(key))
            item.setToolTip(WHAT, tip(what))
            self.list.addTopLevelItem(item)
        if first := self.list.topLevelItem(0):
            self.list.setCurrentItem(first)

    def _chosen(self) -> None:
        """Show the chosen line whole, which the list may cut."""
        found = self.list.selectedItems()
        self.show_button.setEnabled(bool(found))
        what = self._lines[self.list.indexOfTopLevelItem(found[0])][1] if found else ""
        self.detail.say(what if len(what) <= LONGEST else f"{what[:LONGEST]}…")

    def _show_paper(self) -> None:
        if found := self.list.selectedItems():
            key = found[0].data(PAPER, Qt.ItemDataRole.UserRole)
            self._context.read(lambda library: services.reading.with_key(library, key), self._shown)

    def _shown(self, paper_id: int | None) -> None:
        if paper_id is None:
            self._context.notify(tr("This paper is no longer in the library."))
        else:
            self.show_paper.emit(paper_id)

    def _copy(self) -> None:
        exported = self._exported
        if exported is not None:  # a million lines take a second to be put together
            self._context.read(
                lambda _library: "\n".join(f"{key}: {what}" for key, what in _lines(exported)), self._copied
            )

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._context.notify(tr("List copied."))


def replaced_words(exported: Exported) -> str:
    """Return what became of characters that LaTeX cannot print, and what can be done; empty when there are none."""
    found = exported.replaced
    if not found:
        return ""
    kinds = len({character for one in found for character in one.characters})
    held = counted("in %Ln paper(s)", len({one.citation_key for one in found}))
    said = counted("LaTeX cannot print %Ln character(s)", kinds)
    return tr(
        "{0} {1}. Replacements were written, and the text itself stands in a field such as {2}-unicode. "
        "To print all: export with Unicode as it is, and use LuaLaTeX or XeLaTeX."
    ).format(said, held, found[0].field)


def concern_words(exported: Exported) -> str:
    """Return that entries need a look which stand as in a .bib file, and what can be done; empty without any."""
    count = len({one.citation_key for one in exported.concerns})
    if not count:
        return ""
    said = counted("%Ln (entry|entries) that (stays|stay) as in a .bib file (needs|need) a look.", count)
    return tr("{0} To have them written anew: export without keeping entries of .bib files.").format(said)


def _lines(exported: Exported) -> Iterator[tuple[str, str]]:
    meant = {
        "commands": tr("{0}: kept; can read files, run programs or change LaTeX"),
        "biblatex": tr("{0}: kept; styles of BibTeX do not know this"),
        "letters": tr("{0}: kept; LaTeX cannot print this"),
    }
    for kind, words in meant.items():
        for concern in exported.concerns:
            if concern.kind == kind:
                yield concern.citation_key, words.format(concern.what)
    for one in exported.replaced:
        yield one.citation_key, tr("{0}: {1}").format(one.field, one.described)
    for lacking in exported.incomplete:
        yield lacking.citation_key, tr("lacks {0}").format(", ".join(lacking.missing))
