"""What an import did: file by file, with a way to everything that is worth a look."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from db import services
from db.domain.errors import LibraryError
from desktop.models.cell_text import tip
from desktop.models.scope import numbered
from desktop.theme import LARGE
from desktop.views import summary_words as words
from desktop.views.flow import FlowLayout
from desktop.views.page import Page
from desktop.views.plain import Label, button, hairline, link_button, open_at
from desktop.views.words import counted, tr
from desktop.views.year_row import YearRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.services.changes import Changes
    from db.services.importing import Imported
    from db.services.intake import FileResult
    from db.services.library import Library
    from desktop.context import AppContext


SHOWN = 100
"""Files that get a card of their own; ten thousand cards would take a minute to build, and nobody reads them."""


class FileCard(QWidget):
    """One file of an import."""

    show_papers = Signal(list, str)
    show_issues = Signal(int)
    open_review = Signal()
    year_set = Signal(object)

    def __init__(self, context: AppContext, one: FileResult) -> None:
        super().__init__()
        self._one = one
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        name = Label(words.name_of(one), bold=True)
        name.setToolTip(tip(one.file))
        self._column.addWidget(name)
        self._column.addWidget(Label(words.outcome(one), tone="" if one.error is None else "danger"))
        if uncertain := words.reading(one):
            self._column.addWidget(Label(uncertain, tone="warning", size=11))
        if one.error is not None:
            return
        self._add_buttons()
        dates = one.inferred_dates or one.yearless_dates
        if one.source_id is not None and dates and not one.already_imported:
            year = YearRow(context, one)
            year.year_set.connect(self.year_set)
            self._column.addWidget(year)

    def _add_buttons(self) -> None:
        flow = FlowLayout(gap=4)
        for text, click in self._choices():
            made = link_button(text, click)
            made.setAccessibleDescription(words.name_of(self._one))
            flow.addWidget(made)
        if flow.count():
            row = QHBoxLayout()
            row.setContentsMargins(0, 0, 0, 0)
            row.addLayout(flow)
            self._column.addLayout(row)

    def _choices(self) -> list[tuple[str, Callable[[], object]]]:
        one = self._one
        found: list[tuple[str, Callable[[], object]]] = []
        for ids, text, scope in self._shown():
            if ids:
                found.append((text, partial(self.show_papers.emit, list(ids), scope)))
        if one.doubtful:
            found.append((counted("Review %Ln doubtful", one.doubtful), self.open_review.emit))
        if one.issues and one.source_id is not None:
            text = counted("%Ln issue(s)", one.issues)
            found.append((text, lambda: self.show_issues.emit(one.source_id)))
        return found

    def _shown(self) -> list[tuple[tuple[int, ...], str, str]]:
        """Return papers that can be shown: their ids, what to press, and the search that narrows the table to them."""
        one = self._one
        number = one.source_id or 0
        all_known = set(one.merged_ids).isdisjoint((*one.new_ids, *one.doubtful_ids))
        known = f"{numbered('dump', number)} -{numbered('new', number)}"
        return [
            (one.new_ids, counted("Show %Ln added", len(one.new_ids)), numbered("new", number)),
            (
                one.merged_ids,
                counted("Show %Ln merged", one.merged),
                known if all_known else numbered("dump", number),
            ),
            (
                one.skipped_ids,
                counted("Show %Ln you skipped in an earlier dump", one.skipped),
                numbered("back", number),
            ),
        ]


class ImportSummary(QDialog):
    """Not modal: the library can be used while it is open."""

    show_papers = Signal(list, str)
    show_issues = Signal(int)
    open_review = Signal()
    look_up = Signal(list)

    def __init__(self, context: AppContext, imported: Imported, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setObjectName("importSummary")
        self.setWindowTitle(self.tr("Import"))
        self._context = context
        self._imported = imported
        self._own_steps: set[int | None] = set()  # years that were set here: part of the import for "Undo import"
        self.title = Label(words.headline(imported.files))
        self.title.setFont(context.theme.font(LARGE, context.theme.font().Weight.DemiBold))
        self.note = Label(words.note(imported.files), tone="muted")
        self.error = Label(tone="danger")
        self.undo_button = button(self.tr("&Undo import"), self.undo)
        self.copy_button = link_button(self.tr("Cop&y this account as text"), self.copy)
        self.look_up_button = link_button("", self._look_up)
        self.show_button = button(self.tr("&Show imported"), self._show_all)
        self.close_button = button(self.tr("Close"), self.close, primary=True)
        self._unnamed: list[int] = []
        self._build()
        context.read(lambda library: services.enriching.unnamed(library, self._ids()), self._offer_look_up)

    def _build(self) -> None:
        page = self.page = Page(margin=24, gap=16)
        files = words.in_order(self._imported.files)
        for number, one in enumerate(files[:SHOWN]):
            if number:
                page.column.addWidget(hairline())
            card = FileCard(self._context, one)
            card.show_papers.connect(self.show_papers)
            card.show_issues.connect(self.show_issues)
            card.open_review.connect(self.open_review)
            card.year_set.connect(self._own_steps.add)
            page.column.addWidget(card)
        if left := files[SHOWN:]:
            page.column.addWidget(hairline())
            page.column.addWidget(Label(words.others(left)))
        page.column.addStretch()
        page.body.setAccessibleName(self.tr("Imported files"))
        head = QVBoxLayout()
        head.setContentsMargins(24, 24, 24, 12)
        head.setSpacing(4)
        for label in (self.title, self.note):
            head.addWidget(label)
        links = FlowLayout(gap=12)
        for link in (self.copy_button, self.look_up_button):
            links.addWidget(link)
        self.look_up_button.hide()
        head.addLayout(links)
        head.addWidget(self.error)
        self.error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(hairline())
        column.addWidget(page, 1)
        column.addWidget(hairline())
        column.addLayout(self._foot())
        self.close_button.setFocus()
        open_at(self, self.sizeHint())

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(8)
        row.addWidget(self.undo_button)
        row.addStretch()
        row.addWidget(self.show_button)
        row.addWidget(self.close_button)
        changed, files = bool(self._imported.changes), self._imported.files
        self.undo_button.setVisible(changed)
        self.show_button.setVisible(any(one.new_ids or one.merged_ids or one.doubtful_ids for one in files))
        return row

    def _ids(self) -> list[int]:
        ids: dict[int, None] = {}
        for one in self._imported.files:
            ids.update(dict.fromkeys((*one.new_ids, *one.merged_ids, *one.doubtful_ids)))
        return list(ids)

    def _show_all(self) -> None:
        sources = [one.source_id for one in self._imported.files if one.source_id and not one.already_imported]
        scope = numbered("dump", sources[0]) if len(sources) == 1 else ""
        self.show_papers.emit(self._ids(), scope)

    def _offer_look_up(self, unnamed: list[int]) -> None:
        """Offer to look up what pages leave out."""
        self._unnamed = unnamed
        self.look_up_button.setText(counted("&Look up authors and years of %Ln paper(s)...", len(unnamed)))
        self.look_up_button.setVisible(bool(unnamed))

    def _look_up(self) -> None:
        self.look_up.emit(self._unnamed)

    def copy(self) -> None:
        """Put what became of every file on the clipboard."""
        QGuiApplication.clipboard().setText(words.whole_account(words.in_order(self._imported.files)))
        self._context.notify(self.tr("The account of the import was copied."))

    def undo(self) -> None:
        """Take the import back, and the years set here, unless something else was done after it."""
        step, own = self._imported.changes.step, frozenset(self._own_steps)
        self.undo_button.setEnabled(False)

        def take_back(library: Library) -> Changes:
            standing = [one.id for one in services.undoing.history(library) if not one.undone]
            done = [one for one in standing if one not in own]
            if not done or done[0] != step:
                words = tr("Other changes came after this import. Take those back first, or use the history.")
                raise LibraryError(words)
            return services.undoing.undo_to(library, done[1] if len(done) > 1 else 0)

        self._context.run(self.tr("Undo import"), take_back, self._undone, on_error=self._not_undone)

    def _undone(self, _changes: Changes) -> None:
        self._context.notify(self.tr("The import was taken back."))
        self.close()

    def _not_undone(self, error: LibraryError) -> None:
        self.undo_button.setEnabled(True)
        self.error.say(error.message)

    def sizeHint(self) -> QSize:
        step = self.fontMetrics().lineSpacing()
        width = max(480, 36 * step)
        around = super().sizeHint().height() - self.page.sizeHint().height()
        cards = self.page.column.heightForWidth(width - self.page.verticalScrollBar().sizeHint().width())
        return QSize(width, max(280, around + min(cards, 28 * step)))
