"""`sheaf` with no arguments or with files opens the window; with a sub-command it never loads Qt."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from desktop.arguments import PICK, read

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {"parse", "import", "list", "tag", "tags", "duplicates", "export", "enrich"} | {
    "check",
    "backup",
    "restore",
    "undo",
    "redo",
    "history",
}

COMPLETING = "_SHEAF_COMPLETE"
"""Set by the shell when it asks the command line how what is typed goes on."""


def wants_window(arguments: Sequence[str]) -> bool:
    """Say whether these arguments mean the window.

    They do when the first that is not `--library PATH` is a file, or when there is none. A file named like a
    sub-command needs a slash (`./list`) or `--` before it; any other option belongs to the command line.
    """
    rest = list(arguments)
    while rest:
        first = rest.pop(0)
        if first == "--library" and rest:
            rest.pop(0)
        elif first.startswith("--library="):
            continue
        else:
            return first in ("--", PICK) or not (first in COMMANDS or first.startswith("-"))
    return "--library" not in arguments[-1:]


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window or run a sub-command; returns the exit status."""
    _begin_whole()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if COMPLETING not in os.environ and wants_window(given):
        return 0 if PICK in given and _picker_is_opened(given) else _window(given)
    from db.cli import main as command_line

    return command_line(given)


def window() -> int:
    """Open the window whatever the arguments are called; started from menus, where there is no console."""
    _begin_whole()
    return _window(sys.argv[1:])


def _begin_whole() -> None:
    """In one folder with its Python, the program is started again for each process that helps it."""
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        from db.services.home import leave_environment

        freeze_support()
        leave_environment()


def _picker_is_opened(given: Sequence[str]) -> bool:
    """Let the window that runs open its picker; by the short way, for a person waits for it."""
    from desktop.instance import hand_over, server_name

    start = read(given)
    return start.pick and hand_over(server_name(start.library), start.files, pick=True)


def _window(given: Sequence[str]) -> int:
    from desktop import lean

    lean.begin()
    from desktop.app import run

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
