"""The ways in from another program, and where the library lives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from db import services
from desktop.views.plain import ask

if TYPE_CHECKING:
    from db.services.library import Library
    from db.services.libraryplace import Moved, Place
    from desktop.commands.desk import Desk
    from desktop.commands.intake import Intake


class ComingCommands:
    """Leads from another program's library to the preview of an import, and this library to another folder."""

    def __init__(self, desk: Desk, intake: Intake) -> None:
        self._desk = desk
        self._context = desk.context
        self._intake = intake
        desk.welcome.import_wanted.connect(lambda: desk.registry["import"].trigger())
        desk.welcome.sample_wanted.connect(intake.sample)
        desk.welcome.coming_wanted.connect(self.start)
        desk.welcome.place_wanted.connect(self.place)

    def start(self, program: str) -> None:
        """Say what is to be known of a program's library, and look through the one that is chosen."""
        from desktop.views.coming import ComingDialog

        dialog = ComingDialog(self._context, program, self._desk.window())
        dialog.chosen.connect(lambda path: self._intake.look_through([path]))
        self._desk.registry.lend(dialog).show()

    def place(self) -> None:
        """Let the library live in another folder from now on."""
        library = self._context.library
        first = _tr("“{0}” is still running: move the library when it has ended, or cancel it.")
        if library is None or self._context.at_long_work(first):
            return
        if named := services.home.named_library():
            said = _tr("{0} was named when Sheaf was started, so it stays where it is.").format(named)
            self._context.notify(said, kind="warning")
            return
        folder = QFileDialog.getExistingDirectory(
            self._desk.window(), _tr("Choose the folder that your library is to live in"), str(library.path.parent)
        )
        if folder:
            self._context.read(lambda library: services.libraryplace.look(Path(folder), library), self._chosen)

    def _chosen(self, place: Place) -> None:
        def work(library: Library) -> Moved:
            return services.libraryplace.move(library, place)

        if place.is_open:
            self._context.read(work, lambda _moved: self._context.notify(_tr("The library lives there already.")))
        elif self._agreed(place):
            self._context.run(_tr("Moving to another folder"), work, self._context.shared.moved.emit)

    def _agreed(self, place: Place) -> bool:
        """Ask about what may surprise: a library that is there, papers that are copied, a folder that is synced."""
        told = []
        if place.is_there:
            told.append(_tr("There is a library in this folder already. Sheaf opens it; this one stays where it is."))
        elif self._desk.table.model.rowCount():
            told.append(_tr("Sheaf copies the library there and opens the copy; this one stays where it is."))
        if place.synced_by:
            told.append(
                _tr(
                    "{0} keeps this folder in step with other computers. Open the library on one computer at a time, "
                    "and let {0} finish before you open it on another; else papers may be lost."
                ).format(place.synced_by)
            )
        if not told:
            return True
        question = "\n\n".join([str(place.library), *told])
        return ask(self._desk.window(), _tr("Where the library lives"), question, _tr("Use this folder"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ComingCommands", text)
