"""One line of the sidebar as a plain value."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum


class Kind(StrEnum):
    """What an entry stands for."""

    SECTION = "section"
    LIST = "list"
    COLLECTION = "collection"
    SEARCH = "search"
    TAG = "tag"
    DUMP = "dump"
    HINT = "hint"


@dataclass(slots=True)
class Entry:
    """One line of the sidebar: `term` is what a click searches, `key` names it across refreshes.

    A line that is `counted_later` says how many papers it has once it was seen, for that takes a search.
    `name` is the whole name of a tag, of which the label is the last part; one without `target` is no tag itself.
    """

    kind: Kind
    key: str
    label: str
    term: str = ""
    count: int | None = None
    target: int | None = None
    colour: int | None = None
    detail: str = ""
    tip: str = ""
    name: str = ""
    digit: int | None = None
    icon: str = ""
    counted_later: bool = False
    inside: list[Entry] = field(default_factory=list, compare=False)

    def take(self, new: Entry) -> bool:
        """Say what another entry says; what is inside stays. Returns whether that is anything else."""
        if self == new:
            return False
        for one in fields(self):
            if one.name != "inside":
                setattr(self, one.name, getattr(new, one.name))
        return True
