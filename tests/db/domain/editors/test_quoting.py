"""Literals of other languages: whatever a citation holds stays text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.editors import lisp_string, one_line, vim_string
from db.domain.errors import LibraryError

HOSTILE = (
    '") (shell-command "touch pwned") ("',
    '\\") (kill-emacs) (\\"',
    "x\\",
    '"',
    '\\"',
    "\\<Esc>:q!<CR>",
    "<C-\\><C-N>:!touch pwned<CR>",
    '" . system("touch pwned") . "',
    "'.system('touch pwned').'",
    "`touch pwned` $(touch pwned) ${HOME} %HOME% ; touch pwned",
    "|call system('touch pwned')",
    "é中😀\u202eab\u0301",
    "\u00e9f0 \\u0041 \\x41 \\101 \\n",
    "@(#)%d %s {0} {{}}",
)
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


def unescape(literal: str) -> str:
    """Read a literal as both languages do: a backslash and a sign, four digits behind u, eight behind U."""
    assert literal[0] == literal[-1] == '"'
    read = re.compile(r'\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|\\([\\"])|([^\\"])')
    text, at = "", 1
    while at < len(literal) - 1:
        found = read.match(literal, at)
        assert found, f"an unescaped sign at {at} of {literal}"
        text += chr(int(found[1] or found[2], 16)) if found[1] or found[2] else found[3] or found[4]
        at = found.end()
    assert at == len(literal) - 1
    return text


@given(TEXT)
def test_every_text_comes_back_and_is_printable_ascii(text: str) -> None:
    for quoted in (lisp_string(text), vim_string(text)):
        assert unescape(quoted) == text
        assert re.fullmatch(r"[ -~]*", quoted)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back(text: str) -> None:
    assert unescape(lisp_string(text)) == unescape(vim_string(text)) == text


def test_digits_behind_an_escape_are_not_taken_in() -> None:
    assert lisp_string("éa0") == '"\\u00e9a0"'
    assert vim_string("😀1f") == '"\\U0001f6001f"'


@pytest.mark.parametrize("text", HOSTILE)
def test_one_line_of_text_may_be_anything(text: str) -> None:
    assert one_line(text) == text


@pytest.mark.parametrize("odd", ["\n", "\r", "\0", "\x1b", "\x7f", "\x9b", "\u2028", "\u2029", "\udc80"])
def test_what_is_no_text_is_refused(odd: str) -> None:
    with pytest.raises(LibraryError, match=f"U\\+{ord(odd):04X}"):
        one_line(f"\\cite[see{odd}:q!]{{a}}")


def test_nothing_and_too_much_are_refused() -> None:
    with pytest.raises(LibraryError, match="no longer in the library"):
        one_line("")
    with pytest.raises(LibraryError, match="too much"):
        one_line("a" * 20_001)
