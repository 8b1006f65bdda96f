"""What the window changes of tags, wherever it is asked for: what would merge asks first, all of it can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication

from db import services
from db.domain.errors import LibraryError
from desktop.views.tag_merge import MergeQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.retagging import Retagging
    from desktop.context import AppContext


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("TagEdits", text, None, count)


def rename(context: AppContext, parent: QWidget, old: str, new: str) -> None:
    """Rename a tag with those inside it; where a tag is called so already, ask whether to merge them."""

    def change(library: Library) -> Changes:
        return services.retagging.rename(library, old, new)

    def show(found: Retagging | LibraryError) -> None:
        if not shiboken6.isValid(parent):
            return
        if isinstance(found, LibraryError):
            context.fail(found)
        elif found.merges:
            question = MergeQuestion(found, parent)
            question.accepted.connect(lambda: _run(context, _tr("Merge tags"), change, found))
            question.open()
        else:
            _run(context, _tr("Rename {0}").format(old), change, found)

    context.read(lambda library: _asked(lambda: services.retagging.preview_rename(library, old, new)), show)


def move(context: AppContext, parent: QWidget, name: str, into: str | None) -> None:
    """Put a tag with those inside it into another one, or to the top (None)."""
    try:
        rename(context, parent, name, services.retagging.moved_name(name, into))
    except LibraryError as error:
        context.fail(error)


def merge(context: AppContext, names: Sequence[str], into: str) -> None:
    """Make several tags one."""

    def change(library: Library) -> tuple[Retagging, Changes]:
        found = services.retagging.preview_merge(library, names, into)
        return found, services.retagging.merge(library, names, into)

    def done(result: tuple[Retagging, Changes]) -> None:
        said = _tr("Merged into “{0}”: %Ln paper(s).", result[0].papers)
        context.notify(said.format(into), undo=bool(result[1]))

    context.run(_tr("Merge tags"), change, done)


def delete(context: AppContext, names: Sequence[str], *, inside: bool = True) -> None:
    """Delete tags, and those inside them if asked; the papers stay, and Undo brings the tags back."""

    def change(library: Library) -> tuple[Retagging, Changes]:
        found = services.retagging.preview_delete(library, names)
        return found, services.retagging.delete(library, names, inside=inside)

    def done(result: tuple[Retagging, Changes]) -> None:
        found, changes = result
        if not inside or len(found.lines) == 1:
            said = _tr("Tag “{0}” deleted.").format(names[0])
        else:
            said = _tr("%Ln tag(s) deleted.", len(found.lines)) + " " + _tr("They were on %Ln paper(s).", found.papers)
        context.notify(said, undo=bool(changes))

    context.run(_tr("Delete tags"), change, done)


def set_digit(context: AppContext, tag_id: int, digit: int | None) -> None:
    """Let a number key stand for a tag."""
    context.run(_tr("Number key of a tag"), lambda library: services.tagging.set_digit(library, tag_id, digit))


def foreseen(ask: Callable[[], Retagging]) -> Retagging | None:
    """Return what would change, None when the tags are gone by now."""
    found = _asked(ask)
    return None if isinstance(found, LibraryError) else found


def _asked(ask: Callable[[], Retagging]) -> Retagging | LibraryError:
    try:
        return ask()
    except LibraryError as error:
        return error


def _run(context: AppContext, label: str, change: Callable[[Library], Changes], found: Retagging) -> None:
    """Do it; where more than one tag changed, say how much."""
    toast = ""
    if len(found.lines) > 1 or found.merges:
        toast = _tr("%Ln tag(s) changed", len(found.lines)) + ", " + _tr("%Ln paper(s).", found.papers)
    context.run(label, change, toast=toast, undo=True)
