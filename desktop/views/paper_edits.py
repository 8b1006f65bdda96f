"""Small changes made in the table itself: star, and the tags under the number keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from db import services
from db.domain.records import Status
from db.services.changes import Changes

if TYPE_CHECKING:
    from db.services.library import Library
    from desktop.context import AppContext

LOOKED_AT = 1_000  # papers asked whether they have the tag already; beyond that it is simply added

STATUSES = tuple(Status)


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("PaperTable", text, None, count)


def toggle_star(context: AppContext, ids: list[int], first: int) -> None:
    """Star papers, or take the star away when `first` has one."""

    def change(library: Library) -> Changes:
        # Asked in the write itself: keys may come faster than writes end.
        starred = any(row.starred for row in services.reading.rows(library, [first]))
        return services.editing.set_fields(library, ids, {"starred": not starred})

    context.run(_tr("Star %Ln paper(s)", len(ids)), change)


def cycle_status(context: AppContext, ids: list[int], first: int) -> None:
    """Give papers the status that comes after the one of `first`."""

    def change(library: Library) -> Changes:
        rows = services.reading.rows(library, [first])
        at = STATUSES.index(rows[0].status) if rows else -1
        return services.editing.set_fields(library, ids, {"status": STATUSES[(at + 1) % len(STATUSES)]})

    context.run(_tr("Next status"), change)


def toggle_tag(context: AppContext, ids: list[int], number: int) -> None:
    """Give papers the tag that stands at a place of the sidebar (from 1); take it away when all have it."""

    def change(library: Library) -> Changes:
        tags = services.reading.sidebar(library).tags
        if number > len(tags):
            return Changes("")
        name = tags[number - 1].name
        looked_at = services.reading.rows(library, ids[:LOOKED_AT])
        have = [any(tag.name == name for tag in row.tags) for row in looked_at]
        if all(have) and len(ids) <= LOOKED_AT:
            return services.tagging.tag(library, ids, remove=[name])
        return services.tagging.tag(library, ids, add=[name])

    context.run(_tr("Tag %Ln paper(s)", len(ids)), change)
