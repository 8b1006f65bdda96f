"""Digital object identifiers: the one that a field states, and those that stand in a text or a link."""

from __future__ import annotations

import re

_NUMBER = r"10\.\d{4,9}(?:\.\d+)*/"
_STATED = re.compile(rf"{_NUMBER}\S+")
_FOUND = re.compile(rf"{_NUMBER}[^\s\"<>]+")
_TAIL = ".,;"


def stated(text: str) -> str | None:
    """Return the identifier in a field that holds one; old ones have angle brackets in them."""
    return _trimmed(_STATED.search(text))


def find(text: str) -> str | None:
    """Return the first identifier in a text or a link, which quotes and angle brackets end."""
    return _trimmed(_FOUND.search(text))


def whole(text: str) -> bool:
    """Say whether the text is an identifier and nothing else."""
    return _STATED.fullmatch(text) is not None


def _trimmed(match: re.Match[str] | None) -> str | None:
    return match.group().rstrip(_TAIL) if match else None
