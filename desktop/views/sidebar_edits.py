"""What the sidebar changes in the library: names, colours, places, and papers dropped on a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from db import services
from desktop.models.sidebar_tree import Kind

if TYPE_CHECKING:
    from db.services.changes import Changes
    from db.services.library import Library
    from desktop.context import AppContext
    from desktop.models.sidebar_tree import Entry


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Sidebar", text, None, count)


def rename(context: AppContext, entry: Entry, name: str) -> None:
    """Give a collection, tag or dump another name."""
    number = entry.target
    if number is None:
        return

    def change(library: Library) -> Changes:
        if entry.kind is Kind.TAG:
            return services.tagging.rename(library, number, name)
        if entry.kind is Kind.COLLECTION:
            return services.collecting.rename(library, number, name)
        return services.sources.rename(library, number, name)

    context.run(_tr("Rename {name}").format(name=entry.label), change)


def delete(context: AppContext, entry: Entry) -> None:
    """Delete a tag or collection; its papers stay, and Undo brings it back."""
    number = entry.target
    if number is None or entry.kind not in (Kind.TAG, Kind.COLLECTION):
        return
    service = services.tagging if entry.kind is Kind.TAG else services.collecting
    words = _tr("Tag “{name}” deleted.") if entry.kind is Kind.TAG else _tr("Collection “{name}” deleted.")
    context.run(
        _tr("Delete {name}").format(name=entry.label),
        lambda library: service.delete(library, number),
        toast=words.format(name=entry.label),
        undo=True,
    )


def recolour(context: AppContext, tag_id: int, colour: int) -> None:
    """Give a tag one of the eight colours."""
    context.run(_tr("Colour tag"), lambda library: services.tagging.set_colour(library, tag_id, colour))


def merge_tags(context: AppContext, tag_id: int, into: int, words: str) -> None:
    """Put the papers of one tag under another and delete the first."""
    context.run(
        _tr("Merge tags"),
        lambda library: services.tagging.merge(library, [tag_id], into),
        toast=words,
        undo=True,
    )


def create_collection(context: AppContext, name: str, parent_id: int | None) -> None:
    """Make a collection, at the top or inside another."""
    context.run(
        _tr("New collection {name}").format(name=name),
        lambda library: services.collecting.create(library, name, parent_id),
    )


def move_collection(context: AppContext, collection_id: int, parent_id: int | None) -> None:
    """Put a collection inside another, or at the top."""
    context.run(_tr("Move collection"), lambda library: services.collecting.move(library, collection_id, parent_id))


def drop_papers(context: AppContext, entry: Entry, ids: list[int]) -> None:
    """Do with papers what dropping them on a line means."""
    if not ids:
        return
    number, name, count = entry.target, entry.label, len(ids)

    def change(library: Library) -> Changes:
        if entry.kind is Kind.TAG:
            return services.tagging.tag(library, ids, add=[name])
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
    context.run(_tr("Drop on {name}").format(name=name), change, toast=words.format(name=name), undo=True)
