"""One mark over and over: no reader stumbles, and every line is accounted for."""

from __future__ import annotations

import pytest

from db.domain import formats
from tests.fuzz.account import check

MARKS = (
    "[", "](", "[a](", "[a](b", "![", "![a](", "[![](a)", "(", ")", "[[", "{", "}", '{"a":', '"', '"a,', "\\", "\\a{",
    "*", "**a", "__a", "`a", "<", "<b>", '<a href="', "<!--", "&#", "|", "| a ", "- ", "# ", "A. ", ", ", " and ", "; ",
    " ", "\u00a0", "1", "1.", "10.1234/", "arxiv:", "http://", "https://a.example/)", "www.", "@a{", "title={",
    "TY  - JOUR", "Jan 1 ", "et al. ", "...", "·", "Authors: ", "Submitted by ", "Upvote 1 ", "GitHub ", "Title: ",
    "\ufeff", "\x0c", "\u0301", "/", "/*", "~", "$", "'", "=", ":", "@", "% ", "<!",
)  # fmt: skip
SHAPES = {"one line": (4_000, 1), "long lines": (800, 6), "short lines": (1, 300)}


BEGINS = {
    "trending": "Submitted by Ann\nPaper Boats\n",
    "paper-page": "arxiv:2501.01234\nPaper Boats\nPublished on Jan 1\nAuthors:\n",
    "digest": "- [Paper Boats and More](https://arxiv.org/abs/2501.01234) ",
    "ris": "TY  - JOUR\nTI  - ",
    "csv": "title,authors\n",
    "bibtex": "@article{boats, title={Boats}, author={",
    "json": '[{"title": "Boats", "abstract": "',
    "arxiv-atom": "<feed><entry><title>",
    "html": "<!doctype html><html><body><p>",
}
"""What makes a reader expect the marks inside of a paper."""


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", [one.name for one in formats.FORMATS])
def test_a_mark_over_and_over(name: str, shape: str) -> None:
    fmt = formats.by_name(name)
    assert fmt is not None
    width, lines = SHAPES[shape]
    for mark in MARKS:
        text = "\n".join([mark * max(1, width // len(mark))] * lines)
        check(fmt, f"{BEGINS.get(name, '')}{text}".encode())
