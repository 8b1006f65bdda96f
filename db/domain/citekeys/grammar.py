"""Reading a pattern: literal text, and tokens in braces with numbers, modifiers and alternatives.

    pattern     = (text | "{" choice ("|" choice)* "}")*
    choice      = token [number | "(" number ["," number] ")"] ("." modifier)*

What cannot be read is a `MistakeError`, which says where and why.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from db.domain.citekeys.keys import FORBIDDEN
from db.domain.citekeys.tokens import ALIASES, BARE, MODIFIERS, TOKENS, Choice, Kind, Token

if TYPE_CHECKING:
    from collections.abc import Iterable

Piece = str | tuple[Choice, ...]
"""Literal text, or the choices of a pair of braces: the first one that the paper can fill is taken."""
_PIECE = re.compile(r"\{([^{}]*)\}|[{}]|[^{}]+")
_HEAD = re.compile(r"(-|[A-Za-z]+)(\d{1,2})?(?:\(([^()]*)\))?")
_NUMBERS = re.compile(r"\s*\d{1,2}\s*(?:,\s*\d{1,2}\s*)?")


class MistakeError(Exception):
    """A pattern cannot be read: `at` is the character, from 1, and `why` a sentence that goes on from there."""

    def __init__(self, at: int, why: str) -> None:
        super().__init__(at, why)
        self.at = at
        self.why = why


@lru_cache(maxsize=64)
def parse(pattern: str) -> tuple[Piece, ...]:
    """Return the pieces of a pattern; MistakeError for one that cannot be read."""
    pieces: list[Piece] = []
    for match in _PIECE.finditer(pattern):
        inside, at = match.group(1), match.start()
        if inside is None:
            pieces.append(_literal(match.group(), at))
        else:
            pieces.append(_choices(inside, at + 1))
    return tuple(pieces)


def _literal(text: str, at: int) -> str:
    if text in "{}":
        raise MistakeError(at + 1, f"the brace “{text}” has no partner.")
    for number, character in enumerate(text, at + 1):
        if character in FORBIDDEN or not character.isascii() or not character.isprintable():
            shown = "a space" if character.isspace() else f"“{character}”"
            raise MistakeError(number, f"{shown} cannot stand in a key.")
    return text


def _choices(inside: str, at: int) -> tuple[Choice, ...]:
    found = []
    for part in inside.split("|"):
        blanks = len(part) - len(part.lstrip())
        found.append(_choice(part.strip(), at + blanks))
        at += len(part) + 1
    return tuple(found)


def _choice(text: str, at: int) -> Choice:
    if not text:
        raise MistakeError(at + 1, "a token is missing. Take one, such as {auth}, or leave the mark out.")
    # Patterns of early days say {title.words3} for {words3}.
    early = re.match(r"title\.(?=(?:words|letters|auths)\b|(?:words|letters|auths)\d)", text)
    start = early.end() if early else 0
    head = _HEAD.match(text, start)
    if head is None:
        raise MistakeError(at + start + 1, f"“{text[start:]}” is no token. {_KNOWN}")
    name = head.group(1)
    token = TOKENS.get(ALIASES.get(name, name))
    if token is None:
        raise MistakeError(at + start + 1, f"“{name}” is not known{_instead(name, TOKENS)} {_KNOWN}")
    counts = _counts(head, name, token, at)
    modifiers = _modifiers(text, head.end(), at, token)
    return Choice.of(token, counts, ("abbr", *modifiers) if name == "letters" else modifiers)


def _counts(head: re.Match[str], name: str, token: Token, at: int) -> tuple[int, ...]:
    digits, listed = head.group(2), head.group(3)
    if digits is not None and listed is not None:
        raise MistakeError(at + head.start(3), f"“{name}” has a number already.")
    text, start = (digits, head.start(2)) if digits is not None else (listed, head.start(3))
    if text is None:
        return ()
    if not _NUMBERS.fullmatch(text):
        raise MistakeError(at + start + 1, "one number, or two with a comma between them, should stand here.")
    numbers = tuple(int(number) for number in text.split(","))
    if not token.counts or len(numbers) > len(token.counts):
        few = "takes no number" if not token.counts else "takes one number"
        raise MistakeError(at + start + 1, f"“{name}” {few}.")
    for number, (least, most) in zip(numbers, token.counts, strict=False):
        if not least <= number <= most:
            allowed = f"{least}" if least == most else f"{least} to {most}"
            raise MistakeError(at + start + 1, f"{number} cannot stand here; “{name}” takes {allowed}.")
    return numbers


def _modifiers(text: str, start: int, at: int, token: Token) -> tuple[str, ...]:
    rest = text[start:]
    if rest.startswith("("):
        raise MistakeError(at + start + 1, "the bracket “(” has no partner.")
    if rest and not rest.startswith("."):
        raise MistakeError(
            at + start + 1, f"“{rest[0]}” is not understood. Modifiers follow a dot, as in {{auth.lower}}."
        )
    found: list[str] = []
    start += 1
    for name in rest.split(".")[1:]:
        if name not in MODIFIERS:
            known = ", ".join(MODIFIERS)
            raise MistakeError(
                at + start + 1, f"“.{name}” is not known{_instead(name, MODIFIERS)} Modifiers are {known}."
            )
        if name == BARE and token.kind is not Kind.NAMES:
            raise MistakeError(at + start + 1, "“.bare” is for names only.")
        found.append(name)
        start += len(name) + 1
    return tuple(found)


def _instead(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), 1)
    return f"; do you mean “{near[0]}”?" if near else "."


_KNOWN = f"Tokens are {', '.join(name for name in TOKENS)}."
