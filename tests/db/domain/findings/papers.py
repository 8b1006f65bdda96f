"""Papers for the tests of the rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from db.domain.findings import Around, Finding, Kind, findings
from db.domain.records import Date, Paper, Person, Status

TODAY = date(2026, 5, 20)
THERE = frozenset({"/there.pdf"})
AROUND = Around(TODAY, lambda _paper, path: path in THERE if path.startswith("/") else None)


def paper(**values: Any) -> Paper:
    """Return a paper that has nothing wrong with it but for what is given."""
    usual: dict[str, Any] = {
        "id": 1, "version": 1, "title": "Amber kettles", "abstract": "", "abstract_truncated": False,
        "authors": (Person("Gull", "Ann"),), "author_count": 1, "organization": None, "organization_slug": None,
        "date": Date(2024, 3), "month_day": None, "comments": None, "upvotes": None, "arxiv_id": None, "doi": None,
        "venue": None, "urls": (), "entry_type": "misc", "fields": {}, "citation_key": "gull2024", "key_frozen": False,
        "key_aliases": (), "status": Status.UNREAD, "starred": False, "rating": 0, "notes": "", "in_trash": False,
        "added_at": "",
    }  # fmt: skip
    return Paper(**usual | values)


def found(kind: Kind, **values: Any) -> list[Finding]:
    """Return the findings of a kind on such a paper."""
    return [one for one in findings(paper(**values), AROUND) if one.kind == kind]


def after(kind: Kind, **values: Any) -> Paper:
    """Return the paper after the one fix of a kind."""
    (one,) = found(kind, **values)
    assert one.fix is not None
    return one.fix.after
