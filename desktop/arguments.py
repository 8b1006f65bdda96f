"""What the window is started with; read without Qt, so that a key that runs `sheaf --pick` answers fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import services

if TYPE_CHECKING:
    from collections.abc import Sequence

PICK = "--pick"
OF_A_LIBRARY = ".sheaf"


@dataclass(frozen=True, slots=True)
class Start:
    """The library, the files to import, and whether the picker is to open."""

    library: str
    files: tuple[str, ...] = ()
    pick: bool = False


def is_library(file: str) -> bool:
    """Tell whether a file is a library by its name; Windows and macOS do not tell small letters from capitals."""
    return file.lower().endswith(OF_A_LIBRARY)


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
    if not library and len(files) == 1 and is_library(files[0]):
        library = files.pop()
    return Start(library or str(services.home.library()), tuple(services.wildcards.spread(files)), pick)
