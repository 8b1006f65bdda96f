"""The files of papers: where they lie on this computer."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from db.domain.errors import LibraryError
from db.services.nearby import from_the_root
from db.store import bibfolders, sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.services.library import Library

PROGRAMS = frozenset(
    "app appimage application appref-ms bash bat bin chm cmd com command cpl deb desktop diagcab dll exe fileloc "
    "gadget hta inetloc inf jar js jse lnk mobileconfig msc msi msp pif pkg ps1 psm1 py pyw pyz pyzw reg rpm run scf "
    "scpt scr settingcontent-ms sh terminal url vb vbe vbs webloc workflow ws wsc wsf wsh xll".split()
)
"""Endings of files that a computer runs instead of showing: a bibliography of a stranger may name any file."""


def locate(library: Library, paper_id: int, path: str) -> Path:
    """Return the existing file that an attachment of a paper means.

    A relative path is looked for beside the sources that show the paper, the first one first, then beside the library,
    with which it may have been carried to another computer, then in the folders that bibliographies of JabRef name,
    and at last from the root, whose slash Mendeley leaves out.
    Raises LibraryError, in words for the person, when there is no such file, or it is none to be opened.
    """
    if path.startswith(("//", "\\\\")) or "://" in path:
        raise LibraryError(f"{path} is not on this computer, so it is not opened.")
    if path.rpartition(".")[2].lower().rstrip() in PROGRAMS:
        raise LibraryError(f"{path} is a program, so it is not opened.")
    try:
        found = next((one for one in Finder(library).places(paper_id, path) if one.is_file()), None)
    except (OSError, ValueError, RuntimeError):  # RuntimeError: a ~name that is nobody
        found = None
    if found is None:
        raise LibraryError(f"There is no file {path} on this computer.")
    if found.resolve().suffix.lower().lstrip(".") in PROGRAMS:
        raise LibraryError(f"{path} is a program, so it is not opened.")
    return found


class Finder:
    """Looks for files of papers; what a bibliography says of its folders is read once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._folders: dict[str, list[str]] = {}

    def is_there(self, paper_id: int, path: str) -> bool | None:
        """Tell whether a file of a paper is there; None where that cannot be told from here.

        That is so of a path of another system, and of a relative one when no folder of its sources is on this computer.
        """
        text = unquote(path.removeprefix("file://")) if path.startswith("file://") else path
        try:
            file = Path(text).expanduser()
            if file.is_absolute():
                return file.exists()
            if text.startswith(("//", "\\\\")) or "://" in text or PureWindowsPath(text).drive:
                return None
            if any(one.exists() for one in self.places(paper_id, text)):
                return True
            return False if any(Path(one).parent.is_dir() for one in self._imported(paper_id)) else None
        except (OSError, ValueError, RuntimeError):
            return None

    def places(self, paper_id: int, path: str) -> Iterator[Path]:
        """Yield where a file may lie, the likeliest place first."""
        imported = self._imported(paper_id)
        if "://" not in self._library.address:
            imported.append(str(self._library.path.absolute()))
        yield from _candidates(path, imported)
        if not (Path(path).is_absolute() or PureWindowsPath(path).drive):
            yield from self._in_folders(paper_id, path)
        yield from_the_root(path)

    def _imported(self, paper_id: int) -> list[str]:
        with self._library.reading() as session:
            return sources.places(session, paper_id)

    def _in_folders(self, paper_id: int, path: str) -> Iterator[Path]:
        """Yield where a relative path may lie in the folders that bibliographies name, a relative one beside them."""
        for source, folder in self._named(paper_id):
            for one in dict.fromkeys((folder, folder.replace("\\", "/"))):
                yield Path(source).parent / Path(one).expanduser() / path.replace("\\", "/")

    def _named(self, paper_id: int) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        with self._library.reading() as session:
            for source, sha256 in bibfolders.bibliographies(session, paper_id):
                if sha256 not in self._folders:
                    self._folders[sha256] = bibfolders.named(session, sha256)
                found += [(source, folder) for folder in self._folders[sha256]]
        return found


def _candidates(path: str, imported: Sequence[str]) -> Iterator[Path]:
    file = Path(path)
    if path.startswith("~"):
        file = file.expanduser()
    if file.is_absolute():
        yield file
    elif not PureWindowsPath(path).drive:
        for source in imported:
            yield Path(source).parent / file
            yield Path(source).parent / path.replace("\\", "/")
