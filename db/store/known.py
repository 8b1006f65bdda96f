"""Papers that went into others, as they were: what the library knows those by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from db.store import forms
from db.store.imports import COMPARED, paper_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

_ANY = "SELECT 1 FROM paper WHERE merged_into IS NOT NULL LIMIT 1"
_MEMBERS = forms.INSIDE.format(", ".join(f'p."{name}"' for name in COMPARED))


def members(session: Session, ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the columns of the papers that went into those of the papers that took any in, by the latter."""
    found: dict[int, list[dict[str, Any]]] = {}
    run = session.connection().exec_driver_sql
    if run(_ANY).first() is None:
        return found
    for heir, *row in run(_MEMBERS, (json.dumps(list(ids)),)):
        found.setdefault(heir, []).append(paper_of(row))
    return found
