r"""LaTeX with all that is not read blanked out, so that every place keeps its offset and its line."""

from __future__ import annotations

import re

COMMENT = "\0"
"""Stands for each character of a comment: TeX joins what stands before it with the next line."""

_VERBATIM = (
    "verbatim Verbatim BVerbatim LVerbatim SaveVerbatim lstlisting minted comment filecontents tcblisting "
    "verbatimtab spverbatim Highlighting luacode pycode"
).split()
_WANTED = re.compile(
    rf"\\begin[ \t]*\{{(?P<environment>(?:{'|'.join(_VERBATIM)})\*?)\}}"
    r"|\\(?P<verb>verb|lstinline|Verb)\*?(?:\[[^\]\n]{0,500}\])?(?=[^A-Za-z\s*{\[])"
    r"|\\(?P<mint>mintinline)(?:\[[^\]\n]{0,500}\])?\{[^{}\n]{0,100}\}(?=[^\s{])"
    r"|\\(?:url|href|path|nolinkurl)[ \t]*(?P<address>\{[^{}\n]*\})"
    r"|(?P<false>\\iffalse(?![A-Za-z@]))"
    r"|(?P<end>\\endinput(?![A-Za-z@])|\\end[ \t]*\{document\})"
    r"|(?P<comment>%[^\n]*)"
    r"|\\.",
    re.S,
)
_BRANCH = re.compile(r"%[^\n]*|\\(fi|else|if[A-Za-z@]*)(?![A-Za-z@])([ \t]*\{)?|\\.", re.S)
_NOT_NEWLINE = re.compile(r"[^\n]")
LONGEST_VERB = 2_000


def clean(text: str) -> str:
    r"""Return the text without comments, verbatim, addresses and \iffalse; everything left stands where it stood."""
    kept: list[str] = []
    copied = at = 0
    branches = _Branches(text)
    while match := _WANTED.search(text, at):
        start, end = _blank(text, match, branches)
        if end > start:
            kept += (text[copied:start], _blanked(text[start:end], COMMENT if match["comment"] else " "))
            copied = end
        at = max(end, match.end())
    kept.append(text[copied:])
    return "".join(kept)


def _blanked(text: str, fill: str) -> str:
    return _NOT_NEWLINE.sub(fill, text)


def _blank(text: str, match: re.Match[str], branches: _Branches) -> tuple[int, int]:
    """Return from where to where the text is not read; equal when it is."""
    kind, start = match.lastgroup, match.start()
    if kind == "environment":
        closing = f"\\end{{{match['environment']}}}"
        found = text.find(closing, match.end())
        return start, len(text) if found < 0 else found + len(closing)
    if kind in ("verb", "mint"):
        return start, _verb_end(text, match.end())
    if kind == "false":
        return start, branches.end_of(start)
    if kind == "end":
        return start, len(text)
    return match.span(kind) if kind else (start, start)


def _verb_end(text: str, start: int) -> int:
    line_end = text.find("\n", start, start + LONGEST_VERB)
    found = text.find(text[start], start + 1, line_end if line_end >= 0 else start + LONGEST_VERB)
    return start if found < 0 else found + 1


class _Branches:
    r"""Where each \iffalse ends, found out in one pass when the first is met."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends: dict[int, int] | None = None

    def end_of(self, start: int) -> int:
        r"""Return the end of its \fi or \else; one without end is read, for a slip must not hide all that follows."""
        if self._ends is None:
            self._ends = self._find()
        return self._ends.get(start, start)

    def _find(self) -> dict[int, int]:
        ends: dict[int, int] = {}
        pending: list[int] = []
        for branch in _BRANCH.finditer(self._text):
            word = branch[1]
            if word in ("fi", "else"):
                if pending:
                    ends.setdefault(pending[-1], branch.end(1))
                if word == "fi" and pending:
                    pending.pop()
            elif word is not None and branch[2] is None:  # \ifthenelse{...} and its like end with their braces
                pending.append(branch.start())
        return ends
