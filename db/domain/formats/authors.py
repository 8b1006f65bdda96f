"""Names of authors as pages print them, given name first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats import prose
from db.domain.records import Person

if TYPE_CHECKING:
    from collections.abc import Sequence

PARTICLES = frozenset(
    "af al am an auf av bin da das de degli dei del della den der des di do dos du e el ibn la las le lo los mac op"
    " 't 's ter ten te und van vom von y zu zum zur".split()
)
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|II|III|IV", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:,|\band\b)?\s*(?:et\.? ?al\.?|\.\.\.|…|(?:and )?\d+ (?:more|others)(?: authors)?|\+ ?\d+(?: authors)?)\s*$",
    re.IGNORECASE,
)
_LAST = re.compile(r"(?:^|\s)(?:and|&)\s+", re.IGNORECASE)
_MARKS = re.compile(r"[*†‡§¶✉]+|\^\{?[\d,*†‡ ]*\}?|(?<=[^\W\d_])[\d¹²³⁴⁵]+(?:,[\d¹²³⁴⁵]+)*$")


def person(name: str) -> Person:
    """Return `Given Family` split before its last word, particles such as `van den` on the family's side."""
    words = name.split()
    if len(words) < 2:
        return Person(name.strip())
    last = len(words) - 1
    if last > 1 and _SUFFIX.fullmatch(words[last]):
        last -= 1
    at = next((i for i in range(1, last) if words[i] in PARTICLES and words[i].islower()), last)
    if words[0] in PARTICLES and words[0].islower():
        at = 0
    return Person(" ".join(words[at:]), " ".join(words[:at]))


def people(lines: Sequence[str]) -> tuple[tuple[Person, ...], bool]:
    """Return the authors on the lines, and whether the list is whole.

    Names stand between commas (or semicolons), on lines that may be broken anywhere, or one on each line.
    """
    text = prose.join(bare for line in lines if (bare := line.strip(" \t*_")))
    rest = _OTHERS.sub("", text)
    names: list[str] = []
    for part in _cut(rest, lines):
        for name in _LAST.split(part):
            bare = _bare(name)
            if names and _SUFFIX.fullmatch(bare):
                names[-1] += " " + bare
            elif bare:
                names.append(bare)
    return tuple(person(name) for name in names), rest == text


def _cut(text: str, lines: Sequence[str]) -> list[str]:
    mark = next((mark for mark in ";," if mark in text), "")
    if mark:
        return text.split(mark)
    return [_OTHERS.sub("", line) for line in lines] if len(lines) > 1 else [text]


def _bare(name: str) -> str:
    """Return a name without the marks of affiliations; a full stop belongs to `Jr.` and `Sr.` only."""
    bare = " ".join(_MARKS.sub("", name).split()).strip(" .·•-[]")
    return bare + "." if name.strip().endswith((" Jr.", " Sr.")) or name.strip() in ("Jr.", "Sr.") else bare
