"""How tags nest by their names: `nlp/parsing` is inside `nlp`, whether there is such a tag or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.records import TagBranch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from db.domain.records import Tag

BETWEEN = "/"


def path_of(name: str) -> tuple[str, ...]:
    """Return the parts of a name; joined by `/` they give it back.

    A stroke with a blank before it, or with nothing on one side, is a character like any other: `and / or` is one part.
    """
    parts = [""]
    for at, char in enumerate(name):
        if char == BETWEEN and parts[-1] and not parts[-1][-1].isspace() and at + 1 < len(name):
            parts.append("")
        else:
            parts[-1] += char
    return tuple(parts)


def parents(name: str) -> list[str]:
    """Return the names that a name is inside of, the outermost first."""
    parts = path_of(name)
    return [BETWEEN.join(parts[:depth]) for depth in range(1, len(parts))]


def is_inside(name: str, outer: str) -> bool:
    """Tell whether a name is inside another, without regard to case."""
    return outer.casefold() in map(str.casefold, parents(name))


def moved(name: str, old: str, new: str) -> str:
    """Return what a name becomes when `old`, which is it or which it is inside of, becomes `new`."""
    key = old.casefold()  # which may be longer than `old`: `STRASSE/x` is inside `straße`
    return new + next(name[end:] for end in range(len(name) + 1) if name[:end].casefold() == key)


def below(names: Mapping[int, str]) -> dict[str, list[int]]:
    """Return, of each name of a tag or above one, casefolded, the tags that it and those inside it are."""
    found: dict[str, list[int]] = {}
    for number, name in names.items():
        for one in (*parents(name), name):
            found.setdefault(one.casefold(), []).append(number)
    return found


def holders(names: Mapping[int, str]) -> dict[str, list[int]]:
    """Return what `below` does, of those names alone that others are inside of."""
    return {key: ones for key, ones in below(names).items() if any(names[one].casefold() != key for one in ones)}


def tree(tags: Iterable[Tag], whole: Mapping[str, int]) -> tuple[TagBranch, ...]:
    """Return tags as a tree in the order of their names; `whole` counts what is in and inside a name."""
    grown = _Grown()
    for tag in tags:
        grown.add(tag)
    return _branches(grown.inside, whole)


class _Grown:
    """A branch while the tree grows."""

    def __init__(self, name: str = "", label: str = "") -> None:
        self.name, self.label = name, label
        self.tag: Tag | None = None
        self.inside: dict[str, _Grown] = {}

    def add(self, tag: Tag) -> None:
        """Put a tag where its name says."""
        parts, here = path_of(tag.name), self
        for depth, part in enumerate(parts, start=1):
            name = BETWEEN.join(parts[:depth])
            here = here.inside.setdefault(part.casefold(), _Grown(name, part.strip()))
        here.tag, here.name, here.label = tag, tag.name, parts[-1].strip()


def _branches(grown: Mapping[str, _Grown], whole: Mapping[str, int]) -> tuple[TagBranch, ...]:
    made: list[TagBranch] = []
    for key in sorted(grown):
        one = grown[key]
        inside = _branches(one.inside, whole)
        own = one.tag.count if one.tag else 0
        made.append(TagBranch(one.name, one.label, one.tag, whole.get(one.name.casefold(), own), inside))
    return tuple(made)


def flat(branches: Sequence[TagBranch]) -> list[TagBranch]:
    """Return all branches from the top."""
    return [one for branch in branches for one in (branch, *flat(branch.inside))]
