"""Text to LaTeX: a single pass that knows what is LaTeX already."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from db.domain.latex.casing import Casing
from db.domain.latex.decoding import decode
from db.domain.latex.maths import maths_at, printable
from db.domain.latex.tables import (
    DRESS,
    ESCAPES,
    PLAIN_SYMBOLS,
    SYMBOLS,
    hidden_from_biber,
    spelling,
    spelling_for_biber,
)
from db.domain.names import CYRILLIC

_SPACES = re.compile(r"[^\S\u00a0]+")
_MARKS = re.compile(r"[\\${]")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_PRINTABLE = bytes(range(0x20, 0x7F))
_BRACES = re.compile(r"[{}]")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.S)
_ACCENT = re.compile(
    r"\\(?:([`'^\"~=.]) *|([uvHcdbr])(?=[{\\ ]) *)(?:\{(\\[ij]|[A-Za-z])\}|(\\[ij](?![A-Za-z])|[A-Za-z]))"
)
_APART = re.compile(r"\{\}(?=[A-Za-z])")
_KEPT_ESCAPES = frozenset("%&_#$")
_DEPTH = 6
_TABLE = str.maketrans(ESCAPES)
# The braces of the others are their own: they may be put in one after the other.
_APIECE = tuple((character, spelled) for character, spelled in ESCAPES.items() if character not in "\\{}")
Spelling = Callable[[str], str]
Reader = Literal["latex", "biber", "unicode"]


def encode(text: str, protect_case: bool = False, *, reader: Reader = "latex", own_words: tuple[str, ...] = ()) -> str:
    """Return the text as LaTeX on one line, for who reads it.

    "latex" and "biber" get ASCII that pdflatex prints, by way of bibtex or of biber; "unicode" all characters beyond
    ASCII as they are. `protect_case` puts what must keep its capitals in braces: `own_words` and what `casing` knows.
    """
    clean = tidy(text)
    spell = _SPELLINGS[reader]
    if not protect_case:
        return _encode(clean, spell)
    casing = Casing(clean, own_words)
    return _encode(clean, spell, plain=lambda stretch, at: casing.protected(stretch, spell, at))


def protect_case(title: str) -> str:
    """Return the title with `{LLM}s`, `{iREPO}`, `{3D}`, `{C}` in braces, and nothing else changed."""
    casing = Casing(title)
    out: list[str] = []
    plain = at = 0
    closings = _closings(title)
    for mark in _MARKS.finditer(title):
        kept = _kept(title, mark.start(), closings, 0, _ascii) if mark.start() >= at else None
        if kept:
            at = kept[1]
            out += (casing.protected(title[plain : mark.start()], str, plain), title[mark.start() : at])
            plain = at
    return "".join([*out, casing.protected(title[plain:], str, plain)])


def escape(text: str) -> str:
    """Return the text with LaTeX's own characters escaped and everything else, Unicode too, as it is."""
    return _escaped(tidy(text))


def lossy(text: str) -> list[str]:
    """Return the characters, each once, that `encode` has to replace because plain LaTeX has no such sign."""
    return [] if text.isascii() else list(_lossy(text))


@lru_cache(maxsize=2_000)  # an export asks when it writes a text and when it tells of it
def _lossy(text: str) -> tuple[str, ...]:
    return tuple([character for character in dict.fromkeys(_FOREIGN.findall(tidy(text))) if not spelling(character)])


def tidy(text: str) -> str:
    """Return the text composed (NFC), on one line, without control, zero-width and lone surrogate characters."""
    if _is_printable(text):  # so its only white space is the blank
        text = text.strip(" ")
        if "  " in text:
            text = " ".join(filter(None, text.split(" ")))
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    spaced = _SPACES.sub(" ", text)
    kept = "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip(" ")


def _is_printable(text: str) -> bool:
    """Say what `isprintable` says, of ASCII in a quarter of the time."""
    return not text.encode("ascii").translate(None, _PRINTABLE) if text.isascii() else text.isprintable()


def _encode(text: str, spell: Spelling, depth: int = 0, plain: Callable[[str, int], str] | None = None) -> str:
    """Encode a text in which some LaTeX may stay; `plain` encodes what is none and gets its place, too."""
    if "\\" not in text and "{" not in text and "$" not in text:
        return plain(text, 0) if plain else spell(text)
    out: list[str] = []
    start = at = 0
    closings = _closings(text)
    for mark in _MARKS.finditer(text):
        kept = _kept(text, mark.start(), closings, depth, spell) if mark.start() >= at else None
        if kept:
            stretch = text[start : mark.start()]
            out += (plain(stretch, start) if plain else spell(stretch), kept[0])
            start = at = kept[1]
    stretch = text[start:]
    out.append(plain(stretch, start) if plain else spell(stretch))
    return "".join(out)


def _ascii(text: str) -> str:
    """Encode a stretch without LaTeX in it."""
    escaped = _escaped(text)
    return escaped if escaped.isascii() else _FOREIGN.sub(_found, escaped)


def _for_biber(text: str) -> str:
    """Encode a stretch without LaTeX in it for biber before pdflatex."""
    escaped = _escaped(text)
    return escaped if escaped.isascii() else _FOREIGN.sub(_found_by_biber, escaped)


def _unicode(text: str) -> str:
    """Encode a stretch without LaTeX in it for a TeX that reads Unicode."""
    # A hard space is a letter of many fonts; LaTeX's own does not break the line either.
    return _escaped(text).replace("\u00a0", "~")


def _escaped(text: str) -> str:
    if "\\" in text or "{" in text or "}" in text:
        return text.translate(_TABLE)
    for character, spelled in _APIECE:
        if character in text:
            text = text.replace(character, spelled)
    return text


def _found(match: re.Match[str]) -> str:
    return _foreign(match[0])


@lru_cache(maxsize=20_000)
def _foreign(character: str) -> str:
    return spelling(character) or nearest(character)


def _found_by_biber(match: re.Match[str]) -> str:
    return spelling_for_biber(match[0]) or _foreign(match[0])


_SPELLINGS: dict[Reader, Spelling] = {"latex": _ascii, "biber": _for_biber, "unicode": _unicode}


def _kept(text: str, at: int, closings: dict[int, int], depth: int, spell: Spelling) -> tuple[str, int] | None:
    """Return the LaTeX for what stands at this place and may stay LaTeX, and the place behind it."""
    first = text[at]
    if first == "\\":
        return _command(text, at, closings, depth, spell)
    if first == "$":
        maths = maths_at(text, at)
        # In braces, for BibTeX styles would change the case of letters in it.
        if not maths:
            return None
        return f"{{{hidden_from_biber(maths) if spell is _for_biber else maths}}}", at + len(maths)
    end = closings.get(at) if depth < _DEPTH else None
    return ("{{{}" + _encode(text[at + 1 : end - 1], spell, depth + 1) + "}}", end) if end else None


def nearest(character: str) -> str:
    """Return the nearest thing that plain LaTeX prints: a transliteration, the bare letter, or `?`."""
    small = character.lower()
    if small in CYRILLIC:
        other = CYRILLIC[small]
        return other if small == character else other.capitalize()
    if character in _NEAREST:
        return _NEAREST[character]
    if unicodedata.category(character) == "Mn":  # marks over letters, and what only chooses how a sign looks
        return ""
    bare = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    if bare != character:
        return "".join(_foreign(c) if not c.isascii() else _escaped(c) for c in bare) or "?"
    return "?"


_NEAREST = {
    "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Þ": "Th", "þ": "th", "ŋ": "ng", "Ŋ": "Ng", "ħ": "h", "Ħ": "H",
    "«": "<<", "»": ">>", "‹": "<", "›": ">", "„": ",,", "‚": ",", "‐": "-", "‑": "-", "‒": "--", "―": "---",
    "′": "'", "″": "''", "✓": "v", "✔": "v", "✗": "x", "✘": "x",
}  # fmt: skip
_NEAREST.update({character: "".join(ESCAPES.get(c, c) for c in plain) for character, plain in _NEAREST.items()})


def _command(text: str, at: int, closings: dict[int, int], depth: int, spell: Spelling) -> tuple[str, int] | None:
    """Return a command that may be kept, with its argument, and the place behind it; None: print it.

    The empty group behind it tells it from a spelling of our own, so that it is read back as it was.
    """
    accent = _ACCENT.match(text, at)
    if accent:
        if spell is _for_biber:
            # Biber would make a letter of it, which pdflatex may not know: it is spelled as that letter is.
            return spell(decode(accent.group())), accent.end()
        return f"{{{accent.group()}}}{{}}", accent.end()
    match = _COMMAND.match(text, at)
    name = match.group(1) if match else ""
    end = at + 1 + len(name)
    if name in _KEPT_ESCAPES:
        return f"\\{name}{{}}", end
    if name in DRESS and depth < _DEPTH:
        closing = closings.get(end)
        return (f"\\{name}{{{_encode(text[end + 1 : closing - 1], spell, depth + 1)}}}", closing) if closing else None
    if name in SYMBOLS or name in PLAIN_SYMBOLS:
        return f"{{\\{name}}}{{}}", end + 2 * bool(name in PLAIN_SYMBOLS and _APART.match(text, end))
    if name == "ensuremath":
        closing = closings.get(end)
        if closing and printable(text[end + 1 : closing - 1]):
            maths = text[at:closing]
            return (hidden_from_biber(maths) if spell is _for_biber else maths) + "{}", closing
    return None


def _closings(text: str) -> dict[int, int]:
    """Return, for each brace that is closed, the place behind its partner; escaped braces count too."""
    found: dict[int, int] = {}
    open_: list[int] = []
    for match in _BRACES.finditer(text):
        if match.group() == "{":
            open_.append(match.start())
        elif open_:
            found[open_.pop()] = match.end()
    return found
