"""The editors, and what a person sets for one of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of editor.

    `programs` are the names that its program may have, the usual one first; without any, nothing is to be set.
    `server` says what tells one running editor from another, empty when there is nothing to set;
    `unset` what holds while the person has set nothing for it.
    `hint` says how the editor is made ready, in words for the person.
    """

    name: str
    title: str
    programs: tuple[str, ...]
    server: str
    unset: str
    hint: str


@dataclass(frozen=True, slots=True)
class Editor:
    """The editor that the person writes in: its kind, its program if it is not on PATH, and which running one."""

    kind: str
    program: str = ""
    server: str = ""


KINDS = (
    Kind(
        "texstudio",
        "TeXstudio",
        ("texstudio",),
        "",
        "",
        "Nothing is to be set up; TeXstudio is started when it is not running. It takes LaTeX citations only.",
    ),
    Kind(
        "vscode",
        "VS Code",
        ("code", "codium", "vscodium", "code-oss"),
        "",
        "",
        "VS Code lets no other program type into it. The citation goes to the clipboard and VS Code comes to the "
        "front: paste it there with Ctrl+V.",
    ),
    Kind(
        "emacs",
        "Emacs",
        ("emacsclient",),
        "Server name",
        "server",
        "Emacs must run a server: type M-x server-start in it, put (server-start) into your init file, or start it "
        "as “emacs --daemon”.",
    ),
    Kind(
        "vim",
        "Vim",
        ("vim",),
        "Server name",
        "found by itself",
        "Vim must be built with +clientserver (“vim --version” tells) and run on an X display as a server: start it "
        "as “vim --servername PAPER”, or as gvim.",
    ),
    Kind(
        "neovim",
        "Neovim",
        ("nvim",),
        "Socket",
        "found by itself",
        "A running Neovim, 0.7 or newer, is found by itself. If you start yours with “--listen”, give that socket.",
    ),
    Kind("kile", "Kile", (), "", "", "Kile must be running, with a document open."),
    Kind(
        "lyx",
        "LyX",
        (),
        "Pipe",
        "found by itself",
        "LyX must listen at a pipe: in LyX set Tools > Preferences > Paths > LyXServer pipe, for example to "
        "~/.lyx/lyxpipe, and start LyX anew. Sheaf finds the path that LyX has set.",
    ),
)
"""Adding an editor adds a line here, a message, and a way in the services."""
BY_NAME = {kind.name: kind for kind in KINDS}
