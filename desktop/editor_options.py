"""Which editor citations are pushed to: one remembered choice, with the settings of each kind kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from db import services

if TYPE_CHECKING:
    from db.services.pushing import Editor
    from desktop.settings import Settings

KIND = "editor/kind"


def chosen(settings: Settings) -> Editor | None:
    """Return the editor that is pushed to, if one was chosen."""
    kind = settings.get(KIND, "")
    return editor(settings, kind) if kind and kind in services.pushing.BY_NAME else None


def editor(settings: Settings, kind: str) -> Editor:
    """Return what is set for a kind of editor, chosen or not."""
    program, server = (settings.get(f"editor/{kind}/{part}", "") for part in ("program", "server"))
    return services.pushing.Editor(kind, program, server)


def choose(settings: Settings, kind: str) -> None:
    """Push to this kind from now on; to none when it is empty."""
    settings.set(KIND, kind)


def remember(settings: Settings, wanted: Editor) -> None:
    """Keep what was set for an editor."""
    settings.set(f"editor/{wanted.kind}/program", wanted.program)
    settings.set(f"editor/{wanted.kind}/server", wanted.server)


def title(wanted: Editor) -> str:
    """Return the name of the editor."""
    return services.pushing.BY_NAME[wanted.kind].title


def action_text(settings: Settings) -> str:
    """Return what the action is called, with the editor's name."""
    wanted = chosen(settings)
    name = title(wanted) if wanted else QCoreApplication.translate("editor_options", "editor")
    return QCoreApplication.translate("editor_options", "Push t&o {0}").format(name)
