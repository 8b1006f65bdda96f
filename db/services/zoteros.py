"""Zotero's database on its way in: a copy of it becomes a text of its items, which is imported like any other."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.domain.formats.zotero import textform
from db.services.nearby import Nearby
from db.services.zoteroplaces import DATABASE, STORAGE, attachment_base
from db.store.zotero import betterbibtex
from db.store.zotero.copying import copied, is_zotero, opened
from db.store.zotero.items import Zotero

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["DATABASE", "is_zotero", "unpacked"]

STORED, BASED = "storage:", "attachments:"
"""How paths begin that lie in Zotero's own folder, or below the folder for linked files."""


def unpacked(path: Path, folder: Path, tick: Callable[[], None]) -> Path:
    """Write the items of a database into a text of the same name below `folder`, and return that.

    `tick` is called every now and then and may raise Cancelled. Raises LibraryError for what cannot be read.
    """
    own = Path(tempfile.mkdtemp(dir=folder))
    keys = betterbibtex.keys(path.parent, own, tick)
    copy = copied(path, own, tick)
    text = Path(tempfile.mkdtemp(dir=own)) / path.name
    files = _Files(path.absolute().parent)
    with closing(opened(copy, path.name, tick)) as connection, text.open("w", encoding="utf-8", newline="\n") as out:
        library = Zotero(connection, path.name, keys)
        for line in textform.written(map(files.placed, _ticked(library, tick)), library.left_out()):
            out.write(f"{line}\n")
    for one in (copy, *copy.parent.glob(f"{copy.name}-*")):
        one.unlink(missing_ok=True)  # it is as large as the original
    return text


def _ticked(library: Zotero, tick: Callable[[], None]) -> Iterator[dict[str, Any]]:
    for item in library.items():
        tick()
        yield item


class _Files:
    """Finds the files of items on this computer."""

    def __init__(self, data: Path) -> None:
        self._storage = data / STORAGE
        self._base = attachment_base(data)
        self._nearby = Nearby(str(data / DATABASE))

    def placed(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return an item whose files say where they lie, and which of them are missing."""
        if "attachments" in item:
            item = item | {"attachments": [self._placed(one) for one in item["attachments"]]}
        return item

    def _placed(self, one: dict[str, str]) -> dict[str, Any]:
        path = self._path(one["path"], one["key"])
        found: dict[str, Any] = {"path": path} | {name: one[name] for name in ("title", "type") if one[name]}
        if self._nearby.lacks(path):
            found[textform.MISSING] = True if one["path"].startswith(STORED) else textform.LINKED
        return found

    def _path(self, path: str, key: str) -> str:
        if path.startswith(STORED):
            return str(self._storage / key / path.removeprefix(STORED))
        if path.startswith(BASED) and self._base is not None:
            return str(self._base / path.removeprefix(BASED))
        return path.removeprefix(BASED)
