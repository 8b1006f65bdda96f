r"""Commands of a document's own that cite, such as `\newcommand{\see}[1]{\citep[see][]{#1}}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.documents.commands import CITING, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFINING = frozenset(
    "newcommand renewcommand providecommand DeclareRobustCommand newrobustcmd renewrobustcmd def gdef long "
    "NewDocumentCommand RenewDocumentCommand ProvideDocumentCommand DeclareDocumentCommand".split()
)
_HEAD = re.compile(
    r"\*?\s*+(?:\\def\s*+)?\{?\s*+\\(?P<name>[A-Za-z@]+)\s*+\}?\s*+"
    r"(?:\[\d\]\s*+)?(?P<default>\[[^\[\]{}]{0,200}\]\s*+)?"
    r"(?:\{(?P<kinds>(?:[^{}\\]|\{[^{}]{0,60}\}){0,60})\}\s*+)?(?:#\d\s*+){0,9}(?=\{)"
)
_CITES = re.compile(
    r"\\(?P<command>[A-Za-z@]+)\*?\s*+(?:\[[^\[\]]{0,200}\]\s*+){0,2}(?:\{[^{}]{0,200}\}\s*+)??\{\s*+#(?P<place>\d)\s*+\}"
)
_KIND = re.compile(r"[+!]*(?P<kind>[a-zA-Z])(?:\{[^{}]*\})?")


def head(text: str, at: int) -> re.Match[str] | None:
    """Return what stands between a command that defines and the body in braces, None when it is no definition."""
    return _HEAD.match(text, at)


def shape(found: re.Match[str], body: str, known: Mapping[str, Shape]) -> Shape | None:
    """Return how the defined command takes its keys, None when its body cites no argument."""
    for cites in _CITES.finditer(body):
        if cites["command"] in CITING or cites["command"] in known:
            place = int(cites["place"]) - 1 - _optional(found, int(cites["place"]))
            return Shape(skip=place) if place >= 0 else None
    return None


def _optional(found: re.Match[str], place: int) -> int:
    """Return how many of the arguments up to this one stand in brackets."""
    if found["default"]:
        return 1
    kinds = [one["kind"] for one in _KIND.finditer(found["kinds"] or "")]
    return sum(kind not in "mrRv" for kind in kinds[:place])
