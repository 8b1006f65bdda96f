"""What the wording of one line tells: rather a title, rather a sentence of an abstract."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from db.domain.formats.lines import Kind, Meta, has_bullet, organisation

if TYPE_CHECKING:
    from collections.abc import Sequence

_SENTENCE = re.compile(r"[a-z0-9)\]%]{2}[.?!] [A-Z]")
_PROSE = frozenset(
    "We we Our our This this is are was were has have been that which these those can it its their they show propose"
    " present introduce however but also not while when".split()
)
_BEFORE_THE = frozenset({"by", "of", "in", "to"})
_OPENING = re.compile(
    r"(?:We|This|In (?:this|recent)|However|Our|Despite|While|Recent|Existing|Although|To (?:address|this|tackle)"
    r"|Current|Large language models?|The)\b"
)
_CLOSERS = "\"'”’)]}*"
_LINK = re.compile(r"(?:https?://|www\.|\\url\{|\S+\.\w{2,4}/)\S*")
_LINKING = frozenset(
    "of for with and or the a an in on to from by via as at using through into under between is are that which we its"
    " their our this these than be not can toward towards over beyond without".split()
)
_APART = str.maketrans(dict.fromkeys(".,;:()[]{}\"'“”‘’?!/–—", " "))
_LOWER = re.compile(r"[a-z][a-z\-]*(?:[\s,.;:)]|$)|[a-z]{2,}[a-z\-'’]*\b")


@dataclass(slots=True, eq=False)
class Line:
    """One line that is not certain by itself, with its number and what stood before it.

    `mark` is what a person says that it is: title, abstract, or empty.
    """

    number: int
    text: str
    gap: bool = False
    kind: Kind = Kind.TEXT
    meta: Meta | None = None
    followed: bool = False
    mark: str = ""
    size: int = 0
    first: int = 0
    ends: bool = False
    links: bool = False
    lower: bool = False
    prose: float = 0.0
    total: int = 0
    wide: int = 0

    def weigh(self, more: Sequence[Line] = ()) -> None:
        """Fill in the measures of the text and of the lines that certainly go on with it."""
        text = self.text
        self.size = self.total = len(text)
        self.first = len(text.split(" ", 1)[0])
        self.lower = _LOWER.match(text) is not None
        self.wide = 0
        if more:
            self.total += sum(len(line.text) + 1 for line in more)
            self.wide = max(len(line.text) for line in (self, *more[:-1]))
            text = " ".join((text, *(line.text for line in more[:2])))
        self.prose = _prose(text)
        last = more[-1] if more else self
        last.size = len(last.text)
        last.ends = _ends(last.text)
        last.links = _links(last.text)


def _ends(text: str) -> bool:
    """Say whether a sentence or a link ends with the line."""
    if text.rstrip(_CLOSERS)[-1:] in (".", "?", "!") or text[-1] in ":)":
        return True
    last = text.rpartition(" ")[2]
    return ("/" in last or "www." in last) and _LINK.fullmatch(last) is not None


def _links(text: str) -> bool:
    """Say whether the line ends with a word or mark that needs another one after it."""
    if text[-1] in ",:;(-–—&/":
        return True
    last = text.rpartition(" ")[2].rpartition("-")[2]
    return last.lower() in _LINKING


def _prose(text: str) -> float:
    """Positive for sentences, negative for headings, roughly as a log likelihood ratio."""
    words = text[:400].translate(_APART).split()
    count = sum(map(_PROSE.__contains__, words))
    if "the" in words:
        count += sum(1 for a, b in itertools.pairwise(words) if b == "the" and a in _BEFORE_THE)
    score = min(3.5, 0.8 * count)
    if (". " in text or "? " in text or "! " in text) and _SENTENCE.search(text):
        score += 3.5
    if text[-1] == "." and len(text) > 20:
        score += 1.5
    if _OPENING.match(text):
        score += 0.7
    if text[0].islower():
        score += 0.5
    if len(text) > 220:
        score += min(6.0, (len(text) - 200) / 50)
    return score + _capitals(words)


def _capitals(words: list[str]) -> float:
    found = [word[0].isupper() for word in words[:45] if len(word) > 3 and word[0] > "9"]
    if len(found) < 3:
        return -0.3
    share = sum(found) / len(found)
    if share > 0.65:
        return -3.0
    return 1.2 if share < 0.3 else -0.5 if share > 0.45 else 0.3


def organisation_cost(line: Line) -> float | None:
    """Return how unlikely the line is an organisation, or None when it cannot be one."""
    return _organisation_cost(line.text, line.followed)


@lru_cache(maxsize=512)
def _organisation_cost(text: str, followed: bool) -> float | None:
    """Every reading of a line asks, and lines that wait are read again."""
    found = organisation(text, alone=followed)
    if found is None:
        return None
    slug, name = ("".join(c for c in part.lower() if c.isalnum()) for part in found)
    alike = bool(name) and (name in slug or slug in name or _initials(found[1]) == slug or slug[:3] == name[:3])
    # Without a date after it, only its look tells an organisation from a title.
    cost = 0.3 if followed else 5.0 if alike or has_bullet(text) else 10.0
    cost += 0.0 if alike else 2.0
    return cost - 2.0 if has_bullet(text) else cost + (0.02 * len(text))


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.lower().split())
