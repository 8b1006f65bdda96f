"""What a paper takes over from one more sighting of it.

Known beats unknown, stated beats inferred, whole beats truncated; what the person typed is never touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.domain.records import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.domain.records import Record

USER = 0
"""The origin of a value that the person typed; sightings count from 1."""

GONE = -1
"""The origin of words that no sighting tells any more and that stayed."""

UNSEEN = "unseen"
"""Stands among the origins of a paper that went to the trash because no source showed it any more."""
TEXTS = ("title", "abstract")
"""What sightings do not keep: another one cannot give it back."""
FILLED = ("title", "author_count", "arxiv_id", "doi", "venue")
DATE = ("year", "month", "day", "year_inferred", "year_evidence")
COUNTED = ("comments", "upvotes")
UNTOUCHED: Mapping[str, object] = {"status": "unread", "starred": False, "rating": 0}
MOST_STARS = 5


def columns(record: Record) -> dict[str, Any]:
    """Return the paper's columns that a record speaks of, in the types of the table."""
    date = record.date
    return {
        "title": record.title,
        "abstract": record.abstract,
        "abstract_truncated": record.abstract_truncated,
        "authors": [[person.family, person.given] for person in record.authors],
        "author_count": record.author_count,
        "organization": record.organization,
        "organization_slug": record.organization_slug,
        "year": date.year,
        "month": date.month,
        "day": date.day,
        "year_inferred": date.inferred,
        "year_evidence": date.evidence,
        "month_day": record.month_day,
        "comments": record.comments,
        "upvotes": record.upvotes,
        "arxiv_id": record.arxiv_id,
        "doi": record.doi,
        "venue": record.venue,
        "urls": list(record.urls),
        "entry_type": record.entry_type or "misc",
        "fields": dict(record.fields),
        "notes": record.notes.strip(),
        "status": (record.status or Status.UNREAD).value,
        "starred": record.starred,
        "rating": min(max(record.rating, 0), MOST_STARS),
    }


def personal(paper: dict[str, Any], seen: Mapping[str, Any]) -> set[str]:
    """Add to `paper` what a bibliography says that its owner thought of it; return the changed columns.

    Of notes those paragraphs are appended that are not there; status, star and rating count only while the paper
    has none.
    """
    taken: dict[str, Any] = {}
    if seen["notes"] not in paper["notes"]:
        old = paper["notes"].rstrip()
        there = frozenset(old.split("\n\n"))
        fresh = [part for part in seen["notes"].split("\n\n") if part not in there]
        if fresh:
            taken["notes"] = "\n\n".join([old, *fresh] if old else fresh)
    for name, default in UNTOUCHED.items():
        if paper[name] == default != seen[name]:
            taken[name] = seen[name]
    paper.update(taken)
    return set(taken)


def returns(paper: dict[str, Any], seen: Mapping[str, Any]) -> bool:
    """Take a paper out of the trash that only lay there because no source showed it; tell whether that was so.

    Its words stay, and where the sighting that brings it back says others they are not those of that sighting.
    """
    if paper["state"] != "trash" or UNSEEN not in paper["origins"]:
        return False
    paper["state"] = "live"
    kept = {field: GONE for field in TEXTS if paper[field] not in ("", seen[field])}
    paper["origins"] = kept | {field: origin for field, origin in paper["origins"].items() if field != UNSEEN}
    return True


def absorb(paper: dict[str, Any], seen: Mapping[str, Any], sighting_id: int) -> set[str]:
    """Fill `paper` (columns of its row) from `seen` (columns of a sighting); return the changed columns.

    `origins` names the sighting of every value that was taken over.
    """
    taken: dict[str, dict[str, Any]] = {}
    for rule in (_abstract, _authors, _filled, _organization, _date, _counts, _urls, _rest):
        taken.update(rule(paper, seen))
    origins = dict(paper["origins"])
    changed: set[str] = set()
    for field, values in taken.items():
        if origins.get(field) == USER:
            continue
        paper.update(values)
        changed |= set(values)
        origins[field] = sighting_id
    if changed:
        paper["origins"] = origins
        changed.add("origins")
    return changed


Taken = dict[str, dict[str, Any]]


def _abstract(paper: Mapping[str, Any], seen: Mapping[str, Any]) -> Taken:
    old, new = paper["abstract"], seen["abstract"]
    whole = paper["abstract_truncated"] and not seen["abstract_truncated"]
    longer = paper["abstract_truncated"] and seen["abstract_truncated"] and len(new) > len(old)
    if new and (not old or whole or longer):
        return {"abstract": {"abstract": new, "abstract_truncated": seen["abstract_truncated"]}}
    return {}


def _authors(paper: Mapping[str, Any], seen: Mapping[str, Any]) -> Taken:
    if seen["authors"] and not paper["authors"]:
        return {"authors": {"authors": seen["authors"]}}
    return {}


def _filled(paper: Mapping[str, Any], seen: Mapping[str, Any]) -> Taken:
    return {name: {name: seen[name]} for name in FILLED if paper[name] in (None, "") and seen[name] not in (None, "")}


def _organization(paper: Mapping[str, Any], seen: Mapping[str, Any]) -> Taken:
    if paper["organization"] or not seen["organization"]:
        return {}
    pair = {name: seen[name] for name in ("organization", "organization_slug")}
    return {"organization": pair}


def _certainty(values: Mapping[str, Any]) -> int:
    if values["year"] is None:
        return 0
    return 1 if values["year_inferred"] else 2


def _date(paper: Mapping[str, Any], seen: Mapping[str, Any]) -> Taken:
    """Take the surer year; of two inferred ones the later, for an inferred year is a lower bound.

    A bare year that agrees with an inferred one says nothing against its day: that stays, or comes, marked as it is.
    """
    old, new = _certainty(paper), _certainty(seen)
    later = old == new == 1 and seen["year"] > paper["year"]
    finer = (bool(seen["month"]), bool(seen["day"])) > (bool(paper["month"]), bool(paper["day"]))
    if old and new and old != new and seen["year"] == paper["year"]:
        if finer:
            return {
                "date": {name: seen[name] for name in DATE} | {"month_day": seen["month_day"] or paper["month_day"]}
            }
        if not seen["month"] and paper["month"]:
            return {}
    if new > old or later:
        day = seen if seen["month"] else paper
        names = ("year", "year_inferred", "year_evidence")
        values = {name: seen[name] for name in names} | {"month": day["month"], "day": day["day"]}
        values["month_day"] = day["month_day"] or paper["month_day"]
        return {"date": values}
    if finer and new == old and seen["year"] == paper["year"]:
        return {"date": {name: seen[name] for name in ("month", "day", "month_day")}}
    if seen["month_day"] and not paper["month_day"] and not paper["month"]:
        return {"date": {name: seen[name] for name in ("month", "day", "month_day")}}
    return {}


def _counts(paper: Mapping[str, Any], seen: Mapping[str, Any]) -> Taken:
    """Counts on a page only grow, so the larger one is the newer."""
    return {
        name: {name: seen[name]}
        for name in COUNTED
        if seen[name] is not None and (paper[name] is None or seen[name] > paper[name])
    }


def _urls(paper: Mapping[str, Any], seen: Mapping[str, Any]) -> Taken:
    known = set(paper["urls"])
    fresh = [url for url in seen["urls"] if url not in known]
    return {"urls": {"urls": [*paper["urls"], *fresh]}} if fresh else {}


def _rest(paper: Mapping[str, Any], seen: Mapping[str, Any]) -> Taken:
    taken: Taken = {}
    if paper["entry_type"] == "misc" and seen["entry_type"] != "misc":
        taken["entry_type"] = {"entry_type": seen["entry_type"]}
    fresh = {name: value for name, value in seen["fields"].items() if name not in paper["fields"]}
    if fresh:
        taken["fields"] = {"fields": paper["fields"] | fresh}
    return taken
