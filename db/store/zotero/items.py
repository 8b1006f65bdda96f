"""The items of a Zotero library, each with its fields, its people, its collections, and what hangs on it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from db.domain.errors import LibraryError
from db.store.zotero.copying import DAMAGED
from db.store.zotero.hanging import Hanging
from db.store.zotero.shelves import Shelves, some

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Item = dict[str, Any]
OLD = "{0} was written by Zotero 4 or an older one. Open it once with a current Zotero, then import it."
NEEDED = frozenset(
    "collectionItems collections creatorTypes creators deletedItems groups itemAttachments itemCreators itemData "
    "itemDataValues itemNotes itemTags items libraries tags".split()
)
"""Tables of every library; what only looks like one, such as a view, may have no end."""
_ALIVE = "itemID NOT IN (SELECT itemID FROM deletedItems)"
_TOP = f"""
    SELECT i.itemID, t.typeName, i.itemTypeID, i.key, i.libraryID, i.dateAdded
    FROM items i JOIN {{types}} t ON t.itemTypeID = i.itemTypeID
    LEFT JOIN libraries l ON l.libraryID = i.libraryID
    WHERE i.{_ALIVE} AND coalesce(l.type, 'user') != 'feed' AND CASE t.typeName
        WHEN 'annotation' THEN 0
        WHEN 'note' THEN NOT EXISTS (SELECT 1 FROM itemNotes n WHERE n.itemID = i.itemID AND n.parentItemID > 0)
        WHEN 'attachment' THEN
            NOT EXISTS (SELECT 1 FROM itemAttachments a WHERE a.itemID = i.itemID AND a.parentItemID > 0)
        ELSE 1 END
    ORDER BY i.dateAdded DESC, i.itemID DESC
"""
_FIELDS = """
    SELECT f.fieldName, b.fieldName, v.value FROM itemData d
    JOIN {fields} f ON f.fieldID = d.fieldID JOIN itemDataValues v ON v.valueID = d.valueID
    LEFT JOIN {bases} m ON m.fieldID = d.fieldID AND m.itemTypeID = ? LEFT JOIN {fields} b ON b.fieldID = m.baseFieldID
    WHERE d.itemID = ? ORDER BY d.fieldID
"""
_CREATORS = """
    SELECT c.lastName, c.firstName, t.creatorType FROM itemCreators i JOIN creators c ON c.creatorID = i.creatorID
    JOIN creatorTypes t ON t.creatorTypeID = i.creatorTypeID WHERE i.itemID = ? ORDER BY i.orderIndex
"""
_RELATED = f"""
    SELECT count(DISTINCT r.itemID) FROM itemRelations r JOIN relationPredicates p ON p.predicateID = r.predicateID
    WHERE p.predicate = 'dc:relation' AND r.{_ALIVE}
"""
_SEARCHES = "SELECT savedSearchName FROM savedSearches"


class Zotero:
    """An open copy of a library; `name` is for messages, `keys` are citation keys by library and item key."""

    def __init__(self, connection: sqlite3.Connection, name: str, keys: Mapping[tuple[int, str], str]) -> None:
        self._connection = connection
        self._name = name
        self._keys = keys
        tables = self._tables = frozenset(
            str(one) for (one,) in self._ask("SELECT name FROM sqlite_master WHERE type = 'table'")
        )
        columns = {str(row[1]) for row in self._ask("PRAGMA table_info(itemAttachments)")}
        if "parentItemID" not in columns:
            raise LibraryError(OLD.format(name))
        if not tables >= NEEDED:
            raise LibraryError(DAMAGED.format(name))
        combined = "Combined" if "fieldsCombined" in tables else ""
        self._top = _TOP.format(types=f"itemTypes{combined}")
        self._fields = _FIELDS.format(fields=f"fields{combined}", bases=f"baseFieldMappings{combined}")
        self._shelves = Shelves(self._ask, tables)
        self._hanging = Hanging(self._ask, tables)

    def _ask(self, sql: str, *values: object) -> list[Any]:
        """Return the rows; bytes, which SQLite may hold in any column, as text."""
        try:
            rows = self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise LibraryError(DAMAGED.format(self._name)) from error
        return [tuple(_text(value) if isinstance(value, bytes) else value for value in row) for row in rows]

    def count(self) -> int:
        """Return how many items `items` yields."""
        return int(self._ask(f"SELECT count(*) FROM ({self._top})")[0][0])

    def left_out(self) -> dict[str, str]:
        """Return what `items` does not tell of, by the reason."""
        trash = self._ask("SELECT count(*) FROM deletedItems WHERE itemID IN (SELECT itemID FROM items)")[0][0]
        related = self._ask(_RELATED)[0][0] if "itemRelations" in self._tables else 0
        searches = self._ask(_SEARCHES) if "savedSearches" in self._tables else []
        return {
            "trash": f"{trash:,}" if trash else "",
            "empty": self._shelves.empty(),
            "related": f"{related:,}" if related else "",
            "searches": some(sorted(str(name) for (name,) in searches)),
        }

    def items(self) -> Iterator[Item]:
        """Yield the items that stand by themselves, the one that was added last first; parts that are empty fall."""
        for item, kind, kind_id, key, library, added in self._ask(self._top):
            found: Item = {"key": key, "itemType": kind, "library": self._shelves.name(library), "dateAdded": added}
            found |= self._data(item, kind_id)
            found["betterBibtexKey"] = self._keys.get((library, key), "")
            found["creators"] = [
                {"last": last or "", "first": first or "", "role": role}
                for last, first, role in self._ask(_CREATORS, item)
            ]
            found["collections"] = self._shelves.of(item, library)
            hanging = self._hanging.of(item, kind)
            found["title"] = found.get("title") or hanging.pop("title")
            found |= {name: value for name, value in hanging.items() if name != "title"}
            yield {name: value for name, value in found.items() if value not in ("", [], None)}

    def _data(self, item: int, kind_id: int) -> dict[str, str]:
        found: dict[str, str] = {}
        for own, base, value in self._ask(self._fields, kind_id, item):
            name = own if base is None or base in found else base
            found[name] = str(value)
        return found


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
