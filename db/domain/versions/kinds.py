"""Which kind of version a record tells of: its type, venue and identifiers decide."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from typing import NamedTuple

from db.domain.formats.bibwrite import venues
from db.domain.formats.doi import stated
from db.domain.records import VersionKind

_SERVERS = (
    "10.48550/*", "10.1101/[0-9]*", "10.2139/ssrn*", "10.20944/*", "10.21203/*", "10.22541/*", "10.26434/*",
    "10.31219/*", "10.31234/*", "10.36227/*",
)  # fmt: skip
"""DOIs of arXiv, bioRxiv, SSRN, Preprints, Research Square, Authorea, ChemRxiv, OSF, PsyArXiv and TechRxiv."""
_NO_PUBLICATIONS = frozenset(
    "unpublished online electronic www techreport report software dataset manual webpage".split()
)
_PUBLICATIONS = frozenset(
    """inproceedings conference incollection inbook book mvbook proceedings mvproceedings collection phdthesis
    mastersthesis thesis""".split()
)


class Told(NamedTuple):
    """What tells the kind; `abstract` says whether there is one."""

    entry_type: str = "misc"
    venue: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    abstract: bool = False


def kind(told: Told) -> VersionKind | None:
    """Return the kind of version that a record is of, None when nothing tells.

    Listing pages show an abstract and no venue: what they list are preprints.
    """
    if told.venue is None and told.doi is None and told.entry_type == "misc":
        return VersionKind.PREPRINT if told.arxiv_id or told.abstract else None
    name = told.entry_type.lower()
    placed = _of_venue(told.venue) if told.venue else None
    named = _of_doi(told.doi) if told.doi else None
    if name in _NO_PUBLICATIONS:
        is_preprint = VersionKind.PREPRINT in (placed, named) or told.arxiv_id
        return VersionKind.PREPRINT if is_preprint else None
    if found := placed or named:
        return found
    if name in _PUBLICATIONS:
        return VersionKind.PUBLISHED
    return VersionKind.PREPRINT if told.arxiv_id or (told.abstract and name == "misc") else None


def kinds(told: Told) -> frozenset[VersionKind]:
    """Return the kinds that a record gives evidence of: a published paper that names its eprint is evidence of both."""
    found = kind(told)
    also = VersionKind.PREPRINT if told.arxiv_id or is_eprint(told.doi) else None
    return frozenset(one for one in (found, also) if one is not None)


def is_eprint(doi: str | None) -> bool:
    """Tell whether a DOI is that of a preprint."""
    return doi is not None and _of_doi(doi) is VersionKind.PREPRINT


@lru_cache(maxsize=10_000)
def _of_venue(venue: str) -> VersionKind | None:
    if venues.is_preprint(venue):
        return VersionKind.PREPRINT
    return None if venues.kind(venue) == venues.MISC else VersionKind.PUBLISHED


def _of_doi(doi: str) -> VersionKind:
    bare = (stated(doi) or doi).lower()
    return VersionKind.PREPRINT if any(fnmatchcase(bare, one) for one in _SERVERS) else VersionKind.PUBLISHED
