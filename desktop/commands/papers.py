"""What can be done to the chosen papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from db import services
from db.domain.records import Status
from desktop import cite_options, export_options
from desktop.views import paper_edits, references

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.domain.records import Paper, PaperRow
    from db.services.changes import Changes
    from db.services.citing import Formatted
    from desktop.commands.desk import Desk


class PaperCommands:
    """Acts on the selection of the table."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._context = desk.context

    def _ids(self) -> list[int]:
        return self._desk.table.selected_ids()

    def _first(self) -> PaperRow | None:
        library, ids = self._context.library, self._ids()
        if library is None or not ids:
            return None
        current = self._desk.table.current_id()
        found = services.reading.rows(library, [current if current in ids else ids[0]])
        return found[0] if found else None

    def _paper(self) -> Paper | None:
        library, row = self._context.library, self._first()
        return services.reading.paper(library, row.id) if library is not None and row else None

    def _set(self, label: str, field: str, value: object) -> None:
        ids = self._ids()
        if ids:
            self._context.run(label, lambda library: services.editing.set_fields(library, ids, {field: value}))

    def move(self, rows: str) -> None:
        """Go to the next or the previous paper."""
        self._desk.table.move_by(int(rows))

    def preview(self) -> None:
        """Show the details, or scroll them when they are shown."""
        self._desk.preview()

    def select_all(self) -> None:
        """Choose every paper that is shown."""
        self._desk.table.select_all()

    def edit_title(self) -> None:
        """Put the keyboard into the title of the detail pane."""
        self._desk.edit_field("title")

    def edit_notes(self) -> None:
        """Put the keyboard into the notes of the detail pane."""
        if len(self._ids()) == 1:
            self._desk.edit_field("notes")
        else:
            self._context.notify(_tr("A note belongs to one paper: select that one alone."))

    def open_link(self) -> None:
        """Open the paper in the browser: arXiv, DOI, or its first address."""
        paper = self._paper()
        if paper is None:
            return
        address = services.addresses.best(paper)
        if address:
            QDesktopServices.openUrl(QUrl(address, QUrl.ParsingMode.StrictMode))
        else:
            self._context.notify(_tr("This paper has no arXiv id, DOI or address to open."))

    def star(self) -> None:
        """Star the selection, or take the star away when the current paper has one."""
        if row := self._first():
            paper_edits.toggle_star(self._context, self._ids(), row.id)

    def tag(self) -> None:
        """Choose tags for the selection."""
        from desktop.views.tag_picker import TagPicker

        TagPicker(self._context, self._ids(), self._desk.window()).open()

    def suggest_tags(self) -> None:
        """Show tags that may fit the selection."""
        from desktop.views.tag_suggestions import TagSuggestions

        view = TagSuggestions(self._context, self._ids(), self._desk.window())
        self._desk.registry.lend(view, "undo", "redo").show()

    def toggle_tag(self, number: str) -> None:
        """Give or take the tag with a number key."""
        paper_edits.toggle_tag(self._context, self._ids(), int(number))

    def cycle_status(self) -> None:
        """Go on from unread to reading, read, skipped and unread again."""
        if row := self._first():
            paper_edits.cycle_status(self._context, self._ids(), row.id)

    def set_status(self, status: str) -> None:
        """Mark the selection as unread, reading, read or skipped."""
        self._set(_tr("Mark as {0}").format(status), "status", Status(status))

    def rate(self, stars: str) -> None:
        """Give the selection 0 to 5 stars."""
        self._set(_tr("Rate"), "rating", int(stars))

    def copy_bibtex(self) -> None:
        """Put the BibTeX of the selection on the clipboard; the keys stay as they are from then on."""
        ids = self._ids()
        said, options = self._copied_bibtex(len(ids)), export_options.options(self._context.settings)
        self._context.run(_tr("Copy BibTeX"), lambda library: services.exporting.bibtex(library, ids, options), said)

    def copy_cite(self) -> None:
        """Put `\\cite{...}`, or the usual command, for the selection on the clipboard, in the order of choosing."""
        ids, style = self._desk.table.cited_ids(), cite_options.style(self._context.settings)
        self._context.run(
            _tr("Copy cite command"), lambda library: services.cite_commands.cite(library, ids, style), self._copied
        )

    def _copied_bibtex(self, count: int) -> Callable[[tuple[str, Changes]], None]:
        def copied(result: tuple[str, Changes]) -> None:
            QGuiApplication.clipboard().setText(result[0])
            self._context.notify(_tr("Copied the BibTeX of %Ln paper(s)", count))

        return copied

    def _copied(self, result: tuple[str, Changes]) -> None:
        QGuiApplication.clipboard().setText(result[0])
        first = result[0].split("\n", 1)[0]
        self._context.notify(_tr("Copied {0}").format(first if len(first) <= 60 else f"{first[:59]}…"))

    def copy_reference(self) -> None:
        """Put the references of the selection on the clipboard, in the style that was chosen last."""
        ids, style = self._ids(), references.remembered_style(self._context.settings)

        def copied(made: Formatted) -> None:
            references.copy_list(made)
            self._context.notify(_tr("Copied the reference of %Ln paper(s)", len(made.references)))

        self._context.run_long(
            _tr("Copy reference"),
            lambda library, report: services.citing.format_papers(library, ids, style, report),
            copied,
        )

    def reference_list(self) -> None:
        """Show the references of the selection, to be copied or saved."""
        from desktop.views.reference_list import ReferenceList

        ReferenceList(self._context, self._ids(), self._desk.window()).open()

    def edit_key(self) -> None:
        """Change the citation key of the current paper."""
        if self._first():
            self._desk.edit_field("citation_key")

    def pin_key(self) -> None:
        """Keep the citation keys of the selection for ever."""
        ids = self._ids()
        self._context.run(_tr("Pin keys"), lambda library: services.editing.pin_key(library, ids))

    def unpin_key(self) -> None:
        """Let the citation keys of the selection follow the pattern again."""
        ids = self._ids()
        self._context.run(_tr("Unpin keys"), lambda library: services.editing.unpin_key(library, ids))

    def regenerate_key(self) -> None:
        """Make the citation keys of the selection anew by the pattern; a pinned or used one stays."""
        ids = self._ids()
        self._context.run(_tr("Make keys anew"), lambda library: services.editing.regenerate_keys(library, ids))

    def merge(self) -> None:
        """Merge the selection into one paper; it can be taken apart again at any time."""
        ids = self._ids()
        if len(ids) > 1:
            said = _tr("Merged %Ln paper(s) into one", len(ids))
            self._context.run(_tr("Merge"), lambda library: services.merging.merge(library, ids), toast=said, undo=True)

    def take_apart(self) -> None:
        """Let the papers that the current one was merged from stand for themselves again."""
        from desktop.views.take_apart import TakeApart

        if row := self._first():
            TakeApart(self._context, row.id, self._desk.window()).open()

    def trash(self) -> None:
        """Move the selection to the trash."""
        ids = self._ids()
        if ids:
            said = _tr("Moved %Ln paper(s) to the trash", len(ids))
            self._context.run(
                _tr("Move to trash"),
                lambda library: services.editing.trash(library, ids),
                toast=said,
                undo=True,
            )

    def restore(self) -> None:
        """Take the selection out of the trash."""
        ids = self._ids()
        said = _tr("Restored %Ln paper(s)", len(ids))
        self._context.run(_tr("Restore"), lambda library: services.editing.restore(library, ids), toast=said)


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("PaperCommands", text, None, count)
