"""Rows of an import: bulk inserts with ids given in Python, and batched look-ups."""

from __future__ import annotations

import json
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Boolean, bindparam, delete, insert, select, tuple_, update

from db.store import bulk, index
from db.store.ids import next_id
from db.store.noting import KIND_BY
from db.store.schema import (
    Base,
    PaperRecord,
    Setting,
    SourceChunk,
    SourceRow,
    TwinRow,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

TABLES = Base.metadata.tables
_JSON = json.JSONEncoder(check_circular=False).encode
KIND_FROM = KIND_BY | {"abstract", "arxiv_id", "doi"}
"""Columns that the kind of version is made from."""
LOOKUP = 500
"""Values in one IN (...): older SQLite takes 999 parameters."""

ABSORBED = [
    "abstract",
    "abstract_truncated",
    "authors",
    "author_count",
    "organization",
    "organization_slug",
    "year",
    "month",
    "day",
    "year_inferred",
    "year_evidence",
    "month_day",
    "comments",
    "upvotes",
    "arxiv_id",
    "doi",
    "venue",
    "urls",
    "entry_type",
    "fields",
    "citation_key",
    "origins",
]
BROUGHT = [*ABSORBED, "key_frozen", "notes", "status", "starred", "rating"]
"""What one more sighting may change: bibliographies bring keys and what a person thought of a paper, too."""
JSON_COLUMNS = [column.name for column in TABLES["paper"].columns if isinstance(column.type, JSON)]
COMPARED = ("id", "title", "state", "merged_into", *BROUGHT)
_FLAGS = [name for name in COMPARED if isinstance(TABLES["paper"].c[name].type, Boolean)]
_LOAD = "SELECT {} FROM paper WHERE id IN (SELECT value FROM json_each(?))".format(
    ", ".join(f'"{name}"' for name in COMPARED)
)
NEW_PAPER: Mapping[str, Any] = {
    "version": 1,
    "title_sort": "",
    "authors_sort": "",
    "date_sort": 0,
    "key_frozen": False,
    "status": "unread",
    "starred": False,
    "rating": 0,
    "notes": "",
    "state": "live",
    "merged_into": None,
    "content_hash": "",
    "own_kind": "",
}


def batches(values: Iterable[Any], size: int = LOOKUP) -> Iterator[list[Any]]:
    """Cut values into lists of at most `size`."""
    source = iter(values)
    while batch := list(islice(source, size)):
        yield batch


def setting(session: Session, name: str) -> str | None:
    """Return a setting of the library, None when it was never set."""
    return session.scalar(select(Setting.value).where(Setting.name == name))


def set_setting(session: Session, name: str, value: str | None) -> None:
    """Store a setting of the library, or forget it (None); one that says the same already stays untouched."""
    table, known = TABLES["setting"], setting(session, name)
    if known == value:
        return
    chosen = table.c.name == name
    if value is None:
        session.execute(delete(table).where(chosen))
    elif known is None:
        session.execute(insert(table).values(name=name, value=value))
    else:
        session.execute(update(table).where(chosen).values(value=value))


def source_by_hash(session: Session, sha256: str) -> dict[str, Any] | None:
    """Return the columns of the source with this content, None when it was never imported."""
    row = session.execute(select(SourceRow.__table__).where(SourceRow.sha256 == sha256)).mappings().first()
    return dict(row) if row else None


def has_source_of_size(session: Session, size: int) -> bool:
    """Tell whether a source of so many bytes was imported: only then can a big file be one of them."""
    return session.scalar(select(SourceRow.id).where(SourceRow.bytes == size).limit(1)) is not None


def add_source(session: Session, values: Mapping[str, Any]) -> int:
    """Insert a source; its ledger follows when the file is read."""
    source_id = next_id(session, "source")
    session.execute(insert(TABLES["source"]), [{**values, "id": source_id}])
    return source_id


def has_text(session: Session, sha256: str) -> bool:
    """Tell whether the text of this content is stored: it stays when an import is undone."""
    found = session.scalar(select(SourceChunk.id).where(SourceChunk.source_sha256 == sha256).limit(1))
    return found is not None


def title(session: Session, paper_id: int) -> str:
    """Return the title of a paper."""
    return session.scalar(select(PaperRecord.title).where(PaperRecord.id == paper_id)) or ""


def add_chunk(session: Session, sha256: str, line_start: int, line_end: int, data: bytes) -> None:
    """Store a run of a source's lines."""
    values = {"source_sha256": sha256, "line_start": line_start, "line_end": line_end, "data": data}
    session.execute(insert(TABLES["source_chunk"]), [values])


def papers_by_block(session: Session, keys: Iterable[int]) -> dict[int, list[int]]:
    """Return the papers that the library holds under each blocking key."""
    found: dict[int, list[int]] = {}
    sql = "SELECT key, paper_id FROM block WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key, paper_id"
    for key, paper_id in _listed(session, sql, keys):
        found.setdefault(key, []).append(paper_id)
    return found


def papers_by_number(session: Session, arxiv_ids: Sequence[str], dois: Sequence[str]) -> dict[str, list[int]]:
    """Return the papers that have one of these arXiv ids or DOIs, by the number."""
    found: dict[str, list[int]] = {}
    for column, numbers in ((PaperRecord.arxiv_id, arxiv_ids), (PaperRecord.doi, dois)):
        for batch in batches(numbers):
            for number, paper_id in session.execute(select(column, PaperRecord.id).where(column.in_(batch))):
                found.setdefault(str(number), []).append(paper_id)
    return found


def load_papers(session: Session, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return what a comparison and an absorption need of these papers, by id."""
    found = {}
    for row in _listed(session, _LOAD, ids):
        paper = paper_of(row)
        found[paper["id"]] = paper
    return found


def paper_of(row: Sequence[Any]) -> dict[str, Any]:
    """Return what was read of the columns `COMPARED` in the types of the table."""
    paper = dict(zip(COMPARED, row, strict=True))
    for name in _FLAGS:
        paper[name] = bool(paper[name])
    for name in JSON_COLUMNS:
        stored = paper[name]
        # The usual empty ones without a call of the decoder.
        paper[name] = [] if stored == "[]" else {} if stored == "{}" else json.loads(stored)
    return paper


def add_papers(session: Session, papers: Sequence[Mapping[str, Any]]) -> None:
    """Insert papers in bulk; columns that an import does not know take their defaults."""
    rows = []
    for paper in papers:
        row = {**NEW_PAPER, **paper}
        for name in JSON_COLUMNS:
            row[name] = _json(row[name])
        rows.append(row | index.derived(row))
    _insert(session, "paper", rows)


def _insert(session: Session, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows with ready values, past SQLAlchemy, which would take longer than SQLite."""
    if not rows:
        return
    names = list(rows[0])
    columns = ", ".join(f'"{name}"' for name in names)
    statement = f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(names))})'
    session.connection().exec_driver_sql(statement, list(map(itemgetter(*names), rows)))
    bulk.noted(session, table, [row["id"] for row in rows])


def _json(value: Any) -> str:
    # The usual empty ones without a call of the encoder.
    return _JSON(value) if value else "[]" if isinstance(value, list) else "{}"


def _listed(session: Session, sql: str, values: Iterable[int | str]) -> list[Any]:
    """Return the rows of a statement whose one parameter is a JSON list: as long as need be, and compiled once."""
    return list(session.connection().exec_driver_sql(sql, (json.dumps(list(values)),)))


def update_papers(session: Session, papers: Iterable[tuple[Mapping[str, Any], Iterable[str]]]) -> None:
    """Write changed columns, (paper, names), back; counts as an edit of each paper.

    Only what changed is named, for a trigger has a paper indexed anew when a column is written that the index holds.
    The kind of version goes with what it is made from: rows are wide, and written later they would be so twice.
    """
    alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for given, changed in papers:
        paper, names = given, tuple(sorted(changed))
        if not KIND_FROM.isdisjoint(names):
            paper, names = {**given, "own_kind": index.own_kind(given)}, (*names, "own_kind")
        values = (_json(paper[name]) if name in JSON_COLUMNS else paper[name] for name in names)
        alike.setdefault(names, []).append((*values, paper["id"]))
    for names, rows in alike.items():
        columns = ", ".join(f'"{name}" = ?' for name in names)
        statement = f"UPDATE paper SET {columns}, version = version + 1 WHERE id = ?"
        session.connection().exec_driver_sql(statement, rows)


def rewrite(session: Session, table: Table, rows: Sequence[Mapping[str, Any]], names: Iterable[str]) -> None:
    """Write the columns `names` of rows, found by their `id`; counts as an edit where edits are counted."""
    if not rows:
        return
    values: dict[str, Any] = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    counted = {"version": table.c.version + 1} if "version" in table.c else {}
    change = update(table).where(table.c.id == bindparam("row")).values(**counted, **values)
    session.execute(change, [{"row": row["id"]} | {f"new_{name}": row[name] for name in values} for row in rows])


def add_sightings(session: Session, sightings: Sequence[Mapping[str, Any]]) -> None:
    """Insert sightings in bulk."""
    _insert(session, "sighting", [{**one, "values": _json(one["values"])} for one in sightings])


def add_issues(session: Session, issues: Sequence[Mapping[str, Any]]) -> None:
    """Insert issues in bulk."""
    if issues:
        session.execute(insert(TABLES["issue"]), list(issues))


def add_twins(session: Session, twins: Mapping[tuple[int, int], Mapping[str, Any]]) -> None:
    """Remember pairs that wait for a person; a pair that was ever decided or queued is left as it is."""
    pair = tuple_(TwinRow.low_id, TwinRow.high_id)
    known: set[tuple[int, int]] = set()
    for batch in batches(twins, LOOKUP // 2):
        rows = session.execute(select(TwinRow.low_id, TwinRow.high_id).where(pair.in_(batch)))
        known |= {(low, high) for low, high in rows}
    fresh = [
        {"low_id": low, "high_id": high, "decision": "open", "decided_at": None, **values}
        for (low, high), values in twins.items()
        if (low, high) not in known
    ]
    if fresh:
        session.execute(insert(TABLES["twin"]), fresh)


def key_holders(session: Session, keys: Collection[str]) -> dict[str, int | None]:
    """Return the paper that each of the citation keys leads to; None when it was given to a paper that is gone."""
    if not keys:
        return {}
    asked = "IN (SELECT value FROM json_each(?1))"
    sql = (
        f"SELECT key, (SELECT id FROM paper WHERE id = paper_id), 0 AS rank FROM frozen_key WHERE key {asked} "
        f"UNION ALL SELECT key, paper_id, 1 FROM added_key WHERE key {asked} "
        f"UNION ALL SELECT citation_key, id, CASE WHEN state = 'merged' THEN 0 ELSE 2 END FROM paper "
        f"WHERE state IN ('live', 'trash', 'merged') AND citation_key {asked} ORDER BY rank"
    )
    # The paper that has a key now comes last and wins.
    return {key: paper_id for key, paper_id, _rank in _listed(session, sql, keys)}
