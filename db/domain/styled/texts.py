"""A paper's texts as people read them: LaTeX as Unicode, maths in letters."""

from __future__ import annotations

import re

from db.domain import latex

_DRESS = re.compile(r"\\(?:emph|text(?:it|bf|tt|sc|rm|sf|sl|up|md|normal)?|mbox|uppercase|underline)\s*(?=\{)")
# Two hyphens before a word alone are an option of a program: "--verbose".
_DASHES = re.compile(r"(?<=\S)(?<!-)-{2,3}(?=[^\s-])|(?<=\s)-{2,3}(?=\s)")
_LONE_TILDE = re.compile(r"(?<!\S)~|~(?!\S)")
_TILDE = "\U000f00ff"
_MATHS = re.compile(r"\$(?=[^\s$])([^$\n]{1,300}?)(?<=[^\s\\$])\$(?!\d)")
_COMMAND = re.compile(r"\\(?:input|include|write|def|let|csname|catcode|usepackage)")
_SCRIPT = re.compile(r"([_^])(?:\{([^{}]*)\}|(\S))")
_UNDER = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_OVER = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")


def shown(text: str) -> str:
    """Return a text with its LaTeX as Unicode; what stands for no character stays as it is."""
    if "\\" in text:
        text = _DRESS.sub("", text)
    if "$" in text:
        text = _MATHS.sub(lambda match: _maths(match[1]) or match[0], text)
    if "--" in text:
        text = _DASHES.sub(lambda match: "–" if len(match[0]) == 2 else "—", text)
    # A tilde that ties nothing is one: "a ~10x speed-up".
    return latex.decode(_LONE_TILDE.sub(_TILDE, text)).replace(_TILDE, "~")


def _maths(body: str) -> str:
    """Return maths in letters, empty where that cannot be done."""
    if _COMMAND.search(body):
        return ""
    body = _SCRIPT.sub(_script, body)
    if "\\" in body:
        from pylatexenc.latex2text import LatexNodes2Text
        from pylatexenc.latexwalker import LatexWalkerError

        try:
            body = LatexNodes2Text(math_mode="text", keep_braced_groups=False).latex_to_text(body)
        except (LatexWalkerError, RecursionError, IndexError, ValueError):
            return ""
    body = re.sub(r"(?<!\\)[{}]", "", " ".join(body.split()))
    return "" if "\\" in body or "$" in body else body


def _script(match: re.Match[str]) -> str:
    inner = match[2] if match[2] is not None else match[3]
    table = _UNDER if match[1] == "_" else _OVER
    there = all(ord(character) in table for character in inner)
    return inner.translate(table) if inner and there else match[0]
