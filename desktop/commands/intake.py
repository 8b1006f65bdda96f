"""The one way in: menu, paste, drop, double click and command line all end here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog

from db import services
from desktop.icons import RESOURCES
from desktop.models.drops import Decision, Drop
from desktop.settings import PREVIEW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.services.importing import Imported
    from db.services.library import Library
    from db.services.progress import Report
    from desktop.commands.desk import Desk
    from desktop.tasks import Task

RUNNING = "session/running"
SAMPLE = RESOURCES / "samples" / "sample-dump.txt"


class Intake:
    """Shows what a drop holds, imports it and shows the summary; what comes before the library is open waits for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._context = desk.context
        self._waiting: list[Callable[[], None]] = []
        self._running: Task | None = None
        self._context.opened.connect(self._go_on)
        self._context.tasks.finished.connect(self._ended)

    def files(self, paths: Sequence[Path]) -> None:
        """Preview files and folders, or import them in one undoable step if no preview is wanted."""
        if paths:
            self._receive(Drop(tuple(Path(path) for path in paths)))

    def look_through(self, paths: Sequence[Path]) -> None:
        """Preview files and folders whatever is usual: nobody's whole library is imported unseen."""
        self._preview(Drop(tuple(paths)))

    def text(self, text: str) -> None:
        """Preview pasted or dropped text, or import it if no preview is wanted."""
        if text.strip():
            self._receive(Drop(text=text))

    def sample(self) -> None:
        """Import the dump that comes with the program, which needs no preview."""
        self._import(Decision(Drop((SAMPLE,))))

    def toggle_preview(self) -> None:
        """Let what comes in show itself before it is imported, or not any more."""
        self.set_preview(not self.previews)

    def set_preview(self, wanted: bool) -> None:
        """Remember whether a preview is wanted, and say so in the menu."""
        self._context.settings.set(PREVIEW, wanted)
        self._context.settings.save()
        self._context.prefer()

    @property
    def previews(self) -> bool:
        """Whether a preview comes before an import."""
        return bool(self._context.settings.get(PREVIEW, True))

    def forget(self) -> None:
        """The person closes the window and knows what that stops."""
        self._remember("")

    def _receive(self, drop: Drop) -> None:
        if self._context.library is None:
            self._waiting.append(lambda: self._receive(drop))
        elif self.previews:
            self._preview(drop)
        else:
            self._import(Decision(drop))

    def _preview(self, drop: Drop) -> None:
        from desktop.views.import_preview import ImportPreview

        preview = ImportPreview(self._context, drop, self._desk.window())
        preview.import_wanted.connect(self._import)
        preview.preview_wanted.connect(self.set_preview)
        self._desk.registry.lend(preview).show()

    def _import(self, decision: Decision) -> None:
        """Import what was decided; what nobody decided on and is not sure comes back for a preview."""
        if self._context.library is None:
            self._waiting.append(lambda: self._import(decision))
            return
        drop, label = decision.drop, _label(decision.drop)

        def work(library: Library, report: Report) -> Imported:
            if drop.text:
                choice = decision.choices.get("", services.previewing.Choice())
                return services.importing.import_text(library, drop.text, report, choice=choice, sure_only=True)
            return services.importing.import_files(
                library, drop.paths, report, choices=decision.choices, wanted=decision.is_wanted, sure_only=True
            )

        self._remember(label)
        self._running = self._context.run_long(
            label,
            work,
            lambda imported: self._done(decision, imported),
            on_error=self._context.fail,
            on_cancel=self._cancelled,
        )

    def _remember(self, label: str) -> None:
        """Keep on disk what is running, so that the next start can tell of it if this one is killed."""
        self._context.settings.set(RUNNING, label)
        self._context.settings.save()

    def _ended(self, task: Task) -> None:
        """Forget what was running, also when the window that asked for it is closed by now."""
        if task is self._running:
            self._running = None
            self._remember("")

    def _go_on(self) -> None:
        interrupted = self._context.settings.get(RUNNING, "")
        if interrupted and not self._context.tasks.busy:  # else it runs, in another window
            self._remember("")
            said = _tr("{0} was interrupted; what was not finished was not kept. Import it again to be sure.")
            self._context.notify(said.format(interrupted), kind="warning")
        waiting, self._waiting = self._waiting, []
        for start in waiting:
            start()

    def _cancelled(self) -> None:
        self._context.notify(_tr("Import cancelled. Nothing of it was kept."))

    def _done(self, decision: Decision, imported: Imported) -> None:
        """Tell what was done; a file that is not sure comes back, unless it was seen to hold nothing."""
        drop = decision.drop
        unsure = frozenset(one.file for one in imported.files if one.unsure) - decision.refused
        told = tuple(one for one in imported.files if one.file not in unsure)
        if told:
            self._summarise(replace(imported, files=told))
        if unsure:
            self._preview(drop if drop.text else replace(drop, only=unsure))

    def _summarise(self, imported: Imported) -> None:
        from desktop.views.import_summary import ImportSummary

        desk = self._desk
        for older in desk.window().findChildren(QDialog, "importSummary"):
            older.close()  # a pile of accounts would hide the table, and the history takes back any of them
        summary = ImportSummary(self._context, imported, desk.window())
        summary.show_papers.connect(desk.show_papers)
        summary.open_review.connect(desk.show_review)
        summary.show_issues.connect(desk.show_issues)
        summary.look_up.connect(desk.detail.look_up)
        desk.registry.lend(summary).show()


def _label(drop: Drop) -> str:
    if drop.text:
        return _tr("Importing pasted text")
    if len(drop.paths) == 1:
        return _tr("Importing {0}").format(drop.paths[0].name or str(drop.paths[0]))
    return _tr("Importing %Ln file(s)", len(drop.paths))


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Intake", text, None, count)
