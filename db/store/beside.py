"""What stands beside the papers of an import, in bulk: tags, collections and files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.domain.names import tag_name
from db.store.ids import next_id
from db.store.imports import TABLES
from db.store.tags import COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from db.domain.records import Record

TAG, COLLECTION = TABLES["tag"], TABLES["collection"]
Found = tuple[int, "Record"]


class Beside:
    """Gives papers the tags, collections and files of their records; knows the names of the library."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tags: dict[str, int] | None = None
        self._colours: list[int] = []
        self._collections: dict[tuple[int | None, str], int] | None = None

    def add(self, found: Sequence[Found]) -> None:
        """Add what the records bring to their papers, (paper id, record); what a paper has already stays as it is."""
        tagged = [(paper, name) for paper, record in found for name in record.keywords]
        if tagged:
            self._tag(tagged)
        shelved = [(paper, path) for paper, record in found for path in record.collections]
        if shelved:
            self._shelve(shelved)
        self._attach([(paper, a.path, a.title, a.mime) for paper, record in found for a in record.attachments])

    def _tag(self, tagged: Iterable[tuple[int, str]]) -> None:
        if self._tags is None:
            rows = self._session.execute(select(TAG.c.id, TAG.c.name_key, TAG.c.colour)).all()
            self._tags = {key: tag_id for tag_id, key, _colour in rows}
            self._colours = [sum(row.colour % COLOURS == colour for row in rows) for colour in range(COLOURS)]
        known, fresh = self._tags, []
        number = next_id(self._session, "tag")
        pairs: dict[tuple[int, int], None] = {}
        for paper, text in tagged:
            name = tag_name(text)
            if not name:
                continue
            key = name.casefold()
            if key not in known:
                known[key], number = number, number + 1
                fresh.append((known[key], name, key, self._colour()))
            pairs[paper, known[key]] = None
        self._run("INSERT INTO tag (id, name, name_key, colour, version) VALUES (?, ?, ?, ?, 1)", fresh)
        self._run("INSERT OR IGNORE INTO paper_tag (paper_id, tag_id) VALUES (?, ?)", list(pairs))

    def _colour(self) -> int:
        """Return the least used colour, as a tag made by hand gets it."""
        colour = self._colours.index(min(self._colours))
        self._colours[colour] += 1
        return colour

    def _shelve(self, shelved: Iterable[tuple[int, Sequence[str]]]) -> None:
        if self._collections is None:
            rows = self._session.execute(select(COLLECTION.c.id, COLLECTION.c.name, COLLECTION.c.parent_id))
            self._collections = {(parent, name.casefold()): row_id for row_id, name, parent in rows}
        known, fresh = self._collections, []
        number = next_id(self._session, "collection")
        pairs: dict[tuple[int, int], None] = {}
        for paper, path in shelved:
            parent: int | None = None
            for name in filter(None, map(tag_name, path)):
                place = (parent, name.casefold())
                if place not in known:
                    known[place], number = number, number + 1
                    fresh.append((known[place], name, parent))
                parent = known[place]
            if parent is not None:
                pairs[paper, parent] = None
        self._run("INSERT INTO collection (id, name, parent_id, version) VALUES (?, ?, ?, 1)", fresh)
        self._run("INSERT OR IGNORE INTO paper_collection (paper_id, collection_id) VALUES (?, ?)", list(pairs))

    def _attach(self, files: Sequence[tuple[int, str, str, str]]) -> None:
        if not files:
            return
        held = set(
            self._session.connection().exec_driver_sql(
                "SELECT paper_id, path FROM attachment WHERE paper_id IN (SELECT value FROM json_each(?))",
                (json.dumps(sorted({file[0] for file in files})),),
            )
        )
        known = {(paper, path) for paper, path in held}
        fresh = {(paper, path): (paper, path, title, mime) for paper, path, title, mime in reversed(files)}
        rows = [row for place, row in reversed(fresh.items()) if place not in known and row[1]]
        number = next_id(self._session, "attachment")
        numbered = [(number + at, *row) for at, row in enumerate(rows)]
        self._run("INSERT INTO attachment (id, paper_id, path, title, mime) VALUES (?, ?, ?, ?, ?)", numbered)

    def _run(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            self._session.connection().exec_driver_sql(sql, list(rows))
