"""Which arguments open the window, and that the command line never loads Qt."""

from __future__ import annotations

import subprocess
import sys

import pytest

from db.cli import COMMANDS as OF_THE_COMMAND_LINE
from desktop.__main__ import COMMANDS, wants_window
from desktop.arguments import Start, default_library, read


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
    assert read(["a.txt"]) == Start(default_library(), ("a.txt",))
    assert read(["--pick"]) == Start(default_library(), pick=True)
    assert read(["--", "--pick"]) == Start(default_library(), ("--pick",))
