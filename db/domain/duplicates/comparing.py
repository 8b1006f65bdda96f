"""The comparison of two records: same, maybe, or different, with reasons for the person."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from db.domain.duplicates.authorship import shared
from db.domain.duplicates.candidate import Candidate, Score
from db.domain.duplicates.evidence import (
    Facts,
    Glance,
    abstract_likeness,
    abstracts_differ,
    facts,
    numbers_differ,
    shorter_form,
    title_likeness,
)
from db.domain.duplicates.titles import CLOSE_TITLE, by_titles
from db.domain.records import Verdict

EQUAL_ABSTRACT = 0.85  # the same text, with the edits of a revision
UNLIKE_ABSTRACT = 0.62  # two English abstracts of different papers stay below
_MARGIN = 0.1  # per cent, so that rounding never decides
YEARS_APART = 1  # preprint and publication; more only where the abstracts agree


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two candidates with all that their parts say."""

    a: Facts
    b: Facts
    title: float
    abstract: float | None
    against: tuple[str, ...]


def compare(a: Candidate, b: Candidate) -> Score:
    """Say whether two records are one work; the order of the two does not matter."""
    left, right = facts(a), facts(b)
    decided = _by_identifier(left, right)
    if decided:
        return decided
    pair = _Pair(left, right, title_likeness(left, right), abstract_likeness(left, right), _against(left, right))
    if pair.abstract is None:
        score = _by_titles(pair, a, b)
    else:
        score = replace(_by_abstracts(pair, pair.abstract), contradicts=bool(pair.against))
    missing = _missing(a, b) if score.verdict is not Verdict.DIFFERENT else ()
    return Score(score.verdict, round(score.score, 3), score.why + missing, score.contradicts)


def far_apart(left: Glance, right: Glance) -> bool:
    """Tell whether `compare` will say *different*, as far as that can be seen at a glance; False says nothing.

    Most papers that share a blocking key by chance end here, in a fifth of the time.
    """
    if (left.arxiv and left.arxiv == right.arxiv) or (left.doi and left.doi == right.doi):
        return False
    if not left.squeezed or not right.squeezed or shorter_form(left, right):
        return False
    if fuzz.ratio(left.squeezed, right.squeezed, score_cutoff=100 * CLOSE_TITLE - _MARGIN):
        return False
    return abstracts_differ(left, right, EQUAL_ABSTRACT - _MARGIN / 100)


def _by_identifier(a: Facts, b: Facts) -> Score | None:
    if a.arxiv and a.arxiv == b.arxiv:
        return Score(Verdict.SAME, 1.0, (f"both are arXiv:{a.arxiv}",))
    if not a.doi or a.doi != b.doi:
        return None
    if title_likeness(a, b) < 0.4 and (abstract_likeness(a, b) or 0) < UNLIKE_ABSTRACT:
        # One DOI can stand for a whole issue, or be copied wrongly.
        return Score(Verdict.MAYBE, 0.6, (f"both have the DOI {a.doi}", "but the titles have nothing in common"))
    return Score(Verdict.SAME, 1.0, (f"both have the DOI {a.doi}",))


def _against(left: Facts, right: Facts) -> tuple[str, ...]:
    """Return what both state and what cannot be true of one work."""
    reasons = []
    if left.arxiv and right.arxiv and left.arxiv != right.arxiv:
        reasons.append(f"the arXiv numbers differ ({left.arxiv}, {right.arxiv})")
    if left.doi and right.doi and left.doi != right.doi and left.doi.split("/")[0] == right.doi.split("/")[0]:
        reasons.append("one publisher gave them different DOIs")
    if numbers_differ(left, right):
        reasons.append("the numbers in the titles differ")
    if left.kinds != right.kinds:
        odd = ", ".join(sorted(left.kinds ^ right.kinds))
        reasons.append(f"only one title says “{odd}”")
    return tuple(reasons)


def _by_titles(pair: _Pair, a: Candidate, b: Candidate) -> Score:
    return Score(*by_titles(pair.a, pair.b, pair.title, pair.against + _counts_apart(a, b)))


def _counts_apart(a: Candidate, b: Candidate) -> tuple[str, ...]:
    few, many = sorted((a.author_count or 0, b.author_count or 0))
    return (f"one has {few} authors, the other {many}",) if few and many > 2 * few else ()


def _by_abstracts(pair: _Pair, abstract: float) -> Score:
    if pair.a.squeezed and pair.a.squeezed == pair.b.squeezed:
        return _equal_titles(pair, abstract)
    return _unequal_titles(pair, abstract)


def _equal_titles(pair: _Pair, abstract: float) -> Score:
    why = ("the titles are equal", _percent(abstract))
    doubts = pair.against
    if abstract < UNLIKE_ABSTRACT:
        doubts += ("the abstracts are not the same text",)
    elif abstract < EQUAL_ABSTRACT:
        doubts += _far_years(pair) + _other_authors(pair)
    if doubts:
        return Score(Verdict.MAYBE, 0.5 + 0.2 * abstract, why + doubts)
    return Score(Verdict.SAME, 0.9 + 0.1 * abstract, why)


def _far_years(pair: _Pair) -> tuple[str, ...]:
    """Return the doubt that stated years raise; an inferred year never raises one."""
    if pair.a.year is None or pair.b.year is None or abs(pair.a.year - pair.b.year) <= YEARS_APART:
        return ()
    return (f"the years are {pair.a.year} and {pair.b.year}",)


def _other_authors(pair: _Pair) -> tuple[str, ...]:
    both = shared(pair.a.people, pair.b.people)
    return () if both is None or both.of_shorter else ("they have no author in common",)


def _unequal_titles(pair: _Pair, abstract: float) -> Score:
    why: tuple[str, ...] = (f"titles {pair.title * 100:.0f} % alike", _percent(abstract))
    short = bool(pair.a.squeezed and pair.b.squeezed) and shorter_form(pair.a, pair.b)
    close = pair.title >= CLOSE_TITLE or short
    likeness = (max(pair.title, 0.9 if short else 0) + abstract) / 2
    if abstract >= EQUAL_ABSTRACT:
        if close and not pair.against:
            return Score(Verdict.SAME, 0.98 * likeness, why)
        if not pair.b.squeezed or not pair.a.squeezed:
            why = (_percent(abstract), "one has no title")
        return Score(Verdict.MAYBE, 0.7 * likeness, why + pair.against)
    if abstract >= UNLIKE_ABSTRACT + 0.08 and close:
        return Score(Verdict.MAYBE, 0.6 * likeness, why + pair.against)
    return Score(Verdict.DIFFERENT, 0.5 * likeness * abstract, why + pair.against)


def _percent(likeness: float) -> str:
    return "the abstracts are equal" if likeness == 1.0 else f"abstracts {likeness * 100:.0f} % alike"


def _missing(a: Candidate, b: Candidate) -> tuple[str, ...]:
    """Return what not both of them have: no evidence either way, but good to know."""
    parts = (
        ("abstract", a.abstract, b.abstract),
        ("author", a.authors or a.author_count or a.organization, b.authors or b.author_count or b.organization),
        ("date", a.year, b.year),
    )
    return tuple(f"{'one has no' if x or y else 'neither has any'} {name}" for name, x, y in parts if not (x and y))
