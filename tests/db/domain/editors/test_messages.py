"""What each editor is told: one message, whatever the citation holds."""

from __future__ import annotations

import re

import pytest

from db.domain.editors import (
    BY_NAME,
    KINDS,
    emacs_expression,
    kile_call,
    lisp_string,
    lyx_line,
    lyx_reply,
    texstudio_arguments,
    vim_expression,
    vim_string,
    vscode_arguments,
)
from db.domain.errors import LibraryError
from tests.db.domain.editors.test_quoting import HOSTILE


def test_each_kind_says_how_it_is_made_ready() -> None:
    assert set(BY_NAME) == {"texstudio", "vscode", "emacs", "vim", "neovim", "kile", "lyx"}
    assert all(kind.title and kind.hint.endswith(".") for kind in KINDS)


def balanced(code: str) -> bool:
    """Tell whether brackets pair up outside of strings."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", code)
    return all(bare.count(left) == bare.count(right) for left, right in ("()", "[]", "{}")) and '"' not in bare


@pytest.mark.parametrize("text", HOSTILE)
def test_expressions_differ_in_the_string_alone(text: str) -> None:
    for made, quoted in ((emacs_expression, lisp_string), (vim_expression, vim_string)):
        code, plain = made(text), made("plain")
        assert code.count(quoted(text)) == 1
        assert code.replace(quoted(text), quoted("plain")) == plain
        assert balanced(code)
        assert "\n" not in code


def test_a_text_that_looks_like_a_gap_of_the_expression() -> None:
    assert emacs_expression("TEXT").count('"TEXT"') == 1
    assert vim_expression("text TEXT").count('"text TEXT"') == 1


def test_texstudio_takes_one_argument() -> None:
    text = r'\citep[see "--line" é]{a,b}'
    assert texstudio_arguments(text) == ["--insert-cite", text]


@pytest.mark.parametrize("text", ["[@a]", "@a", "--line", r"\cite[#!#--texpath#!#/tmp]{a}"])
def test_texstudio_would_not_take_it_as_it_is(text: str) -> None:
    with pytest.raises(LibraryError, match="TeXstudio"):
        texstudio_arguments(text)


def test_vscode_is_given_no_text() -> None:
    assert vscode_arguments() == ["--reuse-window"]


@pytest.mark.parametrize("text", HOSTILE)
def test_kile_gets_the_text_as_one_string(text: str) -> None:
    call = kile_call("org.kde.kile", text)
    assert call[-1] == f"string:{text}"
    assert call[-3:-1] == ["/main", "org.kde.kile.main.insertText"]
    assert "--dest=org.kde.kile" in call


def test_lyx_takes_keys_and_what_stands_before_them() -> None:
    assert lyx_line("me", ["a", "b:2"], "") == "LYXCMD:me:citation-insert:a,b:2\n"
    assert lyx_line("me", ["a"], "see: é") == "LYXCMD:me:citation-insert:a|see: é\n"


@pytest.mark.parametrize(
    ("keys", "note"),
    [
        (["a\nLYXCMD:me:buffer-write:"], ""),
        (["a"], "x\nLYXCMD:me:vc-command:touch pwned"),
        (["a|b"], ""),
        (["a,b"], ""),
        (["a"], "one|two"),
    ],
)
def test_lyx_takes_no_second_command(keys: list[str], note: str) -> None:
    with pytest.raises(LibraryError):
        lyx_line("me", keys, note)


def test_answers_of_lyx() -> None:
    assert lyx_reply("me", "INFO:me:citation-insert:\n") == (True, "")
    assert lyx_reply("me", "ERROR:me:citation-insert:No document: open") == (False, "No document: open")
    assert lyx_reply("me", "INFO:you:citation-insert:") is None
    assert lyx_reply("me", "NOTIFY:F12") is None
