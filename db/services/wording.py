"""Words that the labels of steps share."""

from __future__ import annotations

import re

from db.domain.errors import LibraryError

SPACE = re.compile(r"\s+")
SURROGATES = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """Return a text that SQLite takes: odd bytes of file names and arguments arrive as lone surrogates."""
    return SURROGATES.sub("\ufffd", text.replace("\0", ""))


def papers(number: int) -> str:
    """Return "1 paper" or "3 papers"."""
    return f"{number:,} paper{'' if number == 1 else 's'}"


def name_of(text: str, what: str, limit: int = 100) -> str:
    """Return a typed name trimmed; LibraryError when it is empty or too long."""
    name = SPACE.sub(" ", storable(text)).strip()
    if not name:
        raise LibraryError(f"A {what} needs a name.")
    if len(name) > limit:
        raise LibraryError(f"The name of a {what} can have {limit} characters; this one has {len(name)}.")
    return name
