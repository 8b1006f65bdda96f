"""What the parts of two records say for or against one work, each part by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from db.domain.duplicates.authorship import names
from db.domain.duplicates.candidate import without_notes
from db.domain.duplicates.published import place
from db.domain.names import normal_title, squeeze

if TYPE_CHECKING:
    from db.domain.duplicates.authorship import Name
    from db.domain.duplicates.candidate import Candidate
    from db.domain.duplicates.published import Place

_ARXIV = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?$")
_CLASS = re.compile(r"\.[a-z]{2}/")
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
    authors tutorial demo demonstration poster""".split()
)
# Words of what a journal prints again and again under one title.
_RECURRING = frozenset(
    """editorial editorials editor editors preface foreword introduction message messages column columns notes news
    announcements announcement calls reminiscences obituary memoriam profiles forum corner contents index reviewers
    acknowledgments acknowledgements letters reviews reports briefs highlights panel keynote""".split()
)
_RECURRING_WORDS = 5
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
    year: int | None
    stated: Candidate

    # Only records without two abstracts are asked for these: most pairs are decided before.

    @property
    def people(self) -> tuple[Name, ...]:
        """The authors."""
        return names(self.stated.authors)

    @property
    def place(self) -> Place:
        """Where it came out."""
        return place(self.stated.venue, self.stated.volume, self.stated.pages)

    @property
    def recurs(self) -> bool:
        """Whether the title is one that stands in many issues."""
        return recurs(self.normal)


@dataclass(frozen=True, slots=True)
class Glance:
    """The part of the facts that tells most papers apart."""

    normal: str
    squeezed: str
    abstract: str
    arxiv: str
    doi: str


def glance(title: str, abstract: str, arxiv_id: str | None, doi: str | None) -> Glance:
    """Return what can be seen of a paper at a glance."""
    return Glance(*_of_title(title)[:2], _of_abstract(abstract)[0], *_of_numbers(arxiv_id, doi))


@lru_cache(maxsize=4096)
def facts(candidate: Candidate) -> Facts:
    """Return the comparable form; remembered, for one record is compared with many."""
    return Facts(
        *_of_title(candidate.title),
        *_of_abstract(candidate.abstract),
        *_of_numbers(candidate.arxiv_id, candidate.doi),
        None if candidate.year_inferred else candidate.year,
        candidate,
    )


# One more sighting of a paper mostly has the very same texts.
@lru_cache(maxsize=2048)
def _of_title(title: str) -> tuple[str, str, tuple[str, ...], frozenset[str]]:
    normal = normal_title(without_notes(title))
    parts = normal.split()
    return normal, "".join(parts), _numbers(parts), _KINDS.intersection(parts)


@lru_cache(maxsize=2048)
def _of_abstract(abstract: str) -> tuple[str, bool]:
    return squeeze(abstract[: _ABSTRACT_CAP + 400])[:_ABSTRACT_CAP], bool(_ELLIPSIS.search(abstract))


def _of_numbers(arxiv_id: str | None, doi: str | None) -> tuple[str, str]:
    number, name = bare_arxiv(arxiv_id) if arxiv_id else "", bare_doi(doi) if doi else ""
    return (number or bare_arxiv(name), "") if name.startswith("10.48550/") else (number, name)


def bare_numbers(arxiv_id: str | None, doi: str | None) -> list[str]:
    """Return the identifiers that are there, in the form in which equal ones are equal."""
    return [number for number in _of_numbers(arxiv_id, doi) if number]


def _numbers(parts: list[str]) -> tuple[str, ...]:
    """Return what counts in a title: every digit run and numeral word, in order of value, not of place."""
    found = []
    for word in parts:
        if word in _NUMERALS:
            found.append(_NUMERALS[word])
        elif not word.isalpha():
            found.extend(_DIGITS.findall(word))
    return tuple(sorted(found))


def recurs(normal: str) -> bool:
    """Tell whether a title is one that stands in many issues, such as "Editor's notes" or "Calls for papers"."""
    parts = normal.split()
    return len(parts) <= _RECURRING_WORDS and not _RECURRING.isdisjoint(parts)


def bare_arxiv(identifier: str | None) -> str:
    """Return an arXiv id without prefix, version and class of subject (math.GT), or an empty text."""
    match = _ARXIV.search((identifier or "").strip().lower())
    return _CLASS.sub("/", match.group(1)) if match else ""


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


def shorter_form(a: Facts | Glance, b: Facts | Glance) -> bool:
    """Say whether one title begins or ends the other at a word: a subtitle or the name of a series is missing."""
    short, long = sorted((a.normal, b.normal), key=len)
    if len(short) >= 6 and long.startswith(short + " "):
        return True
    return len(short) >= SHORT_TITLE and long.endswith(" " + short)


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


def abstracts_differ(a: Glance, b: Glance, likeness: float) -> bool:
    """Tell whether `abstract_likeness` is None or below `likeness`, which takes far less than the number itself."""
    short, long = sorted((a.abstract, b.abstract), key=len)
    if len(short) < SHORT_ABSTRACT:
        return True
    if fuzz.ratio(short, long, score_cutoff=100 * likeness):
        return False
    return len(short) >= 0.9 * len(long) or not fuzz.ratio(short, long[: len(short)], score_cutoff=100 * likeness)
