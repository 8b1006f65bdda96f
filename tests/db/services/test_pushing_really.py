"""Pushing into real editors: what they show afterwards is the citation, whatever it holds."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.domain.documents import CiteStyle
from db.domain.errors import LibraryError
from db.services.pushing import CitedKeys, Editor, Outcome, push
from tests.db.domain.editors.test_quoting import HOSTILE
from tests.db.services.running_editors import in_a_terminal, need, started, until, x_display

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 30.0
CITES = [CitedKeys((key, "b"), CiteStyle()) for key in HOSTILE]
TEXTS = [cited.text for cited in CITES]
ONE = CitedKeys(("a", "b"), CiteStyle("latex", "citep", "see", "p. 3"))


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with the text; sockets lie in it too, so its path is short."""
    made = tmp_path_factory.mktemp("ed")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(made))
    monkeypatch.setenv("TMPDIR", str(made))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.chdir(made)
    for module in ("pushing", "vimservers"):  # an editor that is here answers, if late on a busy machine
        monkeypatch.setattr(f"db.services.{module}.PATIENCE", PATIENCE)
    (made / "text.tex").write_text("first\nsecond\n", encoding="utf-8")
    yield made
    assert not list(made.rglob("pwned"))


def asked(*command: str) -> str:
    """Return what an editor answers to a client of it."""
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=2 * PATIENCE, check=False, stdin=subprocess.DEVNULL
    )
    return (done.stdout or done.stderr).strip()


# Emacs --------------------------------------------------------------------------------------------


def lisp(code: str) -> str:
    return asked("emacsclient", "--socket-name=push", "--eval", code)


@pytest.fixture
def emacs(place: Path) -> Iterator[Callable[[str], None]]:
    """An Emacs in a terminal with a server; yields what types into it."""
    need("emacs", "emacsclient")
    with in_a_terminal(
        "emacs", "-Q", "-nw", "--eval", '(progn (setq server-name "push") (server-start))', "text.tex"
    ) as keys:
        until(lambda: lisp("(buffer-name (window-buffer))") == '"text.tex"', "Emacs")
        yield keys


def test_emacs_inserts_what_it_is_given(emacs: object, place: Path) -> None:
    editor = Editor("emacs", server="push")
    lisp('(with-current-buffer "text.tex" (set-buffer-file-coding-system (quote utf-8-unix)))')
    for cited in CITES:
        assert push(cited, editor) == Outcome("inserted", "text.tex")
        lisp('(with-selected-window (get-buffer-window "text.tex") (insert "\\n"))')
    lisp('(with-current-buffer "text.tex" (save-buffer))')
    assert (place / "text.tex").read_text(encoding="utf-8").split("\n") == [*TEXTS, "first", "second", ""]


def test_emacs_in_its_minibuffer_and_read_only(emacs: Callable[[str], None]) -> None:
    emacs("\x1bx")
    until(lambda: lisp("(active-minibuffer-window)") != "nil", "the minibuffer")
    assert push(ONE, Editor("emacs", server="push")) == Outcome("inserted", "text.tex")
    assert lisp('(with-current-buffer "text.tex" (buffer-substring 1 8))').startswith('#("\\\\citep[')
    emacs("\x07")
    # It would end what is evaluated when it comes.
    until(lambda: lisp("(active-minibuffer-window)") == "nil", "the end of the minibuffer")
    lisp('(with-current-buffer "text.tex" (setq buffer-read-only t))')
    with pytest.raises(LibraryError, match="read-only"):
        push(ONE, Editor("emacs", server="push"))


def test_an_emacs_without_a_window_and_none(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("emacs", "emacsclient")
    monkeypatch.setenv("ALTERNATE_EDITOR", "")  # would start one
    with pytest.raises(LibraryError, match="server-start"):
        push(ONE, Editor("emacs", server="push"))
    with started("emacs", "-Q", "--fg-daemon=push"):
        until(lambda: lisp("1") == "1", "Emacs")
        with pytest.raises(LibraryError, match="without a window"):
            push(ONE, Editor("emacs", server="push"))


# Vim and Neovim -----------------------------------------------------------------------------------


def neovim(expression: str, socket: str = "sock") -> str:
    return asked("nvim", "--headless", "--server", socket, "--remote-expr", expression)


def vim(expression: str) -> str:
    return asked("vim", "--servername", "PUSH", "--remote-expr", expression)


Remote = tuple[Editor, "Callable[[str], str]"]


@pytest.fixture
def running_neovim(place: Path) -> Iterator[Remote]:
    """A Neovim, and what asks it."""
    need("nvim")
    with started("nvim", "--clean", "--headless", "--listen", "sock", "text.tex"):
        until(lambda: neovim("mode()") == "n", "Neovim")
        yield Editor("neovim", server=str(place / "sock")), neovim


@pytest.fixture
def running_vim(place: Path) -> Iterator[Remote]:
    """A Vim in a terminal that is a server on an X display, and what asks it."""
    need("vim", "Xvfb")
    if "+clientserver" not in asked("vim", "--version"):
        pytest.skip("this vim is built without +clientserver: NOT CHECKED")
    command = ("vim", "-u", "NONE", "-i", "NONE", "-N", "--servername", "PUSH", "text.tex")
    with x_display(), in_a_terminal(*command):
        until(lambda: vim("mode()") == "n", "Vim")
        yield Editor("vim", server="PUSH"), vim


@pytest.fixture(params=["running_neovim", "running_vim"])
def remote(request: pytest.FixtureRequest) -> Remote:
    """Either of them."""
    found: Remote = request.getfixturevalue(request.param)
    return found


def test_vims_insert_what_they_are_given(remote: Remote, place: Path) -> None:
    editor, ask = remote
    ask("execute('set encoding=utf-8')")
    for cited in CITES:
        assert push(cited, editor) == Outcome("inserted", "text.tex")
        ask("append(line('.'), '')")
        ask("cursor(line('.') + 1, 1)")
    ask("execute('write! ++enc=utf-8')")
    lines = (place / "text.tex").read_text(encoding="utf-8").split("\n")
    assert lines == [f"f{TEXTS[0]}irst", *TEXTS[1:], "", "second", ""]


def test_where_vims_insert(remote: Remote) -> None:
    editor, ask = remote
    text = ONE.text
    ask("cursor(1, 5)")
    push(ONE, editor)
    assert ask("getline(1)") == f"first{text}"
    assert ask("col('.')") == str(len("first") + len(text))  # on the last character, as after `p`
    ask("setline(2, 'é中x')")
    ask("cursor(2, 1)")
    push(ONE, editor)
    assert ask("getline(2)") == f"é{text}中x"
    ask("append('$', '')")
    ask("cursor(line('$'), 1)")
    push(ONE, editor)
    assert ask("getline('$')") == text


def test_vims_in_insert_mode_go_on_behind_the_citation(remote: Remote) -> None:
    editor, ask = remote
    ask("cursor(1, 3)")
    ask('feedkeys("i")')
    until(lambda: ask("mode()") == "i", "Insert mode")
    push(ONE, editor)
    ask('feedkeys("!")')
    until(lambda: "!" in ask("getline(1)"), "the key")
    assert ask("getline(1)") == f"fi{ONE.text}!rst"


def test_vims_that_cannot_take_it(remote: Remote) -> None:
    editor, ask = remote
    ask('feedkeys("V")')
    until(lambda: ask("mode()") == "V", "Visual mode")
    with pytest.raises(LibraryError, match="not editing text"):
        push(ONE, editor)
    ask('feedkeys("\\<Esc>")')
    until(lambda: ask("mode()") == "n", "Normal mode")
    ask("execute('set nomodifiable')")
    with pytest.raises(LibraryError, match="cannot be changed"):
        push(ONE, editor)
    assert ask("getline(1)") == "first"


def test_a_vim_is_found_by_itself(running_vim: Remote) -> None:
    _editor, ask = running_vim
    assert push(ONE, Editor("vim")) == Outcome("inserted", "text.tex")
    assert ask("getline(1)") == f"f{ONE.text}irst"


def test_a_push_is_undone_in_one_step(remote: Remote) -> None:
    editor, ask = remote
    push(ONE, editor)
    ask("execute('undo')")
    assert ask("getline(1)") == "first"


def test_neovims_are_found(place: Path) -> None:
    need("nvim")
    with pytest.raises(LibraryError, match="None is running"):
        push(ONE, Editor("neovim"))
    (place / "other.tex").write_text("other\n", encoding="utf-8")
    (place / "nvim.77.0").touch()  # what a Neovim that was killed may leave
    with started("nvim", "--clean", "--headless", "--listen", str(place / "nvim.1.0"), "text.tex"):
        until(lambda: neovim("mode()", "nvim.1.0") == "n", "Neovim")
        assert push(ONE, Editor("neovim")) == Outcome("inserted", "text.tex")
        with started("nvim", "--clean", "--headless", "--listen", str(place / "nvim.2.0"), "other.tex"):
            until(lambda: neovim("mode()", "nvim.2.0") == "n", "Neovim")
            outcome = push(ONE, Editor("neovim"))
            assert outcome.state == "choose"
            assert [Path(one.title).name for one in outcome.servers] == ["text.tex", "other.tex"]
            second = Editor("neovim", server=outcome.servers[1].address)
            assert push(ONE, second) == Outcome("inserted", "other.tex")


# LyX ----------------------------------------------------------------------------------------------

LYX = """#LyX 2.3 created this file.
\\lyxformat 544
\\begin_document
\\begin_header
\\textclass article
\\language english
\\end_header
\\begin_body
\\begin_layout Standard
Hello
\\end_layout
\\end_body
\\end_document
"""


def test_lyx_inserts_a_citation(place: Path, own_home: Path) -> None:
    need("lyx", "Xvfb")
    (own_home / ".lyx").mkdir()
    (own_home / ".lyx" / "preferences").write_text(f'Format 21\n\\serverpipe "{place}/pipe"\n', encoding="utf-8")
    document = place / "text.lyx"
    document.write_text(LYX, encoding="utf-8")
    with x_display(), started("lyx", str(document)):
        until((place / "pipe.out").exists, "LyX")

        def taken() -> bool:
            with contextlib.suppress(LibraryError):  # it is still opening it
                return push(ONE, Editor("lyx")) == Outcome("inserted", left_out="p. 3")
            return False

        until(taken, "the document")
        with (place / "pipe.in").open("w") as pipe:
            pipe.write("LYXCMD:test:buffer-write:\n")
        until(lambda: 'key "a,b"' in document.read_text(encoding="utf-8"), "the citation")
    assert 'before "see"' in document.read_text(encoding="utf-8")
