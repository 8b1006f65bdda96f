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
_ALL = "SELECT papers, words FROM paper_fts_size"
_HAVING = "SELECT count(*) FROM paper_fts WHERE words @@ CAST(? AS tsquery)"


_HITS = (
    # What answers is asked of the index first: in order, the server would rather look at every paper's words.
    "WITH hits AS MATERIALIZED (SELECT rowid FROM paper_fts WHERE words @@ CAST(? AS tsquery)) "
    "SELECT rowid, length, words FROM (SELECT rowid FROM hits ORDER BY rowid DESC LIMIT ?) f "
    "JOIN paper_fts USING (rowid)"
)
_HEADS = (
    "SELECT rowid, length, words FROM paper_fts_heads WHERE words @@ CAST(? AS tsquery) ORDER BY rowid DESC LIMIT ?"
)


def best(session: Session, asked: Asked, most: int) -> tuple[str, list[Any]]:
    """Return the statement for the papers that answer, best first; of more than `most` the newest are ranked."""
    papers, length = session.connection().exec_driver_sql(_ALL).one()
    average = float(length) / papers if length else 1.0
    often, how = ["length"], []
    for number, phrase in enumerate(asked.phrases):
        # A single phrase counts the same in every paper, so the order does not depend on it.
        weight = _idf(session, phrase, papers) if len(asked.phrases) > 1 else 1.0
        often.append(f"ts_rank_cd('{_WEIGHTS}', words, CAST(? AS tsquery)) * {_float(_UNIT)} AS often{number}")
        how.append(
            f"{_float(weight)} * ((often{number} * {_float(K1 + 1)}) / (often{number} + "
            f"{_float(K1)} * ({_float(1 - B)} + {_float(B)} * length / {_float(average)})))"
        )
    sql = (
        # Without the offset each count would be worked out as often as it is named.
        f"SELECT rowid FROM (SELECT rowid, {', '.join(often)} FROM ({_HEADS if asked.in_heads else _HITS}) f OFFSET 0) "
        f"weighed ORDER BY -({' + '.join(how) or '0'}), rowid DESC"
    )
    return sql, [*asked.phrases, asked.query, most]


def _idf(session: Session, phrase: str, papers: int) -> float:
    having = session.connection().exec_driver_sql(_HAVING, (phrase,)).scalar_one()
    idf = math.log((papers - having + 0.5) / (having + 0.5))
    return idf if idf > 0 else LEAST


def _float(number: float) -> str:
    return f"CAST('{number!r}' AS float8)"
