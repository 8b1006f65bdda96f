"""Pushing a citation into the text that the person is writing: one way for each kind of editor."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.domain.documents import CitedKeys
from db.domain.editors import (
    BY_NAME,
    KILE_SERVICES,
    KINDS,
    Editor,
    Kind,
    emacs_expression,
    kile_call,
    one_line,
    texstudio_arguments,
    vscode_arguments,
)
from db.domain.errors import LibraryError
from db.services import lyxpipe, vimservers
from db.services.programs import NotReadyError, Ran, find, run, with_home
from db.services.vimservers import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["BY_NAME", "KINDS", "CitedKeys", "Editor", "Kind", "Outcome", "Server", "found", "push", "push_text"]

INSERTED, SENT, SHOWN, STARTED, CHOOSE = "inserted", "sent", "shown", "started", "choose"
PATIENCE = 5.0
START = 3.0
"""Seconds after which an editor that was not running counts as started."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a push.

    `state` is inserted (the editor said so), sent (it took it without a word), shown (it is in front, for the person
    to paste), started (it was not running), or choose (several run: push again with the `server` of one of `servers`).
    `place` is the file or buffer; `left_out` is what this kind of editor cannot take.
    """

    state: str
    place: str = ""
    servers: tuple[Server, ...] = ()
    left_out: str = ""


def push(cited: CitedKeys, editor: Editor) -> Outcome:
    """Let an editor insert a citation; takes up to some seconds, so call it off the UI thread.

    Raises LibraryError, first line what failed, then how it can work, when the editor is not there or refused.
    """
    kind = BY_NAME.get(editor.kind)
    if kind is None:
        raise LibraryError("No editor is chosen yet: choose yours in Edit > Preferences.")
    with _explained(kind):
        one_line(cited.text)
        return _WAYS[kind.name](cited, editor)


def push_text(text: str, editor: Editor) -> Outcome:
    """Let TeXstudio insert a citation that is written already, as `push` does; `editor` says where TeXstudio is."""
    with _explained(BY_NAME["texstudio"]):
        return _to_texstudio(text, editor)


@contextmanager
def _explained(kind: Kind) -> Iterator[None]:
    try:
        yield
    except LibraryError as error:
        hint = f"\n\n{kind.hint}" if isinstance(error, NotReadyError) else ""
        said = f"The citation was not pushed to {kind.title}\n{error.message}{hint}"
        raise LibraryError(said, details=error.details) from error


def found(editor: Editor) -> str:
    """Return the path of the editor's program, empty when it has none to be set; LibraryError when it is not here."""
    kind = BY_NAME[editor.kind]
    return find(editor.program, kind.programs, kind.title) if kind.programs else ""


def _texstudio(cited: CitedKeys, editor: Editor) -> Outcome:
    return _to_texstudio(cited.text, editor)


def _to_texstudio(text: str, editor: Editor) -> Outcome:
    arguments = texstudio_arguments(text)
    ran = run([found(editor), *arguments], START, leave=True)
    return Outcome(STARTED if _ran_on(ran) else SENT)


def _vscode(_cited: CitedKeys, editor: Editor) -> Outcome:
    _ran_on(run([found(editor), *vscode_arguments()], START, leave=True))
    return Outcome(SHOWN)


def _ran_on(ran: Ran) -> bool:
    """Tell whether a program was started rather than passing on a message; LibraryError when it failed."""
    if ran.status:
        raise LibraryError(f"It ended with status {ran.status}.", details=ran.complained.strip())
    return ran.status is None


def _emacs(cited: CitedKeys, editor: Editor) -> Outcome:
    server = [f"--socket-name={with_home(editor.server)}"] if editor.server else []
    # Else emacsclient would start that program when no Emacs runs.
    environment = {name: value for name, value in os.environ.items() if name != "ALTERNATE_EDITOR"}
    command = [found(editor), *server, "--eval", emacs_expression(cited.text)]
    ran = run(command, PATIENCE, environment=environment)
    word, _, rest = _unquoted(ran.said.strip()).partition(" ")
    if word == "ok":
        return Outcome(INSERTED, rest)
    if word == "locked":
        raise LibraryError(f"Its buffer {rest} is read-only.")
    if word == "hidden":
        raise NotReadyError("Emacs runs without a window: open your document with “emacsclient -c”.")
    if ran.status is None:
        raise LibraryError("Emacs did not answer: it is busy, or waits for a key.")
    if "socket" in ran.complained:
        called = f" to the name {editor.server}" if editor.server else ""
        raise NotReadyError(f"No Emacs server answers{called}.", details=ran.complained.strip())
    raise LibraryError("Emacs refused.", details=ran.complained.strip() or ran.said.strip())


def _unquoted(text: str) -> str:
    """Return what a Lisp string says, as emacsclient prints it."""
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text.startswith('"') else text


def _vim(cited: CitedKeys, editor: Editor) -> Outcome:
    return _with_server(cited, editor, vimservers.vims, vimservers.insert_vim)


def _neovim(cited: CitedKeys, editor: Editor) -> Outcome:
    return _with_server(cited, editor, vimservers.neovims, vimservers.insert_neovim)


def _with_server(
    cited: CitedKeys,
    editor: Editor,
    running: Callable[[str], list[Server]],
    insert: Callable[[str, str, str], str],
) -> Outcome:
    program = found(editor)
    if editor.server:
        return Outcome(INSERTED, insert(program, with_home(editor.server), cited.text))
    servers = running(program)
    if not servers:
        raise NotReadyError("None is running that listens.")
    if len(servers) > 1:
        return Outcome(CHOOSE, servers=tuple(servers))
    return _with_server(cited, replace(editor, server=servers[0].address), running, insert)


def _kile(cited: CitedKeys, _editor: Editor) -> Outcome:
    program = find("", ("dbus-send",), "D-Bus")
    for service in KILE_SERVICES:
        ran = run([program, *kile_call(service, cited.text)], PATIENCE)
        if ran.status == 0:
            return Outcome(SENT)
        if "ServiceUnknown" not in ran.complained:
            raise LibraryError("Kile did not answer over D-Bus.", details=ran.complained.strip())
    raise NotReadyError("Kile is not running.")


def _lyx(cited: CitedKeys, editor: Editor) -> Outcome:
    style = cited.style
    said = lyxpipe.cite(editor.server, cited.keys, style.prenote)
    return Outcome(INSERTED if said else SENT, left_out=style.postnote)


_WAYS: dict[str, Callable[[CitedKeys, Editor], Outcome]] = {
    "texstudio": _texstudio,
    "vscode": _vscode,
    "emacs": _emacs,
    "vim": _vim,
    "neovim": _neovim,
    "kile": _kile,
    "lyx": _lyx,
}
