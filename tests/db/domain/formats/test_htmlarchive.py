"""MHTML: the page within is found, decoded and read, and the lines are those of the archive."""

from __future__ import annotations

import base64
import quopri
from random import Random

import pytest
from documents import invented, read
from hypothesis import given, settings
from hypothesis import strategies as st
from test_htmlpage import page

from db.domain import formats
from db.domain.formats.html.htmlarchive import HtmlArchive

HEADER = (
    "From: <Saved by Blink>\nSnapshot-Content-Location: https://x.org\nSubject: Papers\nMIME-Version: 1.0\n"
    'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="----Part--x"\n\n\n'
)


def archive(text: str, encoding: str, charset: str = "utf-8") -> str:
    """Return an archive with the page in it, and a picture."""
    data = text.encode(charset)
    if encoding == "quoted-printable":
        body = quopri.encodestring(data).decode("ascii")
    elif encoding == "base64":
        body = base64.encodebytes(data).decode("ascii")
    else:
        body = text
    part = f"Content-Type: text/html; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n{body}"
    picture = "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n"
    return f"{HEADER}------Part--x\n{picture}\n------Part--x\n{part}\n------Part--x--\n"


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "latin-1"])
def test_the_page_in_an_archive(encoding: str, charset: str) -> None:
    papers = invented(Random(4), 12)
    whole = page(papers, Random(0))
    if charset == "latin-1":
        whole = "".join(c if ord(c) < 256 else f"&#{ord(c)};" for c in whole)
    text = archive(whole, encoding, charset)
    assert HtmlArchive().sniff(text) > 0.9
    assert encoding != "8bit" or formats.guesses(text)[0].format.name == "mhtml"
    found = read(HtmlArchive(), text)
    assert all(one.matches(record) for one, record in zip(papers, found.records, strict=True))
    assert found.records[0].line_title > 10
    assert not found.issues


def test_an_archive_without_a_page() -> None:
    found = read(HtmlArchive(), HEADER + "------Part--x\nContent-Type: image/png\n\nAAAA\n------Part--x--\n")
    assert not found.records
    assert "No web page" in found.issues[0].why


def test_mails_are_no_archives() -> None:
    assert HtmlArchive().sniff("From: a\nSubject: b\n\nHello") == 0
    assert HtmlArchive().sniff("") == 0


_piece = st.sampled_from(
    [
        HEADER,
        "------Part--x\n",
        "Content-Type: text/html\n",
        "Content-Transfer-Encoding: base64\n",
        "\n",
        "=",
        "=\n",
        "=E2=80",
        "<p>",
        "Content-Transfer-Encoding: quoted-printable\n",
        "charset=klingon\n",
        '<div data-props=\'{"title":"x","year":2020}\'>',
        "PGh0==",
    ]
)


@settings(max_examples=60)
@given(st.lists(_piece, max_size=20).map("".join))
def test_any_archive_is_accounted_for(text: str) -> None:
    HtmlArchive().sniff(text)
    read(HtmlArchive(), text)
