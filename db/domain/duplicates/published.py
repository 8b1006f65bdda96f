"""What venue, volume and pages of two records say: the same issue, another one, or another kind of publication."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from db.domain.names import words

# Words of a venue's name that tell nothing about which it is.
_COMMON = frozenset(
    """the of on and in for an a annual international intl proc proceedings conference conf symposium symp
    workshop journal j trans transactions first second third fourth fifth sixth seventh eighth ninth tenth
    eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    twenty thirtieth thirty""".split()
)
_MEETING = re.compile(
    r"\b(?:proc|proceedings|conf|conference|symp|symposium|sympos|workshop|meeting|annual|lncs|lecture notes"
    r"|advances in neural|neurips|nips|icml|iclr|cvpr|iccv|eccv|acl|emnlp|naacl|aaai|ijcai|kdd|sigir|colt|stoc|focs"
    r"|vldb|sigmod)\b",
    re.I,
)
_PREPRINT = re.compile(
    r"\b(?:arxiv|corr|preprint|biorxiv|medrxiv|ssrn|openreview|submitted|to appear|in preparation)\b", re.I
)
_REPORT = re.compile(
    r"\b(?:tech|technical|report|manuscript|draft|thesis|dissertation|unpublished|memo|memorandum)\b", re.I
)
_OF_ONE_YEAR = re.compile(r"['’`]\s?\d\d\b")  # EuroCOLT '95: journals are not called after a year
_PAGE = re.compile(r"[a-z]{0,2}\d+", re.I)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)?$")
_LONG_WORD = 4
_ALIKE = 80


class Kind(Enum):
    """Where a work came out."""

    UNKNOWN = 0
    PREPRINT = 1
    MEETING = 2
    JOURNAL = 3
    REPORT = 4


class Place(NamedTuple):
    """Where a record says that it came out: the telling words of the venue, volume, first and last page."""

    kind: Kind
    words: tuple[str, ...]
    volume: str
    first: str
    last: str


@lru_cache(maxsize=2048)
def place(venue: str, volume: str, pages: str) -> Place:
    """Return the comparable form of venue, volume and pages; empty texts mean unknown."""
    ends = [page.casefold() for page in _PAGE.findall(pages)]
    number = re.search(r"\d+", volume)
    telling = tuple(word for word in words(venue) if word not in _COMMON and not _ORDINAL.match(word))
    return Place(
        _kind(venue), telling, number[0] if number else "", ends[0] if ends else "", ends[1] if len(ends) > 1 else ""
    )


def _kind(venue: str) -> Kind:
    if not venue.strip():
        return Kind.UNKNOWN
    if _PREPRINT.search(venue):
        return Kind.PREPRINT
    if _REPORT.search(venue):
        return Kind.REPORT
    return Kind.MEETING if _MEETING.search(venue) or _OF_ONE_YEAR.search(venue) else Kind.JOURNAL


def venue_likeness(a: Place, b: Place) -> float | None:
    """Return the share of the shorter venue's words that the other has too, abbreviated or not; None: unknown."""
    if not a.words or not b.words:
        return None
    few, many = (a.words, b.words) if len(a.words) <= len(b.words) else (b.words, a.words)
    initials = "".join(word[0] for word in many)
    free = list(many)
    found = 0
    for word in few:
        other = next((one for one in free if _same_word(word, one)), None)
        if other is not None:
            free.remove(other)
        found += other is not None or (len(word) > 2 and word in initials)
    return found / len(few)


def _same_word(x: str, y: str) -> bool:
    if x.startswith(y) or y.startswith(x):
        return True
    return len(x) >= _LONG_WORD and fuzz.ratio(x, y) >= _ALIKE


def same_pages(a: Place, b: Place) -> bool | None:
    """Tell whether the first or the last pages are the same; None: unknown."""
    if not a.first or not b.first:
        return None
    return a.first == b.first or bool(a.last and a.last == b.last)


def same_volume(a: Place, b: Place) -> bool | None:
    """Tell whether the volumes are the same; None: unknown."""
    return a.volume == b.volume if a.volume and b.volume else None
