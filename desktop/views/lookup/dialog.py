"""Looks up what papers lack when it is told to, and fills in what the person takes of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QStackedWidget, QVBoxLayout

from db import services
from desktop.models import lookup_run
from desktop.models.lookup_rows import tr
from desktop.views.flow import FlowLayout
from desktop.views.lookup import words
from desktop.views.lookup.results import LookupResults
from desktop.views.lookup.start import LookupStart
from desktop.views.plain import Label, button, open_at, set_tip
from desktop.views.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from db.domain.errors import LibraryError
    from db.services.changes import Changes
    from db.services.enriching import Found, Known
    from desktop.context import AppContext
    from desktop.tasks import Task

SIZE, FOLDER = "lookup/size", "lookup/folder"


class LookupDialog(QDialog):
    """Not modal: the library can be used while a look-up runs; closing ends it. `label` says which papers it is about.

    It steps aside while papers are filled in, and is back with all ticks if that fails.
    """

    def __init__(self, context: AppContext, ids: Sequence[int], label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(tr("Look up missing details"))
        self._context = context
        self._ids = ids
        self._task: Task | None = None
        self._run: lookup_run.LookupRun | None = None
        self._file = ""
        self._first: Found | None = None
        self._silent: list[str] = []
        self.label = Label(label, bold=True)
        self.start = LookupStart(context.settings, len(ids))
        self.results = LookupResults(context)
        self.pages = QStackedWidget()
        self.file_button = button(tr("Look into a &file instead..."), self.choose_file)
        self.again_button = button(tr("&Try again"), self.try_again)
        self.back_button = button(tr("&Back"), self._show_start)
        self.stop_button = button(tr("&Stop"), self.stop)
        self.look_button = button(tr("&Look up"), self.look_up, primary=True)
        self.fill_button = button("", self.fill_in, primary=True)
        self.close_button = button(tr("Close"), self.close)
        self._build()
        self.start.changed.connect(self._enable)
        self.results.model.ticked.connect(self._enable)
        context.read(lambda _library: services.enriching.services(), self._offer)

    def _build(self) -> None:
        for page in (self.start, self.results):
            self.pages.addWidget(page)
        foot = FlowLayout(gap=8)
        for one in self._buttons():
            foot.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        self._show_start()
        width, height = (*self._context.settings.get(SIZE, []), 0, 0)[:2]
        open_at(self, QSize(width, height) if width and height else self.sizeHint())

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.look_button,
            self.fill_button,
            self.stop_button,
            self.again_button,
            self.back_button,
            self.file_button,
            self.close_button,
        )

    @property
    def is_busy(self) -> bool:
        """Whether something would be lost with it: a look-up that runs, or findings."""
        return self._task is not None or bool(self.results.model.findings)

    def sizeHint(self) -> QSize:
        step = self.fontMetrics().lineSpacing()
        return QSize(max(760, 52 * step), max(520, 34 * step))

    def _offer(self, known: Sequence[Known]) -> None:
        self.start.offer(known)
        self.look_button.setFocus()

    # What is shown ------------------------------------------------------------------------------------

    def _show_start(self) -> None:
        self.pages.setCurrentWidget(self.start)
        self._show_buttons(self.look_button, self.file_button)

    def _show_buttons(self, *shown: QPushButton) -> None:
        for one in self._buttons()[:-1]:
            one.setVisible(one in shown)
        default = self.look_button if self.look_button in shown else self.fill_button
        default.setDefault(True)
        self._enable()

    def _enable(self) -> None:
        model, looking = self.results.model, self._task is not None
        number = model.papers_chosen()
        self.fill_button.setText(counted("&Fill in %Ln paper(s)", number))
        self.fill_button.setEnabled(number > 0 and not looking)
        set_tip(self.fill_button, tr("Stop the look-up first, or wait for its end.") if looking else "")
        self.look_button.setEnabled(bool(self.start.chosen()))

    # Looking up ---------------------------------------------------------------------------------------

    def look_up(self) -> None:
        """Ask the services that are ticked."""
        self._restart("")
        self._begin(lookup_run.of_services(self._ids, self.start.chosen()))

    def choose_file(self) -> None:
        """Let the person choose a file, and look into it."""
        settings = self._context.settings
        folder = settings.get(FOLDER, "")
        kinds = f"{tr('Bibliographies and dumps')} (*.bib *.ris *.json *.xml *.csv *.txt *.html);;{tr('All files')} (*)"
        short = QFileDialog.Option.HideNameFilterDetails
        name, _kind = QFileDialog.getOpenFileName(self, tr("Look into a file"), folder, kinds, options=short)
        if name:
            settings.set(FOLDER, str(Path(name).parent))
            self.look_into(Path(name))

    def look_into(self, path: Path) -> None:
        """Look into a file, which sends nothing."""
        self._restart(path.name)
        self._begin(lookup_run.in_file(self._ids, path))

    def _restart(self, file: str) -> None:
        self._file, self._first = file, None
        self.results.begin()

    def try_again(self) -> None:
        """Ask those services that did not answer for what is still open."""
        ids = self.results.model.without_certain(self._ids)
        self.results.resume()
        self._begin(lookup_run.of_services(ids, self._silent))

    def _begin(self, ask: lookup_run.Ask) -> None:
        run = self._run = lookup_run.LookupRun(ask)
        self._task = self._context.look(run.run, on_part=self._add, on_done=self._looked, on_error=self._failed)
        self.start.error.say("")
        self.look_button.setText(tr("&Look up"))
        self.results.status.setText(tr("Looking at the papers..."))
        self.pages.setCurrentWidget(self.results)
        self._show_buttons(self.stop_button, self.fill_button)
        self.stop_button.setEnabled(True)
        self.stop_button.setFocus()

    def _add(self, part: lookup_run.Part) -> None:
        self.results.add(part.findings)
        self.results.show_progress(part.progress.done, part.progress.total)
        if self.stop_button.isEnabled() and self._task is not None:
            found, since = self.results.model.papers_found(), self._task.started_at
            self.results.status.setText(words.running(part.progress, since, found))

    def stop(self) -> None:
        """Ask for no more, and keep what was found."""
        if self._run is not None:
            self._run.stop()
            self.stop_button.setEnabled(False)
            self.results.status.setText(tr("Stopping..."))

    def _looked(self, found: Found | None) -> None:
        self._task = self._run = None
        model = self.results.model
        if found is not None and self._first is not None:  # asked again, for fewer papers
            found = replace(found, asked=self._first.asked, whole=self._first.whole)
        self._first = self._first or found
        troubles = found.troubles if found is not None else ()
        self._silent = [one.service for one in troubles if one.service]
        some_open = model.papers_certain() < len(self._ids)
        outcome = words.outcome(found, model.papers_found(), self._file)
        self.results.end(outcome.status, words.hint(outcome.hint, model.unsure), outcome.troubles)
        self._show_buttons(
            self.fill_button if model.findings else self.back_button,
            *([self.again_button] if self._silent and some_open else []),
        )
        if not self.results.changes.hasFocus():  # she reads already
            (self.results.table if model.findings else self.close_button).setFocus()

    def _failed(self, error: LibraryError) -> None:
        """Say why nothing was looked up, where it can be tried again."""
        self._task = self._run = None
        if self.results.model.findings:  # those of the services that did answer before
            self.results.end(words.found(self.results.model.papers_found()), "", error.message)
            self._show_buttons(self.fill_button, self.again_button)
            return
        self.start.error.say(error.message)
        if not self._file:
            self.look_button.setText(tr("&Try again"))
        self._show_start()
        (self.file_button if self._file else self.look_button).setFocus()

    # Filling in ---------------------------------------------------------------------------------------

    def fill_in(self) -> None:
        """Take the ticked findings over, in one step that can be undone."""
        chosen, number = self.results.model.chosen(), self.results.model.papers_chosen()
        started = self._context.run_long(
            tr("Filling in"),
            lambda library, report: services.enriching.apply(library, chosen, report),
            lambda changes: self._filled(changes, number),
            on_error=lambda error: self._kept(error.message),
            on_cancel=lambda: self._kept(tr("Cancelled: nothing was filled in.")),
        )
        if started is not None:
            self.hide()

    def _filled(self, changes: Changes, number: int) -> None:
        filled = number if changes.ids is None else len(changes.ids)  # less if papers went or changed meanwhile
        said = counted("Filled in %Ln paper(s)", filled) if changes else tr("Nothing was left to fill in.")
        self._context.notify(said, kind="good", undo=bool(changes))
        self.accept()

    def _kept(self, why: str) -> None:
        self.show()
        self.results.troubles.say(why)

    # Closing ------------------------------------------------------------------------------------------

    def done(self, result: int) -> None:
        """End the look-up and close, however that is asked for."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._context.settings.set(SIZE, [self.width(), self.height()])
        super().done(result)
