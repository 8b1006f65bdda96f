"""The authors of a paper's page: given names first, marks of affiliations, lines broken anywhere, `et al.`"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats import prose
from db.domain.formats.people import SUFFIX, person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.records import Person

_OTHERS = re.compile(
    r"(?:,|\band\b)?\s*(?:et\.? ?al\.?|\.\.\.|…|(?:and )?\d+ (?:more|others)(?: authors)?|\+ ?\d+(?: authors)?)\s*$",
    re.IGNORECASE,
)
_LONGEST_OTHERS = 60
"""Characters at the end of a list in which it says so."""
_LAST = re.compile(r"(?:^|\s)(?:and|&)\s+", re.IGNORECASE)
_MARKS = re.compile(r"[*†‡§¶✉]+|\^\{?[\d,*†‡ ]*\}?|(?<=[^\W\d_])[\d¹²³⁴⁵]+(?:,[\d¹²³⁴⁵]+)*$")


def people(lines: Sequence[str]) -> tuple[tuple[Person, ...], bool]:
    """Return the authors on the lines, and whether the list is whole.

    Names stand between commas (or semicolons), on lines that may be broken anywhere, or one on each line.
    """
    text = prose.join(bare for line in lines if (bare := line.strip(" \t*_")))
    rest = _without_others(text)
    names: list[str] = []
    for part in _cut(rest, lines):
        for name in _LAST.split(part):
            bare = _bare(name)
            if names and SUFFIX.fullmatch(bare):
                names[-1] += " " + bare
            elif bare:
                names.append(bare)
    return tuple(one for name in names if (one := person(name))), rest == text


def _without_others(text: str) -> str:
    """Return the text without what says at its end that there are more authors."""
    match = _OTHERS.search(text, max(0, len(text) - _LONGEST_OTHERS))
    return text[: match.start()] if match else text


def _cut(text: str, lines: Sequence[str]) -> list[str]:
    mark = next((mark for mark in ";," if mark in text), "")
    if mark:
        return text.split(mark)
    return [_without_others(line) for line in lines] if len(lines) > 1 else [text]


def _bare(name: str) -> str:
    """Return a name without the marks of affiliations; a full stop belongs to `Jr.` and `Sr.` only."""
    bare = " ".join(_MARKS.sub("", name).split()).strip(" .·•-[]")
    return bare + "." if name.strip().endswith((" Jr.", " Sr.")) or name.strip() in ("Jr.", "Sr.") else bare
