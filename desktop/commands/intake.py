"""The one way in: menu, paste, drop, double click and command line all end here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from db import services
from desktop.icons import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.domain.errors import LibraryError
    from db.services.importing import Imported
    from db.services.library import Library
    from db.services.progress import Report
    from desktop.commands.desk import Desk

RUNNING = "session/running"
SAMPLE = RESOURCES / "samples" / "sample-dump.txt"


class Intake:
    """Imports files or text and shows the summary; what comes before the library is open waits for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._context = desk.context
        self._waiting: list[Callable[[], None]] = []
        self._context.opened.connect(self._go_on)

    def files(self, paths: Sequence[Path]) -> None:
        """Import files and folders in one undoable step."""
        wanted = [Path(path) for path in paths]
        if not wanted:
            return
        name = wanted[0].name or str(wanted[0])
        label = _tr("Importing {0}").format(name) if len(wanted) == 1 else _tr("Importing %Ln file(s)", len(wanted))
        self._start(label, lambda library, report: services.importing.import_files(library, wanted, report))

    def text(self, text: str) -> None:
        """Import pasted or dropped text."""
        if text.strip():
            label = _tr("Importing pasted text")
            self._start(label, lambda library, report: services.importing.import_text(library, text, report))

    def sample(self) -> None:
        """Import the dump that comes with the program."""
        self.files([SAMPLE])

    def forget(self) -> None:
        """The person closes the window and knows what that stops."""
        self._remember("")

    def _start(self, label: str, fn: Callable[[Library, Report], Imported]) -> None:
        if self._context.library is None:
            self._waiting.append(lambda: self._start(label, fn))
            return
        self._remember(label)
        self._context.run_long(label, fn, self._done, on_error=self._failed, on_cancel=self._cancelled)

    def _remember(self, label: str) -> None:
        """Keep on disk what is running, so that the next start can tell of it if this one is killed."""
        self._context.settings.set(RUNNING, label)
        self._context.settings.save()

    def _go_on(self) -> None:
        if interrupted := self._context.settings.get(RUNNING, ""):
            self._remember("")
            said = _tr("{0} was interrupted; what was not finished was not kept. Import it again to be sure.")
            self._context.notify(said.format(interrupted), kind="warning")
        waiting, self._waiting = self._waiting, []
        for start in waiting:
            start()

    def _failed(self, error: LibraryError) -> None:
        self._remember("")
        self._context.fail(error)

    def _cancelled(self) -> None:
        self._remember("")
        self._context.notify(_tr("Import cancelled. Nothing of it was kept."))

    def _done(self, imported: Imported) -> None:
        from desktop.views.import_summary import ImportSummary

        self._remember("")
        desk = self._desk
        summary = ImportSummary(self._context, imported, desk.window())
        summary.show_papers.connect(desk.show_papers)
        summary.open_review.connect(desk.show_review)
        summary.show_issues.connect(desk.show_issues)
        summary.show()


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Intake", text, None, count)
