"""What papers say, asked of the search index, and which have which tags: what suggestions are made from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, text

from db.store.imports import TABLES, batches
from db.store.ordering import ids_of
from db.store.papers import NOT_LIVE

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

SAYING = "SELECT rowid FROM paper_fts WHERE paper_fts MATCH ? LIMIT ?"
TEXTS = text("SELECT id, title, abstract FROM paper WHERE id IN :ids AND state = 'live'").bindparams(
    bindparam("ids", expanding=True)
)
PAIRS = f"SELECT paper_id, tag_id FROM paper_tag WHERE paper_id NOT IN ({NOT_LIVE}) ORDER BY paper_id"
# What was refused for a paper stays refused for the one that it was merged into.
REFUSED = (
    "WITH RECURSIVE member (paper_id, kept) AS (SELECT value, value FROM json_each(:ids) "
    "UNION SELECT p.id, m.kept FROM paper p JOIN member m ON p.merged_into = m.paper_id) "
    "SELECT m.kept, r.tag_id FROM member m JOIN tag_refusal r ON r.paper_id = m.paper_id"
)


def texts(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return title and abstract of live papers, in the order of `ids`."""
    found: dict[int, tuple[str, str]] = {}
    for batch in batches(ids):
        found |= {row.id: (row.title, row.abstract) for row in session.execute(TEXTS, {"ids": batch})}
    return {one: found[one] for one in ids if one in found}


def saying(session: Session, word: str, most: int) -> array[int] | None:
    """Return the papers whose title or abstract say a word, None when there are more than `most`."""
    quoted = word.replace('"', '""')
    found = ids_of(session, SAYING, (f'{{title abstract}} : "{quoted}"', most + 1))
    return None if len(found) > most else found


def tags_of(session: Session) -> dict[int, list[int]]:
    """Return the tags of every live paper that has any."""
    found: dict[int, list[int]] = {}
    for paper_id, tag_id in session.connection().exec_driver_sql(PAIRS):
        found.setdefault(paper_id, []).append(tag_id)
    return found


def refused(session: Session, ids: Iterable[int]) -> dict[int, set[int]]:
    """Return the tags that were refused for papers, or for those that were merged into them."""
    found: dict[int, set[int]] = {}
    for batch in batches(ids):
        for paper_id, tag_id in session.execute(text(REFUSED), {"ids": json.dumps(batch)}):
            found.setdefault(paper_id, set()).add(tag_id)
    return found


def refuse(session: Session, pairs: Iterable[tuple[int, int]]) -> None:
    """Remember that tags, (paper, tag), are not to be offered again; those that are gone are passed over."""
    rows = [{"paper_id": paper_id, "tag_id": tag_id} for paper_id, tag_id in dict.fromkeys(pairs)]
    if rows:
        session.execute(insert(TABLES["tag_refusal"]).prefix_with("OR IGNORE"), rows)
