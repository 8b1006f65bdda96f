"""What the kinds of lines of a dump are called, and their letters and colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.tokens import blend
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.tokens import Tokens


@dataclass(frozen=True, slots=True)
class LineKind:
    """One kind of line: its letter in the margin, the token of its colour, how strong its background is (0 to 1)."""

    letter: str
    tone: str
    strength: float
    name: Callable[[], str]


KINDS: dict[str, LineKind] = {
    "title": LineKind("T", "accent", 0.16, lambda: tr("Title")),
    "abstract": LineKind("A", "good", 0.08, lambda: tr("Abstract")),
    "authors": LineKind("N", "people", 0.10, lambda: tr("Names and authors")),
    "date": LineKind("D", "warning", 0.10, lambda: tr("Date")),
    "detail": LineKind("O", "muted", 0.06, lambda: tr("Other detail")),
    "record": LineKind("R", "good", 0.08, lambda: tr("Whole record")),
    "furniture": LineKind("F", "muted", 0.0, lambda: tr("Page furniture")),
    "ignored": LineKind("I", "muted", 0.0, lambda: tr("Ignored by you")),
    "blank": LineKind("", "muted", 0.0, lambda: tr("Blank")),
    "issue": LineKind("!", "danger", 0.16, lambda: tr("Issue")),
}
MARKS = {"title": "T", "abstract": "A", "ignore": "I"}


def kind_name(kind: str) -> str:
    """Return what a kind of line is called."""
    return KINDS[kind].name()


def mark_name(mark: str) -> str:
    """Return what a person's mark of a line is called."""
    return {"title": tr("Title"), "abstract": tr("Abstract"), "ignore": tr("Ignore")}[mark]


def background(tokens: Tokens, kind: str) -> str:
    """Return the quiet background of a kind of line, as `#RRGGBB`."""
    return blend(getattr(tokens, KINDS[kind].tone), tokens.base, KINDS[kind].strength)
