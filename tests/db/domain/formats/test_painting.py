"""Each line of a record is told to be title, abstract, authors, date or another detail, whatever the layout."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import Style, made, render

from db.domain import formats
from db.domain.formats.painting import kinds
from db.domain.records import Record

if TYPE_CHECKING:
    from pathlib import Path

ALL = {"title", "abstract", "authors", "date", "detail", "blank", "record"}


def painted(text: str, abstract: int | None = None) -> str:
    """Return the first letters of the kinds: `t` title, `b` blank, `d` date, `o` other detail, `n` names."""
    letters = {"title": "t", "abstract": "a", "authors": "n", "date": "d", "detail": "o", "blank": "b", "record": "r"}
    return "".join(letters[kind] for kind in kinds(text.split("\n"), abstract))


def test_a_full_record_of_a_search_page() -> None:
    text = "Paper Boats\n\nWe fold long contexts into boats.\n\n  • 5 authors\n\n·\n\nMar 18, 2024 3"
    assert painted(text, 2) == "tbabnbobd"


def test_wrapped_titles_and_abstracts_and_no_abstract_at_all() -> None:
    assert painted("Paper Boats for\nSmall Harbours\nWe fold long\ncontexts.\n\n3 authors · Mar 3", 2) == "ttaabn"
    assert painted("Paper Boats for\nSmall Harbours\n\n  • 3 authors") == "ttbn"
    assert painted("Paper Boats") == "t"


def test_an_organisation_before_the_date_is_a_name() -> None:
    text = "Paper Boats\n\nWe fold long contexts.\n\npaper-boats Paper Boats Lab\n\n·\n\nMay 29"
    assert painted(text, 2) == "tbabnbobd"
    assert painted("Paper Boats\n\nWe fold\nlong contexts.\n\n·\n\nMay 29", 2) == "tbaabobd"


def test_markdown_shows_what_its_links_say() -> None:
    text = (
        "### [Paper Boats](https://example.org/papers/1)\n\n[We fold long contexts.\\\\\nThey float.](https://e.org)\n\n"
        "[![lab](https://e.org/a.png)LAB](https://e.org/lab)\n\n·\n\nMay 29[6](https://e.org/papers/1#community)"
    )
    assert painted(text, 2) == "tbaabnbobd"
    assert painted(
        "### [A](u)\n\nText of it\n- [avatar]\n- 4 authors\n· Published on Sep 12, 2023\n[GitHub 3k](u)", 2
    ) == ("tbaondo")


def test_addresses_below_each_line_are_details() -> None:
    text = "Boats\n\nhttps://e.org/1\n\nWe fold.\n\nhttps://e.org/1\n\n[\n\n3 authors](https://e.org/1)"
    text += "\n\nOct 7, 2024\n\n2"
    assert painted(text, 4) == "tbobabobobnbdbo"


def test_a_paper_page_has_its_authors_before_the_abstract() -> None:
    text = (
        "Boats for\nSmall Harbours\nPublished on Feb 2 · Submitted by Ann\nUpvote 14 +6\nAuthors:\nAnn Lee\n,\nBo Ek\n"
        "Abstract\nWe fold\nlong contexts.\nAI-generated summary\nboats"
    )
    assert painted(text, 9) == "ttdonnnnoaaoo"


def test_fields_of_a_bibliography() -> None:
    text = (
        "@article{a,\n  title = {Boats\n   in {H}arbours},\n  author = {Lee, Ann and Ek, Bo},\n  abstract = {With\n"
        "y = 5 and\n z},\n  year = 2024,\n  doi = {10.1/2}\n}"
    )
    assert painted(text) == "ottnaaadoo"
    assert painted("@misc{a,\n  note = {x}\n}") == "ooo"
    assert painted("TY  - JOUR\nTI  - Boats\nAU  - Lee\nAB  - We\nfold\nPY  - 2024\nER  - ") == "otnaado"


def test_fields_of_json() -> None:
    record = {
        "paper": {
            "id": "2401.00001",
            "authors": [{"name": "Ann Lee"}],
            "publishedAt": "2024-01-01",
            "title": "Boats",
            "summary": "We fold.",
            "upvotes": 3,
        }
    }
    text = json.dumps(record, indent=1)
    assert painted(text) == "ooo" + "n" * 5 + "dtao" + "oo"
    assert painted(json.dumps(record)) == "r"
    assert painted("A title;and its abstract;2024", 0) == "r"


def test_plain_pages_have_one_title_and_one_abstract_a_record() -> None:
    random = Random(5)
    papers = made(random, 40, dated=0.7)
    lines = render(papers, Style(blanks=(1,), seed=1))
    fmt = formats.by_name("search-page")
    assert fmt is not None
    records = [one for one in fmt.read(lines, fmt.survey(lines)) if isinstance(one, Record)]
    assert len(records) == 40
    for one, paper in zip(records, papers, strict=True):
        assert one.line_abstract is not None
        own = lines[one.line_title - 1 : one.line_end]
        found = kinds(own, one.line_abstract - one.line_title)
        assert (found.count("title"), found.count("abstract")) == (1, 1)
        assert ("date" in found) == (paper.meta is not None)


@pytest.mark.parametrize("name", ["alignment-search-full", "alignment-search-glued", "identity-search-bare"])
def test_real_pages(dumps: Path, name: str) -> None:
    lines = (dumps / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    for truth in map(json.loads, (dumps / f"{name}.truth.jsonl").read_text(encoding="utf-8").splitlines()):
        start, abstract = truth["line_title"], truth["line_abstract"]
        found = kinds(lines[start - 1 : truth["line_end"]], abstract - start)
        assert (found.count("title"), found.count("abstract")) == (1, 1)
        assert found.count("date") == (truth["month_day"] is not None)
        assert found.count("authors") == (truth["author_count"] is not None or truth["organization"] is not None)


def test_a_long_line_takes_no_longer_than_its_length() -> None:
    assert painted("Boats\n" + "![" * 200_000 + "\n" + "[" * 400_000, 1) == "taa"
    assert painted("Boats\n" + "![" * 200_000) == "tt"


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\n\r")), min_size=1), st.integers(0, 12) | st.none())
def test_any_lines_get_one_kind_each(lines: list[str], abstract: int | None) -> None:
    found = kinds(lines, abstract)
    assert len(found) == len(lines)
    assert set(found) <= ALL
