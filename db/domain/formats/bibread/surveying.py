"""One cheap pass over a bibliography: what entries take from elsewhere in it, whichever comes first."""

from __future__ import annotations

import itertools
import re
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.domain.formats.bibread import dialects, groups, values
from db.domain.formats.bibread.blocks import Comment, Definition, blocks
from db.domain.formats.bibread.inherit import Parents
from db.domain.formats.bibread.segments import segments
from db.domain.formats.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.domain.formats.bibread.segments import Segment

MOST_MACROS = 100_000
_DEFINES = re.compile(r"\s*@\s*(?:string|comment)\s*[{(]", re.IGNORECASE)
_KEY = re.compile(r"\s*@(?!(?i:string|comment|preamble)\b)\w+[ \t]*[{(]\s*([^,]*[^,\s])\s*,")
_TAIL = 20_000


@dataclass(frozen=True, slots=True)
class BibSurvey(Survey):
    """What holds for a whole bibliography.

    `macros` are the `@string`s as they stand, by name in small letters; `twice` the hashes of the keys that stand
    more than once; `declared` the encoding that the file says to have, in line `declared_line`.
    """

    macros: dict[str, str] = field(default_factory=dict)
    parents: Parents = field(default_factory=Parents)
    groups: groups.Groups = field(default_factory=groups.Groups)
    twice: frozenset[int] = frozenset()
    declared: str = ""
    declared_line: int = 0


@dataclass(slots=True)
class _Pass:
    macros: dict[str, str] = field(default_factory=dict)
    parents: Parents = field(default_factory=Parents)
    groups: groups.Groups = field(default_factory=groups.Groups)
    # Eight bytes for each entry: a set of the keys would grow with the file.
    keys: array[int] = field(default_factory=lambda: array("q"))
    head: list[str] = field(default_factory=list)
    head_size: int = 0
    tail: str = ""

    def take(self, segment: Segment) -> None:
        text = segment.text()
        if self.head_size < dialects.LOOKED_AT:
            self.head.append(text)
            self.head_size += len(text)
        if segment.more or "@" not in text:
            return
        if _DEFINES.match(text):
            self._define(segment)
        elif match := _KEY.match(text):
            self.keys.append(hash(match[1]))
            self.parents.note(text)

    def _define(self, segment: Segment) -> None:
        for block in blocks(segment):
            if isinstance(block, Definition) and len(self.macros) < MOST_MACROS:
                self.macros.setdefault(block.name, block.value[: 2 * values.LONGEST_MACRO])
            elif isinstance(block, Comment):
                self.tail = (self.tail + block.text[:2_000] + "\n")[-_TAIL:]
                if groups.is_tree(block.text):
                    groups.read(block.text, self.groups)


def survey(lines: Iterable[str]) -> BibSurvey:
    """Return what one pass over the lines tells; memory does not grow with the text but for eight bytes an entry."""
    seen = _Pass()
    for segment in segments(lines):
        seen.take(segment)
    seen.parents.settle()
    head = "\n".join(seen.head)[: dialects.LOOKED_AT]
    declared, line = dialects.declared(head)
    return BibSurvey(
        dialect=dialects.dialect(head, seen.tail),
        encoding=getattr(lines, "encoding", ""),
        macros=_expanded(seen.macros),
        parents=seen.parents,
        groups=seen.groups,
        twice=_twice(seen.keys),
        declared=declared,
        declared_line=line,
    )


def _twice(keys: array[int]) -> frozenset[int]:
    ordered = sorted(keys)
    return frozenset(one for one, other in itertools.pairwise(ordered) if one == other)


def _expanded(raw: dict[str, str]) -> dict[str, str]:
    """Return what each name stands for; a definition may use those that come after it, but not itself."""
    done: dict[str, str] = {}
    for _ in range(3):  # as deep as anybody nests them
        before = dict(done)
        for name, value in raw.items():
            done[name] = values.macro(value, done)
        if done == before:
            break
    return done
