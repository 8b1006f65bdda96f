"""Cite commands in the languages that people write in."""

from __future__ import annotations

import pytest

from db.domain.documents import CiteStyle, cited_as
from db.domain.errors import LibraryError


@pytest.mark.parametrize(
    ("style", "written"),
    [
        (CiteStyle(), r"\cite{a,b:c.}"),
        (CiteStyle(command="parencite*"), r"\parencite*{a,b:c.}"),
        (CiteStyle(command="citep", postnote="p. 3"), r"\citep[p. 3]{a,b:c.}"),
        (CiteStyle(command="citep", prenote="see"), r"\citep[see][]{a,b:c.}"),
        (CiteStyle(command="citep", prenote="see [1]", postnote="a] b"), r"\citep[{see [1]}][{a] b}]{a,b:c.}"),
        (CiteStyle("pandoc"), "[@a; @{b:c.}]"),
        (CiteStyle("pandoc", prenote="see", postnote="p. 3"), "[see @a; @{b:c.}, p. 3]"),
        (CiteStyle("typst"), '@a #cite(label("b:c."))'),
        (CiteStyle("typst", postnote="p. 3"), '@a #cite(label("b:c."), supplement: [p. 3])'),
    ],
)
def test_each_form(style: CiteStyle, written: str) -> None:
    assert cited_as(["a", "b:c."], style) == written


def test_one_key_in_typst_and_none_at_all() -> None:
    assert cited_as(["smith-20"], CiteStyle("typst", prenote="see", postnote="§ 2")) == "see @smith-20[§ 2]"
    assert cited_as([], CiteStyle()) == ""


@pytest.mark.parametrize(
    "style",
    [
        CiteStyle(command=""),
        CiteStyle(command=r"input{x}"),
        CiteStyle(command="cite\n"),
        CiteStyle("html"),
        CiteStyle(prenote="{"),
        CiteStyle(postnote="}{"),
        CiteStyle(postnote="100% sure"),
        CiteStyle(postnote="end \\"),
    ],
)
def test_what_would_break_the_document_is_refused(style: CiteStyle) -> None:
    with pytest.raises(LibraryError):
        cited_as(["a"], style)
    with pytest.raises(LibraryError):
        cited_as([], style)


def test_escaped_marks_may_stand_in_notes() -> None:
    assert cited_as(["a"], CiteStyle(postnote=r"50\% of \{it\}")) == r"\cite[50\% of \{it\}]{a}"
