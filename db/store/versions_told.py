"""What each sighting of a paper tells of one of its versions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from db.domain.formats import arxiv
from db.domain.formats.bibwrite.common import OF_PAGES
from db.domain.names import normal_title
from db.domain.records import Date, Person, Version
from db.domain.versions import Told, kind
from db.store.absorb import USER
from db.store.sources import TITLED, fit_day, split_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

_SIGHTINGS = (
    'SELECT s.paper_id, s.id, s.line_abstract, s."values", coalesce(o.year_override, o.render_year), p.title, '
    "json_extract(p.origins, '$.title') FROM json_each(?) j CROSS JOIN sighting s ON s.paper_id = j.value "
    "JOIN source o ON o.id = s.source_id JOIN paper p ON p.id = s.paper_id ORDER BY s.id"
)
_TYPED = (
    "SELECT id, entry_type, venue, doi, arxiv_id, abstract, year, month, day, year_inferred, year_evidence, urls, "
    "fields, authors, author_count, title FROM paper WHERE id IN (SELECT value FROM json_each(?)) "
    "AND NOT EXISTS (SELECT 1 FROM sighting s WHERE s.paper_id = paper.id)"
)


class _Seen(NamedTuple):
    """A sighting with the year of its page, and the title of its paper with what gave it."""

    paper_id: int
    id: int
    line_abstract: int | None
    values: str
    page_year: int | None
    title: str
    title_origin: int | None


def told(session: Session, ids: Iterable[int]) -> dict[int, list[Version]]:
    """Return what the sightings of papers tell of, one version each; a paper without any tells it itself."""
    asked = (json.dumps(list(ids)),)
    run = session.connection().exec_driver_sql
    found: dict[int, list[Version]] = {}
    for row in run(_SIGHTINGS, asked):
        seen = _Seen(*row)
        if one := _of_sighting(seen, json.loads(seen.values)):
            found.setdefault(seen.paper_id, []).append(one)
    for paper in run(_TYPED, asked).mappings():
        if one := _of_paper(paper):
            found[paper["id"]] = [one]
    return found


def told_kind(values: Mapping[Any, Any], *, abstract: bool) -> Told:
    """Return what tells the kind of a record from its columns, or from the values of a sighting."""
    return Told(
        values.get("entry_type") or "misc", values.get("venue"), values.get("doi"), values.get("arxiv_id"), abstract
    )


def _of_sighting(seen: _Seen, values: Mapping[str, Any]) -> Version | None:
    found = kind(told_kind(values, abstract=seen.line_abstract is not None))
    if found is None:
        return None
    fields = {name: text for name, text in values.get("fields", {}).items() if name not in OF_PAGES}
    return Version(
        found,
        title=_title(seen, values.get(TITLED, "")),
        authors=tuple(Person(*name) for name in values.get("authors", ())),
        author_count=values.get("author_count") if values.get("authors") else None,
        arxiv_id=values.get("arxiv_id"),
        arxiv_version=values.get("arxiv_version") or _revision(values.get("urls", ())),
        doi=values.get("doi"),
        urls=tuple(values.get("urls", ())),
        venue=values.get("venue"),
        date=_date(values, seen.page_year),
        entry_type=values.get("entry_type") or "misc",
        fields=fields,
        sightings=(seen.id,),
    )


def _title(seen: _Seen, noted: str) -> str:
    """Return the title of a version if it has one of its own: never beside one that the person typed."""
    own = noted or seen.title
    return "" if seen.title_origin == USER or normal_title(own) == "" else own


def _revision(urls: Iterable[str]) -> int | None:
    return max(filter(None, map(arxiv.revision, urls)), default=None)


def _date(values: Mapping[str, Any], page_year: int | None) -> Date:
    """Return the date of a sighting; a year that it leaves out is that of its arXiv id, else that of its page."""
    if not values.get("date"):
        return Date()
    year, month, day = split_date(values["date"])
    if year is not None or not month:
        return Date(year, month, day)
    proof = arxiv.year_for(values["arxiv_id"], month) if "arxiv_id" in values else None
    year, evidence = proof or (page_year, "")
    if year is None:
        return Date(None, month, day)
    return Date(year, month, fit_day(year, month, day), inferred=True, evidence=evidence)


def _of_paper(row: Mapping[Any, Any]) -> Version | None:
    found = kind(told_kind(row, abstract=bool(row["abstract"])))
    if found is None:
        return None
    fields = json.loads(row["fields"])
    return Version(
        found,
        title=row["title"],
        authors=tuple(Person(*name) for name in json.loads(row["authors"])),
        author_count=row["author_count"],
        arxiv_id=row["arxiv_id"],
        doi=row["doi"],
        urls=tuple(json.loads(row["urls"])),
        venue=row["venue"],
        date=Date(row["year"], row["month"], row["day"], bool(row["year_inferred"]), row["year_evidence"]),
        entry_type=row["entry_type"],
        fields={name: text for name, text in fields.items() if name not in OF_PAGES},
    )
