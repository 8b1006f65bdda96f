"""Where the library lives: choosing another folder, with a word where other programs keep that folder in step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.services import backups, home
from db.services.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAMES = {
    "dropbox": "Dropbox", "onedrive": "OneDrive", "google drive": "Google Drive", "googledrive": "Google Drive",
    "my drive": "Google Drive", "icloud": "iCloud", "mobile documents": "iCloud", "nextcloud": "Nextcloud",
    "owncloud": "ownCloud", "pcloud": "pCloud", "megasync": "MEGA", "syncthing": "Syncthing", "seafile": "Seafile",
}  # fmt: skip
"""How folders begin that a program keeps in step with others, in small letters."""
_MARKS = {
    ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".stfolder": "Syncthing", ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud", ".tmp.driveupload": "Google Drive",
}  # fmt: skip
"""What such programs leave in their folders."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that the library may live in: the file it would be, and whether one is there already, or the open one.

    `synced_by` names the program that keeps the folder in step with other computers, "" for none.
    """

    library: Path
    is_there: bool
    synced_by: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the library is now, and where it was said to be before; a copy is as it was after so many writes."""

    library: Path
    before: Path
    is_copy: bool
    writes: int


def look(folder: Path, library: Library) -> Place:
    """Return what is known of a folder before it is chosen for the open library."""
    path = folder.absolute() / home.LIBRARY
    return Place(path, path.exists(), next(_synced(path.parent), ""), _is_same(path, library.path))


def _try(path: Path) -> None:
    """Open a library and close it. Raises LibraryError, which names the folder, for the open one is called alike."""
    try:
        Library.open(path, create=False).close()
    except LibraryError as error:
        raise LibraryError(
            f"In {path.parent}: {error.message} Your library stays where it is.", details=error.details
        ) from error


def _is_same(one: Path, other: Path) -> bool:
    """Tell whether two paths, of which links may be part, name one file."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def _synced(folder: Path) -> Iterator[str]:
    for one in (folder, *folder.parents):
        name = one.name.casefold()
        yield from (program for begin, program in _NAMES.items() if name.startswith(begin))
        for mark, program in _MARKS.items():
            try:
                if (one / mark).exists():
                    yield program
            except OSError:
                continue


def move(library: Library, place: Place) -> Moved:
    """Do as `choose` does, and note what is needed to bring along what is written to this one until it is closed."""
    before = home.unnamed_library()
    path = choose(library, place)
    return Moved(path, before, not place.is_there and not place.is_open, library.writes)


def catch_up(left: Library, moved: Moved) -> None:
    """Copy a library once more that was written to after it had been moved, and is closed now. Raises LibraryError."""
    if moved.is_copy and left.writes != moved.writes:
        again = Library.open(left.path, create=False)
        try:
            backups.backup(again, moved.library)
        finally:
            again.close()


def choose(library: Library, place: Place) -> Path:
    """Let the library live in another place from the next opening on; return its path.

    A library that is there stays as it is and is opened; else a copy of this one is made there, checked, and this one
    stays where it is. The open library itself is remembered and no more: another place may be, which is gone. Raises
    LibraryError, and nothing is changed then.
    """
    if "://" in library.address:
        raise LibraryError(f"{library.path.name} is on a server, so no folder of this computer can be its place.")
    if place.is_open:
        pass  # opened a second time, closing it would cost the first its locks
    elif place.is_there:
        _try(place.library)
    else:
        try:
            place.library.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"{place.library.parent} cannot be made: {error.strerror}. Nothing was changed."
            ) from error
        backups.backup(library, place.library)
    home.choose_library(place.library)
    return place.library
