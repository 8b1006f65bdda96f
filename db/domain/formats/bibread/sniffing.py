"""How sure a text is a bibliography: entries at the beginning of lines, and how much else stands between them."""

from __future__ import annotations

import re

_ENTRY = re.compile(
    r"^[ \t]*@(?:[A-Za-z]\w*[ \t]*\{\s*[^\s{}()\"#%\\=,]*[ \t]*(?:,|\r?$|\})"
    r"|(?i:article|book|inproceedings|incollection|misc|techreport|phdthesis|online)[ \t]*\([^\s{}()\"=,]+,"
    r"|(?i:string|preamble|comment)[ \t]*[{(])",
    re.MULTILINE,
)
_MARKUP = re.compile(r"\s*(?:<|[\[{]\s*[\"{\[\]}])")
_JABREF = re.compile(r"\s*(?:%\s*Encoding:|This file was created with JabRef)", re.IGNORECASE)
SURE = 0.97


def confidence(head: str) -> float:
    """Return 0 without an entry, 0.97 for a text that is mostly entries, less for a page that quotes some."""
    text = head.lstrip("\ufeff \t\r\n\u200b")
    first = _ENTRY.search(text)
    if first is None:
        return 0.9 if _JABREF.match(text) else 0.0
    if _MARKUP.match(text):
        return 0.0
    inside, outside = _shares(text)
    if inside >= outside or _JABREF.match(text):
        return SURE
    return 0.6 if 3 * inside >= outside else 0.2


def _shares(text: str) -> tuple[int, int]:
    """Return how many lines stand in entries, and how many between them; comments count for neither."""
    inside = outside = depth = 0
    for line in text.splitlines():
        if not line or line.isspace():
            continue
        if depth <= 0 or line.lstrip()[:1] == "@":
            depth = 0
            if _ENTRY.match(line) is None:
                outside += not line.lstrip().startswith(("%", "}", ")"))
                continue
        inside += 1
        depth += line.count("{") - line.count("}")
    return inside, outside
