"""Integrity of the library file and of what stands in its tables; `recordchecks` looks at what the records say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.store import checks, index
from db.store.checks import REINDEX as REINDEX

if TYPE_CHECKING:
    from db.services.library import Library
    from db.store.checks import Finding


def check(library: Library) -> list[Finding]:
    """Return everything that is wrong, each with its fix."""
    with library.reading() as session:
        return list(checks.findings(session))


def repair_index(library: Library) -> int:
    """Mend what the search index lacks or has too much; return the number of papers."""
    with library.writing("Repair the index", journalled=False) as write:
        return index.mend(write.session)
