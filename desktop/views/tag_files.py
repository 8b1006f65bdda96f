"""Cleaning tags up by a file, with a look at what it would change, and writing the list of tags as such a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QHeaderView, QTreeWidget, QTreeWidgetItem

from db import services
from desktop.models.cell_text import cut, tip
from desktop.views.plain import Label, plain_tree
from desktop.views.tag_dialogs import Dialog
from desktop.views.words import counted

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from db.services.library import Library
    from db.services.tagmaps import MapPreview
    from desktop.context import AppContext

SHOWN = 2_000
"""Lines of each kind that are listed; the rest is counted."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("TagFiles", text)


def save_list(context: AppContext, parent: QWidget) -> None:
    """Ask for a file and write all tags into it."""
    name, _filter = QFileDialog.getSaveFileName(parent, _tr("Save the list of tags"), "tags.csv", _tr("Tables (*.csv)"))
    if name:
        context.read(
            lambda library: services.tagmaps.export(library, Path(name)),
            lambda count: context.notify(counted("Wrote %Ln tag(s).", count)),
        )


def clean_up(context: AppContext, parent: QWidget) -> None:
    """Ask for a file and show what it would change."""
    name, _filter = QFileDialog.getOpenFileName(
        parent, _tr("File of old and new tags"), "", _tr("Tables (*.csv *.txt *.tsv);;All files (*)")
    )
    if name:
        CleanUp(context, Path(name), parent).look()


class CleanUp(Dialog):
    """Lists what would become of tags, and the lines of the file that cannot be followed."""

    def __init__(self, context: AppContext, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(_tr("Clean up tags"), _tr("Change tags"), parent)
        self._context, self._path = context, path
        self.list = QTreeWidget()
        plain_tree(self.list, _tr("What would change"), [_tr("Old"), _tr("New"), _tr("Papers")])
        header = self.list.header()
        header.setStretchLastSection(False)
        for section, mode in enumerate(("Stretch", "Stretch", "ResizeToContents")):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode[mode])
        self.said = Label()
        for place, widget in enumerate((self.list, self.said)):
            self.column.insertWidget(place, widget)
        self.button.setEnabled(False)
        self.resize(560, 440)

    def look(self) -> None:
        """Read the file off the UI thread, and open with what it says."""
        path = self._path

        def read(library: Library) -> MapPreview:
            self._map = services.tagmaps.load(path)
            return services.tagmaps.preview(library, self._map)

        self._context.read(read, self.show_preview)

    def show_preview(self, found: MapPreview) -> None:
        """List what would change."""
        lines, remarks = found.changes.lines, found.remarks
        for one in lines[:SHOWN]:
            merged = _tr("{0} (merged)").format(one.new) if one.merges else one.new
            self._add(one.old, _tr("deleted") if one.new is None else str(merged), f"{one.papers:,}")
        for remark in remarks[:SHOWN]:
            self._add(_tr("Line {0}: {1}").format(remark.number, remark.text), remark.why, "")
        words = [counted("%Ln tag(s) would change", len(lines)) + counted(", on %Ln paper(s).", found.changes.papers)]
        if remarks:
            words.append(counted("%Ln line(s) cannot be followed and (changes|change) nothing.", len(remarks)))
        words.append(_tr("One undo takes all of it back."))
        self.said.say(" ".join(words))
        self.button.setEnabled(bool(lines))
        self.open()

    def _add(self, old: str, new: str, papers: str) -> None:
        item = QTreeWidgetItem(self.list, [cut(old), cut(new), papers])
        item.setToolTip(0, tip(old))
        item.setToolTip(1, tip(new))

    def accept(self) -> None:
        wanted, name = self._map, self._path.name
        self._context.run(
            _tr("Clean up tags"),
            lambda library: services.tagmaps.apply(library, wanted, name),
            toast=_tr("Tags changed by {0}.").format(name),
            undo=True,
        )
        super().accept()
