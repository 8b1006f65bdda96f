"""Lines put together to texts, and one-sentence summaries told from abstracts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_SUMMARY = 400
"""Characters that a summary of one sentence hardly ever has; a single sentence that is longer is an abstract."""
_SENTENCE = re.compile(r"(?P<word>[^\s.?!]*)[.?!][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")
_SHORT = frozenset(
    "i.e e.g cf vs al fig figs eq eqs sec no dr prof mr ms st resp approx etc dept inc jr vol ed g e".split()
)
_TRUNCATED = re.compile(r"(?:\.\.\.|…|\[(?:\.\.\.|…)\]|\[?read more\]?)\s*$", re.IGNORECASE)
_ELLIPSIS = 40
"""Characters at the end of a text in which an ellipsis is looked for."""
_SUSPENDED = re.compile(r"(?:and|or|to|und|et|vs\.?)\b")


def join(lines: Iterable[str]) -> str:
    """Return the lines as one text: one space between, none behind a hyphen and before a full stop or comma.

    Pages break lines at hyphens that are there, so a hyphen at the end of a line belongs to the word.
    """
    pieces: list[str] = []
    before = ""
    for line in filter(None, lines):
        if before and not _joins(before, line):
            pieces.append(" ")
        pieces.append(line)
        before = line
    return "".join(pieces)


def _joins(before: str, line: str) -> bool:
    """Say whether a line goes on without a space."""
    if line[0] in ",;:!?)]}":
        return True
    if line[0] == ".":
        return not line[1:2].isalnum() and line[:3] != "..."
    return before[-1] == "-" and before[-2:-1].isalnum() and line[0].isalnum() and not _SUSPENDED.match(line)


def is_summary(text: str) -> bool:
    """Say whether a text that stands in the place of an abstract is a generated summary of it.

    A generated summary is one sentence of at most 400 characters that ends in a full stop. Authors write more
    than one sentence, and a page that shortens their abstract ends it in an ellipsis.
    """
    if len(text) > LONGEST_SUMMARY or not text.endswith(".") or is_truncated(text):
        return False
    return sentences(text) == 1


def sentences(text: str) -> int:
    """Return the number of sentences; abbreviations and initials end none."""
    ends = (match["word"].lower().lstrip("(") for match in _SENTENCE.finditer(text))
    return 1 + sum(1 for word in ends if word not in _SHORT and len(word) > 1)


def is_truncated(text: str) -> bool:
    """Say whether a text ends in an ellipsis: something cut it off."""
    return _TRUNCATED.search(text, max(0, len(text) - _ELLIPSIS)) is not None
