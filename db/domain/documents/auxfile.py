r"""One .aux file, as LaTeX, natbib and biblatex write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.documents.commands import NO_KEYS
from db.domain.documents.found import Cites, Inputs, Lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.domain.documents.found import Event

_WANTED = re.compile(
    r"\\(?P<command>citation|bibdata|@input|abx@aux@cite|abx@aux@nocite)[ \t]*+"
    r"(?:\{\d*\})?[ \t]*+\{(?P<words>[^{}\n]*)\}"
)
_BY_PACKAGES = re.compile(r".*-blx|.*Notes")


def events(text: str) -> Iterator[Event]:
    """Yield what a text says in the order in which it does."""
    at, line = 0, 1
    for match in _WANTED.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        command, words = match["command"], match["words"]
        if command == "@input":
            yield Inputs((words.strip().strip('"'),), line)
            continue
        names = tuple(name for part in words.split(",") if (name := part.strip()))
        if command == "bibdata":
            yield Lists(tuple(name for name in names if not _BY_PACKAGES.fullmatch(name)), line)
        else:
            yield Cites(tuple(name for name in names if _is_key(name)), line)


def _is_key(name: str) -> bool:
    return name not in NO_KEYS and not name.endswith(":BSTcontrol")
