"""What the authors of two records say: who is in both, in which order, and whose initials contradict."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from db.domain.names import CYRILLIC, fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.records import Person

ALIKE = 82
"""Per cent of the letters of a family name; less is another name."""
LONG_NAME = 4
"""Letters of a family name that may be found inside another one: "Ruiter" in "De Ruiter"."""
_LATIN = str.maketrans(CYRILLIC)
_REST = frozenset({"others", "etal", "al"})


class Name(NamedTuple):
    """A family name and the given names in bare letters, and the first letters of the given names."""

    family: str
    given: str
    initials: str


class Shared(NamedTuple):
    """How two lists of authors agree; the shares are 0 to 1, of the shorter and of the longer list."""

    of_shorter: float
    of_longer: float
    first: bool
    initials_contradict: bool
    counts_apart: bool


@lru_cache(maxsize=4096)
def names(authors: tuple[Person, ...]) -> tuple[Name, ...]:
    """Return the names in a form that accents, case, Cyrillic letters and "et al." do not change."""
    made = (
        Name(_bare(one.family), _bare(one.given), "".join(word[0] for word in _words(one.given))) for one in authors
    )
    return tuple(name for name in made if name.family and name.family not in _REST)


def _bare(text: str) -> str:
    return squeeze(fold(text).translate(_LATIN))


def _words(text: str) -> list[str]:
    return [
        word for word in fold(text).translate(_LATIN).replace("-", " ").replace(".", " ").split() if word[0].isalpha()
    ]


def shared(a: Sequence[Name], b: Sequence[Name]) -> Shared | None:
    """Compare two lists of authors in any order; None when one of them is empty."""
    if not a or not b:
        return None
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    free = list(many)
    found = contradictions = 0
    for one in few:
        other = next((name for name in free if same_family(one.family, name.family)), None)
        if other is not None:
            contradictions += _contradict(one.initials, other.initials)
        else:
            other = next((name for name in free if _turned(one, name) or _turned(name, one)), None)
        if other is not None:
            free.remove(other)
            found += 1
    return Shared(
        found / len(few),
        found / len(many),
        same_family(a[0].family, b[0].family),
        contradictions > 0,
        len(many) > 2 * len(few),
    )


def same_family(x: str, y: str) -> bool:
    """Tell whether two bare family names are one, a slip of spelling or a particle apart."""
    if x == y:
        return True
    if min(len(x), len(y)) < LONG_NAME:
        return False
    return x.endswith(y) or y.endswith(x) or x.startswith(y) or y.startswith(x) or fuzz.ratio(x, y) >= ALIKE


def _turned(x: Name, y: Name) -> bool:
    """Tell whether the given names of `x` are the family name of `y`: lists of other countries turn names round."""
    return len(x.given) > 1 and x.given == y.family and x.family[0] == y.initials[:1]


def _contradict(x: str, y: str) -> bool:
    return bool(x and y) and x[0] not in y and y[0] not in x
