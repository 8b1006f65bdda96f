"""What papers say, asked of the search index, and which have which tags: what suggestions are made from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import insert, text

from db.store import alike
from db.store import texts as stored
from db.store.edits import live
from db.store.imports import TABLES, batches
from db.store.papers import NOT_LIVE

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

PAIRS = f"SELECT paper_id, tag_id FROM paper_tag WHERE paper_id NOT IN ({NOT_LIVE}) ORDER BY paper_id"
# What was refused for a paper stays refused for the one that it was merged into.
REFUSED = (
    "WITH RECURSIVE member (paper_id, kept) AS (SELECT value, value FROM json_each(:ids) "
    "UNION SELECT p.id, m.kept FROM paper p JOIN member m ON p.merged_into = m.paper_id) "
    "SELECT m.kept, r.tag_id FROM member m JOIN tag_refusal r ON r.paper_id = m.paper_id"
)


def texts(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return title and abstract of live papers, in the order of `ids`."""
    there = frozenset(live(session, ids))
    wanted = [one for one in ids if one in there]
    return {one: (title, abstract) for one, title, abstract in stored.texts(session, wanted)}


def saying(session: Session, forms: Iterable[str], most: int) -> array[int] | None:
    """Return the papers whose title or abstract say a word in one of its spellings, None for more than `most`."""
    found = alike.having(session, forms, most + 1)
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
