"""What the window is started with; read without Qt, so that a key that runs `sheaf --pick` answers fast."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import services

if TYPE_CHECKING:
    from collections.abc import Sequence

LIBRARY_VARIABLE = "SHEAF_LIBRARY"
PICK = "--pick"
OF_A_LIBRARY = ".sheaf"


@dataclass(frozen=True, slots=True)
class Start:
    """The library, the files to import, and whether the picker is to open."""

    library: str
    files: tuple[str, ...] = ()
    pick: bool = False


def read(arguments: Sequence[str]) -> Start:
    """Return what the arguments of `sheaf` ask the window for; the default library when none is named.

    A single file that is a library by its name is the library: that is what a double click on one gives.
    """
    library, files, pick, rest = "", list[str](), False, list(arguments)
    while rest:
        first = rest.pop(0)
        if first == "--library" and rest:
            library = rest.pop(0)
        elif first.startswith("--library="):
            library = first.removeprefix("--library=")
        elif first == PICK:
            pick = True
        elif first == "--":
            files += rest
            rest = []
        else:
            files.append(first)
    if not library and len(files) == 1 and files[0].endswith(OF_A_LIBRARY):
        library = files.pop()
    return Start(library or default_library(), tuple(files), pick)


def default_library() -> str:
    """Return the person's library; said here again because asking the engine would load SQLAlchemy."""
    return named_library() or usual_library()


def named_library() -> str:
    """Return the library that the environment names, "" when it names none."""
    return os.environ.get(LIBRARY_VARIABLE, "")


def usual_library() -> str:
    """Return where a library is that nobody named, by an argument or in the environment."""
    return str(services.home.library())
