"""The verdict on two records of which at most one has an abstract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.duplicates.evidence import SHORT_TITLE, shorter_form
from db.domain.duplicates.signs import signs
from db.domain.records import Verdict

if TYPE_CHECKING:
    from db.domain.duplicates.evidence import Facts
    from db.domain.duplicates.signs import Signs

SAME, MAYBE = 0.8, 0.2
"""From which chance on; see "Twins" in db/NOTES.md."""
CLOSE_TITLE = 0.80
"""Likeness of the letters; titles that are less alike are two titles unless one holds the other."""
FEW_SHARED = 0.5
HALF_THE_WORDS = 0.5
"""Of the shorter venue's: a meeting and a journal that share no more, such as "computing", are two places."""
Judged = tuple[Verdict, float, tuple[str, ...], bool]
"""A verdict, how sure (0 to 1), why, and whether something stated by both speaks against one work."""


def by_titles(a: Facts, b: Facts, likeness: float, against: tuple[str, ...]) -> Judged:
    """Return the verdict and what it rests on; `likeness` is that of the titles.

    What is `against` one work outweighs all but the very same place in print.
    """
    equal = bool(a.squeezed) and a.squeezed == b.squeezed
    if not equal and likeness < CLOSE_TITLE and not shorter_form(a, b):
        return Verdict.DIFFERENT, 0.4 * likeness, (_alike(likeness),), True
    seen = signs(a, b)
    chance = seen.chance()
    doubts = against + _doubts(seen, a, b)
    words = ("the titles are equal" if equal else _alike(likeness), *_agreeing(seen, a, b))
    if equal and _by_chance(a, b, seen):
        return Verdict.DIFFERENT, min(chance, 0.4), words + doubts, True
    if seen.one_place and (chance >= MAYBE or seen.authors is not None):
        return Verdict.SAME, max(chance, 0.9), words, False
    if not doubts and (equal or chance >= SAME):
        return Verdict.SAME, max(chance, 0.9 if equal else 0), words, False
    if equal or (chance >= MAYBE and not against and not _short(a, b) and not _other_topic(seen)):
        return Verdict.MAYBE, min(max(chance, 0.5 if equal else 0), 0.79), words + doubts, bool(doubts)
    return Verdict.DIFFERENT, min(chance, 0.4), words + doubts, True


def _other_topic(seen: Signs) -> bool:
    """Tell whether each title has words of its own, as surveys of two topics have, and no one author list says more."""
    agree = seen.authors is not None and seen.authors.of_longer == 1 and seen.years == 0
    return seen.title["words of each"] > 0 and not agree


def _by_chance(a: Facts, b: Facts, seen: Signs) -> bool:
    """Tell whether an equal short title is chance: other people's, or an editorial of another year."""
    strangers = seen.authors is not None and seen.authors.of_shorter == 0
    return _short(a, b) and (strangers or ((a.recurs or b.recurs) and (seen.years or 0) > 1))


def _alike(likeness: float) -> str:
    return f"titles {likeness * 100:.0f} % alike"


def _agreeing(seen: Signs, a: Facts, b: Facts) -> tuple[str, ...]:
    """Return what speaks for one work, in words."""
    said = []
    equal = a.squeezed == b.squeezed
    if not equal and seen.title["title within"]:
        said.append("one title is the other without its beginning or ending")
    elif not equal and seen.same_words:
        said.append("they differ by spelling only")
    if seen.authors is not None and seen.authors.of_shorter == 1:
        said.append("the authors agree")
    if seen.years == 0:
        few, many = sorted((a.year or 0, b.year or 0))
        said.append("the year is the same" if few == many else f"the years {few} and {many} fit a preprint")
    if seen.pages:
        said.append("the pages are the same")
    return tuple(said)


def _doubts(seen: Signs, a: Facts, b: Facts) -> tuple[str, ...]:
    """Return what speaks against one work, in words."""
    said = []
    if seen.title["words of each"]:
        said.append("each title has words that the other lacks")
    if seen.years:
        said.append(f"the years are {a.year} and {b.year}")
    said += _doubts_of_authors(seen)
    if a.recurs or b.recurs:
        said.append("titles like this come back in every issue")
    elif _short(a, b) and not (seen.authors is not None and seen.authors.of_longer == 1 and _same_issue(seen)):
        said.append("so short a title can belong to several works")
    said += _doubts_of_places(seen)
    return tuple(said)


def _doubts_of_authors(seen: Signs) -> list[str]:
    both = seen.authors
    if both is None:
        return []
    if both.of_shorter == 0:
        return ["they have no author in common"]
    if both.of_shorter < FEW_SHARED:
        return ["they share few authors"]
    return ["one has many more authors than the other"] if both.counts_apart else []


def _doubts_of_places(seen: Signs) -> list[str]:
    said = []
    if seen.pages is False and (seen.volume is False or seen.venue == 0):
        said.append("they came out in other volumes, on other pages")
    elif seen.other_kind and (seen.venue or 0) <= HALF_THE_WORDS:
        said.append("they came out in different places")
    if seen.report:
        said.append("one is a report, thesis or manuscript, the other came out in print")
    return said


def _short(a: Facts, b: Facts) -> bool:
    letters = min(len(a.squeezed), len(b.squeezed))
    return letters < (SHORT_TITLE if a.squeezed.isascii() and b.squeezed.isascii() else SHORT_TITLE // 2)


def _same_issue(seen: Signs) -> bool:
    return seen.years == 0 and (seen.pages is True or (seen.venue or 0) > 0.5)
