"""Small changes made in the table itself: star, and the tags under the number keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from db import services
from db.domain.records import Status

if TYPE_CHECKING:
    from db.services.changes import Changes
    from db.services.library import Library
    from desktop.context import AppContext

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


def toggle_tag(context: AppContext, ids: list[int], digit: int) -> None:
    """Give papers, if there are any, the tag of a number key; take it off when all have it."""
    if not ids:
        return
    context.run_long(
        _tr("Tag %Ln paper(s)", len(ids)),
        lambda library, report: services.tagging.toggle(library, ids, digit, report),
        on_error=lambda error: context.notify(error.message),
    )
