"""LaTeX to text, for what `encode` wrote and for the usual spellings of others."""

from __future__ import annotations

import re
import unicodedata

from db.domain.latex.tables import ACCENTS, DRESS, PLAIN_SYMBOLS, READ_ONLY, SYMBOLS, meaning

_PIECE = re.compile(r"\\[A-Za-z]+[ \t]*|\\.|\$(?:[^$\\]|\\.)*\$|[^\\${}~]+|.", re.S)
# What `encode` hides from biber.
_HIDDEN = re.compile(r"\\csname\\detokenize\{([uvHcdbrij]|[lr]angle)\}\\endcsname(?![A-Za-z])")
_MARKS = "".join(ACCENTS.values())
_MAX_GROUPS = _MAX_DEPTH = 60
_SIGNS = SYMBOLS | READ_ONLY
_ESCAPED = frozenset("%&_#${}")


def decode(text: str) -> str:
    """Return the text that the LaTeX stands for; commands without a character of their own stay as they are."""
    if "\\" not in text and "{" not in text and "}" not in text and "~" not in text and "$" not in text:
        return text
    if "\\csname" in text:
        text = _HIDDEN.sub(r"\\\1", text)
    if text.count("{") > _MAX_GROUPS and _depth(text) > _MAX_DEPTH:
        return text
    reader = _Reader(_PIECE.findall(text))
    parts = []
    while reader.at < len(reader.pieces):
        parts.append(reader.sequence())
        reader.at += 1  # a closing brace without an opening one
    return unicodedata.normalize("NFC", "".join(parts))


def _depth(text: str) -> int:
    level = deepest = 0
    for character in text:
        level += {"{": 1, "}": -1}.get(character, 0)
        deepest = max(deepest, level)
    return deepest


class _Reader:
    """A place in a list of pieces."""

    def __init__(self, pieces: list[str]) -> None:
        self.pieces = pieces
        self.at = 0

    def peek(self) -> str:
        return self.pieces[self.at] if self.at < len(self.pieces) else ""

    def take(self) -> str:
        piece = self.peek()
        self.at += 1
        return piece

    def sequence(self) -> str:
        out = []
        while self.at < len(self.pieces) and self.peek() != "}":
            out.append(self.one())
        return "".join(out)

    def one(self) -> str:
        piece = self.take()
        if piece == "{":
            start = self.at
            text = self.group()
            spelled = self.pieces[start : start + 1] and self.pieces[start][0] == "\\"
            kept = "".join(self.pieces[start : self.at - 3]) if spelled and self.empty_group() else text
            return kept + self.apart(kept)
        if piece == "~":
            return "\u00a0"
        return self.command(piece) if piece[0] == "\\" and len(piece) > 1 else piece

    def group(self) -> str:
        """Return a group's text; one in a group, with an empty one before it, was a group in the text itself.

        Without that other programs wrote it, to keep capitals.
        """
        twice = self.peek() == "{" and self.wholly_one()
        own = twice and self.pieces[self.at + 1 : self.at + 3] == ["{", "}"]
        self.at += 3 if own else twice
        inner = self.sequence()
        self.at += 1 + twice
        return "{" + inner + "}" if own else inner

    def wholly_one(self) -> bool:
        """Say whether the group that opens here is all that the group around it holds."""
        level = 0
        for place in range(self.at, len(self.pieces)):
            level += {"{": 1, "}": -1}.get(self.pieces[place], 0)
            if level == 0:
                return self.pieces[place + 1 : place + 2] == ["}"]
        return False

    def command(self, piece: str) -> str:
        name = piece[1:].rstrip(" \t") or " "
        if name in ACCENTS and (len(name) > 1 or not name.isalpha() or self.accent_follows(piece)):
            return self.accent(name, piece)
        if name in _ESCAPED:
            return "\\" + name if self.empty_group() else name
        if name in _SIGNS:
            self.empty_group()
            return _SIGNS[name]
        if name in PLAIN_SYMBOLS and self.empty_group():
            return piece + self.apart(piece)
        if name == "ensuremath" and self.peek() == "{":
            raw = self.raw_group()
            if self.empty_group():
                return "\\ensuremath" + raw
            return meaning("\\ensuremath" + raw) or "\\ensuremath" + raw
        if name in DRESS and self.peek() == "{":
            self.at += 1
            inner = self.sequence()
            self.at += 1
            return f"\\{name}{{{inner}}}"
        return piece

    def accent_follows(self, piece: str) -> bool:
        return self.peek() == "{" or piece.endswith((" ", "\t")) or self.peek()[:1] == "\\"

    def accent(self, name: str, piece: str) -> str:
        base = self.one() if self.peek() and self.peek() != "}" else ""
        letter = {"ı": "i", "ȷ": "j"}.get(base[:1], base[:1])
        if not letter.strip():
            return piece + base
        marks = len(base) - len(base[1:].lstrip(_MARKS))
        return unicodedata.normalize("NFC", letter + base[1:marks] + ACCENTS[name]) + base[max(marks, 1) :]

    def empty_group(self) -> bool:
        if self.pieces[self.at : self.at + 2] == ["{", "}"]:
            self.at += 2
            return True
        return False

    def apart(self, text: str) -> str:
        """Return what keeps a name like TeX and the letter behind it two things."""
        if text[:1] != "\\" or text[1:] not in PLAIN_SYMBOLS:
            return ""
        at = self.at
        while at < len(self.pieces) and self.pieces[at] == "{":
            at += 1
        behind = self.pieces[at][:1] if at < len(self.pieces) else ""
        return "{}" if behind.isascii() and behind.isalpha() else ""

    def raw_group(self) -> str:
        level, start = 0, self.at
        while self.at < len(self.pieces):
            level += {"{": 1, "}": -1}.get(self.take(), 0)
            if level == 0:
                break
        return "".join(self.pieces[start : self.at])
