"""Real editors for tests, ended by their process; and programs that write down what they were told."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LONGEST = 100.0
IN_A_TERMINAL = "import pty, sys; pty.spawn(['sh', '-c', 'stty rows 24 cols 80; exec \"$@\"', 'sh', *sys.argv[1:]])"


def need(*programs: str) -> None:
    """Skip, and say so, when a program is missing."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed: NOT CHECKED")


def until(met: Callable[[], bool], what: str) -> None:
    """Wait for something; fail with its name when it does not come."""
    deadline = time.monotonic() + LONGEST
    while not met():
        assert time.monotonic() < deadline, f"{what} did not come"
        time.sleep(0.05)


@contextmanager
def started(*command: str, **options: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program without a terminal, and end it and its group."""
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        **options,  # type: ignore[call-overload]
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):  # it ended by itself
                os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def in_a_terminal(*command: str) -> Iterator[Callable[[str], None]]:
    """Run a program in a terminal of its own; yields what types into it. It ends with its terminal."""
    environment = {**os.environ, "TERM": "xterm"}
    with started(sys.executable, "-c", IN_A_TERMINAL, *command, env=environment) as process:

        def keys(text: str) -> None:
            assert process.stdin is not None
            process.stdin.write(text.encode())
            process.stdin.flush()

        yield keys


@contextmanager
def x_display() -> Iterator[None]:
    """Run an X server without a screen."""
    need("Xvfb")
    read, write = os.pipe()
    size = ("-screen", "0", "640x480x24")
    with started("Xvfb", "-noreset", "-displayfd", str(write), *size, pass_fds=(write,)), os.fdopen(read) as told:
        os.close(write)
        number = told.readline().strip()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DISPLAY", f":{number}")
            yield


class Recorder:
    """A program on PATH that writes down its arguments, and then says, complains and ends as it is told."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    def make(self, name: str, *, says: str = "", complains: str = "", status: int = 0, then: str = "") -> Path:
        """Make the program; `then` is shell code that it runs at the end."""
        path = self._folder / name
        (self._folder / f"{name}.says").write_text(says, encoding="utf-8")
        (self._folder / f"{name}.complains").write_text(complains, encoding="utf-8")
        path.write_text(
            f"#!/bin/sh\nprintf '%s\\0' \"$@\" >> '{path}.argv'\nprintf '\\n' >> '{path}.argv'\n"
            f"env > '{path}.env'\ncat '{path}.says'\ncat '{path}.complains' >&2\n{then}\nexit {status}\n",
            encoding="utf-8",
        )
        path.chmod(0o755)
        return path

    def calls(self, name: str) -> list[list[str]]:
        """Return the arguments of each time that the program ran."""
        file = self._folder / f"{name}.argv"
        if not file.exists():
            return []
        return [line.split("\0")[:-1] for line in file.read_text(encoding="utf-8").split("\n")[:-1]]

    def environment(self, name: str) -> str:
        """Return the environment in which the program last ran."""
        return (self._folder / f"{name}.env").read_text(encoding="utf-8", errors="replace")
