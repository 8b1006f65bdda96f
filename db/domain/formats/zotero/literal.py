"""Plain text as Markdown that shows it as it was typed."""

from __future__ import annotations

import re

_SIGN = re.compile(
    # A link by itself: a stroke in it would be part of it.
    r"(?P<address>\b(?:https?://|www\.)(?:[\w/.?=%#:+@,-]|&(?!#?\w{1,40};)|~(?=[^\W_]))+)"
    r"|\\(?=[!-/:-@\[-`{-~]|$)"
    r"|`"
    r"|(?<!\s)\*|\*(?!\s)"
    r"|(?<![^\W_])_(?!\s)|(?<!\s)_(?![^\W_])"  # but in the middle of a word
    r"|(?<=\S)~|~(?![^\W_])"  # but before a number or word, where it closes nothing
    r"|\](?=[(\[:])"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w{1,40};)"
)
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_BEGIN = re.compile(
    r"#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|\[[ xX]\](?=\s|$)"  # heading, quotation, list, box to tick
    r"|(?:[-_*][ \t]*){3,}$|=+$|[|:-][|: -]*$"  # lines, and what makes a heading or a table of the text before
)
_NUMBER = re.compile(r"(\d{1,9})[.)](?=\s|$)")
_END = re.compile(r"(?<= )#+$")


def inline(text: str, *, linked: bool = False) -> str:
    """Return a piece of a line; `linked` is one that a link holds."""
    found = _SIGN.sub(lambda match: match[0] if match["address"] else f"\\{match[0]}", text)
    return _BRACKET.sub(r"\\\g<0>", found) if linked else found


def begun(line: str) -> str:
    """Return a line whose pieces are done; nothing at its beginning makes a heading or a list of it."""
    if number := _NUMBER.match(line):
        return f"{number[1]}\\{line[number.end(1) :]}"
    return f"\\{line}" if _BEGIN.match(line) else line


def headed(line: str) -> str:
    """Return the text of a heading, which signs at its end would be no part of."""
    return _END.sub(r"\\\g<0>", line)
