"""Telling whether two dumps show the same search: by what was searched for, else by the name of the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from db.domain.names import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS = re.compile(r"[^\W\d_]+")
ENDING = re.compile(r"(?:\.(?:txt|text|md|markdown|html?|jsonl?|ndjson|bib|ris|csv|zip|gz))+$")
MONTHS = "jan feb mar apr may jun jul aug sep sept oct nov dec"
LONG_MONTHS = "january february march april june july august september october november december"
LAYOUTS = "full glued bare plain markdown html json raw links linked compact abridged"
PARTS = (
    "a b c q v search query result results page pages part list listing dump copy new old final first last st nd rd th"
)
LEFT_OUT = frozenset(f"{MONTHS} {LONG_MONTHS} {LAYOUTS} {PARTS}".split())
"""Words of a file's name that say when, how and which part of a page was saved, not what was searched for."""


def is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two sources (with name, kind and search) show the same search.

    Stated searches decide. When one is not stated, the names must agree apart from dates, counters and layouts.
    A paste that nobody named is called after its first paper, a lookup after its service: neither tells of a search.
    """
    if one["search"] and other["search"]:
        return searched(one["search"]) == searched(other["search"])
    if not {"paste", "lookup"}.isdisjoint((one["kind"], other["kind"])):
        return False
    return bool(about(one["name"])) and about(one["name"]) == about(other["name"])


def searched(search: str) -> str:
    """Return a search without case and doubled blanks."""
    return " ".join(fold(search).split())


def about(name: str) -> tuple[str, ...]:
    """Return the words of a file's name that say what it is about: `alignment-2026-10-02.txt` is about alignment."""
    stem = ENDING.sub("", fold(name).strip())
    return tuple(word for word in WORDS.findall(stem) if word not in LEFT_OUT)
