"""What hangs on an item of Zotero: its notes, its files and what was marked in them, its tags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.store.zotero.shelves import Ask

Row = tuple[Any, ...]
LINKED_ADDRESS = 3
"""How an address of the web hangs on its item, which is no file."""
AUTOMATIC = 1
"""The kind of a tag that a web page gave."""
KINDS = {1: "highlight", 2: "note", 3: "image", 4: "ink", 5: "underline", 6: "text"}
_ALIVE = "NOT IN (SELECT itemID FROM deletedItems)"
_OWN_NOTE = "SELECT itemID, note, title FROM itemNotes WHERE itemID = ?"
_NOTES = f"SELECT itemID, note, title FROM itemNotes WHERE parentItemID = ? AND itemID {_ALIVE} ORDER BY itemID"
_FILES = (
    "SELECT a.itemID, a.linkMode, a.contentType, a.path, i.key FROM itemAttachments a "
    f"JOIN items i ON i.itemID = a.itemID WHERE a.{{0}} = ? AND a.itemID {_ALIVE} ORDER BY a.itemID"
)
_OF_FILE = (
    "SELECT f.fieldName, v.value FROM itemData d JOIN fields f ON f.fieldID = d.fieldID "
    "JOIN itemDataValues v ON v.valueID = d.valueID WHERE d.itemID = ? AND f.fieldName IN ('title', 'url')"
)
_TAGS = (
    "SELECT t.name, i.type FROM itemTags i JOIN tags t ON t.tagID = i.tagID "
    "WHERE i.itemID IN (SELECT value FROM json_each(?)) ORDER BY t.tagID"
)
_MARKS = (
    "SELECT itemID, type, text, comment, pageLabel FROM itemAnnotations "
    f"WHERE parentItemID = ? AND itemID {_ALIVE} ORDER BY sortIndex, itemID"
)


class Hanging:
    """Asks for all that hangs on one item after another."""

    def __init__(self, ask: Ask, tables: frozenset[str]) -> None:
        self._ask = ask
        self._has_marks = "itemAnnotations" in tables

    def of(self, item: int, kind: str) -> dict[str, Any]:
        """Return the parts of an item, with the `title` of a note or file that stands by itself.

        Files say their path as Zotero has it, and their key; pictures in a note hang on the item of the note.
        """
        own = self._ask(_OWN_NOTE, item)
        notes = [*own, *self._ask(_NOTES, item)]
        files = self._files(item, kind, notes)
        notes += [] if kind == "attachment" else [note for row in files for note in self._ask(_OWN_NOTE, row[0])]
        marks = {row[0]: self._ask(_MARKS, row[0]) if self._has_marks else [] for row in files}
        inside = [row[0] for rows in (notes, files, *marks.values()) for row in rows]
        tags = self._tags([item, *inside])
        told = [self._file(row) for row in files]
        title = str(own[0][2] or "") if own else ""
        if kind == "attachment" and told:
            title = told[0]["title"] or told[0]["path"].rpartition(":")[2]
        return {
            "title": title,
            **tags,
            "notes": [text for _item, text, _title in notes if text],
            "annotations": [marked for row in files if (marked := _marked(row, marks[row[0]]))],
            "attachments": [one for one in told if one["path"]],
            "links": [one.pop("url") for one in told if one["url"]],
        }

    def _files(self, item: int, kind: str, notes: list[Row]) -> list[Row]:
        found = self._ask(_FILES.format("itemID" if kind == "attachment" else "parentItemID"), item)
        for note, _text, _title in notes:
            if note != item:
                found += self._ask(_FILES.format("parentItemID"), note)
        return found

    def _file(self, row: Row) -> dict[str, str]:
        item, mode, mime, path, key = row
        said = dict(self._ask(_OF_FILE, item))
        linked = mode == LINKED_ADDRESS
        return {
            "path": "" if linked else str(path or ""),
            "key": key,
            "title": str(said.get("title", "")),
            "type": str(mime or ""),
            "url": str(said.get("url", "")) if linked else "",
        }

    def _tags(self, items: list[int]) -> dict[str, list[str]]:
        rows = self._ask(_TAGS, json.dumps(items))
        own = dict.fromkeys(name for name, how in rows if how != AUTOMATIC)
        by_itself = dict.fromkeys(name for name, how in rows if how == AUTOMATIC)
        return {"tags": list(own), "automaticTags": list(by_itself)}


def _marked(file: Row, rows: list[Row]) -> dict[str, Any] | None:
    """Return what was marked in a file, None when that is nothing."""
    marks = [
        {"kind": KINDS.get(kind, ""), "text": text or "", "comment": comment or "", "page": page or ""}
        for _item, kind, text, comment, page in rows
        if text or comment
    ]
    name = str(file[3] or "").rpartition(":")[2]
    return {"file": name, "marks": marks} if marks else None
