"""What several papers make together: which value of each field survives a merge, and from which paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.store.absorb import USER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Row = dict[str, Any]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "abstract": ("abstract", "abstract_truncated"),
    "authors": ("authors",),
    "author_count": ("author_count",),
    "organization": ("organization", "organization_slug"),
    "date": ("year", "month", "day", "year_inferred", "year_evidence", "month_day"),
    "comments": ("comments",),
    "upvotes": ("upvotes",),
    "arxiv_id": ("arxiv_id",),
    "doi": ("doi",),
    "venue": ("venue",),
    "urls": ("urls",),
    "entry_type": ("entry_type",),
    "fields": ("fields",),
    "notes": ("notes",),
    "status": ("status",),
    "starred": ("starred",),
    "rating": ("rating",),
}
"""The columns behind each field that a person can choose in a merge."""

PERSONAL = frozenset({"notes", "status", "starred", "rating"})
EMPTY: tuple[object, ...] = (None, "", [], {}, 0, False, "unread", "misc")
FACTS = ("abstract", "authors", "author_count", "organization", "date", "comments", "arxiv_id", "doi", "venue")


@dataclass(frozen=True, slots=True)
class Merged:
    """The columns of the result and, for each field, the paper whose value it is."""

    columns: Row
    from_id: Mapping[str, int]


def best(papers: Sequence[Row], given: set[int], rank: Callable[[Row], tuple[Any, ...]]) -> int:
    """Return the paper to keep: one whose key is given away, then frozen, then first by `rank`, then the oldest."""

    def place(paper: Row) -> tuple[Any, ...]:
        return paper["id"] not in given, not paper["key_frozen"], *rank(paper), paper["id"]

    return int(min(papers, key=place)["id"])


def has(paper: Row, field: str) -> bool:
    """Tell whether the field of a paper says anything."""
    if field == "date":
        return bool(paper["year"] or paper["month_day"])
    return paper[COLUMNS[field][0]] not in EMPTY


def combine(
    papers: Sequence[Row],
    into: int,
    choices: Mapping[str, int],
    first: Mapping[int, int],
    *,
    order: Sequence[int] | None = None,
) -> Merged:
    """Return what papers make together in the paper `into`.

    `choices` names the paper whose value of a field wins. What a person typed beats what a source says,
    then the longest abstract and the fullest date win, otherwise the kept paper's value stands, and its empty
    fields are filled from the others, oldest first.
    `first` names the first sighting of each paper: the origin of values that have none of their own.
    `order`, if given, says whose values stand first instead of the kept paper's and the older ones'.
    """
    kept = next(paper for paper in papers if paper["id"] == into)
    others = sorted((paper for paper in papers if paper["id"] != into), key=lambda paper: int(paper["id"]))
    ranked = [kept, *others]
    if order is not None:
        ranked.sort(key=lambda paper: order.index(paper["id"]))
    columns: Row = {}
    origins: dict[str, Any] = {}
    from_id: dict[str, int] = {}
    for field, names in COLUMNS.items():
        chosen = next((paper for paper in ranked if paper["id"] == choices.get(field)), None)
        source = chosen or _winner(field, ranked)
        columns |= {name: source[name] for name in names}
        if chosen is None and field in _JOINED:
            columns |= _JOINED[field](ranked)
        if field not in PERSONAL and has(source, field):
            origins[field] = source["origins"].get(field, first.get(source["id"], USER))
        from_id[field] = int(source["id"])
    columns["origins"] = {**kept["origins"], **origins}
    return Merged(columns, from_id)


def _winner(field: str, ranked: Sequence[Row]) -> Row:
    filled = [paper for paper in ranked if has(paper, field)]
    if not filled:
        return ranked[0]
    if field in PERSONAL:
        return filled[0]
    typed = [paper for paper in filled if paper["origins"].get(field) == USER]
    if typed:
        return typed[0]
    if field == "date":
        return _surest_date(filled)
    rank = _RANKS.get(field)
    return filled[0] if rank is None else max(filled, key=rank)


def _surest_date(papers: Sequence[Row]) -> Row:
    """Return the paper with the surest date, of those the finest.

    An inferred year that another paper states is as good as that, so its day beats a bare year; its mark stays.
    """
    stated = {paper["year"] for paper in papers if not paper["year_inferred"]} - {None}

    def rank(paper: Row) -> tuple[Any, ...]:
        sure = not paper["year_inferred"]
        # An inferred year is a lower bound, so the later one is nearer.
        later = 0 if sure else paper["year"] or 0
        agrees = sure or paper["year"] in stated
        return paper["year"] is not None, agrees, bool(paper["month"]), bool(paper["day"]), sure, later

    return max(papers, key=rank)


_RANKS: Mapping[str, Callable[[Row], Any]] = {
    "abstract": lambda paper: (not paper["abstract_truncated"], len(paper["abstract"])),
    "comments": lambda paper: paper["comments"],
    "upvotes": lambda paper: paper["upvotes"],
}


def _urls(ranked: Sequence[Row]) -> Row:
    return {"urls": list(dict.fromkeys(url for paper in ranked for url in paper["urls"]))}


def _fields(ranked: Sequence[Row]) -> Row:
    return {"fields": {name: value for paper in reversed(ranked) for name, value in paper["fields"].items()}}


def _notes(ranked: Sequence[Row]) -> Row:
    notes = dict.fromkeys(paper["notes"].strip() for paper in ranked if paper["notes"].strip())
    return {"notes": "\n\n".join(notes) if len(notes) > 1 else next((p["notes"] for p in ranked if p["notes"]), "")}


def _starred(ranked: Sequence[Row]) -> Row:
    return {"starred": any(paper["starred"] for paper in ranked)}


def _rating(ranked: Sequence[Row]) -> Row:
    return {"rating": max(paper["rating"] for paper in ranked)}


_JOINED: Mapping[str, Callable[[Sequence[Row]], Row]] = {
    "urls": _urls,
    "fields": _fields,
    "notes": _notes,
    "starred": _starred,
    "rating": _rating,
}
