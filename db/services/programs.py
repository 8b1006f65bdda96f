"""Running other programs: found by name or path, never through a shell, never waited for without end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from db.domain.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_SAID = 20_000
_NO_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows, a program for the console would open one for a moment when a window starts it."""
_left: list[subprocess.Popen[bytes]] = []  # programs that were left running, to be reaped when they have ended


MORE_PLACES: dict[str, tuple[str, ...]] = {
    "darwin": (
        "/opt/homebrew/bin", "/usr/local/bin", "/opt/local/bin",
        "/Applications/texstudio.app/Contents/MacOS", "/Applications/Emacs.app/Contents/MacOS/bin",
        "/Applications/Visual Studio Code.app/Contents/Resources/app/bin",
    ),
    "win32": (r"C:\Program Files\texstudio", r"C:\Program Files (x86)\texstudio"),
}  # fmt: skip
"""Where editors lie by system, off the search path: what the Finder starts gets none of a terminal's."""
_OF_A_SHELL = frozenset('&|<>^%!"\r\n')


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended (None: it still runs, or was stopped after its time) and what it printed."""

    status: int | None
    said: str
    complained: str


class NotReadyError(LibraryError):
    """The program is there, but no editor answers it: the person may have to turn something on."""


def with_home(path: str) -> str:
    """Return what the person typed with `~/` at its beginning written out."""
    return str(Path(path).expanduser()) if path.startswith("~/") else path


def find(named: str, usual: Sequence[str], title: str) -> str:
    """Return the path of a program: the one the person named, else the first of the usual ones; else LibraryError."""
    for name in (named,) if named else usual:
        found = shutil.which(with_home(name), path=_search_path())
        if found:
            return found
    if named:
        raise LibraryError(f"There is no program {named}. Choose the one of {title} in Edit > Preferences.")
    names = " or ".join(usual)
    raise LibraryError(f"There is no program {names} on the search path. Choose that of {title} in Edit > Preferences.")


def _search_path() -> str:
    return os.pathsep.join([os.environ.get("PATH", os.defpath), *MORE_PLACES.get(sys.platform, ())])


def refuse_script(command: Sequence[str]) -> None:
    """Refuse what Windows would give to its shell, which takes some of it for commands. Raises LibraryError."""
    if command[0].lower().endswith((".bat", ".cmd")) and not _OF_A_SHELL.isdisjoint("".join(command[1:])):
        raise LibraryError(f"{command[0]} is a script, which must not be given this text. Choose the program itself.")


def run(
    command: Sequence[str], seconds: float, *, leave: bool = False, environment: Mapping[str, str] | None = None
) -> Ran:
    """Run a program for so many seconds at most; then stop it, or with `leave` let it run on by itself.

    Raises LibraryError when it cannot be started.
    """
    refuse_script(command)
    _left[:] = [one for one in _left if one.poll() is None]
    # Files instead of pipes: a program that runs on must not lose them when Sheaf ends.
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        try:
            process = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=complained,
                env=environment,
                start_new_session=True,  # Ctrl+C in the terminal of Sheaf is not meant for it
                creationflags=_NO_CONSOLE,
            )
        except OSError as error:
            raise LibraryError(f"{command[0]} could not be started: {error.strerror}.") from error
        status = _wait(process, seconds, leave=leave)
        return Ran(status, _read(said), _read(complained))


def _wait(process: subprocess.Popen[bytes], seconds: float, *, leave: bool) -> int | None:
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        if leave:
            _left.append(process)
        else:
            _stop(process)
        return None


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a program that took too long, and what it started itself."""
    if sys.platform != "win32":
        os.killpg(process.pid, signal.SIGKILL)  # it leads a group of its own
    else:
        process.kill()
    process.wait()


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read(MOST_SAID).decode("utf-8", "replace")
