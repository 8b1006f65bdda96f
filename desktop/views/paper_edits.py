"""Small changes made in the table itself: star, and the tags under the number keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from db import services
from db.services.changes import Changes

if TYPE_CHECKING:
    from db.services.library import Library
    from desktop.context import AppContext

LOOKED_AT = 1_000  # papers asked whether they have the tag already; beyond that it is simply added


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("PaperTable", text, None, count)


def star(context: AppContext, ids: list[int], starred: bool) -> None:
    """Star papers or take the star away."""
    label = _tr("Star") if starred else _tr("Remove star")
    context.run(label, lambda library: services.editing.set_fields(library, ids, {"starred": starred}))


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
