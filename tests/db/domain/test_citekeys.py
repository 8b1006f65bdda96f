"""Citation keys: what patterns give, what they refuse, and uniqueness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.citekeys import KeyPattern, unique, valid_key
from db.domain.errors import LibraryError
from db.domain.records import Person

LIU = [Person("Müller-Liu", "Hao")]


@pytest.mark.parametrize(
    ("title", "year", "key"),
    [
        ("Aligning Multimodal LLM with Human Preference: A Survey", 2025, "multimodal-llm-preference-2025"),
        ("Large Language Model Alignment: A Survey", 2023, "llm-alignment-survey-2023"),
        ("λ-ECLIPSE: Multi-Concept Diffusion", None, "lambda-eclipse-multiconcept"),
        ("Alignment for Honesty", None, "alignment-honesty"),
        ("CM^3: Calibrating Recommendation", 2025, "cm3-calibrating-recommendation-2025"),
        (r"Does \emph{Early} Stopping Help 100\% of \textbf{Runs}?", 2025, "early-stopping-help-2025"),
        ("Война и мир", 1869, "voina-mir-1869"),
        ("Who's Who?", None, "whos"),
        ("The", None, "paper"),
    ],
)
def test_keys_without_authors(title: str, year: int | None, key: str) -> None:
    proposed = KeyPattern().propose(title, (), year)
    if key in ("whos", "paper"):
        assert valid_key(proposed) is None
    else:
        assert proposed == key


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("{auth}{year}{title.first.camel}", "Mullerliu2023Visual"),
        ("{auth.lower}{-}{yy}", "mullerliu-23"),
        ("{auths3.lower}{yy}{letters3}", "mul23vit"),
        ("{words2.upper}:{year}", "VISUAL-INSTRUCTION:2023"),
        ("my-{title.words1}", "my-visual"),
    ],
)
def test_patterns(pattern: str, key: str) -> None:
    assert KeyPattern(pattern).propose("Visual Instruction Tuning", LIU, 2023) == key


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("", "empty"), ("{auth", "character 1"), ("a}", "character 2"), ("{auth}{foo}", "character 7"),
        ("plain", "no token"),
        ("a b{year}", "cannot stand"), ("é{year}", "cannot stand"),
        ("{auth.title}", "not known"), ("{words0}", "not known"),
    ],
)  # fmt: skip
def test_a_wrong_pattern_says_where(pattern: str, says: str) -> None:
    with pytest.raises(LibraryError, match=says):
        KeyPattern(pattern)


def test_a_title_without_ascii_gets_a_stable_key() -> None:
    key = KeyPattern().propose("大语言模型", (), 2024)
    assert key.startswith("paper-")
    assert key == KeyPattern().propose("大语言模型", (), 2024) != KeyPattern().propose("大模型", (), 2024)


def test_unique_goes_through_the_alphabet() -> None:
    taken: set[str] = set()
    for _ in range(30):
        taken.add(unique("k", taken.__contains__))
    assert {"k", "ka", "kz", "kaa", "kab", "kac"} <= taken


@pytest.mark.parametrize("key", ["", "a b", "a,b", "a{b", "a%b", "ü", "a\\b", "x" * 300, "a\x07"])
def test_invalid_keys_are_told(key: str) -> None:
    assert valid_key(key)


@pytest.mark.parametrize("key", ["smith2020", "multimodal-llm-preference-2025", "DBLP:conf/x/Y", "a.b+c_d"])
def test_valid_keys(key: str) -> None:
    assert valid_key(key) is None


@given(st.text(), st.text(), st.none() | st.integers(1500, 2100))
def test_every_proposal_is_a_valid_key(title: str, family: str, year: int | None) -> None:
    key = KeyPattern().propose(title, [Person(family)], year)
    assert valid_key(key) is None
