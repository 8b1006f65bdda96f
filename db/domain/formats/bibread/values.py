"""The value of a field: strings put together with `#`, names of `@string` replaced, LaTeX decoded where it is."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from db.domain import latex

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June",
    "jul": "July", "aug": "August", "sep": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip
"""The names that every BibTeX style defines."""
LONGEST_MACRO = 2_000
"""Characters that a `@string` may stand for: definitions that use each other would else grow without end."""
_MOST_ADDED = 20_000
_SHORT = 400
_BRACE = re.compile(r"(?<!\\)[{}]")
_QUOTE = re.compile(r"(?<!\\)[{}\"]")
_GAP = re.compile(r"\s*")
_WORD = re.compile(r"[^\s#{}\",]+")
_SPACES = re.compile(r"[ \t\r\n]+")
_SIMPLE = re.compile(r"\\[%&_#$]|\$(?:[^$\\]|\\.)*\$", re.DOTALL)
_SIGNS = re.compile(_SIMPLE.pattern + "|[{}]", re.DOTALL)
_FLAT = re.compile(r"[^\\${}~]*+(?:\{[^\\${}~]++\}[^\\${}~]*+)*+")
_WRAPPED = re.compile(
    r"\\(enquote|mkbib\w{4,12}|url|nolinkurl|path|href[ \t]*\{[^{}]*\})\*?[ \t]*\{((?:[^{}]|\{[^{}]*\})*)\}"
)
_NAMED = re.compile(r"\{\\text[a-z]+\}|\\text(?:asciitilde|underscore|backslash|less|greater)(?![a-z])")
_ESCAPED = re.compile(r"\\([%#&_~$^{}])(?:\{\})?")
_FIELD = re.compile(r"\s*([A-Za-z][\w\-+.:]*)\s*=\s*")


def content(value: str, macros: Mapping[str, str]) -> tuple[str, str]:
    """Return what a value holds, without its delimiters, and what stands behind it (a field after a lost comma)."""
    first, last = value[:1], value[-1:]
    if first == "{" and last == "}":
        inner = value[1:-1]
        if "}" not in inner or not ("#" in inner or "=" in inner) or _closing(value, 0) == len(value):
            return inner, ""
    elif value.isdecimal():
        return value, ""
    return _joined(value, macros)


def _joined(value: str, macros: Mapping[str, str]) -> tuple[str, str]:
    parts: list[str] = []
    at, added = _gap(value, 0), 0
    while True:
        piece, end = _piece(value, at, macros)
        if end == at:
            break
        added += len(piece) - (end - at)
        parts.append(piece if added < _MOST_ADDED else value[at:end])
        at = _gap(value, end)
        if value[at : at + 1] != "#":
            break
        at = _gap(value, at + 1)
    return "".join(parts), value[at:].strip()


def _gap(value: str, at: int) -> int:
    """Return the place behind white space."""
    found = _GAP.match(value, at)
    return found.end() if found else at


def _piece(value: str, at: int, macros: Mapping[str, str]) -> tuple[str, int]:
    """Return the string or name that stands at a place, and the place behind it."""
    if value[at : at + 1] == "{":
        end = _closing(value, at)
        return value[at + 1 : end - 1], end
    if value[at : at + 1] == '"':
        end = _quote(value, at)
        return value[at + 1 : end - 1], end
    word = _WORD.match(value, at)
    if word is None:
        return "", at
    name = word[0].lower()
    return macros.get(name) or MONTHS.get(name, word[0]), word.end()


def _closing(value: str, at: int) -> int:
    """Return the place behind the brace that closes the one at a place; the end when there is none."""
    level = 0
    for match in _BRACE.finditer(value, at):
        level += 1 if match[0] == "{" else -1
        if level == 0:
            return match.end()
    return len(value)


def _quote(value: str, at: int) -> int:
    level = 0
    for match in _QUOTE.finditer(value, at + 1):
        if match[0] != '"':
            level += 1 if match[0] == "{" else -1
        elif level <= 0:
            return match.end()
    return len(value)


def next_field(text: str) -> tuple[str, str] | None:
    """Return name (in small letters) and value of a field whose comma before it is lost, None when it is none."""
    match = _FIELD.match(text)
    return (match[1].lower(), text[match.end() :]) if match else None


def one_line(text: str) -> str:
    """Return a text with single spaces, as BibTeX sees it."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        text = _SPACES.sub(" ", text)
    return text.strip(" ")


def decoded(text: str) -> str:
    """Return the text that LaTeX stands for; most values hold none, and short ones come again and again."""
    # Five looks at the text are ten times as fast as one regular expression.
    if not ("\\" in text or "{" in text or "$" in text or "~" in text or "}" in text):
        return text
    if "\\" in text:
        text = _WRAPPED.sub(_bare, text)
    return _decoded(text) if len(text) < _SHORT else _read(text)


def _read(text: str) -> str:
    """Decode; what holds only escaped signs, maths and single groups, as most texts do, needs no parser."""
    if _FLAT.fullmatch(_SIMPLE.sub("", text)):
        return unicodedata.normalize("NFC", _SIGNS.sub(_unescaped, text))
    return latex.decode(text)


def _bare(match: re.Match[str]) -> str:
    """Return what stands in a command that only quotes, links or emphasises it."""
    return f"“{match[2]}”" if match[1] in ("enquote", "mkbibquote") else match[2]


def _unescaped(match: re.Match[str]) -> str:
    sign = match[0]
    return sign if sign[0] == "$" else sign[1:]


@lru_cache(maxsize=20_000)
def _decoded(text: str) -> str:
    return _read(text)


def verbatim(text: str) -> str:
    """Return an address or identifier as it is, without the escapes that other programs put into it."""
    text = one_line(text)
    if "\\" not in text and "{" not in text:
        return text
    text = latex.decode(text) if _NAMED.search(text) else text.replace("{\\_}", "_").replace("$\\sim$", "~")
    return _ESCAPED.sub(r"\1", text).strip("{}") if _is_wrapped(text) else _ESCAPED.sub(r"\1", text)


def _is_wrapped(text: str) -> bool:
    return text[:1] == "{" and text[-1:] == "}"


def macro(value: str, macros: Mapping[str, str]) -> str:
    """Return what a `@string` stands for, cut to a sensible length."""
    return content(value, macros)[0][:LONGEST_MACRO]
