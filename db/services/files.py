"""The files of papers: where they lie on this computer."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

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
    with library.reading() as session:
        imported = sources.places(session, paper_id)
    if "://" not in library.address:
        imported.append(str(library.path.absolute()))
    if path.startswith(("//", "\\\\")) or "://" in path:
        raise LibraryError(f"{path} is not on this computer, so it is not opened.")
    if path.rpartition(".")[2].lower().rstrip() in PROGRAMS:
        raise LibraryError(f"{path} is a program, so it is not opened.")
    try:
        found = next((one for one in _candidates(path, imported) if one.is_file()), None)
        found = found or next((one for one in _in_folders(library, paper_id, path) if one.is_file()), None)
        found = found or next((one for one in (from_the_root(path),) if one.is_file()), None)
    except (OSError, ValueError, RuntimeError):  # RuntimeError: a ~name that is nobody
        found = None
    if found is None:
        raise LibraryError(f"There is no file {path} on this computer.")
    if found.resolve().suffix.lower().lstrip(".") in PROGRAMS:
        raise LibraryError(f"{path} is a program, so it is not opened.")
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


def _in_folders(library: Library, paper_id: int, path: str) -> Iterator[Path]:
    """Yield where a relative path may lie in the folders that bibliographies name; a relative one is beside them."""
    if Path(path).is_absolute() or PureWindowsPath(path).drive:
        return
    with library.reading() as session:
        named = bibfolders.named(session, paper_id)
    for source, folder in named:
        for one in dict.fromkeys((folder, folder.replace("\\", "/"))):
            yield Path(source).parent / Path(one).expanduser() / path.replace("\\", "/")
