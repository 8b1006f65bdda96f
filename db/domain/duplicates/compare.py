"""The comparison of two records: same, maybe, or different, with reasons for the person."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from db.domain.duplicates.candidate import Candidate, Score
from db.domain.duplicates.evidence import (
    SHORT_TITLE,
    Facts,
    Glance,
    abstract_likeness,
    abstracts_differ,
    facts,
    numbers_differ,
    only_spelling,
    shorter_form,
    title_likeness,
)
from db.domain.records import Verdict

EQUAL_ABSTRACT = 0.85  # the same text, with the edits of a revision
UNLIKE_ABSTRACT = 0.62  # two English abstracts of different papers stay below
CLOSE_TITLE = 0.80
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
    equal = bool(left.squeezed) and left.squeezed == right.squeezed
    score = _equal_titles(pair, a, b) if equal else _unequal_titles(pair, a, b)
    missing = _missing(a, b) if score.verdict is not Verdict.DIFFERENT else ()
    return Score(score.verdict, round(score.score, 3), score.why + missing, bool(pair.against))


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


def _equal_titles(pair: _Pair, a: Candidate, b: Candidate) -> Score:
    why: tuple[str, ...] = ("the titles are equal",)
    if pair.abstract is not None:
        why += (_percent(pair.abstract),)
    doubts = pair.against
    if pair.abstract is None:
        doubts += _doubts_without_abstract(pair, a, b)
    elif pair.abstract < UNLIKE_ABSTRACT:
        doubts += ("the abstracts are not the same text",)
    elif pair.abstract < EQUAL_ABSTRACT:
        doubts += _far_years(a, b) + _other_authors(pair)
    if doubts:
        return Score(Verdict.MAYBE, 0.5 + 0.2 * (pair.abstract or 0), why + doubts)
    sure = 0.9 if pair.abstract is None else 0.9 + 0.1 * pair.abstract
    return Score(Verdict.SAME, sure, why)


def _doubts_without_abstract(pair: _Pair, a: Candidate, b: Candidate) -> tuple[str, ...]:
    """Return why an equal title alone does not settle it."""
    doubts = _far_years(a, b) + _other_authors(pair)
    letters = len(pair.a.squeezed)
    if letters < (SHORT_TITLE if pair.a.squeezed.isascii() else SHORT_TITLE // 2):
        doubts += ("so short a title can belong to several works",)
    if (
        a.author_count
        and b.author_count
        and max(a.author_count, b.author_count) > 2 * min(a.author_count, b.author_count)
    ):
        doubts += (f"one has {a.author_count} authors, the other {b.author_count}",)
    return doubts


def _far_years(a: Candidate, b: Candidate) -> tuple[str, ...]:
    """Return the doubt that stated years raise; an inferred year never raises one."""
    if a.year is None or b.year is None or a.year_inferred or b.year_inferred:
        return ()
    return (f"the years are {a.year} and {b.year}",) if abs(a.year - b.year) > YEARS_APART else ()


def _other_authors(pair: _Pair) -> tuple[str, ...]:
    if not pair.a.names or not pair.b.names or pair.a.names & pair.b.names:
        return ()
    return ("they have no author in common",)


def _unequal_titles(pair: _Pair, a: Candidate, b: Candidate) -> Score:
    why: tuple[str, ...] = (f"titles {pair.title * 100:.0f} % alike",)
    if pair.abstract is None:
        return _title_alone(pair, why, a, b)
    why += (_percent(pair.abstract),)
    short = bool(pair.a.squeezed and pair.b.squeezed) and shorter_form(pair.a, pair.b)
    close = pair.title >= CLOSE_TITLE or short
    likeness = (max(pair.title, 0.9 if short else 0) + pair.abstract) / 2
    if pair.abstract >= EQUAL_ABSTRACT:
        if close and not pair.against:
            return Score(Verdict.SAME, 0.98 * likeness, why)
        if not pair.b.squeezed or not pair.a.squeezed:
            why = (_percent(pair.abstract), "one has no title")
        return Score(Verdict.MAYBE, 0.7 * likeness, why + pair.against)
    if pair.abstract >= UNLIKE_ABSTRACT + 0.08 and close:
        return Score(Verdict.MAYBE, 0.6 * likeness, why + pair.against)
    return Score(Verdict.DIFFERENT, 0.5 * likeness * pair.abstract, why + pair.against)


def _title_alone(pair: _Pair, why: tuple[str, ...], a: Candidate, b: Candidate) -> Score:
    """Judge titles that are not equal and have no abstracts to help."""
    if pair.against or min(len(pair.a.squeezed), len(pair.b.squeezed)) < SHORT_TITLE:
        return Score(Verdict.DIFFERENT, 0.3 * pair.title, why + pair.against)
    if only_spelling(pair.a, pair.b):
        if pair.a.names & pair.b.names and a.year and a.year == b.year:
            return Score(
                Verdict.SAME, 0.9 * pair.title, (*why, "they differ by spelling only", "authors and year agree")
            )
        return Score(Verdict.MAYBE, 0.6 * pair.title, (*why, "they differ by spelling only"))
    if shorter_form(pair.a, pair.b):
        return Score(Verdict.MAYBE, 0.55, (*why, "one title is the other without its ending"))
    return Score(Verdict.DIFFERENT, 0.4 * pair.title, why)


def _percent(likeness: float) -> str:
    return "the abstracts are equal" if likeness == 1.0 else f"abstracts {likeness * 100:.0f} % alike"


def _missing(a: Candidate, b: Candidate) -> tuple[str, ...]:
    """Return what only one of them has: no evidence either way, but good to know."""
    parts = (
        ("abstract", a.abstract, b.abstract),
        ("author", a.authors or a.author_count or a.organization, b.authors or b.author_count or b.organization),
        ("date", a.year, b.year),
    )
    return tuple(f"{'one has' if x or y else 'both have'} no {name}" for name, x, y in parts if not (x and y))
