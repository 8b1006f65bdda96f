"""Patterns of citation keys: text with tokens in braces, such as `{auth.lower|title.first}{year}`.

`tokens` has the words of the language, the help page of citation keys explains them to people.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b

from db.domain.citekeys.grammar import MistakeError, parse
from db.domain.citekeys.parts import KeyParts, Work, key_parts
from db.domain.citekeys.tokens import Choice, Kind
from db.domain.citekeys.values import Values
from db.domain.errors import LibraryError

DEFAULT_PATTERN = "{auth.lower}{-}{title}{-}{year}"
MAX_KEY = 80
_ALWAYS = frozenset({"title", "authors", "year"})
_HYPHENS = re.compile(r"-{2,}")
_EDGES = "-.:_/+"


@dataclass(frozen=True, slots=True)
class KeyPattern:
    """A checked key pattern; one that cannot be used is a LibraryError that says where."""

    text: str = DEFAULT_PATTERN

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise LibraryError("The key pattern is empty. The usual one is " + DEFAULT_PATTERN + ".")
        try:
            pieces = parse(self.text)
        except MistakeError as mistake:
            raise LibraryError(f"The key pattern cannot be used: at character {mistake.at}, {mistake.why}") from mistake
        if all(isinstance(piece, str) for piece in pieces):
            raise LibraryError("The key pattern has no token, so every paper would get the same key.")

    @property
    def columns(self) -> frozenset[str]:
        """The columns of a paper that its key depends on."""
        choices = (choice for piece in parse(self.text) if not isinstance(piece, str) for choice in piece)
        return _ALWAYS | {choice.token.column for choice in choices} - {""}

    def propose(self, work: Work, parts: KeyParts | None = None) -> str:
        """Return the key for a paper: plain ASCII, never empty, not yet unique.

        `parts` are those of title and authors where they are known already. Where the pattern finds nothing that
        names the paper, the key is that of the usual pattern.
        """
        parts = parts or key_parts(work.title, work.authors)
        values = Values(work, parts)
        found: list[str] = []
        tells = False
        for piece in parse(self.text):
            text, telling = (piece, piece.strip(_EDGES) != "") if isinstance(piece, str) else _filled(piece, values)
            found.append(text)
            tells = tells or telling
        key = _trimmed("".join(found)) if tells else ""
        if key:
            return key
        if self.text != DEFAULT_PATTERN and (parts.telling or parts.family):
            return KeyPattern().propose(work, parts)
        return _unspelled(work)


def _filled(choices: tuple[Choice, ...], values: Values) -> tuple[str, bool]:
    """Return what the first choice says that the paper can fill, and whether that tells which paper it is."""
    for at, choice in enumerate(choices):
        words = choice.words(values)
        if words:
            if at and choice.token.kind is Kind.TITLE:
                values.use(words)
            return choice.text(words), choice.token.tells
    return "", False


def _trimmed(key: str) -> str:
    if "--" in key:
        key = _HYPHENS.sub("-", key)
    key = key.strip(_EDGES)
    return key if len(key) <= MAX_KEY else key[:MAX_KEY].rstrip(_EDGES)


def _unspelled(work: Work) -> str:
    """Return a key for a paper of which nothing can be spelled: one that is at least the same every time."""
    title = unicodedata.normalize("NFKC", work.title).encode(errors="replace")
    digest = blake2b(title, digest_size=3).hexdigest()
    return f"paper-{digest}-{work.year}" if work.year else f"paper-{digest}"
