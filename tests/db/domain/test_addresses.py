"""Addresses lead to what an identifier names."""

from __future__ import annotations

import pytest

from db.domain.addresses import arxiv_address, doi_address


@pytest.mark.parametrize("number", ["2503.14504", "2503.14504v2", "cs/0601001"])
def test_an_arxiv_id_is_part_of_its_address(number: str) -> None:
    assert arxiv_address(number) == f"https://arxiv.org/abs/{number}"


@pytest.mark.parametrize(
    ("doi", "address"),
    [
        ("10.1145/3292500.3330701", "https://doi.org/10.1145/3292500.3330701"),
        ("10.1002/(SICI)1097-4571(1999)50:9<1>3.0.CO;2-B",
         "https://doi.org/10.1002/(SICI)1097-4571(1999)50:9%3C1%3E3.0.CO;2-B"),
        ("10.1234/a#b?c d", "https://doi.org/10.1234/a%23b%3Fc%20d"),
    ],
)  # fmt: skip
def test_what_an_address_cannot_hold_of_a_doi_is_encoded(doi: str, address: str) -> None:
    assert doi_address(doi) == address
