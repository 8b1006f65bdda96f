"""What the shapes of lines tell of a page."""

from __future__ import annotations

from random import Random

import pages
import pytest

from db.domain.formats.plain.surveying import survey


@pytest.mark.parametrize("width", [0, 80])
@pytest.mark.parametrize("gap", [0, 1])
def test_one_paragraph_an_abstract(width: int, gap: int) -> None:
    style = pages.Style(blanks=(gap,), title_width=width, abstract_width=width)
    assert survey(pages.render(pages.made(Random(1), 30), style)).single > 0.6


def test_two_paragraphs_an_abstract() -> None:
    lines: list[str] = []
    for title in pages.TITLES:
        lines += [title, "", " ".join(pages.SENTENCES[:6]), "", " ".join(pages.SENTENCES[6:]), ""]
    assert survey(lines).single == 0


def test_titles_in_several_lines() -> None:
    papers = pages.made(Random(1), 30)
    assert survey(pages.render(papers, pages.Style(title_width=30))).split > 0.4
    assert survey(pages.render(papers, pages.Style())).split < 0.1
