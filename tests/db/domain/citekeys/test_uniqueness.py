"""Which keys are allowed, and the letters that tell equal ones apart."""

from __future__ import annotations

import pytest

from db.domain.citekeys import fits, unique, valid_key


def test_unique_goes_through_the_alphabet() -> None:
    taken: set[str] = set()
    for _ in range(30):
        taken.add(unique("k", taken.__contains__))
    assert {"k", "ka", "kz", "kaa", "kab", "kac"} <= taken


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
