"""What a LaTeX document cites: in the library, unknown, not cited; kept up to date while the person writes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from db import services
from desktop import export_options
from desktop.context import PAPER_PARTS
from desktop.models.document_rows import known_rows, summary, tr, trouble_rows, uncited_rows, unknown_rows
from desktop.views.document_follow import Follower
from desktop.views.document_tables import DocumentTable, UnknownKeys
from desktop.views.export_result import ExportResult
from desktop.views.plain import Label, button, open_at, set_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QShowEvent

    from db.domain.errors import LibraryError
    from db.services.changes import Changes
    from db.services.documents import CitedExport, Document, Known, Uncited
    from db.services.library import Library
    from db.services.progress import Report
    from desktop.context import AppContext
    from desktop.models.document_rows import Row
    from desktop.tasks import Task
    from desktop.views.document_follow import Stamp

    Rows = tuple[Sequence[Row], ...]

FOLLOW, EXPORT = "documents/follow", "documents/export"
KNOWN, UNKNOWN, UNCITED, TROUBLES, EXPORTED = range(5)
AGAIN_MS = 300
FOR_BIBER = ".bcf"
"""What biblatex alone writes, so the document wants its profile whatever was written last."""
ROWS = (known_rows, unknown_rows, uncited_rows, trouble_rows)


class DocumentDialog(QDialog):
    """Stays open beside the window; `papers_wanted` names papers to be chosen in the table."""

    papers_wanted = Signal(list)
    choose_wanted = Signal()

    def __init__(self, context: AppContext, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._path = path
        self._task: Task | None = None
        self.document: Document | None = None
        self.name = Label(wrap=False, bold=True)
        self.summary = Label(tone="muted")
        self.follow = QCheckBox(self.tr("&Follow the file"))
        self.known = DocumentTable(
            self.tr("Cited and in the library"),
            (tr("Key"), tr("Title"), tr("First cited")),
            self.tr("Nothing that is cited is in the library."),
        )
        self.unknown = UnknownKeys()
        self.uncited = DocumentTable(
            self.tr("In a .bib file and not cited"),
            (tr("Key"), tr("Title"), tr("In the library"), tr("Stands in")),
            self.tr("No .bib file of the document holds an entry that is not cited."),
        )
        self.troubles = DocumentTable(self.tr("What could not be read"), (tr("Where"), tr("What")), "", in_full=True)
        self.outcome = ExportResult(context, margin=8)
        self.tabs = QTabWidget()
        self.export_button = button(self.tr("&Export the cited..."), self.export)
        self.select_button = button(self.tr("Show in the &table"), self.select)
        self.follower = Follower(context, self)
        self._again = QTimer(self)
        self._build()
        self._connect()
        self.show_document(path)

    def _build(self) -> None:
        self.follow.setChecked(self._context.settings.get(FOLLOW, True))
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        for widget in (self.known, self.unknown, self.uncited, self.troubles):
            self.tabs.addTab(widget, "")
        self.tabs.addTab(self.outcome, self.tr("Ex&ported"))
        self.tabs.setTabVisible(EXPORTED, False)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.follow)
        head.addWidget(button(self.tr("C&hoose..."), self.choose_wanted.emit))
        foot.addWidget(self.export_button)
        foot.addWidget(self.select_button)
        foot.addStretch()
        foot.addWidget(button(self.tr("Close"), self.close))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.summary)
        column.addWidget(self.tabs, 1)
        column.addLayout(foot)
        self.tabs.setFocus()  # the arrow keys are of use at once
        letter = self.fontMetrics().averageCharWidth()
        open_at(self, QSize(max(760, 100 * letter), 520))

    def _connect(self) -> None:
        self.follow.toggled.connect(self._set_follow)
        self.follower.changed.connect(self.load)
        self._again.timeout.connect(self.load)
        self._context.changed.connect(self._changed)
        self.known.opened.connect(lambda one: self.papers_wanted.emit([one.paper_id]))
        self.uncited.opened.connect(self._open_uncited)
        self.unknown.opened.connect(lambda paper_id: self.papers_wanted.emit([paper_id]))
        self.unknown.taken.connect(self.take)
        self.outcome.show_paper.connect(lambda paper_id: self.papers_wanted.emit([paper_id]))

    # Reading ------------------------------------------------------------------------------------------

    def show_document(self, path: Path) -> None:
        """Show what another document cites."""
        self._path = path
        self.tabs.setTabVisible(EXPORTED, False)
        self.setWindowTitle(self.tr("What {0} cites").format(path.name))
        self.name.setText(path.name)
        set_tip(self.name, str(path))
        self.load()

    def load(self) -> None:
        """Read the document and its files anew."""
        if self._task is not None:
            self._task.cancel()
        path = self._path
        if self.document is None:
            self.summary.setText(self.tr("Reading..."))

        files = (str(path), *(self.document.files if self.document else ()))

        def look(library: Library, report: Report, _part: object) -> tuple[Document, Stamp, Rows]:
            # As they were before: what is written while it is read is read once more.
            before = dict(zip(files, services.documents.stamp(files), strict=True))
            document = services.documents.look(library, path, report)
            after = services.documents.stamp(document.files)
            stamp = tuple(before.get(file, now) for file, now in zip(document.files, after, strict=True))
            return document, stamp, tuple(rows(document) for rows in ROWS)  # a bibliography of a field is long

        self._task = self._context.look(look, on_part=lambda _part: None, on_done=self._show, on_error=self._failed)

    def _show(self, answer: tuple[Document, Stamp, Rows]) -> None:
        self._task = None
        self.document, stamp, rows = answer
        document = self.document
        self.follower.follow(document.files, stamp)
        self.summary.setText(summary(document))
        tables: tuple[DocumentTable | UnknownKeys, ...] = (self.known, self.unknown, self.uncited, self.troubles)
        for table, found in zip(tables, rows, strict=True):
            table.show_rows(found)
        count = self.locale().toString
        names = (
            self.tr("&In the library  {0}").format(count(len(document.known))),
            self.tr("&Unknown  {0}").format(count(len(document.unknown))),
            self.tr("&Not cited  {0}").format(count(len(document.uncited))),
            self.tr("Findin&gs  {0}").format(count(len(document.troubles))),
        )
        for at, name in enumerate(names):
            self.tabs.setTabText(at, name)
        self.tabs.setTabVisible(TROUBLES, bool(document.troubles))
        if not document.readable:
            self.tabs.setCurrentIndex(TROUBLES)
        self.export_button.setEnabled(bool(document.known))
        self.select_button.setEnabled(any(not one.in_trash for one in document.known))

    def _failed(self, error: LibraryError) -> None:
        self._task = None
        self.summary.setText(error.message)

    def _changed(self, changes: Changes) -> None:
        if not changes.parts.isdisjoint(PAPER_PARTS) and self.isVisible():
            self._again.start()

    # Doing --------------------------------------------------------------------------------------------

    def take(self, key: str, paper_id: int, as_alias: bool) -> None:
        """Let a cited key name a paper."""
        said = self.tr("{0} now leads to the paper").format(key)
        self._context.run(
            self.tr("Take a citation key"),
            lambda library: services.documents.take(library, key, paper_id, as_alias=as_alias),
            toast=said,
            undo=True,
        )

    def select(self) -> None:
        """Choose the cited papers in the table."""
        known: tuple[Known, ...] = self.document.known if self.document else ()
        self.papers_wanted.emit(list(dict.fromkeys(one.paper_id for one in known if not one.in_trash)))

    def _open_uncited(self, one: Uncited) -> None:
        if one.paper_id is not None:
            self.papers_wanted.emit([one.paper_id])

    def export(self) -> None:
        """Write the cited papers to a .bib file."""
        settings = self._context.settings
        before = settings.get(EXPORT, "")
        start = self._path.with_name("cited.bib")
        name = str(start if Path(before).parent != start.parent else before)
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Export the cited"), name, tr("BibTeX (*.bib)"))
        if chosen:
            target = Path(chosen if Path(chosen).suffix else f"{chosen}.bib")
            settings.set(EXPORT, str(target))
            self.export_to(target)

    def export_to(self, target: Path) -> None:
        """Write the cited papers to this file."""
        path, options = self._path, export_options.options(self._context.settings)
        if path.suffix.lower() == FOR_BIBER:
            options = replace(options, profile="biblatex")
        self._context.run_long(
            self.tr("Export"),
            lambda library, report: services.documents.export(library, path, target, report, options=options),
            lambda done: self._exported(target, done),
        )

    def _exported(self, target: Path, done: CitedExport) -> None:
        self._context.announce(done.exported.changes)
        said = tr("Wrote %Ln cited paper(s) to {0}", done.exported.written).format(target.name)
        if done.unknown:
            said += " · " + tr("%Ln key(s) (is|are) not in the library", len(done.unknown))
        self._context.notify(said, kind="warning" if done.unknown else "good")
        self.outcome.show_result(done.exported)
        needs_a_look = bool(done.exported.incomplete or done.exported.replaced)
        self.tabs.setTabVisible(EXPORTED, needs_a_look)
        if needs_a_look:
            self.tabs.setCurrentWidget(self.outcome)

    # Following ----------------------------------------------------------------------------------------

    def _set_follow(self, on: bool) -> None:
        self._context.settings.set(FOLLOW, on)
        self.follower.set_on(on)
        if on:
            self.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follower.set_on(self.follow.isChecked())
        if self._task is not None and self._task.cancelled:
            self.load()  # reading was given up when the window was minimised

    def hideEvent(self, event: QHideEvent) -> None:
        self.follower.set_on(False)
        if self._task is not None:
            self._task.cancel()
        super().hideEvent(event)
