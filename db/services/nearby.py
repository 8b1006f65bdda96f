"""Files that a bibliography names, looked for before it is imported: beside it, and in the folders that it names."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path, PureWindowsPath

from db.domain.formats.bibread import folders

TAIL = 65_536
"""Bytes of the end of a bibliography, where JabRef names its folders."""


class Nearby:
    """Tells which files are not there; `path` is the bibliography as the person knows it, "" for pasted text."""

    def __init__(self, path: str) -> None:
        self._path = path

    @cached_property
    def _folders(self) -> list[Path]:
        if not self._path:
            return []
        beside = Path(self._path).parent
        return [beside, *(beside / Path(name.replace("\\", "/")).expanduser() for name in self._named())]

    def _named(self) -> list[str]:
        try:
            with Path(self._path).open("rb") as file:
                file.seek(0, 2)
                file.seek(max(0, file.tell() - TAIL))
                lines = file.read().decode("utf-8", "replace").splitlines()
        except OSError:
            return []
        return [name for line in lines if (name := folders.folder(line))]

    def lacks(self, path: str) -> bool:
        """Tell whether a file is not on this computer; none is asked for on another one."""
        if path.startswith(("//", "\\\\")) or "://" in path:
            return True
        try:
            file = Path(path).expanduser()
            if file.is_absolute():
                return not file.is_file()
            if PureWindowsPath(path).drive:
                return True
            places = [folder / path.replace("\\", "/") for folder in self._folders]
            return not any(one.is_file() for one in (*places, from_the_root(path)))
        except (OSError, ValueError, RuntimeError):  # RuntimeError: a ~name that is nobody
            return True


def from_the_root(path: str) -> Path:
    """Return what a relative path means in Mendeley's files: `home/ada/a.pdf` is `/home/ada/a.pdf`."""
    return Path("/") / path
