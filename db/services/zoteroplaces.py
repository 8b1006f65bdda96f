"""Where Zotero keeps its library on this computer: the usual folders, and those that its settings name."""

from __future__ import annotations

import json
import os
import re
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.store.zotero import copying
from db.store.zotero.items import Zotero

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATABASE = "zotero.sqlite"
STORAGE = "storage"
"""The folder beside it in which Zotero keeps files."""
_FOLDERS = (
    "Zotero", "snap/zotero*/common/Zotero", "snap/zotero*/current/Zotero", ".var/app/org.zotero.Zotero/Zotero",
    ".var/app/org.zotero.Zotero/data/[Zz]otero",
)  # fmt: skip
"""Below the home folder: as Zotero comes (on every system), in a snap, in a flatpak."""
_SETTINGS = (
    ".zotero/zotero/*/prefs.js", "snap/zotero*/*/.zotero/zotero/*/prefs.js",
    ".var/app/org.zotero.Zotero/.zotero/zotero/*/prefs.js", ".var/app/org.zotero.Zotero/data/zotero/*/prefs.js",
    "Library/Application Support/Zotero/Profiles/*/prefs.js", "AppData/Roaming/Zotero/Zotero/Profiles/*/prefs.js",
)  # fmt: skip
_LINE = re.compile(r'user_pref\("extensions\.zotero\.(dataDir|baseAttachmentPath)",\s*("(?:[^"\\]|\\.)*")\)')
_MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class ZoteroFolder:
    """A library of Zotero: its database, and how many items it holds, None when that cannot be told."""

    path: Path
    items: int | None


def found(home: Path | None = None) -> list[ZoteroFolder]:
    """Return the libraries of Zotero on this computer, the largest first; nothing is opened for writing."""
    seen: dict[Path, Path] = {}
    for folder in _folders(home or Path.home()):
        database = folder / DATABASE
        with suppress(OSError):
            if database.is_file():
                seen.setdefault(database.resolve(), database)
    libraries = [ZoteroFolder(path, _count(path)) for path in seen.values()]
    return sorted(libraries, key=lambda one: -(one.items or 0))


def inside(folder: Path) -> Path | None:
    """Return the library that a folder stands for: the one in it, in its folder Zotero, or beside it; None without any.

    What is beside it counts for the folder of Zotero's files alone.
    """
    places = [folder, folder / "Zotero", *([folder.parent] if folder.name == STORAGE else [])]
    for place in places:
        with suppress(OSError):
            if (place / DATABASE).is_file():
                return place / DATABASE
    return None


def _count(path: Path) -> int | None:
    try:
        if not copying.is_zotero(path):
            return None
        with closing(copying.glance(path)) as connection:
            return Zotero(connection, path.name, {}).count()
    except LibraryError:
        return None


def _folders(home: Path) -> Iterator[Path]:
    for pattern in _FOLDERS:
        yield from _matching(home, pattern)
    for named in _settings(home):
        if "dataDir" in named:
            yield Path(named["dataDir"])


def _matching(home: Path, pattern: str) -> Iterator[Path]:
    with suppress(OSError):
        yield from sorted(home.glob(pattern))


def _settings(home: Path) -> Iterator[dict[str, str]]:
    """Yield what each profile of Zotero says of folders."""
    paths: Iterable[Path] = (path for pattern in _SETTINGS for path in _matching(home, pattern))
    roaming = os.environ.get("APPDATA")
    if roaming and home == Path.home():
        paths = [*paths, *_matching(Path(roaming), "Zotero/Zotero/Profiles/*/prefs.js")]
    for path in paths:
        with suppress(OSError, ValueError):
            if path.stat().st_size <= _MOST_BYTES:
                text = path.read_text("utf-8", "replace")
                yield {name: str(json.loads(value)) for name, value in _LINE.findall(text)}


def attachment_base(data: Path, home: Path | None = None) -> Path | None:
    """Return the folder that linked files of a library are named from, None when no profile tells.

    A profile that names no folder for its data has it where Zotero comes with it.
    """
    usual = (home or Path.home()) / "Zotero"
    for named in _settings(home or Path.home()):
        own = Path(named.get("dataDir", usual))
        with suppress(OSError):
            if named.get("baseAttachmentPath") and own.resolve() == data.resolve():
                return Path(named["baseAttachmentPath"])
    return None
