"""One page per trap that has cost a record somewhere."""

from __future__ import annotations

import pages
import pytest

from db.domain.records import Date

LONG = " ".join(pages.SENTENCES[:7])
OTHER = " ".join(pages.SENTENCES[5:])


def page(text: str) -> list[str]:
    return text.replace("LONG", LONG).replace("OTHER", OTHER).strip("\n").split("\n")


def test_the_number_after_a_date_is_comments() -> None:
    (record,), _, _ = pages.read(page("Paper Boats\n\nLONG\n\n  • 17 authors\n·\nMar 18 3"))
    assert (record.month_day, record.year_explicit, record.comments, record.author_count) == ("Mar 18", None, 3, 17)
    assert record.date == Date(None, 3, 18)


def test_year_and_comments() -> None:
    (record,), _, _ = pages.read(page("Paper Boats\n\nLONG\n\n  • 1 author\n·\nMarch 18, 2023 12"))
    assert (record.date.iso(), record.comments, record.author_count) == ("2023-03-18", 12, 1)


def test_records_without_author_line_do_not_merge() -> None:
    text = "Paper Boats\n\nLONG\n\nSnail Mail as a Side Channel\n\nOTHER\n\n  • 2 authors\n·\nMay 3, 2020"
    records, _, _ = pages.read(page(text))
    assert [(r.title, r.author_count) for r in records] == [("Paper Boats", None), ("Snail Mail as a Side Channel", 2)]


@pytest.mark.parametrize("bullet", ["", "  • ", "- "])
@pytest.mark.parametrize("separator", ["·\n", ""])
def test_organisation_in_place_of_authors(bullet: str, separator: str) -> None:
    (record,), _, _ = pages.read(page(f"Paper Boats\n\nLONG\n\n{bullet}paper-lab Paper Lab\n{separator}Oct 13 4"))
    assert record.author_count is None
    assert (record.organization, record.organization_slug) == ("paper-lab Paper Lab", "paper-lab")
    assert (record.organization_name, record.comments, record.abstract) == ("Paper Lab", 4, LONG)


@pytest.mark.parametrize(
    ("end", "count", "abstract"),
    [
        ("", None, ""), ("\nWe fold long", None, "We fold long"),
        ("\n\nLONG\n\n • 5 authors", 5, LONG), ("\n\nLONG\n\n • 5 authors\n·", 5, LONG),
    ],
)  # fmt: skip
def test_the_last_record_may_end_in_any_field(end: str, count: int | None, abstract: str) -> None:
    first = "Snail Mail as a Side Channel\n\nOTHER\n\n  • 2 authors\n·\nMay 3, 2020\n\nPaper Boats"
    records, issues, _ = pages.read(page(first + end))
    assert (records[-1].title, records[-1].abstract, records[-1].author_count) == ("Paper Boats", abstract, count)
    assert not issues


def test_subscribe_stuck_to_the_first_title() -> None:
    records, _, ledger = pages.read(page("Get trending papers in your email inbox!\nSubscribeiFold: A Crease\nLONG"))
    assert (records[0].title, records[0].line_title, ledger.furniture_lines) == ("iFold: A Crease", 2, 1)


def test_subscribers_are_no_button() -> None:
    records, _, _ = pages.read(page("Subscribers Count: A Study of Newsletters\nLONG"))
    assert records[0].title.startswith("Subscribers Count")


def test_furniture_words_in_the_middle_can_be_titles() -> None:
    records, _, _ = pages.read(page("Paper Boats\n\nLONG\n\nnew\n\nOTHER\n\nSnail Mail\n\nLONG"))
    assert [r.title for r in records] == ["Paper Boats", "new", "Snail Mail"]


def test_header_in_the_middle() -> None:
    header = "\n".join(pages.HEADER)
    records, _, ledger = pages.read(page(f"Paper Boats\nLONG\n{header}\nSnail Mail\nOTHER"))
    assert [(r.title, r.abstract) for r in records] == [("Paper Boats", LONG), ("Snail Mail", OTHER)]
    assert ledger.furniture_lines == 6


def test_a_day_that_does_not_exist() -> None:
    (record,), (issue,), ledger = pages.read(page("Paper Boats\n\nLONG\n\n • 5 authors\n·\nFeb 31, 2023"))
    assert (record.date, record.month_day, record.author_count) == (Date(), None, 5)
    assert (issue.line, ledger.issue_lines) == (7, 1)


def test_author_line_without_a_title_is_an_issue() -> None:
    records, issues, ledger = pages.read(page(" • 5 authors\n·\nMar 3, 2021\n\nPaper Boats\n\nLONG"))
    assert [r.title for r in records] == ["Paper Boats"]
    assert (len(issues), ledger.issue_lines) == (3, 3)


def test_short_title_and_several_paragraphs() -> None:
    text = "DPO\n\nLONG\n\nOTHER\n\n • 5 authors\n·\nMar 3, 2021\n\nPaper Boats\n\nLONG\n\n • 2 authors\n·\nMar 4, 2021"
    records, _, _ = pages.read(page(text))
    assert [(r.title, r.abstract) for r in records] == [("DPO", f"{LONG} {OTHER}"), ("Paper Boats", LONG)]


def test_a_date_inside_a_wrapped_abstract_is_text() -> None:
    text = (
        "Paper Boats: Folding Long Contexts\n\nWe counted the boats in every harbour of the coast from the first of\n"
        "Mar 3, 2021\nto the end of that year, and found that most of them had been folded by hand.\n\n"
        " • 5 authors\n·\nMay 3, 2022\n\nSnail Mail\n\nLONG\n\n • 2 authors\n·\nMar 4, 2021"
    )
    records, _, _ = pages.read(page(text))
    assert len(records) == 2
    assert "Mar 3, 2021" in records[0].abstract
    assert records[0].date.iso() == "2022-05-03"


def test_links() -> None:
    text = (
        "Paper Boats\nWe fold boats. Code: https://github.com/a/b{https://github.com/a/b}. Page \\url{https://c.io/}, "
        "see (www.boats.com) and github.com/x/y. Data: https://hf-mirror.com/datasets/z)."
    )
    (record,), _, _ = pages.read(text.split("\n"))
    assert record.urls == ("https://github.com/a/b", "https://c.io/", "https://hf-mirror.com/datasets/z")
    assert record.urls_canonical[2] == "https://huggingface.co/datasets/z"
    assert record.urls_schemeless == ("www.boats.com", "github.com/x/y")


FULL = "Paper Boats\n\nLONG\n\n  • 5 authors\n·\nMar 3, 2021\n\nSnail Mail as a Side Channel\n\nOTHER\n\n"


@pytest.mark.parametrize(
    ("end", "count"),
    [
        ("  •", None), ("  • 5", None), ("  • 5 auth", 5), ("  • 5 authors", 5), ("  • 5 authors\n·\nMa", 5),
        ("  • 5 authors\n·\nMar 3, 20", 5), ("  • 5 authors\n·\nMar 3,", 5),
    ],
)  # fmt: skip
def test_a_page_may_be_cut_inside_a_line(end: str, count: int | None) -> None:
    records, issues, ledger = pages.read(page(FULL + end))
    assert [(r.title, r.abstract) for r in records] == [("Paper Boats", LONG), ("Snail Mail as a Side Channel", OTHER)]
    assert (records[-1].author_count, records[-1].date, records[-1].line_end) == (count, Date(), ledger.lines)
    assert not issues


def test_a_short_title_after_a_separator_is_no_cut_date() -> None:
    text = "Paper Boats\n\nLONG\n\n  • 5 authors\n·\nMay\n\nOTHER\n\n  • 2 authors\n·\nMar 3, 2021"
    records, _, _ = pages.read(page(text))
    assert [(r.title, r.author_count) for r in records] == [("Paper Boats", 5), ("May", 2)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{FULL}A Title Without\n\nKites in Radio Tides\n\nLONG\n\n  • 2 authors\n·\nMay 3, 2020", "A Title Without"),
        (f"Teapots\n\n  • 5 authors\n·\nMar 18 3\n\n{FULL}", "Teapots"),
        ("Paper Boats\n\nLONG\n\nA Title Without an Abstract\n\nKites\n\nLONG\n\nSnail Mail\n\nOTHER",
         "A Title Without an Abstract"),
    ],
)  # fmt: skip
def test_a_record_without_an_abstract_is_kept_and_shown(text: str, title: str) -> None:
    records, (issue,), _ = pages.read(page(text))
    (found,) = (record for record in records if not record.abstract)
    assert (found.title, issue.line, issue.text) == (title, found.line_title, title)
    assert "without an abstract" in issue.why


def test_a_slug_alone_before_a_date_is_an_organisation() -> None:
    (record,), _, _ = pages.read(page("Paper Boats\n\nLONG\n\npaperlab\n·\nOct 13 4"))
    assert (record.organization, record.organization_slug, record.organization_name) == ("paperlab", "paperlab", None)


@pytest.mark.parametrize("date", [f"Sep 3, 2024 {end}" for end in ("5", "· 5 comments", "[5]", "1 comment")])
def test_comments_in_words(date: str) -> None:
    (record,), _, _ = pages.read(page(f"Paper Boats\n\nLONG\n\n  • 1,024 authors\n·\n{date}"))
    assert record.author_count == 1024
    assert record.date.iso() == "2024-09-03"
    assert record.comments == (1 if "1 comment" in date else 5)


def test_the_foot_of_a_page_is_furniture() -> None:
    foot = "\n\nPrevious\n1\n2\n3\n...\n100\nNext\n\nSystem theme\nCompany\nTOS\nPrivacy\nModels\nDocs"
    records, issues, ledger = pages.read(page(FULL.strip() + foot))
    assert [r.title for r in records] == ["Paper Boats", "Snail Mail as a Side Channel"]
    assert (ledger.furniture_lines, issues) == (13, [])


@pytest.mark.parametrize("quote", ["'", "’"])
def test_subscribe_stuck_to_a_quoted_title(quote: str) -> None:
    records, _, _ = pages.read(page(f"Subscribe{quote}Stand Still{quote}: A Study\nLONG\nSnail Mail\nOTHER"))
    assert records[0].title == f"{quote}Stand Still{quote}: A Study"
