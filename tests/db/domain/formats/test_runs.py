"""Short cuts of the reader give what the long way gives."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pages
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.formats import lines
from db.domain.formats.plain import segment
from db.domain.formats.plain.evidence import Line
from db.domain.formats.plain.runs import runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.records import Record


def long_way(page: list[str], *, plain: bool) -> list[Record]:
    """Read the page with every line weighed."""
    with pytest.MonkeyPatch.context() as patch:
        if plain:
            patch.setattr(segment, "_plain", lambda _lines: None)
        else:
            patch.setattr(segment, "runs", alone)
        return pages.read(page)[0]


def alone(found: Sequence[Line], width: int) -> list[list[Line]]:
    return [[line] for line in found]


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([(0,), (1,), (1, 2, 3)]))
def test_plain_pages(seed: int, dated: float, blanks: tuple[int, ...]) -> None:
    page = pages.render(pages.made(Random(seed), 8, dated=dated), pages.Style(blanks=blanks, seed=seed))
    assert pages.read(page)[0] == long_way(page, plain=True)


@pytest.mark.parametrize("width", [72, 80, 100, 120])
@pytest.mark.parametrize("dated", [0.0, 1.0])
def test_wrapped_pages(width: int, dated: float) -> None:
    style = pages.Style(title_width=width, abstract_width=width)
    page = pages.render(pages.made(Random(width), 20, dated=dated), style)
    assert pages.read(page)[0] == long_way(page, plain=False)


def test_what_goes_on_for_certain() -> None:
    texts = [
        "Paper Boats in the harbours of the north, and",
        "what they carry there",
        "We fold boats, and moor them",
        "Tides",
    ]
    found = runs([Line(number, text) for number, text in enumerate(texts)], 48)
    assert [[line.text for line in run] for run in found] == [texts[:2], [texts[2]], [texts[3]]]


@given(st.text(max_size=60))
def test_remembered_lines(text: str) -> None:
    assert lines.known(text) == lines.read_line(text)
