"""arXiv's feeds: entries one at a time, exact lines, and nothing fetched or expanded."""

from __future__ import annotations

from html import escape
from pathlib import Path
from random import Random

import pytest
from documents import Invented, invented, read
from hypothesis import given
from hypothesis import strategies as st

from db.domain import formats
from db.domain.formats.arxivatom import ArxivAtom
from db.domain.records import Person

START = (
    "<?xml version='1.0' encoding='UTF-8'?>\n<feed xmlns:arxiv=\"http://arxiv.org/schemas/atom\""
    ' xmlns="http://www.w3.org/2005/Atom">\n<title>arXiv Query: search_query=all:warm+tea&amp;id_list=</title>\n'
)


def entry(one: Invented, *, glued: bool = False) -> str:
    """Return the entry of one paper."""
    authors = "".join(f"<author>\n<name>{escape(name)}</name></author>\n" for name in one.authors)
    text = (
        f"<entry>\n<id>http://arxiv.org/abs/{one.arxiv_id}v2</id>\n<title>{escape(one.title)}</title>\n"
        f"<updated>2026-01-01T00:00:00Z</updated>\n<summary>{escape(one.abstract)}</summary>\n"
        f'<category term="cs.TE" scheme="x"/>\n<published>{one.day}T01:02:03Z</published>\n{authors}'
        '<arxiv:doi>10.1000/tea</arxiv:doi>\n<arxiv:primary_category term="cs.TE"/>\n</entry>\n'
    )
    return text.replace("\n", "") if glued else text


@pytest.mark.parametrize("seed", range(4))
def test_entries(seed: int) -> None:
    papers = invented(Random(seed), 15)
    text = START + "".join(entry(one, glued=seed % 2 == 1) for one in papers) + "</feed>\n"
    assert formats.guesses(text)[0].format.name == "arxiv-atom"
    found = read(ArxivAtom(), text)
    assert all(one.matches(record) for one, record in zip(papers, found.records, strict=True))
    assert not found.issues
    first = found.records[0]
    assert (first.doi, first.fields["primary_category"], found.ledger.search) == (
        "10.1000/tea",
        "cs.TE",
        "all:warm tea",
    )
    if seed % 2 == 0:
        assert (first.line_title, first.line_abstract) == (4, 8)
        assert found.ledger.furniture_lines == 4


def test_daily_feed() -> None:
    text = (
        "<?xml version='1.0'?>\n<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><link>http://arxiv.org/</link>\n<item>\n"
        "<title>Warm tea</title><link>https://arxiv.org/abs/2509.00123</link>\n"
        "<description>arXiv:2509.00123v1 Announce Type: new \nAbstract: Steam rises.</description>\n"
        "<dc:creator>Bo Li, Ada Kettle</dc:creator>\n<pubDate>Mon, 29 Sep 2025 00:00:00 -0400</pubDate>"
        "\n</item></channel></rss>"
    )
    (found,) = read(ArxivAtom(), text).records
    assert (found.title, found.abstract, found.arxiv_id) == ("Warm tea", "Steam rises.", "2509.00123")
    assert found.authors == (Person("Li", "Bo"), Person("Kettle", "Ada"))
    assert found.date.iso() == "2025-09-29"


def test_a_cut_feed_and_an_error() -> None:
    one, two = invented(Random(1), 2)
    found = read(ArxivAtom(), START + entry(one) + entry(two)[:120])
    assert len(found.records) == 1
    assert "ends within" in found.issues[0].why
    error = "<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title><summary>bad id</summary></entry></feed>"
    found = read(ArxivAtom(), START + error)
    assert not found.records
    assert len(found.issues) == 1


def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("whistle", encoding="utf-8")
    entities = f'<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY a "aaaa"><!ENTITY b "&a;&a;">'
    doctype = f'<?xml version="1.0"?><!DOCTYPE feed [{entities}]>\n'
    text = (
        doctype + "<feed>\n<entry><title>T &x; &b;</title><summary>&x;</summary>"
        "<author><name>Bo Li</name></author></entry></feed>"
    )
    (found,) = read(ArxivAtom(), text).records
    assert "whistle" not in repr(found)
    assert "aaaa" not in found.title


@pytest.mark.parametrize(
    "text",
    ["<feed>" + "<entry>" * 20_000, "<feed><entry>" + "<a>" * 100_000 + "</entry>", "<feed>" + "<entry " * 20_000],
)
def test_hostile_feeds_end_soon(text: str) -> None:
    ArxivAtom().sniff(text)
    read(ArxivAtom(), text)


def test_real_answers(dumps: Path) -> None:
    folder = dumps.parent / "api"
    found = read(ArxivAtom(), (folder / "arxiv_search_2_entries.atom.xml").read_text(encoding="utf-8"))
    assert [one.arxiv_id for one in found.records] == ["2202.12139", "2405.13786"]
    assert [one.author_count for one in found.records] == [3, 4]
    assert [one.date.iso() for one in found.records] == ["2022-02-24", "2024-05-22"]
    assert found.ledger.search == "all:testing"


_piece = st.one_of(
    st.sampled_from(
        [
            "<entry>",
            "</entry>",
            "<title>T</title>",
            "<summary>",
            "</summary>",
            "\n",
            "&#xd800;",
            "&x;",
            "<item>",
            "<![CDATA[",
        ]
    ),
    st.text(max_size=5),
)


@given(st.lists(_piece, max_size=25).map("".join))
def test_any_feed_is_accounted_for(text: str) -> None:
    text = text.replace("\r", "").replace("\0", "")
    ArxivAtom().sniff(text)
    read(ArxivAtom(), text)
