"""What is said to each editor, as whole arguments or lines that hold the quoted citation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.editors.quoting import lisp_string, vim_string
from db.domain.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Sequence

KILE_SERVICES = ("org.kde.kile", "net.sourceforge.kile")
"""The names that Kile has on the bus: from 2.9.94 on, and before."""
TEXSTUDIO_SEAM = "#!#"
"""What TeXstudio puts between the arguments that it passes on to the running one, without escaping any."""
VIM_FILE = '"file " . expand("%:p")'
"""Asks Vim and Neovim which file they show; gives `file PATH`."""

_EMACS = """
(let ((frame (selected-frame)))
  (dolist (one (frame-list))
    (when (equal (terminal-name (frame-terminal frame)) "initial_terminal") (setq frame one)))
  (if (equal (terminal-name (frame-terminal frame)) "initial_terminal")
      "hidden"
    (let ((window (frame-selected-window frame)))
      (when (minibufferp (window-buffer window))
        (setq window (or (minibuffer-selected-window) window)))
      (with-selected-window window
        (if buffer-read-only
            (concat "locked " (buffer-name))
          (undo-boundary)
          (insert TEXT)
          (undo-boundary)
          (concat "ok " (buffer-name)))))))
"""
# In Normal mode the text goes behind the character under the cursor, as `p` puts it, in Insert mode before it.
_VIM = r"""
!&modifiable ? "locked " . expand("%:t")
: mode(1) !~# "^\\(n$\\|ni\\|[iR]\\)" ? "mode " . mode(1)
: call({at, text -> [
    setline(".", strpart(getline("."), 0, at) . text . strpart(getline("."), at)),
    cursor(line("."), at + strlen(text) + (mode() ==# "n" ? 0 : 1)),
    execute("redraw"),
    "ok " . expand("%:t")][-1]},
  [mode() ==# "n" ? max([matchend(getline("."), ".", col(".") - 1), 0]) : col(".") - 1, TEXT])
"""


def emacs_expression(text: str) -> str:
    """Return Lisp that inserts at point in the window in use.

    It gives `ok BUFFER`, `locked BUFFER` for a read-only one, or `hidden` for a daemon without a window.
    """
    return _joined(_EMACS).replace("TEXT", lisp_string(text))


def vim_expression(text: str) -> str:
    """Return an expression of Vim and Neovim that inserts at the cursor, without typing a key.

    It gives `ok FILE`, `locked FILE` for a buffer that cannot be changed, or `mode M` when no text is being edited.
    """
    return _joined(_VIM).replace("TEXT", vim_string(text))


def _joined(lines: str) -> str:
    return re.sub(r"\s*\n\s*", " ", lines).strip()


def texstudio_arguments(text: str) -> list[str]:
    """Return the arguments that insert a LaTeX citation; LibraryError for a text that TeXstudio would cut up."""
    if not text.startswith("\\"):
        raise LibraryError("TeXstudio takes LaTeX only: choose a LaTeX command in Edit > Preferences or Edit > Cite.")
    if TEXSTUDIO_SEAM in text:
        raise LibraryError(f"TeXstudio cannot take a citation that holds {TEXSTUDIO_SEAM}.")
    return ["--insert-cite", text]


def vscode_arguments() -> list[str]:
    """Return the argument that brings the window in use to the front; there is none that inserts."""
    return ["--reuse-window"]


def kile_call(service: str, text: str) -> list[str]:
    """Return the arguments of dbus-send that let Kile, known by one of its names, insert a text at the cursor."""
    return [
        "--session",
        "--print-reply",
        "--reply-timeout=3000",
        f"--dest={service}",
        "/main",
        f"{service}.main.insertText",
        f"string:{text}",  # all that follows the colon is the string
    ]


def lyx_line(client: str, keys: Sequence[str], prenote: str) -> str:
    """Return the line that makes LyX insert a citation; LibraryError when a key or the note would be another command.

    LyX takes the keys and a note before them; command and style are those of its document.
    """
    argument = f"{','.join(keys)}|{prenote}" if prenote else ",".join(keys)
    if any("|" in part or "," in part for part in keys) or "|" in prenote or "\n" in argument:
        raise LibraryError("LyX cannot take a citation whose keys hold a comma, or whose keys or note hold “|”.")
    return f"LYXCMD:{client}:citation-insert:{argument}\n"


def lyx_reply(client: str, line: str) -> tuple[bool, str] | None:
    """Return whether LyX did it and what it said, or None for a line that answers somebody else."""
    found = re.fullmatch(rf"(INFO|ERROR):{re.escape(client)}:citation-insert:(.*)", line.rstrip("\n"))
    return (found[1] == "INFO", found[2]) if found else None
