"""A merge in words: its values as text, and what the kept paper gains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.domain.records import Date
from db.services.typed_dates import NAMES
from db.store.merges import COLUMNS, has

if TYPE_CHECKING:
    from collections.abc import Mapping

Row = dict[str, Any]


def texts(columns: Mapping[str, Any]) -> dict[str, str]:
    """Return the values of all fields as a person reads them."""
    return {field: _text(columns, field) for field in COLUMNS}


def _text(columns: Mapping[str, Any], field: str) -> str:
    value = columns[COLUMNS[field][0]]
    if field == "authors":
        return "; ".join(", ".join(part for part in name if part) for name in value)
    if field == "date":
        date = Date(columns["year"], columns["month"], columns["day"]).iso()
        return date or columns["month_day"] or ""
    if field == "urls":
        return "\n".join(value)
    if field == "fields":
        return "\n".join(f"{name}: {text}" for name, text in value.items())
    if field == "starred":
        return "yes" if value else ""
    return "" if value in (None, 0) else str(value)


def changed(before: Row, after: Row) -> tuple[str, ...]:
    """Return the fields in which a paper gets a value, or another one, by a merge."""
    return tuple(field for field in COLUMNS if (new := _text(after, field)) and new != _text(before, field))


def gains(before: Row, after: Row) -> tuple[str, ...]:
    """Return what a paper gains by a merge: 6 authors, 14 May 2024, an abstract ..."""
    return tuple(_gain(field, before, after, _text(after, field)) for field in changed(before, after))


def _gain(field: str, before: Row, after: Row, new: str) -> str:
    plain = {
        "title": "another title",
        "abstract": "a whole abstract" if before["abstract"] else "an abstract",
        "authors": _count(len(after["authors"]), "author name"),
        "author_count": _count(after["author_count"] or 0, "author"),
        "date": _day(after, new),
        "comments": _count(after["comments"] or 0, "comment"),
        "upvotes": _count(after["upvotes"] or 0, "upvote"),
        "urls": _count(len(after["urls"]) - len(before["urls"]), "link"),
        "arxiv_id": f"arXiv:{new}",
        "doi": f"DOI {new}",
        "fields": _count(len(after["fields"]) - len(before["fields"]), "more field"),
        "entry_type": f"the type {new}",
        "notes": "notes",
        "status": f"the status {new}",
        "starred": "a star",
        "rating": _count(after["rating"], "rating star"),
    }
    return plain.get(field, new) if has(after, field) else new


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _day(columns: Row, fallback: str) -> str:
    if columns["year"] is None:
        return fallback
    parts = [str(columns["year"])]
    if columns["month"]:
        parts.insert(0, NAMES[columns["month"] - 1].capitalize())
        if columns["day"]:
            parts.insert(0, str(columns["day"]))
    return " ".join(parts)
