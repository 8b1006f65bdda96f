"""Titles and abstracts of many papers, a page at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

PAGE = 500
READ = "SELECT id, title, abstract FROM paper WHERE id IN (SELECT value FROM json_each(?))"


def texts(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, str, str]]:
    """Yield id, title and abstract in the order of `ids`; what is no longer there has empty texts."""
    for start in range(0, len(ids), PAGE):
        page = list(ids[start : start + PAGE])
        rows = session.connection().exec_driver_sql(READ, (json.dumps(page),))
        found = {row[0]: (row[1], row[2]) for row in rows}
        for one in page:
            yield one, *found.get(one, ("", ""))
