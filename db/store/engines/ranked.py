"""FTS5's bm25 as PostgreSQL can work it out, to the last digit, so that both engines rank alike.

ts_rank_cd of a phrase by itself is the sum of the weights of its places. It takes weights up to 1 only.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from db.store.engines.weights import BM25

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.store.engines.searched import Asked

K1, B = 1.2, 0.75
LEAST = 1e-6
"""What a word counts that half of the papers have, or more."""
_UNIT = BM25["title"]
_WEIGHTS = "{{{}}}".format(",".join(str(BM25[name] / _UNIT) for name in ("authors", "notes", "abstract", "title")))
_ALL = "SELECT count(*), coalesce(sum(length), 0) FROM paper_fts"
_HAVING = "SELECT count(*) FROM paper_fts WHERE words @@ CAST(? AS tsquery)"


def best(session: Session, asked: Asked, most: int) -> tuple[str, list[Any]]:
    """Return the statement for the papers that answer, best first; of more than `most` the oldest are ranked."""
    run = session.connection().exec_driver_sql
    papers, length = run(_ALL).one()
    average = float(length) / papers if length else 1.0
    parts, values = [], []
    for phrase in asked.phrases:
        having = run(_HAVING, (phrase,)).scalar_one()
        idf = math.log((papers - having + 0.5) / (having + 0.5))
        often = f"(ts_rank_cd('{_WEIGHTS}', words, CAST(? AS tsquery)) * {_float(_UNIT)})"
        rarity = f"(often * {_float(K1 + 1)}) / (often + {_float(K1)} * ({_float(1 - B)} + {_float(B)} * "
        parts.append(
            f"{_float(idf if idf > 0 else LEAST)} * (SELECT {rarity}length / {_float(average)})) "
            f"FROM (SELECT {often} AS often) o)"
        )
        values.append(phrase)
    how = " + ".join(parts) or "0"
    sql = (
        # What answers is asked of the index first: in order, the server would rather look at every paper's words.
        "WITH hits AS MATERIALIZED (SELECT rowid FROM paper_fts WHERE words @@ CAST(? AS tsquery)) "
        f"SELECT rowid FROM (SELECT rowid, -({how}) AS how FROM (SELECT rowid FROM hits ORDER BY rowid LIMIT ?) f "
        "JOIN paper_fts USING (rowid)) weighed ORDER BY how, rowid DESC"
    )
    return sql, [asked.query, *values, most]


def _float(number: float) -> str:
    return f"CAST('{number!r}' AS float8)"
