"""What goes into the library and out of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit

from db import services
from desktop.settings import BACKUP_FOLDER, IMPORT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.backups import BackupInfo
    from db.services.changes import Changes
    from desktop.commands.desk import Desk

KINDS = (
    "*.txt *.md *.html *.htm *.mhtml *.mht *.json *.jsonl *.ndjson *.xml *.bib *.ris *.csv *.tsv *.sqlite *.zip *.gz"
)


class FileCommands:
    """Import, export, backup."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._context = desk.context
        desk.sidebar.set_year.connect(self.set_dump_year)
        desk.sidebar.export_scope.connect(self.export_scope)
        desk.live.dialog_wanted.connect(lambda: self.live_bib() if desk.context.leads else None)

    def choose(self) -> None:
        """Choose files and import them."""
        folder = self._context.settings.get(IMPORT_FOLDER, "") or str(Path.home())
        kinds = f"{_tr('Dumps, bibliographies and tables')} ({KINDS});;{_tr('All files')} (*)"
        short = QFileDialog.Option.HideNameFilterDetails
        names, _ = QFileDialog.getOpenFileNames(self._desk.window(), _tr("Import files"), folder, kinds, options=short)
        if names:
            self._context.settings.set(IMPORT_FOLDER, str(Path(names[0]).parent))
            self._desk.import_paths([Path(name) for name in names])

    def paste(self) -> None:
        """Look the clipboard's text over and import it."""
        from desktop.views.paste_dialog import PasteDialog

        dialog = PasteDialog(self._context, self._desk.window())
        dialog.accepted.connect(lambda: self._desk.import_text(dialog.text()))
        dialog.open()

    def add_paper(self) -> None:
        """Add a paper with an empty title and put the keyboard into it."""
        self._context.run(
            _tr("Add paper"),
            lambda library: services.editing.add_paper(library, {"title": _tr("New paper")}),
            self._added,
        )

    def _added(self, result: tuple[int, Changes]) -> None:
        self._desk.show_papers([result[0]])
        self._desk.edit_field("title")

    def export(self) -> None:
        """Offer the selection, what is shown, and the whole library for export."""
        self._desk.table.when_whole(self._export)

    def _export(self) -> None:
        table = self._desk.table
        ids, shown = table.selected_ids(), table.shown_ids()
        self._offer(ids or None, _tr("%Ln selected paper(s)", len(ids)), shown)

    def export_scope(self, scope: str, label: str) -> None:
        """Export all papers of a line of the sidebar."""
        self._context.read(
            lambda library: services.searching.find(library, "", scope=scope).ids.tolist(),
            lambda ids: self._offer(ids, label, scope=scope),
        )

    def _offer(self, ids: Sequence[int] | None, label: str, shown: Sequence[int] = (), scope: str = "") -> None:
        """Open the export in the place of one that has ended; one that still runs comes to the front instead."""
        from desktop.views.export_dialog import ExportDialog

        window = self._desk.window()
        for before in window.findChildren(ExportDialog):
            if before.is_busy:
                before.raise_()
                before.activateWindow()
                return
            before.close()
        dialog = ExportDialog(self._context, ids, label, window, shown=shown, scope=scope)
        dialog.show_paper.connect(lambda paper_id: self._desk.show_papers([paper_id]))
        dialog.finished.connect(dialog.deleteLater)
        self._desk.registry.lend(dialog).show()

    def live_bib(self) -> None:
        """Show the .bib files that follow papers, and let one follow what is shown."""
        from desktop.views.live_dialog import LiveDialog

        window = self._desk.window()
        opened = window.findChildren(LiveDialog)
        dialog = opened[0] if opened else LiveDialog(self._context, self._desk.live, window)
        dialog.offer(self._desk.search.text(), self._desk.scope)
        self._desk.registry.lend(dialog).show()
        dialog.raise_()
        dialog.activateWindow()

    def set_dump_year(self, source_id: int) -> None:
        """Say in which year a dump was saved; its inferred dates follow."""
        year, accepted = QInputDialog.getInt(
            self._desk.window(),
            _tr("Year of the dump"),
            _tr("The page was saved in"),
            QDate.currentDate().year(),
            1900,
            2100,
        )
        if accepted:
            self._context.run(
                _tr("Set year of dump"), lambda library: services.sources.set_year(library, source_id, year)
            )

    def backup(self) -> None:
        """Write a verified copy of the library."""
        name = _tr("sheaf-backup-{0}.sheaf").format(QDate.currentDate().toString("yyyy-MM-dd"))
        start = str(Path(self._context.settings.get(BACKUP_FOLDER, str(Path.home()))) / name)
        chosen, _ = QFileDialog.getSaveFileName(self._desk.window(), _tr("Back up library"), start)
        if not chosen:
            return
        self._context.settings.set(BACKUP_FOLDER, str(Path(chosen).parent))
        self._context.run(
            _tr("Backing up"),
            lambda library: services.backups.backup(library, Path(chosen)),
            self._backed_up,
        )

    def _backed_up(self, info: BackupInfo) -> None:
        size = QLocale().formattedDataSize(info.bytes)
        said = _tr("Backed up %Ln paper(s), {0}: {1}", info.papers)
        self._context.notify(said.format(size, Path(info.file).name), kind="good")

    def rename_dump(self) -> None:
        """Give the dump that is chosen in the sidebar another name."""
        source = self._desk.chosen_source()
        if source is None:
            return
        name, accepted = QInputDialog.getText(
            self._desk.window(), _tr("Rename dump"), _tr("Name of the dump"), QLineEdit.EchoMode.Normal, source.name
        )
        if accepted and name.strip():
            self._context.run(
                _tr("Rename dump"), lambda library: services.sources.rename(library, source.id, name.strip())
            )


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("FileCommands", text, None, count)
