"""The parts of one entry as it is written: its type, its key, and each field with what stands around it.

Braces are counted as BibTeX counts them, one behind a backslash too. Put together again the parts are the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Readers forgive a missing key, and a missing comma behind it. What has one way to match gives nothing back, or a head
# of blanks would take the cube of their number.
_HEAD = re.compile(
    r"(?s:(?P<before>.*?)@[ \t]*+)(?P<kind>\w++)(?P<open>[ \t]*+[{(]\s*+)"
    r"(?P<key>(?:[^\s,={}\"]++(?:\s++[^\s,={}\"]++)*?)??)"
    r"(?P<comma>\s*+,|(?=\s+[A-Za-z][\w-]*+\s*+=)|(?<=\s)(?=[A-Za-z][\w-]*+\s*+=))"
)
_GAP = re.compile(r"(?:\s|%[^\r\n]*(?=[\r\n]))*")
_NAME = re.compile(r"(?P<name>[^\s={},\"#%()]+)\s*=\s*")
_SPACE = re.compile(r"\s*")
_COMMA = re.compile(r"\s*,")
_WORD = re.compile(r"[^\s,{}()\"#=%]+")
_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(r"[{}\"]")


@dataclass(slots=True)
class Field:
    """A field: what stands before its name, the name with all up to the value, the value, and the comma behind it."""

    gap: str
    label: str
    value: str
    comma: str

    @property
    def name(self) -> str:
        """The name in small letters."""
        return self.label.partition("=")[0].strip().lower()


@dataclass(slots=True)
class Anatomy:
    """The parts of an entry; `before` ends with its sign, `opening` is the bracket, `closing` all behind the fields."""

    before: str
    kind: str
    opening: str
    key: str
    comma: str
    fields: list[Field]
    closing: str

    def call(self, key: str) -> None:
        """Give the entry another key, or one at all."""
        self.key, self.comma = key, self.comma or ","

    def text(self) -> str:
        """Return the entry."""
        fields = "".join([f"{one.gap}{one.label}{one.value}{one.comma}" for one in self.fields])
        return f"{self.before}{self.kind}{self.opening}{self.key}{self.comma}{fields}{self.closing}"


def anatomy(text: str) -> Anatomy | None:
    """Return the parts of an entry, None when it is not written as BibTeX asks for."""
    head = _HEAD.match(text)
    if head is None:
        return None
    # The white space behind the bracket of an entry without a key belongs to its first field.
    opening = head["open"] if head["key"] or head["comma"] else head["open"].rstrip()
    close = "}" if opening.strip() == "{" else ")"
    fields: list[Field] = []
    at = head.end() if opening == head["open"] else head.start("open") + len(opening)
    while True:
        behind = _match_end(_GAP, text, at)
        if text[behind : behind + 1] == close:
            break
        if fields and not fields[-1].comma:
            return None
        found = _field(text, at, behind)
        if found is None:
            return None
        fields.append(found[0])
        at = found[1]
    before = text[: head.start("kind")]
    return Anatomy(before, head["kind"], opening, head["key"], head["comma"], fields, text[at:])


def _field(text: str, at: int, begin: int) -> tuple[Field, int] | None:
    label = _NAME.match(text, begin)
    end = value_end(text, label.end()) if label else None
    if label is None or end is None:
        return None
    comma = _COMMA.match(text, end)
    behind = comma.end() if comma else end
    return Field(text[at:begin], label[0], text[label.end() : end], text[end:behind]), behind


def value_end(text: str, at: int) -> int | None:
    """Return the place behind a value: pieces in braces or quotes, or words, with `#` between; None when it is none."""
    while True:
        end = piece_end(text, at)
        if end is None:
            return None
        more = _match_end(_SPACE, text, end)
        if text[more : more + 1] != "#":
            return end
        at = _match_end(_SPACE, text, more + 1)


def piece_end(text: str, at: int) -> int | None:
    """Return the place behind the one piece of a value that begins at a place."""
    if text[at : at + 1] == "{":
        return _brace_end(text, at)
    if text[at : at + 1] == '"':
        return _quote_end(text, at)
    word = _WORD.match(text, at)
    return word.end() if word else None


def _brace_end(text: str, at: int) -> int | None:
    level = 0
    for mark in _BRACE.finditer(text, at):
        level += 1 if mark[0] == "{" else -1
        if not level:
            return mark.end()
    return None


def _quote_end(text: str, at: int) -> int | None:
    level = 0
    for mark in _QUOTE.finditer(text, at + 1):
        if mark[0] != '"':
            level += 1 if mark[0] == "{" else -1
        elif not level:
            return mark.end()
        if level < 0:
            return None
    return None


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def block_end(text: str, at: int) -> int | None:
    """Return the place behind the bracket that closes the one at a place, None when nothing does."""
    if text[at] == "{":
        return _brace_end(text, at)
    while at < len(text):
        at += 1
        if text[at : at + 1] == ")":
            return at + 1
        if text[at : at + 1] in ("{", '"'):
            end = piece_end(text, at)
            if end is None:
                return None
            at = end - 1
    return None
