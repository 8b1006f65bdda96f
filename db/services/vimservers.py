"""Running Vims and Neovims: which there are, what they show, and letting one insert a text."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db.domain.editors import VIM_FILE, vim_expression
from db.domain.errors import LibraryError
from db.services.programs import NotReadyError, Ran, run

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 5.0
GLANCE = 1.0
"""Seconds for asking one of several what it shows."""
_REFUSED = {
    "locked": "The text that it shows cannot be changed.",
    "mode": "It is not editing text: leave its command line, its selection or its question with Esc.",
}

_NOBODY = ("No registered server", "connection refused", "Failed to connect", "no such file")


@dataclass(frozen=True, slots=True)
class Server:
    """A running editor: how it is reached, and the file that it shows."""

    address: str
    title: str


def vims(program: str) -> list[Server]:
    """Return the running Vims that listen; LibraryError when this Vim cannot ask them."""
    ran = run([program, "--serverlist"], PATIENCE)
    _check_built(program, ran)
    names = [name for name in ran.said.splitlines() if name]
    return [_named(name, _vim(program, name)) for name in names] if len(names) > 1 else [Server(n, "") for n in names]


def neovims(program: str) -> list[Server]:
    """Return the running Neovims of this user."""
    alive = [str(path) for path in dict.fromkeys(_sockets()) if _listens(path)]
    return [_named(one, _neovim(program, one)) for one in alive] if len(alive) > 1 else [Server(n, "") for n in alive]


def _named(address: str, command: list[str]) -> Server:
    word, _, file = _answer(run([*command, VIM_FILE], GLANCE)).partition(" ")
    return Server(address, file if word == "file" else "")


def _vim(program: str, name: str) -> list[str]:
    return [program, "--servername", name, "--remote-expr"]


def _neovim(program: str, address: str) -> list[str]:
    return [program, "--headless", "--server", address, "--remote-expr"]


def _sockets() -> Iterator[Path]:
    """Yield the sockets that Neovim makes by itself: since 0.8 in the runtime folder, before in a temporary one."""
    for name in ("NVIM", "NVIM_LISTEN_ADDRESS"):
        if os.environ.get(name):
            yield Path(os.environ[name])
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime:
        yield from sorted(Path(runtime).glob("nvim.*.0"))
    for pattern in ("nvim.*/*/nvim.*.0", "nvim*/0"):
        yield from sorted(Path(tempfile.gettempdir()).glob(pattern))


def _listens(path: Path) -> bool:
    """Tell whether this user's program listens there; a socket outlives a Neovim that was killed."""
    if sys.platform == "win32":  # there they listen at named pipes
        return False
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
        if path.stat().st_uid == os.getuid():
            probe.settimeout(GLANCE)
            probe.connect(str(path))
            return True
    return False


def insert_vim(program: str, name: str, text: str) -> str:
    """Let the Vim of this name insert a text; return the name of its file."""
    return _inserted(program, run([*_vim(program, name), vim_expression(text)], PATIENCE))


def insert_neovim(program: str, address: str, text: str) -> str:
    """Let the Neovim at this socket insert a text; return the name of its file."""
    return _inserted(program, run([*_neovim(program, address), vim_expression(text)], PATIENCE))


def _inserted(program: str, ran: Ran) -> str:
    word, _, rest = _answer(ran).partition(" ")
    if word == "ok":  # the status says nothing: Vim ends well after it failed too
        return rest
    if word in _REFUSED:
        raise LibraryError(_REFUSED[word])
    if ran.status is None:
        raise LibraryError("It did not answer. Look whether it waits for a key; then it may still insert the citation.")
    _check_built(program, ran)
    if any(sign in ran.complained for sign in _NOBODY):
        raise NotReadyError("None of this name is running.", details=ran.complained.strip())
    raise LibraryError("It did not take the citation.", details=ran.complained.strip())


def _answer(ran: Ran) -> str:
    return (ran.said or ran.complained).strip()  # a Neovim without a screen prints to the channel of errors


def _check_built(program: str, ran: Ran) -> None:
    if "Unknown option argument" in ran.complained:
        raise LibraryError(
            f"{program} is built without +clientserver, so it cannot reach another Vim. Install one that has it "
            "(on Debian the package vim-gtk3), or choose another program in Edit > Preferences.",
            details=ran.complained.strip(),
        )
    if "No display" in ran.complained:
        raise NotReadyError("Vim reaches another Vim over an X display, and Sheaf runs without one.")
