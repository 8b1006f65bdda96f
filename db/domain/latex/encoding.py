"""Text to LaTeX: a single pass that knows what is LaTeX already."""

from __future__ import annotations

import re
import unicodedata

from db.domain.latex.casing import protected
from db.domain.latex.maths import maths_at, printable
from db.domain.latex.tables import DRESS, ESCAPES, PLAIN_SYMBOLS, SYMBOLS, spelling
from db.domain.names import CYRILLIC

_SAFE = re.compile(r"[A-Za-z0-9 .,:;?!()\[\]/*+=@'\"`-]*\Z")
_SPACES = re.compile(r"[^\S\u00a0]+")
_PIECE = re.compile(r"[A-Za-z0-9 .,:;?!()\[\]/*+=@'\"`-]+|.", re.S)
_MARKS = re.compile(r"[\\${]")
_BRACES = re.compile(r"[{}]")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.S)
_ACCENT = re.compile(
    r"\\(?:([`'^\"~=.]) *|([uvHcdbr])(?=[{\\ ]) *)(?:\{(\\[ij]|[A-Za-z])\}|(\\[ij](?![A-Za-z])|[A-Za-z]))"
)
_APART = re.compile(r"\{\}(?=[A-Za-z])")
_KEPT_ESCAPES = frozenset("%&_#$")
_DEPTH = 6


def encode(text: str, protect_case: bool = False) -> str:
    """Return the text as ASCII LaTeX on one line; with `protect_case`, acronyms keep their capitals."""
    return _encode(tidy(text), protect_case)


def protect_case(title: str) -> str:
    """Return the title with `{LLM}s`, `{iREPO}`, `{3D}`, `{C}` in braces, and nothing else changed."""
    out: list[str] = []
    plain = at = 0
    closings = _closings(title)
    for mark in _MARKS.finditer(title):
        kept = _kept(title, mark.start(), closings, 0) if mark.start() >= at else None
        if kept:
            at = kept[1]
            out += (protected(title[plain : mark.start()], str, starts=plain == 0), title[mark.start() : at])
            plain = at
    return "".join([*out, protected(title[plain:], str, starts=plain == 0)])


def escape(text: str) -> str:
    """Return the text with LaTeX's own characters escaped and everything else, Unicode too, as it is."""
    return "".join(ESCAPES.get(character, character) for character in tidy(text))


def lossy(text: str) -> list[str]:
    """Return the characters, each once, that `encode` has to replace because plain LaTeX has no such sign."""
    clean = tidy(text)
    if clean.isascii():
        return []
    return [character for character in dict.fromkeys(clean) if not character.isascii() and not spelling(character)]


def tidy(text: str) -> str:
    """Return the text composed (NFC), on one line, without control, zero-width and lone surrogate characters."""
    if text.isascii() and text.isprintable():
        return _SPACES.sub(" ", text).strip() if "  " in text or text[:1] == " " or text[-1:] == " " else text
    spaced = _SPACES.sub(" ", text)
    kept = "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip(" ")


def _encode(text: str, protect: bool = False, depth: int = 0) -> str:
    if not protect and _SAFE.match(text):
        return text
    out: list[str] = []
    plain = at = 0
    closings = _closings(text)
    for mark in _MARKS.finditer(text):
        kept = _kept(text, mark.start(), closings, depth) if mark.start() >= at else None
        if kept:
            out += (_plain(text[plain : mark.start()], protect, starts=plain == 0), kept[0])
            plain = at = kept[1]
    out.append(_plain(text[plain:], protect, starts=plain == 0))
    return "".join(out)


def _plain(text: str, protect: bool, *, starts: bool) -> str:
    """Encode a stretch without LaTeX in it."""
    return protected(text, _characters, starts=starts) if protect else _characters(text)


def _characters(text: str) -> str:
    if _SAFE.match(text):
        return text
    return "".join(_character(piece) for piece in _PIECE.findall(text))


def _kept(text: str, at: int, closings: dict[int, int], depth: int) -> tuple[str, int] | None:
    """Return the LaTeX for what stands at this place and may stay LaTeX, and the place behind it."""
    first = text[at]
    if first == "\\":
        return _command(text, at, closings, depth)
    if first == "$":
        maths = maths_at(text, at)
        # In braces, for BibTeX styles would change the case of letters in it.
        return (f"{{{maths}}}", at + len(maths)) if maths else None
    end = closings.get(at) if depth < _DEPTH else None
    return ("{{{}" + _encode(text[at + 1 : end - 1], depth=depth + 1) + "}}", end) if end else None


def _character(piece: str) -> str:
    if piece in ESCAPES:
        return ESCAPES[piece]
    if piece.isascii():
        return piece
    return spelling(piece) or _replacement(piece)


def _replacement(character: str) -> str:
    """Return the nearest thing that plain LaTeX prints: a transliteration, the bare letter, or `?`."""
    small = character.lower()
    if small in CYRILLIC:
        other = CYRILLIC[small]
        return other if small == character else other.capitalize()
    if character in _NEAREST:
        return _NEAREST[character]
    if unicodedata.combining(character):
        return ""
    bare = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    if bare != character:
        return "".join(_character(c) for c in bare) or "?"
    return "?"


_NEAREST = {
    "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Þ": "Th", "þ": "th", "ŋ": "ng", "Ŋ": "Ng", "ħ": "h", "Ħ": "H",
    "«": "<<", "»": ">>", "‹": "<", "›": ">", "„": ",,", "‚": ",", "‐": "-", "‑": "-", "‒": "--", "―": "---",
    "′": "'", "″": "''", "✓": "v", "✔": "v", "✗": "x", "✘": "x",
}  # fmt: skip
_NEAREST.update({character: "".join(ESCAPES.get(c, c) for c in plain) for character, plain in _NEAREST.items()})


def _command(text: str, at: int, closings: dict[int, int], depth: int) -> tuple[str, int] | None:
    """Return a command that may be kept, with its argument, and the place behind it; None: print it.

    The empty group behind it tells it from a spelling of our own, so that it is read back as it was.
    """
    accent = _ACCENT.match(text, at)
    if accent:
        return f"{{{accent.group()}}}{{}}", accent.end()
    match = _COMMAND.match(text, at)
    name = match.group(1) if match else ""
    end = at + 1 + len(name)
    if name in _KEPT_ESCAPES:
        return f"\\{name}{{}}", end
    if name in DRESS and depth < _DEPTH:
        closing = closings.get(end)
        return (f"\\{name}{{{_encode(text[end + 1 : closing - 1], depth=depth + 1)}}}", closing) if closing else None
    if name in SYMBOLS or name in PLAIN_SYMBOLS:
        return f"{{\\{name}}}{{}}", end + 2 * bool(name in PLAIN_SYMBOLS and _APART.match(text, end))
    if name == "ensuremath":
        closing = closings.get(end)
        if closing and printable(text[end + 1 : closing - 1]):
            return text[at:closing] + "{}", closing
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
