"""Which arguments open the window, and that the command line never loads Qt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.cli import COMMANDS as OF_THE_COMMAND_LINE
from db.services import home
from desktop.__main__ import COMMANDS, wants_window
from desktop.arguments import Start, read

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dump.txt"],
        ["./list", "b.txt"],
        ["/tmp/import"],
        ["--library", "x.sheaf"],
        ["--library=x.sheaf"],
        ["--library", "list", "dump.txt"],
        ["--", "list"],
        ["--pick"],
        ["--library", "x.sheaf", "--pick"],
    ],
)
def test_these_open_the_window(arguments: list[str]) -> None:
    assert wants_window(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["import", "dump.txt"],
        ["--help"],
        ["-h"],
        ["--version"],
        ["--json", "list"],
        ["--library", "x.sheaf", "check"],
        ["--library=x.sheaf", "undo"],
        ["--library"],
    ],
)
def test_these_go_to_the_command_line(arguments: list[str]) -> None:
    assert not wants_window(arguments)


def test_both_know_the_same_commands() -> None:
    assert set(OF_THE_COMMAND_LINE) == COMMANDS


def test_the_command_line_never_loads_qt() -> None:
    code = (
        "import sys; from desktop.__main__ import main; main(['--version']); "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=200).returncode == 0


def test_library_and_files_are_told_apart() -> None:
    assert read(["--library", "x", "a.txt", "--", "--odd.txt"]) == Start("x", ("a.txt", "--odd.txt"))
    assert read(["--library=y"]) == Start("y")
    assert read(["a.txt"]) == Start(str(home.library()), ("a.txt",))
    assert read(["--pick"]) == Start(str(home.library()), pick=True)
    assert read(["--", "--pick"]) == Start(str(home.library()), ("--pick",))


@pytest.mark.parametrize("file", ["mine.sheaf", "/tmp/Mine.SHEAF", r"C:\Users\Ada\MINE.Sheaf"])
def test_a_library_is_known_by_its_ending_however_it_is_written(file: str) -> None:
    assert read([file]) == Start(file)


def test_a_library_that_is_opened_is_not_imported() -> None:
    assert read(["/my/thesis.sheaf"]) == Start("/my/thesis.sheaf")
    assert read(["--library", "x", "/my/thesis.sheaf"]) == Start("x", ("/my/thesis.sheaf",))
    assert read(["/my/thesis.sheaf", "a.txt"]) == Start(str(home.library()), ("/my/thesis.sheaf", "a.txt"))
    assert read(["/my/thesis.sheaf-wal"]) == Start(str(home.library()), ("/my/thesis.sheaf-wal",))


def complete(words: str) -> list[str]:
    """What the shell gets when Tab is pressed behind these words."""
    at = len(words.split(" ")) - 1
    asked = {"_SHEAF_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(at)}
    done = subprocess.run(
        [sys.executable, "-m", "desktop"], env=os.environ | asked, cwd=ROOT, capture_output=True, text=True,
        check=True, timeout=60,
    )  # fmt: skip
    return done.stdout.split()


def test_the_shell_is_told_how_a_command_goes_on() -> None:
    assert complete("sheaf ex") == ["plain,export"]
    assert "plain,biblatex" in complete("sheaf export --format ")
    assert complete("sheaf page") == ["file,page"], "a file, which the window opens"
