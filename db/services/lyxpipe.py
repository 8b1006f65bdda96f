"""The pipes of a running LyX: one that takes lines, one that answers; neither is ever waited for without end."""

from __future__ import annotations

import errno
import itertools
import os
import re
import select
import stat
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from db.domain.editors import lyx_line, lyx_reply
from db.domain.errors import LibraryError
from db.services.programs import NotReadyError, with_home

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PATIENCE = 3.0
USUAL = ("~/.lyx/lyxpipe", "~/.lyxpipe")
SETTINGS = ("~/.lyx/preferences", "~/Library/Application Support/LyX-2.4/preferences")
_SET = re.compile(r'^\\serverpipe\s+"(.+)"\s*$', re.MULTILINE)
_numbers = itertools.count(1)


def cite(pipe: str, keys: Sequence[str], prenote: str) -> bool:
    """Let LyX insert a citation; return whether it said that it did. LibraryError when it refused or is not there."""
    client = f"sheaf-{os.getpid()}-{next(_numbers)}"
    line = lyx_line(client, keys, prenote)
    path = _path(pipe)
    deadline = time.monotonic() + PATIENCE
    with ExitStack() as pipes:
        there = pipes.enter_context(_opened(f"{path}.in", os.O_WRONLY))
        back = _answers(f"{path}.out", pipes)
        _empty(back)
        _write(there, line.encode("utf-8"), deadline)
        return _wait(back, client, deadline)


def _path(pipe: str) -> str:
    """Return the path without its ending: what the person set, what LyX has set, or the usual one that is there."""
    named = [pipe] if pipe else [*_set_in_lyx(), *USUAL]
    paths = [with_home(one).removesuffix(".in").removesuffix(".out") for one in named]
    return next((one for one in paths if Path(f"{one}.in").exists()), paths[0])


def _set_in_lyx() -> list[str]:
    found = []
    for name in SETTINGS:
        try:
            found += _SET.findall(Path(name).expanduser().read_text(encoding="utf-8", errors="replace"))
        except OSError:
            continue  # this LyX is not here
    return found


@contextmanager
def _opened(path: str, mode: int) -> Iterator[int]:
    """Open a pipe without waiting for the other end; LibraryError when there is none."""
    if sys.platform == "win32":
        raise LibraryError("Pushing to LyX works where it listens at a named pipe of the file system, not on Windows.")
    try:
        handle = os.open(path, mode | os.O_NONBLOCK)
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise NotReadyError(
                f"LyX does not run: nobody reads the pipe {path}, which an earlier LyX left."
            ) from error
        if error.errno == errno.ENOENT:
            raise NotReadyError(f"No running LyX listens at {path}.") from error
        raise LibraryError(f"The pipe {path} of LyX cannot be opened: {error.strerror}.") from error
    try:
        if not stat.S_ISFIFO(os.fstat(handle).st_mode):
            raise LibraryError(f"{path} is no pipe; nothing was written to it.")
        yield handle
    finally:
        os.close(handle)


def _answers(path: str, pipes: ExitStack) -> int | None:
    """Open the pipe of the answers; without it LyX does its work all the same."""
    try:
        return pipes.enter_context(_opened(path, os.O_RDONLY))
    except LibraryError:
        return None


def _empty(back: int | None) -> None:
    """Take out what LyX answered to others who did not read it."""
    while back is not None and _some(back):
        pass


def _write(there: int, data: bytes, deadline: float) -> None:
    """Write all of a line, as fast as LyX takes it."""
    while data:
        if not select.select([], [there], [], max(0, deadline - time.monotonic()))[1]:
            raise LibraryError("LyX does not take anything now: look whether one of its windows asks something.")
        try:
            data = data[os.write(there, data) :]
        except BlockingIOError:
            time.sleep(0.01)  # room for less than what is written at once
        except BrokenPipeError as error:
            raise LibraryError("LyX went away.") from error


def _wait(back: int | None, client: str, deadline: float) -> bool:
    heard = b""
    while back is not None and time.monotonic() < deadline:
        if not select.select([back], [], [], max(0, deadline - time.monotonic()))[0]:
            break
        new = _some(back)
        if not new:
            time.sleep(0.01)  # nobody has the other end open yet
        heard += new
        for line in heard.decode("utf-8", "replace").splitlines():
            answer = lyx_reply(client, line)
            if answer is not None and not answer[0]:
                raise LibraryError(f"LyX refused: {answer[1]}.")
            if answer is not None:
                return True
    return False


def _some(back: int) -> bytes:
    try:
        return os.read(back, 65_536)
    except BlockingIOError:
        return b""
