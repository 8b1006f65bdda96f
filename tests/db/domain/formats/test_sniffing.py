"""What is taken for a listing page, and what is not."""

from __future__ import annotations

from random import Random

import pages
import pytest

from db.domain.formats.plain.searchpage import SearchPage

CODE = "import os\n\ndef fold(boat):\n    return boat + 1\n\nclass Boat:\n    size = 3\n"
TABLE = "title,year,venue\nPaper Boats,2020,Harbour\nSnail Mail,2021,Post\nKites,2022,Sky\n"
BIB = "@article{boats,\n  title = {Paper Boats},\n  year = {2020}\n}\n"
LETTER = "Dear Ann,\nthank you for the boats.\nI will write again soon.\nYours, Bob\n"


@pytest.mark.parametrize(
    "text", ["", "   \n", CODE, TABLE, BIB, LETTER, '[{"paper": 1}]', "<html><body>x</body></html>"]
)
def test_other_texts_are_not_recognised(text: str) -> None:
    assert SearchPage().sniff(text) < 0.2


def test_prose_is_not_recognised() -> None:
    random = Random(1)
    prose = "\n\n".join(" ".join(random.sample(pages.SENTENCES, 8)) for _ in range(10))
    assert SearchPage().sniff(prose) < 0.2


@pytest.mark.parametrize("header", [(), pages.HEADER])
@pytest.mark.parametrize("width", [0, 80])
@pytest.mark.parametrize("dated", [0.0, 1.0])
def test_pages_are_recognised(header: tuple[str, ...], width: int, dated: float) -> None:
    papers = pages.made(Random(2), 12, dated=dated)
    style = pages.Style(header=header, title_width=width, abstract_width=width)
    assert SearchPage().sniff("\n".join(pages.render(papers, style))) > 0.4


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_few_records_without_any_mark_are_recognised(count: int, gap: str) -> None:
    papers = [(pages.TITLES[n], " ".join(pages.SENTENCES[3 * n : 3 * n + 3])) for n in range(count)]
    assert SearchPage().sniff(gap.join(line for paper in papers for line in paper)) > 0


def test_headings_over_prose_are_not_recognised() -> None:
    text = (
        "How to build\n============\n\n" + "\n".join(pages.SENTENCES) + "\n\nLICENCE\n\n" + "\n".join(pages.SENTENCES)
    )
    assert SearchPage().sniff(text) == 0


def test_a_title_in_brackets_is_no_json() -> None:
    text = "[Paper Boats in Radio Tides]\n" + " ".join(pages.SENTENCES) + "\nSnail Mail\n" + " ".join(pages.SENTENCES)
    assert SearchPage().sniff(text) > 0.4


def test_pages_with_their_links_are_left_to_other_readers() -> None:
    card = "### [{}](/papers/{})\n\n{}\n\n[- 3 authors](/papers/{})\n\n"
    marked = "".join(card.format(title, n, pages.SENTENCES[n], n) for n, title in enumerate(pages.TITLES))
    assert SearchPage().sniff("Daily Papers\n\nbyAK and the research community\n\n" + marked) == 0
    trending = "".join(f"Submitted by\n\nann\n\n{title}\n\nUpvote\n\n12\n\n" for title in pages.TITLES)
    assert SearchPage().sniff("Get trending papers in your email inbox!\n\n" + trending) == 0


def test_dates_behind_dots_are_marks_enough() -> None:
    short = "\n".join(f"{title}\nWe fold.\npaper-lab Paper Lab\n·\nMay 3, 2020" for title in pages.TITLES)
    assert SearchPage().sniff(short) > 0.6
