"""What the parts of two records say for or against one work, each part by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from db.domain.duplicates.candidate import without_notes
from db.domain.names import normal_title, words

if TYPE_CHECKING:
    from db.domain.duplicates.candidate import Candidate

_ARXIV = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?$")
_DIGITS = re.compile(r"\d+")
_NUMERALS = {
    word: str(value)
    for value, names in enumerate(
        (
            "i one first", "ii two second", "iii three third", "iv four fourth", "v five fifth", "vi six sixth",
            "vii seven seventh", "viii eight eighth", "ix nine ninth", "x ten tenth",
        ),
        start=1,
    )
    for word in names.split()
}  # fmt: skip
# Words of which one title only can have one if both are to name one work.
_KINDS = frozenset(
    """erratum errata corrigendum correction corrections comment comments commentary reply rebuttal response
    retraction retracted addendum supplement supplementary supplemental appendix editorial letter author
    authors""".split()
)
_ELLIPSIS = re.compile(r"(?:\.\.\.|…|\[\.\.\.\])\s*$")
_ABSTRACT_CAP = 2400  # letters compared; beyond that abstracts only get slower
SHORT_ABSTRACT = 80  # letters; less than that says too little
SHORT_TITLE = 22  # letters; a shorter title alone can belong to several works


@dataclass(frozen=True, slots=True)
class Facts:
    """A candidate's values in comparable form."""

    normal: str
    squeezed: str
    numbers: tuple[str, ...]
    kinds: frozenset[str]
    abstract: str
    cut: bool
    arxiv: str
    doi: str
    names: frozenset[str]


@lru_cache(maxsize=4096)
def facts(candidate: Candidate) -> Facts:
    """Return the comparable form; remembered, for one record is compared with many."""
    normal = normal_title(without_notes(candidate.title))
    parts = normal.split()
    doi = bare_doi(candidate.doi)
    return Facts(
        normal,
        "".join(parts),
        _numbers(parts),
        _KINDS.intersection(parts),
        "".join(words(candidate.abstract[: _ABSTRACT_CAP + 400]))[:_ABSTRACT_CAP],
        bool(_ELLIPSIS.search(candidate.abstract)),
        bare_arxiv(candidate.arxiv_id) or (bare_arxiv(doi) if doi.startswith("10.48550/") else ""),
        "" if doi.startswith("10.48550/") else doi,
        frozenset(
            word
            for person in candidate.authors
            for word in words(f"{person.family} {person.given}")
            if len(word) > 2 or not word.isascii()
        ),
    )


def _numbers(parts: list[str]) -> tuple[str, ...]:
    """Return what counts in a title: every digit run and numeral word, in order of value, not of place."""
    found = []
    for word in parts:
        if word in _NUMERALS:
            found.append(_NUMERALS[word])
        elif not word.isalpha():
            found.extend(_DIGITS.findall(word))
    return tuple(sorted(found))


def bare_arxiv(identifier: str | None) -> str:
    """Return an arXiv id without prefix and version, or an empty text."""
    match = _ARXIV.search((identifier or "").strip().lower())
    return match.group(1) if match else ""


def bare_doi(identifier: str | None) -> str:
    """Return a DOI in small letters without resolver address, or an empty text."""
    text = (identifier or "").strip().lower()
    start = text.find("10.")
    return text[start:].rstrip(".,; ") if start >= 0 and "/" in text[start:] else ""


def numbers_differ(a: Facts, b: Facts) -> bool:
    """Say whether the titles count differently: Part I and II, GPT-3 and GPT-4, a trailing 2."""
    if a.numbers == b.numbers:
        return False
    return a.squeezed != b.squeezed


def title_likeness(a: Facts, b: Facts) -> float:
    """Return how alike the letters of both titles are, 0 to 1."""
    return fuzz.ratio(a.squeezed, b.squeezed) / 100


def only_spelling(a: Facts, b: Facts) -> bool:
    """Say whether the titles differ by slips of spelling only, never by a whole word."""
    return Levenshtein.distance(a.squeezed, b.squeezed, score_cutoff=4) <= min(4, len(a.squeezed) // 16) and not (
        _other_words(a.normal, b.normal)
    )


def _other_words(a: str, b: str) -> bool:
    left, right = a.split(), b.split()
    if len(left) != len(right):
        return False  # a word was split or joined; the distance of the whole decides
    return any(_another_word(x, y) for x, y in zip(left, right, strict=True) if x != y)


def _another_word(x: str, y: str) -> bool:
    """Say whether two words differ by more than a slip: "supervised" and "unsupervised" do."""
    if min(len(x), len(y)) < 4 or x.endswith(y) or y.endswith(x):
        return True
    return fuzz.ratio(x, y) < 78 or Levenshtein.distance(x, y) > 2


def shorter_form(a: Facts, b: Facts) -> bool:
    """Say whether one title begins the other and ends at a word: the subtitle is missing."""
    short, long = sorted((a.normal, b.normal), key=len)
    return len(short) >= 6 and long.startswith(short + " ")


def abstract_likeness(a: Facts, b: Facts) -> float | None:
    """Return 0 to 1, or None when one abstract is missing or too short to tell.

    A cut abstract, or one that begins the other, is compared as far as it goes.
    """
    short, long = sorted((a.abstract, b.abstract), key=len)
    if len(short) < SHORT_ABSTRACT:
        return None
    likeness = fuzz.ratio(short, long) / 100
    if len(short) < 0.9 * len(long):
        likeness = max(likeness, fuzz.ratio(short, long[: len(short)]) / 100)
    return likeness
