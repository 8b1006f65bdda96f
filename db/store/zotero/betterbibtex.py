"""The citation keys that the plug-in Better BibTeX keeps beside Zotero's database, in the forms that it had."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from db.domain.errors import LibraryError
from db.store.zotero.copying import MAGIC, connected, copied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Keys = dict[tuple[int, str], str]
"""Citation keys by library and item key."""
FILES = ("better-bibtex.sqlite", "better-bibtex.migrated", "better-bibtex.json")
"""Where the keys are or were, the best first: newer versions move them into Zotero and rename the file."""
_DEEPEST = 8
_TABLE = "SELECT libraryID, itemKey, citationKey FROM citationkey WHERE citationKey != ''"
_TEXTS = "SELECT data FROM \"better-bibtex\" WHERE name LIKE 'better-bibtex%'"


def keys(data: Path, folder: Path, tick: Callable[[], None]) -> Keys:
    """Return the keys of the first file that holds any; `folder` is for copies, and `tick` may raise Cancelled.

    A file that cannot be read holds none: the papers come all the same, with keys that Sheaf makes.
    """
    for name in FILES:
        path = data / name
        if not path.is_file():
            continue
        try:
            if found := _of(path, folder, tick):
                return found
        except (LibraryError, OSError, ValueError, RecursionError, sqlite3.Error):
            continue
    return {}


def _of(path: Path, folder: Path, tick: Callable[[], None]) -> Keys:
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            return dict(_within(json.loads(path.read_text("utf-8"))))
    copy = copied(path, folder, tick)
    with closing(connected(copy.absolute().as_uri())) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "citationkey" in tables:
            return {(library, str(item)): str(key) for library, item, key in connection.execute(_TABLE)}
        texts = [text for (text,) in connection.execute(_TEXTS)] if "better-bibtex" in tables else []
        return dict(one for text in texts for one in _within(json.loads(text)))


def _within(value: Any, depth: int = 0) -> Iterator[tuple[tuple[int, str], str]]:
    """Yield the keys that stand anywhere in a document."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        key = value.get("citationKey") or value.get("citekey")
        if key and value.get("itemKey"):
            yield (int(value.get("libraryID") or 1), str(value["itemKey"])), str(key)
            return
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from _within(one, depth + 1)
