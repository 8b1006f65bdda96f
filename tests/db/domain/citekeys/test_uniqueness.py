"""Which keys are allowed, and the letters that tell equal ones apart."""

from __future__ import annotations

import pytest

from db.domain.citekeys import KeySpace, fits, valid_key


def given(space: KeySpace, base: str, number: int) -> list[str]:
    """Return the keys that so many papers of one base get."""
    found = []
    for _ in range(number):
        found.append(space.unique(base))
        space.give(found[-1])
    return found


def test_unique_goes_through_the_alphabet() -> None:
    found = given(KeySpace(lambda _keys: set()), "k", 704)
    assert found[:3] + found[25:29] == ["k", "ka", "kb", "ky", "kz", "kaa", "kab"]
    assert found[-2:] == ["kzz", "kaaa"]
    assert len(set(found)) == len(found)


def test_capitals_alone_make_no_other_key() -> None:
    space = KeySpace({"doe", "doea"}.intersection)
    assert given(space, "Doe", 2) + given(space, "DOE", 1) == ["Doeb", "Doec", "DOEd"]
    assert space.is_taken("dOeD")
    assert not space.is_taken("doee")


def test_the_library_is_asked_few_times_whatever_is_in_use() -> None:
    questions: list[int] = []

    def ask(keys: set[str]) -> set[str]:
        questions.append(len(keys))
        return {key for key in keys if len(key) < 4}  # k, a letter or two: all are in use

    space = KeySpace(ask)
    space.look_up(["k"])
    assert given(space, "k", 3) == ["kaaa", "kaab", "kaac"]
    assert sum(questions) < 2_000
    assert len(questions) < 10


@pytest.mark.parametrize("key", ["", "a b", "a,b", "a{b", "a%b", "ü", "a\\b", "x" * 300, "a\x07", "a~b", "a#b", 'a"b'])
def test_invalid_keys_are_told(key: str) -> None:
    assert valid_key(key)


@pytest.mark.parametrize("key", ["smith2020", "multimodal-llm-preference-2025", "DBLP:conf/x/Y", "a.b+c_d"])
def test_valid_keys(key: str) -> None:
    assert valid_key(key) is None


def test_a_key_fits_with_its_letters() -> None:
    assert fits("doe2024", "doe2024")
    assert fits("doe2024b", "doe2024")
    assert not fits("doe2024B", "doe2024")
    assert not fits("doe2024-b", "doe2024")
    assert not fits("roe2024", "doe2024")
