"""Case protection: words whose capitals carry meaning stand in braces, so that no style lowers them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = re.compile(r"[^\W_]+(?:\.\d+)?")
_ACRONYM = re.compile(r"[A-Z]\d+(?:\.\d+)?$")
_PLURAL = re.compile(r"(.*[A-Z0-9]{2,}|.*[A-Z][a-z]*[A-Z]+)(s)$")


def protected(text: str, encode: Callable[[str], str], *, starts: bool = True) -> str:
    """Return the encoded text, with the words that need it in braces.

    The rule of the ACL: inner capitals, acronyms and single letters but A; never the whole title, and not a
    first letter, for styles leave that alone. `starts` says that the text begins the title.
    """
    out: list[str] = []
    plain = 0
    for match in _WORD.finditer(text):
        kept, rest = _split(match.group(0), text, match.start(), starts)
        if kept:
            word = encode(kept)
            # An empty group tells it from a group in a group, which is one of the text itself.
            opening = "{{}" if word[0] == "{" else "{"
            out += (encode(text[plain : match.start()]), opening, word, "}", rest)
            plain = match.end()
    out.append(encode(text[plain:]))
    return "".join(out)


def _split(word: str, text: str, at: int, starts: bool) -> tuple[str, str]:
    """Return the part of a word to protect (empty: none) and what is left of it."""
    tail = word[1:]
    if not tail:
        first = starts and at == 0
        lone = not first and word.isupper() and word != "A" and text[at - 1 : at] not in ("'", "’")
        return (word if lone else "", "")
    if tail == tail.lower() and not _ACRONYM.match(word):
        return "", ""
    plural = _PLURAL.match(word)
    return (plural.group(1), "s") if plural else (word, "")
