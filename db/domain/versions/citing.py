"""Which version of a paper is cited, and what its entry says then: the one place that decides it for every way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.domain.addresses import arxiv_address
from db.domain.records import CiteRule, VersionKind
from db.domain.versions.settling import OF_EPRINT, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence, Set

    from db.domain.formats.bibwrite import BibEntry
    from db.domain.records import Version

_OF_THE_WORK = frozenset({"title", "authors"})
"""What the person typed of a paper and what holds for all of its versions."""


def chosen(versions: Sequence[Version], rule: CiteRule) -> Version | None:
    """Return the version that is cited: by the rule of the paper, else by that of the library.

    While nothing says which one was read, the published one is cited, of several the latest.
    """
    there = shown(versions)
    own = next((one.rule for one in there if one.rule), rule)
    read = next((one for one in there if one.is_read), None)
    if own is CiteRule.READ and read is not None:
        return read
    published = [one for one in there if one.kind is VersionKind.PUBLISHED]
    return next(reversed(published or there), None)


def cited(
    entry: BibEntry,
    versions: Sequence[Version],
    rule: CiteRule,
    *,
    typed: Collection[str] = (),
    bibliographies: Set[int] = frozenset(),
) -> BibEntry:
    """Return the entry of a paper as one of its versions has it; its key stays.

    `typed` are the fields of the paper that the person typed: they count for the published version, title and authors
    for each. `bibliographies` are the sightings that are entries of one: such a version keeps its type.
    """
    one = chosen(versions, rule)
    if one is None:
        return entry
    others = [other for other in versions if other is not one]  # of a removed one nothing is to stay either
    held = {name for name in typed if name not in one.typed and _holds(name, one)}
    values = {name: value for name, value in _said(entry, one, others).items() if name not in held}
    if "authors" in held:
        values.pop("more_authors", None)
    if "entry_type" not in held and "venue" not in held:
        values["brought"] = not bibliographies.isdisjoint(one.sightings)
    return entry._replace(**values)


def _holds(field: str, one: Version) -> bool:
    return one.kind is VersionKind.PUBLISHED or field in _OF_THE_WORK


def _said(entry: BibEntry, one: Version, others: Sequence[Version]) -> dict[str, Any]:
    """Return what a version says of each field of an entry; where it is silent, what the paper says of no other."""
    values: dict[str, Any] = {
        "title": one.title or entry.title,
        "date": one.date if one.date.year is not None else entry.date,
        "venue": one.venue or _left(entry.venue, [other.venue for other in others]),
        "doi": one.doi or _left(entry.doi, [other.doi for other in others]),
        "entry_type": one.entry_type,
        "arxiv_id": _eprint(entry, one, others),
        "url": _url(entry, one, others),
        "fields": _fields(entry.fields, one, others),
    }
    if one.authors:
        count = one.author_count
        values |= {"authors": one.authors, "more_authors": count is None or count > len(one.authors)}
    return values


def _left(value: str | None, of_others: Sequence[str | None]) -> str | None:
    return None if value in of_others else value


def _eprint(entry: BibEntry, one: Version, others: Sequence[Version]) -> str | None:
    """Return the arXiv id: a published version keeps that of its preprint, a preprint that was read says which one."""
    there = (each.arxiv_id for each in (one, *shown(others)) if each.arxiv_id)
    number = next(there, None) or _left(entry.arxiv_id, [each.arxiv_id for each in others])
    if number and one.kind is VersionKind.PREPRINT and one.arxiv_version and "arxiv_version" in one.typed:
        return f"{number}v{one.arxiv_version}"
    return number


def _url(entry: BibEntry, one: Version, others: Sequence[Version]) -> str | None:
    if one.urls:
        return one.urls[0]
    strange = {url for other in others for url in other.urls if other.kind is VersionKind.PUBLISHED}
    if entry.url not in strange:
        return entry.url
    number = one.arxiv_id or entry.arxiv_id
    return arxiv_address(number) if number else None


def _fields(held: Mapping[str, str], one: Version, others: Sequence[Version]) -> dict[str, str]:
    """Return the fields of the paper without those of its other versions, and those of this one."""
    strange = {name.lower() for other in others for name in other.fields} - OF_EPRINT
    kept = {name: text for name, text in held.items() if name.lower() not in strange}
    return {**kept, **one.fields}
