"""Maths that plain pdflatex can set: the only maths that is let through."""

from __future__ import annotations

import re

from db.domain.latex.tables import MATH_ARGUMENT, MATH_SYMBOLS

# The span rule of Pandoc: no space inside the dollars, no digit behind, so that "$5 and $6" is money.
_SPAN = re.compile(r"\$(?=[^\s$])((?:[^$\\]|\\[^\n])*?(?<=[^\s\\$]))\$(?!\d)")
_PIECE = re.compile(r"\\[A-Za-z]+|\\.|[{}^_]|\s+|.", re.S)
_PUNCTUATION = frozenset(r"\, \; \: \! \% \_ \& \# \{ \} \| \ ".split()) | {"\\ "}
_PLAIN = frozenset("+-*/=<>()[]|.,:;!?'")
_MAX_PIECES = 400


def maths_at(text: str, at: int) -> str | None:
    """Return the maths that starts with the dollar at this place, dollars included, when it is safe to keep."""
    match = _SPAN.match(text, at)
    if not match or not printable(match.group(1)):
        return None
    return match.group(0)


def printable(body: str) -> bool:
    """Say whether plain LaTeX sets this without an error: known commands, braces and scripts in order."""
    pieces = [piece for piece in _PIECE.findall(body) if not piece.isspace()]
    if not body.isascii() or len(pieces) > _MAX_PIECES or body.count("{") != body.count("}"):
        return False  # BibTeX counts escaped braces as well
    if re.search(r"\\[{}]", body) and not re.fullmatch(r"(?:[^\\]|\\[^{}]|\\\{(?:[^\\]|\\[^{}])*\\\})*", body):
        return False
    try:
        return _Grammar(pieces).list(0, "") == len(pieces)
    except (_WrongError, RecursionError):
        return False


class _WrongError(Exception):
    """The maths is not of the kind that is kept."""


class _Grammar:
    """A list of atoms, each with at most one script of either kind."""

    def __init__(self, pieces: list[str]) -> None:
        self.pieces = pieces

    def peek(self, at: int) -> str:
        return self.pieces[at] if at < len(self.pieces) else ""

    def list(self, at: int, end: str) -> int:
        while self.peek(at) != end:
            if self.peek(at) not in ("^", "_"):
                at = self.atom(at)
            at = self.scripts(at)
        return at

    def scripts(self, at: int) -> int:
        seen: set[str] = set()
        while (mark := self.peek(at)) in ("^", "_"):
            if mark in seen:
                raise _WrongError
            seen.add(mark)
            at = self.atom(at + 1, script=True)
        if "^" in seen and self.peek(at) == "'":
            raise _WrongError  # a prime is a superscript too
        return at

    def atom(self, at: int, *, script: bool = False) -> int:
        piece = self.peek(at)
        if piece == "{":
            return self.list(at + 1, "}") + 1
        if piece.startswith("\\"):
            return self.command(at, piece, script)
        if piece == "'":
            if script or self.peek(at + 1) == "^":
                raise _WrongError
            return at + 1
        if not piece or not (piece.isalnum() or piece in _PLAIN):
            raise _WrongError
        return at + 1

    def command(self, at: int, piece: str, script: bool) -> int:
        name = piece[1:]
        if name == "frac" and not script:
            return self.group(self.group(at + 1))
        if name in MATH_ARGUMENT and not script:
            return self.group(at + 1)
        if name in MATH_SYMBOLS or piece in _PUNCTUATION:
            return at + 1
        raise _WrongError

    def group(self, at: int) -> int:
        if self.peek(at) != "{":
            raise _WrongError
        return self.list(at + 1, "}") + 1
