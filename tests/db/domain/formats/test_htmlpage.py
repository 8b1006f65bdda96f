"""Saved web pages: the data they carry, what their tags say, their text; and pages that mean harm."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from documents import Invented, invented, read
from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain import formats
from db.domain.errors import LibraryError
from db.domain.formats.html import htmlpage
from db.domain.formats.html.htmlpage import HtmlPage
from db.domain.formats.html.htmltext import rendered
from db.domain.formats.html.htmltree import parse
from db.domain.records import Person

HEAD = '<!DOCTYPE html>\n<html>\n<head><meta charset="utf-8"><title>Papers</title></head>\n<body>\n'


def component(value: Any, target: str, random: Random) -> str:
    """Return a component of a page with its data, in one of the ways to quote it."""
    written = json.dumps(value, ensure_ascii=random.random() < 0.5)
    if random.random() < 0.5:
        props = '"' + html.escape(written, quote=True).replace("&#x27;", "'") + '"'
    else:
        props = "'" + written.replace("&", "&amp;").replace("'", "&#39;") + "'"
    pair = [f"data-props={props}", f'data-target="{target}"']
    random.shuffle(pair)
    return f'<div class="SVELTE_HYDRATER contents" {" ".join(pair)}>\n<h3>Something</h3>\n</div>\n'


def page(papers: list[Invented], random: Random, *, searched: bool = False) -> str:
    """Return a page that carries papers as data."""
    listed = [one.hub() for one in papers]
    day = [Invented(90000, "Paper of the day", "", (), "2025-01-01", 1, 0).hub()]
    value = {"dailyPapers": day if searched else listed, "dateString": "2025-12-24", "query": {"q": "warm tea"}}
    if searched:
        value["searchResults"] = listed
    head = HEAD if random.random() < 0.7 else "<div><p>saved</p><span>x</span>\n<ul><li>a</li></ul>"
    menu = component({"isLoggedIn": False}, "MainHeader", random)
    return f"{head}{menu}<main>\n{component(value, 'DailyPapers', random)}</main></body></html>\n"


@pytest.mark.parametrize("seed", range(12))
def test_data_of_a_page(seed: int) -> None:
    random = Random(seed)
    papers = invented(random, random.randint(1, 40))
    text = page(papers, random, searched=seed % 3 == 0)
    sure = formats.guesses(text)[0]
    assert sure.format.name == "html"
    assert sure.confidence >= 0.9
    found = read(HtmlPage(), text)
    assert len(found.records) == len(papers)
    assert all(one.matches(record) for one, record in zip(papers, found.records, strict=True))
    line = next(n for n, part in enumerate(text.split("\n"), start=1) if "DailyPapers" in part)
    assert {(one.line_title, one.line_end) for one in found.records} == {(line, line)}
    assert (found.ledger.search, found.ledger.page_date, found.ledger.record_lines) == ("warm tea", "2025-12-24", 1)
    first = found.records[0]
    assert first.fields["page"] == f"https://huggingface.co/papers/{papers[0].arxiv_id}"
    assert (first.upvotes, first.comments) == (papers[0].upvotes, papers[0].comments)


def test_page_of_one_paper() -> None:
    paper = invented(Random(3), 1)[0]
    value = {
        "comments": [{"type": "comment"}, {"type": "status"}, {"type": "comment"}],
        "paper": paper.hub()["paper"],
        "submitterOrganization": {"name": "kettle-lab", "fullname": "The Kettle Lab"},
        "upvoters": [{"fullname": "Kim Harbour"}],
    }
    (found,) = read(HtmlPage(), HEAD + component(value, "PaperContent", Random(1)) + "</body></html>").records
    assert paper.matches(found)
    assert (found.organization, found.organization_slug, found.comments) == ("The Kettle Lab", "kettle-lab", 2)


@pytest.mark.parametrize(("printed", "explicit"), [("Published on May 4", None), ("May 4, 2024", 2024), ("", 2024)])
def test_the_year_is_stated_as_the_page_prints_it(printed: str, explicit: int | None) -> None:
    paper = {"id": "2405.00001", "title": "Tea", "summary": "Warm.", "publishedAt": "2024-05-04T10:00:00.000Z"}
    text = HEAD + f"<p>{printed}</p>" + component({"paper": paper}, "PaperContent", Random(1))
    (found,) = read(HtmlPage(), text).records
    assert (found.month_day, found.year_explicit, found.date.iso()) == ("May 4", explicit, "2024-05-04")
    assert not found.date.inferred


def test_data_scripts() -> None:
    papers = invented(Random(5), 3)
    value = {"props": {"pageProps": {"papers": [one.flat() for one in papers]}}}
    text = f'{HEAD}<script id="__NEXT_DATA__" type="application/json">{json.dumps(value)}</script>'
    found = read(HtmlPage(), text).records
    assert all(one.matches(record) for one, record in zip(papers, found, strict=True))
    article = {
        "@type": "ScholarlyArticle",
        "headline": "Tea",
        "author": [{"name": "Bo Li"}],
        "datePublished": "2024-05-04",
    }
    text = f'{HEAD}<script type="application/ld+json">{json.dumps(article)}</script>'
    (record,) = read(HtmlPage(), text).records
    assert (record.title, record.authors, record.date.iso()) == ("Tea", (Person("Li", "Bo"),), "2024-05-04")


def test_citation_tags() -> None:
    text = HEAD.replace(
        "</head>",
        '\n<meta name="citation_title" content="Steam &amp; Tea">\n<meta name="citation_author" content="Li, Bo">\n'
        '<meta name="citation_author" content="Kettle, Ada">\n<meta content="2025/09/28" name="citation_date">\n'
        '<meta name="citation_arxiv_id" content="2509.00123">\n<meta name="dc.title" content="Other">\n</head>',
    )
    text += (
        '<blockquote class="abstract mathjax"><span>Abstract:</span>'
        + "Steam rises. " * 20
        + "</blockquote></body></html>"
    )
    found = read(HtmlPage(), text)
    (record,) = found.records
    assert (record.title, record.arxiv_id, record.date.iso()) == ("Steam & Tea", "2509.00123", "2025-09-28")
    assert record.authors == (Person("Li", "Bo"), Person("Kettle", "Ada"))
    assert record.abstract == " ".join(["Steam rises."] * 20)
    assert (record.line_title, record.line_abstract) == (4, 12)


def test_listing_of_arxiv() -> None:
    item = (
        '<dt><a name="item1">[1]</a> <a href="/abs/2509.0012{n}" title="Abstract">arXiv:2509.0012{n}</a></dt>\n'
        '<dd><div class="meta"><div class="list-title mathjax"><span class="descriptor">Title:</span> Steam {n}</div>\n'
        '<div class="list-authors"><a href="/a">Bo Li</a>, <a href="/b">Ada Kettle</a></div>\n'
        '<p class="mathjax">Steam rises {n} times.</p></div></dd>\n'
    )
    text = HEAD + '<dl id="articles">\n' + "".join(item.format(n=n) for n in range(1, 4)) + "</dl></body></html>"
    found = read(HtmlPage(), text).records
    assert [one.title for one in found] == ["Steam 1", "Steam 2", "Steam 3"]
    assert [one.arxiv_id for one in found] == ["2509.00121", "2509.00122", "2509.00123"]
    assert found[0].abstract == "Steam rises 1 times."
    assert found[0].authors == (Person("Li", "Bo"), Person("Kettle", "Ada"))


def shown(text: str, *, links: bool) -> list[str]:
    lines = text.split("\n")
    return [line for line in rendered(parse(lines), lines, links=links, base="https://x.org/y").lines if line]


def test_text_of_a_page() -> None:
    text = (
        "<nav>Menu</nav><style>p {}</style><script>1</script><div hidden>no</div><p style='display: none'>no</p>"
        "<div class='hidden'>no</div><div class='hidden md:block'>Yes</div>\n"
        "<h3><a href='/papers/2501.00001'>Tea\n time</a></h3>"
        "<a href='/a'><div>First</div><div>Second</div></a><ul><li>One</li><li>T<b>w</b>o</li></ul>a<br>b &amp; c"
    )
    assert shown(text, links=False) == ["Yes", "Tea time", "First", "Second", "One", "Two", "a", "b & c"]
    assert shown(text, links=True) == [
        "Yes",
        "### [Tea time](https://x.org/papers/2501.00001)",
        "[First](https://x.org/a)",
        "Second",
        "- One",
        "- Two",
        "a",
        "b & c",
    ]


def test_lines_of_the_text_are_those_of_the_source() -> None:
    lines = ["<html>", "<body>", "<p>", "", "One</p>", "<div>Two", "more<span>", "x</span></div>", "<p>Three"]
    found = rendered(parse(lines), lines, links=False)
    assert [(a, b) for a, b in zip(found.lines, found.sources, strict=True) if a] == [
        ("One", 5),
        ("Two more x", 6),
        ("Three", 9),
    ]


def test_a_page_without_data_is_read_by_its_text() -> None:
    papers = invented(Random(8), 8)
    body = ["<h1>Daily Papers</h1>", "<p>byAK and the research community</p>", "<button>Subscribe</button>"]
    for one in papers:
        body += [f"<article><h3>{html.escape(one.title)}</h3>", f"<p>{html.escape(one.abstract)}</p>"]
        body += [
            "<ul><li>",
            "&bull; 3 authors",
            "</li></ul>",
            "<span>&middot;</span>",
            "<div>Mar 18, 2024</div></article>",
        ]
    text = HEAD + "\n".join(body) + "\n</body></html>"
    found = read(HtmlPage(), text)
    assert [one.title for one in found.records] == [one.title for one in papers]
    assert [one.abstract for one in found.records] == [one.abstract for one in papers]
    source = text.split("\n")
    assert all(f"<h3>{html.escape(one.title)}" in source[one.line_title - 1] for one in found.records)
    assert found.ledger.dialect.startswith("text: ")


def test_saved_view_of_the_source() -> None:
    papers = invented(Random(2), 4)
    rows = "".join(
        f'<tr><td class="line-number" value="{n}"></td>\n<td class="line-content">{html.escape(line)}</td></tr>'
        for n, line in enumerate(page(papers, Random(2)).split("\n"))
    )
    found = read(HtmlPage(), f"<html><body><table>{rows}</table></body></html>")
    assert all(one.matches(record) for one, record in zip(papers, found.records, strict=True))


def test_a_page_without_papers() -> None:
    found = read(HtmlPage(), HEAD + "<p>Hello</p></body></html>")
    assert not found.records
    assert found.ledger.dialect == "no papers"


def test_other_texts_are_no_html() -> None:
    for text in (
        "",
        "Hello",
        "[1](x)",
        "{}",
        "<feed xmlns='x'><entry/></feed>",
        "<?xml version='1.0'?><rss></rss>",
        "<3 you",
    ):
        assert HtmlPage().sniff(text) == 0


def test_too_long_a_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(htmlpage, "WHOLE", 100_000)
    with pytest.raises(LibraryError, match="too long to read"):
        HtmlPage().survey(["<html>" + "x" * 60_000] * 2)


def test_the_saved_page_of_a_paper(dumps: Path) -> None:
    layouts = dumps.parent / "layouts"
    (file,) = layouts.glob("07_*.html")
    truths = [json.loads(line) for line in (layouts / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    (truth,) = next(one["records"] for one in truths if one["file"] == file.name)
    found = read(HtmlPage(), file.read_text(encoding="utf-8"))
    (record,) = found.records
    for name, value in truth.items():
        seen = record.fields[name] if name == "submitted_by" else getattr(record, name)
        assert seen == value, name
    assert record.date.iso() == "2025-09-28"
    assert record.fields["github"] == "https://github.com/eval-sys/mcpmark"
    assert not found.issues


def _hostile() -> Iterator[tuple[str, str]]:
    good = page(invented(Random(1), 2), Random(1))
    yield "deep", "<html>" + "<div>" * 100_000 + "x"
    yield "unclosed", "<html>" + "<a href='/x'>" * 20_000
    yield "attributes", "<html><p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>" + good
    yield "long attribute", f'<html><div data-target="DailyPapers" data-props="{"x" * 10_000_000}"></div>'
    yield "deep data", '<html><div data-props=\'{"title":' + "[" * 100_000 + "'></div>"
    yield "entities", "<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><html>" + "&b;" * 1_000
    yield "files", '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>&x;</p>'
    yield "halves", "<html><p title='&#xd800;'>&#55296; &#xDFFF</p>" + good
    yield "angles", "<html>" + "<" * 200_000
    yield "comment", "<html><!--" + "- " * 100_000
    yield "quotes", "<html>" + '<a b="' * 50_000


@pytest.mark.parametrize(("name", "text"), [pytest.param(*pair, id=pair[0]) for pair in _hostile()])
def test_hostile_pages_end_soon(name: str, text: str) -> None:
    HtmlPage().sniff(text[:200_000])
    found = read(HtmlPage(), text)
    assert len(found.records) == (2 if name in ("attributes", "halves") else 0)


_piece = st.one_of(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div hidden>",
            "</div>",
            "<a href='//['>",
            "</a>",
            "<h3>",
            "\n",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<td class=line-content>",
            "<table><tr>",
            "&#xd800;",
            "&amp;",
            "<meta name=citation_title content=T>",
            "<br",
            '"',
            "<dt>",
            "<meta name=citation_author content='A, B'>",
            '<div data-props=\'{"title":"x","year":2020}\'>',
            "<dl>",
            "<dd>",
            "<li class=arxiv-result>",
            "<p class=title>T</p>",
            "<a href=/abs/2501.00001>",
            "<img alt='a[b]\n' src=data:x>",
            "\0",
        ]
    ),
    st.text(max_size=5),
)


@settings(max_examples=60)
@given(st.lists(_piece, max_size=25).map("".join))
def test_any_page_is_accounted_for(text: str) -> None:
    text = text.replace("\r", "").replace("\0", "")
    HtmlPage().sniff(text)
    read(HtmlPage(), text)
