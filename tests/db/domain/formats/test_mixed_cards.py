"""Trending pages and pages of single papers in one file, either way round."""

from __future__ import annotations

from random import Random

import layouts
import pytest
import test_paperpage as single
import test_trending as trending

from db.domain import formats
from db.domain.records import Record


@pytest.mark.parametrize("cards_first", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_each_part_is_read_by_its_own_reader(seed: int, cards_first: bool) -> None:
    cards = trending.cards(seed)
    (paper,) = layouts.papers(Random(seed + 100), 1)
    names = "lines" if seed % 3 else "commas"
    look = single.Look(markdown=seed % 3 == 0, blanks=seed % 2, split=seed % 4 < 2, names=names, lab=seed % 5 == 1)
    listed = trending.render(cards, trending.Look(markdown=seed % 2 == 0, blanks=seed % 3))
    page = single.render(paper, look)
    lines = [*listed, "", *page] if cards_first else [*page, "", *listed]
    guess = formats.guesses("\n".join(lines))[0]
    fmt, survey = formats.plan(guess.format, lambda: lines)
    records = [item for item in fmt.read(lines, survey) if isinstance(item, Record)]
    titles = [card.paper.title for card in cards]
    assert [one.title for one in records] == ([*titles, paper.title] if cards_first else [paper.title, *titles])
    assert [one.index for one in records] == [1, 2, 3, 4, 5]
