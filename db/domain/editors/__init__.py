"""Editors that a citation can be pushed to: what they are called, and messages in their own languages.

A citation holds whatever the person typed. So each message is made by one function here that quotes for its language:
nothing in a key or a note can become a command of Lisp, Vim script, D-Bus or LyX.
"""

from db.domain.editors.kinds import BY_NAME, KINDS, Editor, Kind
from db.domain.editors.messages import (
    KILE_SERVICES,
    VIM_FILE,
    emacs_expression,
    kile_call,
    lyx_line,
    lyx_reply,
    texstudio_arguments,
    vim_expression,
    vscode_arguments,
)
from db.domain.editors.quoting import lisp_string, one_line, vim_string

__all__ = [
    "BY_NAME",
    "KILE_SERVICES",
    "KINDS",
    "VIM_FILE",
    "Editor",
    "Kind",
    "emacs_expression",
    "kile_call",
    "lisp_string",
    "lyx_line",
    "lyx_reply",
    "one_line",
    "texstudio_arguments",
    "vim_expression",
    "vim_string",
    "vscode_arguments",
]
