"""Titles as they are compared, and folded text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.names import authors_sort, fold, normal_title, squeeze, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CM^3: Calibrating", "CM³ - calibrating"),
        ("λ-ECLIPSE: Multi", "lambda-eclipse multi"),
        (r"\emph{Plug} \& play", "Plug and Play"),
        (r"Schr\"{o}dinger's cat", "Schrödinger’s Cat"),
        ("The  2D &\u00a03D   problem", "the 2d and 3d problem"),
        ("$\\alpha$-Stable", "alpha stable"),
        ("ﬁne–tuning", "fine-tuning"),
        ("Straße", "STRASSE"),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_spellings_of_one_title_are_equal(one: str, other: str) -> None:
    assert normal_title(one) == normal_title(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("GPT-3", "GPT-4"), ("大语言模型", "大模型"), ("Part I", "Part II"), ("A", "B"), ("がく", "かく")],
)
def test_different_titles_stay_different(one: str, other: str) -> None:
    assert normal_title(one) != normal_title(other)


def test_fold_takes_accents_and_case() -> None:
    assert fold("Łódź ÉTÉ Ørsted") == "lodz ete orsted"
    assert words("Know2Vec: a_b, C++!") == ["know2vec", "a", "b", "c"]


@given(st.text())
def test_helpers_take_any_text(text: str) -> None:
    normal = normal_title(text)
    assert normal == " ".join(normal.split())
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_squeezed_text_is_its_words_without_anything_between(text: str) -> None:
    assert squeeze(text) == "".join(words(text))


def test_authors_are_sorted_by_their_families_or_the_organization() -> None:
    assert authors_sort(["Çelik", "Li"], "Lab") == "celik li"
    assert authors_sort([], "Some Lab") == "some lab"
    assert authors_sort([], None) == ""
