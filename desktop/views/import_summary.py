"""What an import did: file by file, with a way to everything that is worth a look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from db import services
from db.domain.errors import LibraryError
from desktop.theme import LARGE
from desktop.views.flow import FlowLayout
from desktop.views.page import Page
from desktop.views.plain import Label, button, hairline, link_button, open_at
from desktop.views.words import counted, papers, tr
from desktop.views.year_row import YearRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.services.changes import Changes
    from db.services.importing import Imported
    from db.services.intake import FileResult
    from db.services.library import Library
    from desktop.context import AppContext


def headline(files: tuple[FileResult, ...]) -> str:
    """Return the sum of an import in one line."""
    found = sum(one.records for one in files if not one.already_imported)
    if not found and any(one.already_imported for one in files):
        return tr("Already imported, nothing changed")
    if not found:
        return tr("Nothing was imported")
    added = sum(one.added + one.doubtful for one in files)
    merged = sum(one.merged for one in files)
    words = [tr("{0} added").format(papers(added))]
    if merged:
        words.append(tr("{0} merged").format(f"{merged:,}"))
    return ", ".join(words)


def account(one: FileResult) -> str:
    """Return what became of the records of a file; the parts add up to what was found."""
    parts = [tr("{0} added").format(f"{one.added:,}"), tr("{0} merged").format(f"{one.merged:,}")]
    if one.doubtful:
        parts.append(tr("{0} doubtful").format(f"{one.doubtful:,}"))
    found = counted("%Ln record(s) found", one.records)
    return f"{found}: {' + '.join(parts)}"


class FileCard(QWidget):
    """One file of an import."""

    show_papers = Signal(list)
    show_issues = Signal(int)
    open_review = Signal()
    year_set = Signal(object)

    def __init__(self, context: AppContext, one: FileResult) -> None:
        super().__init__()
        self._one = one
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        name = Label(Path(one.file).name or one.file, bold=True)
        self._column.addWidget(name)
        if one.error is not None:
            self._column.addWidget(Label(one.error, tone="danger"))
        elif one.already_imported:
            words = tr("Already imported, nothing changed. It holds {0}.")
            self._column.addWidget(Label(words.format(counted("%Ln record(s)", one.records))))
            self._add_buttons()
        else:
            self._column.addWidget(Label(account(one)))
            self._add_buttons()
            if one.source_id is not None and (one.inferred_dates or one.yearless_dates):
                year = YearRow(context, one)
                year.year_set.connect(self.year_set)
                self._column.addWidget(year)

    def _add_buttons(self) -> None:
        flow = FlowLayout(gap=4)
        for text, click in self._choices():
            made = link_button(text, click)
            made.setAccessibleDescription(Path(self._one.file).name)
            flow.addWidget(made)
        if flow.count():
            row = QHBoxLayout()
            row.setContentsMargins(0, 0, 0, 0)
            row.addLayout(flow)
            self._column.addLayout(row)

    def _choices(self) -> list[tuple[str, Callable[[], object]]]:
        one = self._one
        found: list[tuple[str, Callable[[], object]]] = []
        if one.new_ids:
            words = counted("Show %Ln added", len(one.new_ids))
            found.append((words, lambda: self.show_papers.emit(list(one.new_ids))))
        if one.merged_ids:
            words = counted("Show %Ln merged", one.merged)
            found.append((words, lambda: self.show_papers.emit(list(one.merged_ids))))
        if one.skipped_ids:
            words = counted("Show %Ln you skipped in an earlier dump", one.skipped)
            found.append((words, lambda: self.show_papers.emit(list(one.skipped_ids))))
        if one.doubtful:
            words = counted("Review %Ln doubtful", one.doubtful)
            found.append((words, self.open_review.emit))
        if one.issues and one.source_id is not None:
            words = counted("%Ln issue(s)", one.issues)
            found.append((words, lambda: self.show_issues.emit(one.source_id)))
        return found


class ImportSummary(QDialog):
    """Not modal: the library can be used while it is open."""

    show_papers = Signal(list)
    show_issues = Signal(int)
    open_review = Signal()

    def __init__(self, context: AppContext, imported: Imported, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setObjectName("importSummary")
        self.setWindowTitle(self.tr("Import"))
        self._context = context
        self._imported = imported
        self._own_steps: set[int | None] = set()  # years that were set here: part of the import for "Undo import"
        self.title = Label(headline(imported.files))
        self.title.setFont(context.theme.font(LARGE, context.theme.font().Weight.DemiBold))
        self.note = Label(self._note(), tone="muted")
        self.error = Label(tone="danger")
        self.undo_button = button(self.tr("&Undo import"), self.undo)
        self.show_button = button(self.tr("&Show imported"), self._show_all)
        self.close_button = button(self.tr("Close"), self.close, primary=True)
        self._build()

    def _build(self) -> None:
        page = Page(margin=24, gap=16)
        for number, one in enumerate(self._ordered()):
            if number:
                page.column.addWidget(hairline())
            card = FileCard(self._context, one)
            card.show_papers.connect(self.show_papers)
            card.show_issues.connect(self.show_issues)
            card.open_review.connect(self.open_review)
            card.year_set.connect(self._own_steps.add)
            page.column.addWidget(card)
        page.column.addStretch()
        page.body.setAccessibleName(self.tr("Imported files"))
        head = QVBoxLayout()
        head.setContentsMargins(24, 24, 24, 12)
        head.setSpacing(4)
        for label in (self.title, self.note, self.error):
            head.addWidget(label)
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
        changed = bool(self._imported.changes)
        self.undo_button.setVisible(changed)
        self.show_button.setVisible(bool(self._ids()))
        return row

    def _ordered(self) -> list[FileResult]:
        """Put what could not be read first, for it needs a look."""
        return sorted(self._imported.files, key=lambda one: one.error is None)

    def _note(self) -> str:
        files = self._imported.files
        words = [counted("%Ln file(s)", len(files))]
        failed = sum(one.error is not None for one in files)
        if failed:
            words.append(tr("{0} could not be read").format(failed))
        doubtful = sum(one.doubtful for one in files)
        if doubtful:
            words.append(tr("{0} may be a twin of another paper").format(papers(doubtful)))
        skipped = sum(one.skipped for one in files)
        if skipped:
            words.append(counted("%Ln you skipped in an earlier dump", skipped))
        issues = sum(one.issues for one in files)
        words.append(counted("%Ln issue(s)", issues) if issues else tr("no issues"))
        return " · ".join(words)

    def _ids(self) -> list[int]:
        ids: dict[int, None] = {}
        for one in self._imported.files:
            ids.update(dict.fromkeys((*one.new_ids, *one.merged_ids, *one.doubtful_ids)))
        return list(ids)

    def _show_all(self) -> None:
        self.show_papers.emit(self._ids())

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
        cards = min(len(self._imported.files), 4)
        return QSize(max(480, 36 * step), max(280, 12 * step + 7 * step * cards))
