"""The files of a LaTeX document, opened beside it; what is wrong with one is a value, never an exception."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from db.domain.documents import Opened
from db.domain.formats.textfile import detect
from db.services.parsing import reason

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

LARGEST = 16_000_000
"""Bytes; a bigger file is data or a picture, and no text that somebody cites in."""
_DECLARED = re.compile(rb"\\usepackage\s*\[([A-Za-z0-9-]+)\]\s*\{inputenc\}")
_CODECS = {
    "latin1": "latin-1",
    "latin9": "iso8859-15",
    "ansinew": "cp1252",
    "cp1252": "cp1252",
    "applemac": "mac-roman",
    "latin2": "latin2",
    "cp1250": "cp1250",
    "koi8-r": "koi8-r",
}


Stamp = tuple[int, int, int, int, int]
"""Inode, time, size, rights and owner of a file, zeros for one that is not there; a folder has no time and size."""
NOT_THERE: Stamp = (0, 0, 0, 0, 0)


class Folder:
    """Opens the files that a document is made of, relative to the folder that it lies in.

    `seen` are the files that were asked for, as they were before they were read.
    """

    def __init__(self, document: Path) -> None:
        self.folder = document.parent
        self.seen: dict[Path, Stamp] = {}
        self._declared = ""

    def open(self, name: str) -> Opened:
        """Return a file of the document."""
        try:
            path = self.folder / name
            self.seen.setdefault(path, NOT_THERE)
            status = path.stat()
            self.seen[path] = _stamp(status)
            if not stat.S_ISREG(status.st_mode):
                missing = stat.S_ISDIR(status.st_mode)
                return Opened(None, f"{name} is not a regular file, so it was not read", missing=missing)
            if status.st_size > LARGEST:
                return Opened(None, f"{name} has more than {LARGEST:,} bytes, so it was not read")
            if not status.st_size:
                return Opened("")  # also what the system makes up while it is read, perhaps without end
            with path.open("rb") as file:
                data = file.read(status.st_size)
        except OSError as error:
            missing = isinstance(error, FileNotFoundError | NotADirectoryError)
            return Opened(None, f"{name} cannot be read: {reason(error)}", missing=missing)
        except ValueError:
            return Opened(None, "this is no name of a file", missing=True)
        return self._decoded(name, data)

    def _decoded(self, name: str, data: bytes) -> Opened:
        codec = detect(data[:65_536])
        if b"\0" in data and not codec.startswith("utf-16"):
            return Opened(None, f"{name} is not text, so it was not read")
        if declared := _DECLARED.search(data):
            self._declared = _CODECS.get(declared[1].decode("ascii").lower(), "")
        try:
            return Opened(_lines(data.decode(codec if codec.startswith("utf") else "utf-8")))
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
        text = _lines(data.decode(self._declared or "cp1252", "replace"))
        if self._declared:
            return Opened(text)
        return Opened(text, "this line is not UTF-8; it was read as Windows Latin, so check keys with accents", line)

    def bibliography(self, name: str) -> Path | None:
        """Return the existing .bib file that a document names; LaTeX may have been told to write into a sub-folder."""
        named = [name] if name.lower().endswith(".bib") else [f"{name}.bib", name]
        for place in (self.folder, self.folder.parent):
            for one in named:
                if _is_file(place / one):
                    return place / one
        return None


def _lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def stamp(files: Sequence[str]) -> tuple[Stamp, ...]:
    """Return what changes when one of the files does."""
    return tuple(stamp_of(Path(file)) for file in files)


def stamp_of(path: Path) -> Stamp:
    """Return what changes when a file does."""
    try:
        return _stamp(path.stat())
    except (OSError, ValueError):
        return NOT_THERE


def _stamp(status: os.stat_result) -> Stamp:
    # What comes and goes in a folder changes its time, and says nothing about the file that is meant.
    is_folder = stat.S_ISDIR(status.st_mode)
    time, size = (0, 0) if is_folder else (status.st_mtime_ns, status.st_size)
    return status.st_ino, time, size, status.st_mode, status.st_uid
