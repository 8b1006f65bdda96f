"""What LaTeX documents cite, and citing in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from desktop import cite_options, editor_options
from desktop.models.mime import DOCUMENTS, is_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.cite_commands import CiteStyle
    from desktop.commands.desk import Desk

LAST = "documents/file"


class DocumentCommands:
    """Opens documents, wherever they came from, and the window that makes a citation."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._context = desk.context
        self._waiting: Path | None = None
        self._context.opened.connect(self._go_on)

    def _go_on(self) -> None:
        """Show what was dropped before the library was open."""
        path, self._waiting = self._waiting, None
        if path is not None:
            self.open(path)

    def choose(self) -> None:
        """Choose a document and show what it cites."""
        kinds = f"{_tr('LaTeX documents')} ({' '.join(f'*{kind}' for kind in DOCUMENTS)});;{_tr('All files')} (*)"
        last = self._context.settings.get(LAST, "")
        name, _kind = QFileDialog.getOpenFileName(self._desk.window(), _tr("What a document cites"), last, kinds)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Show what a document cites, in the window that is open for that already."""
        from desktop.views.document_dialog import DocumentDialog

        if self._context.library is None:
            self._waiting = path
            return
        self._context.settings.set(LAST, str(path))
        window = self._desk.window()
        for shown in window.findChildren(DocumentDialog):
            if shown.isVisible():
                shown.show_document(path)
                shown.raise_()
                shown.activateWindow()
                return
        made = DocumentDialog(self._context, path, window)
        made.papers_wanted.connect(self._desk.show_papers)
        made.choose_wanted.connect(self.choose)
        self._desk.registry.lend(made, "undo", "redo").show()

    def dropped(self, paths: Sequence[Path]) -> None:
        """Show what a dropped document cites, and import all that is no document."""
        documents = [path for path in paths if is_document(path)]
        self._desk.import_paths([path for path in paths if not is_document(path)])
        if documents:
            self.open(documents[0])

    def cite(self) -> None:
        """Make a citation of the selection."""
        from desktop.views.cite_dialog import CiteDialog

        dialog = CiteDialog(self._context, self._desk.table.cited_ids(), self._desk.window())
        dialog.push_wanted.connect(self._push)
        self._desk.registry.lend(dialog).show()

    def push(self) -> None:
        """Push a citation of the selection, by the usual command, to the editor of the preferences."""
        self._push(self._desk.table.cited_ids(), cite_options.style(self._context.settings))

    def _push(self, ids: Sequence[int], style: CiteStyle) -> None:
        from desktop.views.pusher import Pusher

        editor = editor_options.chosen(self._context.settings)
        if editor is None:
            self._choose_editor()
            return
        window = self._desk.window()
        pusher = window.findChild(Pusher) or Pusher(self._context, window)
        pusher.push(ids, style, editor)

    def _choose_editor(self) -> None:
        from desktop.views.preferences import PreferencesDialog

        dialog = PreferencesDialog(self._context, self._desk.registry, self._desk.window())
        self._desk.registry.lend(dialog).show()
        dialog.editor.kinds.setFocus()
        self._context.notify(_tr("Choose your editor first: under “Push citations to”."))


def _tr(text: str) -> str:
    return QCoreApplication.translate("DocumentCommands", text)
