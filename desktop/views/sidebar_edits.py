"""What the sidebar changes in the library: names, colours, places, and papers dropped on a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from db import services
from desktop.models.sidebar_entry import Kind
from desktop.views import tag_edits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.progress import Report
    from db.services.saved import Deleted
    from desktop.context import AppContext
    from desktop.models.sidebar_entry import Entry


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Sidebar", text, None, count)


def rename(context: AppContext, parent: QWidget, entry: Entry, name: str) -> None:
    """Give a collection, saved search, tag or dump another name."""
    if entry.kind is Kind.TAG:
        tag_edits.rename(context, parent, entry.name, name)
        return
    number = entry.target
    if number is None:
        return

    def change(library: Library) -> Changes:
        if entry.kind is Kind.COLLECTION:
            return services.collecting.rename(library, number, name)
        if entry.kind is Kind.SEARCH:
            return services.saved.rename(library, number, name)
        return services.sources.rename(library, number, name)

    context.run(_tr("Rename {name}").format(name=entry.label), change)


def delete(context: AppContext, entry: Entry) -> None:
    """Delete a tag, collection or saved search; its papers stay, and Undo brings it back."""
    number = entry.target
    if entry.kind is Kind.TAG:
        tag_edits.delete(context, [entry.name])
    elif entry.kind is Kind.SEARCH and number is not None:
        _delete_search(context, number, entry.label)
    elif entry.kind is Kind.COLLECTION and number is not None:
        context.run(
            _tr("Delete {name}").format(name=entry.label),
            lambda library: services.collecting.delete(library, number),
            toast=_tr("Collection “{name}” deleted.").format(name=entry.label),
            undo=True,
        )


def _delete_search(context: AppContext, number: int, name: str) -> None:
    def told(deleted: Deleted) -> None:
        said = _tr("Saved search “{name}” deleted.").format(name=name)
        if deleted.users:
            said += " " + _tr("It is used by {names}, which no longer find it.").format(names=", ".join(deleted.users))
        context.notify(said, undo=bool(deleted.changes))

    context.run(_tr("Delete {name}").format(name=name), lambda library: services.saved.delete(library, number), told)


def move_search(context: AppContext, search_id: int, into: Entry) -> None:
    """Put a saved search inside another one or a collection, or at the top."""
    parent = into.target if into.kind is Kind.SEARCH else None
    shelf = into.target if into.kind is Kind.COLLECTION else None
    context.run(
        _tr("Move saved search"),
        lambda library: services.saved.move(library, search_id, parent_id=parent, collection_id=shelf),
    )


def recolour(context: AppContext, tag_id: int, colour: int) -> None:
    """Give a tag one of the eight colours."""
    context.run(_tr("Colour tag"), lambda library: services.tagging.set_colour(library, tag_id, colour))


def create_collection(context: AppContext, name: str, parent_id: int | None) -> None:
    """Make a collection, at the top or inside another."""
    context.run(
        _tr("New collection {name}").format(name=name),
        lambda library: services.collecting.create(library, name, parent_id),
    )


def move_collection(context: AppContext, collection_id: int, parent_id: int | None) -> None:
    """Put a collection inside another, or at the top."""
    context.run(_tr("Move collection"), lambda library: services.collecting.move(library, collection_id, parent_id))


def drop_papers(context: AppContext, entry: Entry, ids: Sequence[int]) -> None:
    """Do with papers what dropping them on a line means."""
    if not ids:
        return
    number, name, count = entry.target, entry.name or entry.label, len(ids)

    def change(library: Library, report: Report) -> Changes:
        if entry.kind is Kind.TAG:
            return services.tagging.tag(library, ids, add=[name], report=report)
        if entry.kind is Kind.COLLECTION and number is not None:
            return services.collecting.add(library, number, ids)
        if entry.key == "starred":
            return services.editing.set_fields(library, ids, {"starred": True})
        return services.editing.trash(library, ids)

    words = {
        Kind.TAG: _tr("%Ln paper(s) tagged “{name}”.", count),
        Kind.COLLECTION: _tr("%Ln paper(s) added to “{name}”.", count),
    }.get(entry.kind)
    if words is None:
        words = (
            _tr("%Ln paper(s) starred.", count)
            if entry.key == "starred"
            else _tr("%Ln paper(s) moved to the trash.", count)
        )
    said = words.format(name=name)
    context.run_long(
        _tr("Drop on {name}").format(name=name), change, lambda changes: context.notify(said, undo=bool(changes))
    )
