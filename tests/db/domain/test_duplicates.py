"""What is one work, what may be, and what is not; on made-up records and on the real dumps."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.duplicates import Candidate, bare_numbers, blocking_keys, compare, far_apart, glance, groups, pairs
from db.domain.records import Person, Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from db.domain.duplicates import Glance

TITLE = "Steering Paper Sheaves with Loosely Coupled Binding Twine"
ABSTRACT = (
    "We study how bundles of papers hold together when the twine around them is only loosely coupled. Over twelve "
    "libraries we find that knots matter more than material, that wet twine holds longest, and that readers who "
    "tie their own sheaves return to them twice as often. Code and data are released with the paper."
)
OTHER = (
    "Radio telescopes at high latitude suffer from ice on their feeds, which shifts calibration by several decibel. "
    "This work models the growth of such layers from weather records, predicts the shift a day ahead, and lets "
    "observers plan around it; a field campaign of three winters confirms the forecast within ten per cent."
)
FULL = Candidate(TITLE, ABSTRACT, author_count=4, year=2024)


@pytest.mark.parametrize(
    "other",
    [
        Candidate(TITLE),
        Candidate(TITLE, ABSTRACT),
        Candidate(TITLE.upper() + ".", ABSTRACT),
        Candidate(TITLE, ABSTRACT[:120] + "..."),
        Candidate(TITLE.replace("Twine", "Twin"), ABSTRACT),
        Candidate(TITLE.split(" with")[0], ABSTRACT),
        Candidate(
            r"Steering \emph{Paper} Sheaves with Loosely-Coupled Binding Twine", ABSTRACT.replace(" and ", " & ")
        ),
        Candidate(TITLE, year=2019, year_inferred=True),
        Candidate(TITLE, ABSTRACT, year=2010),
        Candidate(TITLE, organization="Some Lab"),
        Candidate(TITLE + " [Review]"),
    ],
)
def test_same(other: Candidate) -> None:
    assert compare(FULL, other).verdict is Verdict.SAME
    assert blocking_keys(FULL.title, FULL.abstract) & blocking_keys(other.title, other.abstract)


@pytest.mark.parametrize(
    "other",
    [
        Candidate(TITLE, OTHER),
        Candidate(TITLE, year=2015),
        Candidate("Binding Twine, Revisited by Other Means Entirely", ABSTRACT),
        Candidate(TITLE + " 2", ABSTRACT),
        Candidate(TITLE + " v2", ABSTRACT),
        Candidate(TITLE + ": Part II", ABSTRACT),
        Candidate("Erratum: " + TITLE, ABSTRACT),
        Candidate(TITLE.replace("Twine", "Twin")),
    ],
)
def test_maybe(other: Candidate) -> None:
    assert compare(FULL, other).verdict is Verdict.MAYBE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A Survey on Alignment of Vision Models for Robots", "A Survey on Alignment of Speech Models for Robots"),
        ("Scaling Unsupervised Knot Tying across Libraries", "Scaling Supervised Knot Tying across Libraries"),
        ("Knot Theory for Readers, Part I: Foundations", "Knot Theory for Readers, Part II: Foundations"),
        ("Twine-3: A Technical Report on Binding", "Twine-4: A Technical Report on Binding"),
        ("", ""),
        ("DPO", "PPO"),
    ],
)
def test_different_titles_alone(one: str, other: str) -> None:
    assert compare(Candidate(one), Candidate(other)).verdict is Verdict.DIFFERENT
    assert compare(Candidate(one, ABSTRACT), Candidate(other, OTHER)).verdict is Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Untying λ-Knots with β-Twine in Libraries", r"Untying $\lambda$-Knots with beta-Twine in Libraries"),
        ("A Reﬁned Binding of Efﬁcient Sheaves of Paper", "A Refined Binding of Efficient Sheaves of Paper"),
        ("Sheaves² and Ａｌｉｇｎｅｄ Twine in Paper Libraries", "Sheaves2 and Aligned Twine in Paper Libraries"),
        ("A Binding of Sheaves\n  over Several Lines of Paper", "A binding of sheaves over several lines of paper"),
    ],
)
def test_titles_are_equal_whatever_their_signs_are(one: str, other: str) -> None:
    assert compare(Candidate(one), Candidate(other)).why[0] == "the titles are equal"


def test_a_short_title_alone_is_at_most_maybe() -> None:
    for title in ("Introduction", "DPO", "Stroke rehabilitation"):
        assert compare(Candidate(title), Candidate(title)).verdict is Verdict.MAYBE
        assert compare(Candidate(title, ABSTRACT), Candidate(title, ABSTRACT)).verdict is Verdict.SAME


def test_identifiers_decide() -> None:
    assert compare(Candidate("A", arxiv_id="2503.01234v1"), Candidate("B", arxiv_id="arXiv:2503.01234")).score == 1
    assert compare(Candidate(TITLE, doi="10.1/X"), Candidate(TITLE[:40], doi="https://doi.org/10.1/x")).score == 1
    assert (
        compare(Candidate(TITLE, arxiv_id="2503.01234"), Candidate(TITLE, doi="10.48550/arXiv.2503.01234")).score == 1
    )
    apart = compare(replace(FULL, arxiv_id="2503.01234"), replace(FULL, arxiv_id="2503.01235"))
    assert (apart.verdict, apart.contradicts) == (Verdict.MAYBE, True)


def test_missing_values_are_named_but_do_not_count() -> None:
    score = compare(FULL, Candidate(TITLE, ABSTRACT))
    assert score.verdict is Verdict.SAME
    assert score.why[:2] == ("the titles are equal", "the abstracts are equal")
    assert "one has no date" in score.why


def test_authors_without_one_in_common_make_it_doubtful() -> None:
    a, b = (Candidate(TITLE, authors=(Person(name),)) for name in ("Weaver", "Potter"))
    assert compare(a, b).verdict is Verdict.MAYBE


def test_groups_never_hold_a_contradiction() -> None:
    records = {
        1: Candidate(TITLE, arxiv_id="2503.01234"),
        2: Candidate(TITLE),
        3: Candidate(TITLE, arxiv_id="2503.09999"),
        4: Candidate("Something else altogether, about radio ice", OTHER),
    }
    found = groups(records, pairs(records.items()))
    assert len(found) == 1
    assert found[0] in ((1, 2), (2, 3))


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=200), st.text(max_size=200))
def test_comparing_is_symmetric_and_bounded(a: str, b: str, text: str, other: str) -> None:
    one, two = Candidate(a, text), Candidate(b, other)
    score = compare(one, two)
    assert score.verdict is compare(two, one).verdict
    assert 0 <= score.score <= 1
    keys = blocking_keys(a, text)
    assert len(keys) <= 8
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_keys_are_the_same_for_ever() -> None:
    """They stand in library files: a change needs a migration that makes them anew."""
    assert blocking_keys("Sheaf") == frozenset({-8125059941583667013})


def _records(dumps: Path) -> tuple[dict[int, Candidate], dict[tuple[str, int], int]]:
    records: dict[int, Candidate] = {}
    places: dict[tuple[str, int], int] = {}
    for file in sorted(dumps.glob("*.truth.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            raw = json.loads(line)
            places[file.name.removesuffix(".truth.jsonl"), raw["index"]] = len(records)
            year = 2025 if raw["month_day"] else None
            records[len(records)] = Candidate(raw["title"], raw["abstract"] or "", (), raw["author_count"], year, True)
    return records, places


def test_the_real_dumps_give_the_known_groups(dumps: Path) -> None:
    records, places = _records(dumps)
    known = json.loads((dumps / "twins.json").read_text(encoding="utf-8"))
    scored = list(pairs(records.items()))
    found = groups(records, scored)
    wanted = sorted(tuple(sorted(places[o["dump"], o["index"]] for o in g["occurrences"])) for g in known["groups"])
    assert found == wanted
    assert len(records) - sum(len(group) - 1 for group in found) == 346
    by_title = {record.title: record for record in records.values()}
    for one, other in known["must_not_merge"]:
        assert compare(by_title[one], by_title[other]).verdict is Verdict.DIFFERENT
        assert compare(Candidate(one), Candidate(other)).verdict is Verdict.DIFFERENT
    assert [score for _, _, score in scored if score.verdict is Verdict.MAYBE] == []


TEXTS = st.sampled_from([TITLE, TITLE[:40], TITLE.replace("Twine", "Rope"), ABSTRACT, ABSTRACT[:90], OTHER, ""])
CANDIDATES = st.builds(
    Candidate,
    title=st.one_of(TEXTS, TEXTS.map(lambda text: text[5:60])),
    abstract=st.one_of(TEXTS, st.tuples(TEXTS, TEXTS).map(" ".join), TEXTS.map(lambda text: text[::2])),
    year=st.sampled_from([None, 2020, 2024]),
    arxiv_id=st.sampled_from([None, "2401.00001", "2401.00002"]),
    doi=st.sampled_from([None, "10.1/a", "10.1/b", "10.48550/arXiv.2401.00001"]),
)


def at_a_glance(one: Candidate) -> Glance:
    """Return what can be seen of a candidate at a glance."""
    return glance(one.title, one.abstract, one.arxiv_id, one.doi)


@given(CANDIDATES, CANDIDATES)
def test_what_is_far_apart_at_a_glance_is_different_when_compared(a: Candidate, b: Candidate) -> None:
    if far_apart(at_a_glance(a), at_a_glance(b)):
        assert compare(a, b).verdict is Verdict.DIFFERENT


def test_most_chance_neighbours_are_far_apart_at_a_glance() -> None:
    assert far_apart(at_a_glance(FULL), at_a_glance(Candidate("Ice on Radio Telescopes at High Latitude", OTHER)))
    assert not far_apart(
        at_a_glance(FULL), at_a_glance(Candidate("Ice on Radio Telescopes at High Latitude", ABSTRACT))
    )
    assert not far_apart(at_a_glance(FULL), at_a_glance(FULL))


def test_the_class_of_subject_is_no_part_of_an_old_number() -> None:
    assert bare_numbers("math.GT/0309136v2", None) == bare_numbers("math/0309136", None) == ["math/0309136"]
    assert bare_numbers("hep-th/0309136", None) != bare_numbers("math/0309136", None)
