"""What concerns the library as a whole: undo, duplicates, collections, checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QInputDialog

from db import services
from db.domain.errors import LibraryError
from desktop.views.plain import ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.changes import Changes
    from db.services.merging import Duplicates
    from desktop.commands.desk import Desk

    Finding = tuple[str, int | None, str, str]


class LibraryCommands:
    """Acts on the library, whatever is selected."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._context = desk.context

    def undo(self) -> None:
        """Take the last step back."""
        self._context.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        if self._context.at_long_work():
            return
        self._context.run_long(_tr("Redo"), services.undoing.redo, self._redone)

    def _redone(self, changes: Changes) -> None:
        said = _tr("Done again: {0}").format(changes.label) if changes else _tr("Nothing to redo.")
        self._context.notify(said)

    def history(self) -> None:
        """Show every step and the way back to it."""
        from desktop.views.history import HistoryDialog

        self._desk.registry.lend(HistoryDialog(self._context, self._desk.window())).show()

    def find_duplicates(self) -> None:
        """Compare all papers; what is doubtful goes to the review queue."""
        self._context.run_long(
            _tr("Finding duplicates"),
            lambda library, report: services.merging.find_duplicates(library, report),
            self._found,
        )

    def _found(self, found: Duplicates) -> None:
        if found.sets:
            self._desk.show_review()
            self._context.notify(_tr("%Ln set(s) of papers that may be one work", len(found.sets)))
        else:
            self._context.notify(_tr("No duplicates found."), kind="good")

    def review(self) -> None:
        """Show the review queue."""
        self._desk.show_review()

    def told_apart(self) -> None:
        """List the papers that were told apart."""
        from desktop.views.told_apart import ToldApart

        view = ToldApart(self._context, self._desk.window())
        view.show_papers.connect(self._desk.show_papers)
        self._desk.registry.lend(view, "undo", "redo").show()

    def new_collection(self) -> None:
        """Make a collection; selected papers can then be dragged into it."""
        name, accepted = QInputDialog.getText(self._desk.window(), _tr("New collection"), _tr("Name of the collection"))
        if accepted and name.strip():
            self._context.run(_tr("New collection"), lambda library: services.collecting.create(library, name.strip()))

    def tags(self) -> None:
        """List all tags, to rename, merge and delete them."""
        from desktop.views.tag_manager import TagManager

        view = TagManager(self._context, self._desk.window())
        self._desk.registry.lend(view, "undo", "redo").show()

    def latex_words(self) -> None:
        """Change which capitals stay in titles and how venues are shortened."""
        from desktop.views.latex_words import LatexWords

        LatexWords(self._context, self._desk.window()).open()

    def key_pattern(self) -> None:
        """Change how citation keys are made."""
        from desktop.views.key_dialog import KeyDialog

        KeyDialog(self._context, self._desk.window()).open()

    def check(self) -> None:
        """Check the library file and every paper in it."""
        self._context.run(_tr("Checking the library"), lambda library: services.checking.check(library), self._checked)

    def _checked(self, findings: Sequence[Finding]) -> None:
        if not findings:
            self._context.notify(_tr("The library is sound."), kind="good")
            return
        lines = [f"{severity}: {finding} ({fix})" for finding, _id, severity, fix in findings]
        said = _tr("The check found %Ln thing(s) that need a look.", len(findings))
        mendable = all(fix == services.checking.REINDEX for _finding, _id, _severity, fix in findings)
        if mendable and ask(self._desk.window(), _tr("Check library"), said, _tr("Mend the search index")):
            self._context.run(
                _tr("Mending the index"), lambda library: services.checking.repair_index(library), self._mended
            )
        else:
            self._context.fail(LibraryError(said, details="\n".join(lines)))

    def _mended(self, count: int) -> None:
        self._context.notify(_tr("Mended the search index for %Ln paper(s).", count), kind="good")

    def check_records(self) -> None:
        """List what of the records needs a look, with the fixes."""
        from desktop.views.record_check import RecordCheck

        view = RecordCheck(self._context, self._desk.window())
        view.show_paper.connect(lambda paper_id: self._desk.show_papers([paper_id]))
        self._desk.registry.lend(view, "undo", "redo").show()

    def empty_trash(self) -> None:
        """Delete for good what is in the trash, after asking: this is the one thing undo cannot take back."""
        library = self._context.library
        if library is None:
            return
        count = services.reading.sidebar(library).trash
        if not count:
            self._context.notify(_tr("The trash is empty."))
            return
        question = _tr("Delete %Ln paper(s) for good? This cannot be undone.", count)
        if ask(self._desk.window(), _tr("Empty trash"), question, _tr("Delete for good")):
            self._context.run_long(
                _tr("Empty trash"),
                lambda library, report: services.editing.empty_trash(library, report),
                lambda _changes: self._context.notify(_tr("Deleted %Ln paper(s)", count)),
            )


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("LibraryCommands", text, None, count)
