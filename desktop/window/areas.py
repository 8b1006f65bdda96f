"""The commands that need nothing of the window but what every command does, by the names that the actions use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.commands.coming import ComingCommands
from desktop.commands.dumps import DumpCommands
from desktop.commands.files import FileCommands
from desktop.commands.library import LibraryCommands
from desktop.commands.looking import LookingCommands
from desktop.commands.papers import PaperCommands
from desktop.commands.picking import PickingCommands
from desktop.commands.saving import SavingCommands
from desktop.commands.window import WindowCommands

if TYPE_CHECKING:
    from desktop.commands.desk import Desk
    from desktop.commands.intake import Intake


def make_areas(desk: Desk, intake: Intake) -> dict[str, object]:
    """Return the areas of commands."""
    return {
        "window": WindowCommands(desk),
        "files": FileCommands(desk),
        "papers": PaperCommands(desk),
        "picking": PickingCommands(desk),
        "library": LibraryCommands(desk),
        "looking": LookingCommands(desk),
        "dumps": DumpCommands(desk),
        "saving": SavingCommands(desk),
        "intake": intake,
        "coming": ComingCommands(desk, intake),
    }
