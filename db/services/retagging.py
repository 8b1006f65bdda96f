"""Renaming, merging, nesting and deleting tags, with a look at what would change; the tags inside come along."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.domain.tags.nesting import BETWEEN, below, is_inside, moved, path_of
from db.services.wording import name_of
from db.store import papers, tags
from db.store import retagging as store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.services.changes import Changes
    from db.services.library import Library
    from db.store.sessions import Session

Wishes = dict[int, str | None]


@dataclass(frozen=True, slots=True)
class TagChange:
    """What would become of one tag: its new name, None when it is deleted; `merges` when another tag has that name."""

    old: str
    new: str | None
    papers: int
    merges: bool = False


@dataclass(frozen=True, slots=True)
class Retagging:
    """What would become of tags; `papers` counts the live papers concerned, each once."""

    lines: tuple[TagChange, ...]
    papers: int

    @property
    def merges(self) -> tuple[TagChange, ...]:
        """The tags that would become one with another."""
        return tuple(one for one in self.lines if one.merges)


def preview_rename(library: Library, old: str, new: str) -> Retagging:
    """Return what a rename of a tag, or of what tags are inside of, would change."""
    with library.reading() as session:
        return _foreseen(session, _renaming(session, [old], name_of(new, "tag")))


def rename(library: Library, old: str, new: str) -> Changes:
    """Rename a tag and those inside it; a tag that has the new name already takes it in.

    `old` may be a name that is no tag itself. Raises LibraryError when nothing is called so, or a name gets too long.
    """
    new = name_of(new, "tag")
    with library.reading() as session:
        wishes = _renaming(session, [old], new)
        label = _rename_label(session, old, new, wishes)
    return apply(library, wishes, label)


def move(library: Library, name: str, into: str | None) -> Changes:
    """Put a tag, with those inside it, into another one, or to the top (None)."""
    return rename(library, name, moved_name(name, into))


def moved_name(name: str, into: str | None) -> str:
    """Return what a tag would be called inside another one. Raises LibraryError for itself or what is inside it."""
    if into is not None and (into.casefold() == name.casefold() or is_inside(into, name)):
        raise LibraryError(f"{name} cannot be moved into itself or into a tag inside it.")
    own = path_of(name)[-1].strip()
    return own if into is None else f"{into}{BETWEEN}{own}"


def preview_merge(library: Library, names: Sequence[str], into: str) -> Retagging:
    """Return what merging tags into one would change."""
    with library.reading() as session:
        return _foreseen(session, _renaming(session, names, name_of(into, "tag")))


def merge(library: Library, names: Sequence[str], into: str) -> Changes:
    """Make several tags one, called `into`, which may be one of them, another or a new one; those inside follow."""
    into = name_of(into, "tag")
    with library.reading() as session:
        wishes = _renaming(session, names, into)
    others = [one for one in dict.fromkeys(names) if one.casefold() != into.casefold()]
    what = f"tag {others[0]}" if len(others) == 1 else f"{len(others)} tags"
    return apply(library, wishes, f"Merge {what} into {into}")


def preview_delete(library: Library, names: Sequence[str]) -> Retagging:
    """Return what deleting tags, with those inside them, would change."""
    with library.reading() as session:
        return _foreseen(session, dict.fromkeys(_with_inside(below(tags.names(session)), names)))


def delete(library: Library, names: Sequence[str], *, inside: bool = True) -> Changes:
    """Delete tags, and those inside them unless told otherwise; papers only lose the labels."""
    with library.reading() as session:
        known = tags.names(session)
        gone = _with_inside(below(known), names) if inside else _called(known, names)
    what = f"tag {known[gone[0]]}" if len(gone) == 1 else f"{len(gone)} tags"
    return apply(library, dict.fromkeys(gone), f"Delete {what}")


def apply(library: Library, wishes: Wishes, label: str) -> Changes:
    """Give tags other names or delete them, by their ids, as one step."""
    with library.writing(label) as write:
        store.apply(write.session, wishes)
    return write.changes


def _rename_label(session: Session, old: str, new: str, wishes: Wishes) -> str:
    known = tags.names(session)
    (named,) = [known[one] for one in wishes if known[one].casefold() == old.casefold()] or [old]
    target = tags.find(session, new)
    if target is not None and target not in wishes:
        return f"Merge tag {named} into {new}"
    inside = sum(known[one].casefold() != old.casefold() for one in wishes)
    with_inside = f" and {inside} inside" if inside else ""
    return f"Rename tag {named}{with_inside} to {new}"


def _renaming(session: Session, names: Sequence[str], new: str) -> Wishes:
    """Return what tags, and those inside them, are to be called when each of `names` becomes `new`."""
    known = tags.names(session)
    held = below(known)
    wishes: Wishes = {}
    several = len(names) > 1
    if all(one.casefold() != new.casefold() for one in names) or several:
        new = next((one for one in known.values() if one.casefold() == new.casefold()), new)  # as it is spelled
    for old in sorted(names, key=len, reverse=True):  # what was named itself goes where that says
        for tag_id in _with_inside(held, [old]):
            # Merged into what is inside it, a tag leaves that, and what is inside that, where it is.
            stays = several and (known[tag_id].casefold() == new.casefold() or is_inside(known[tag_id], new))
            if not stays:
                wishes.setdefault(tag_id, name_of(moved(known[tag_id], old, new), "tag"))
    return wishes


def _with_inside(held: Mapping[str, Sequence[int]], names: Sequence[str]) -> list[int]:
    found: dict[int, None] = {}
    for name in names:
        inside = held.get(name.casefold())
        if not inside:
            raise LibraryError(f"The tag {name} is no longer there; nothing was changed.")
        found |= dict.fromkeys(inside)
    return list(found)


def _called(known: Mapping[int, str], names: Sequence[str]) -> list[int]:
    wanted = {name.casefold() for name in names}
    found = [tag_id for tag_id, name in known.items() if name.casefold() in wanted]
    if not found:
        raise LibraryError("These tags are no longer there; nothing was changed.")
    return found


def foresee(library: Library, wishes: Wishes) -> Retagging:
    """Return what giving tags other names, by their ids, would change."""
    with library.reading() as session:
        return _foreseen(session, wishes)


def _foreseen(session: Session, wishes: Wishes) -> Retagging:
    known = tags.names(session)
    changed = {one: new for one, new in wishes.items() if one in known and new != known[one]}
    after = Counter(new.casefold() for one, name in known.items() if (new := wishes.get(one, name)) is not None)
    counts = {tag.id: tag.count for tag in papers.tags(session)}
    lines = [
        TagChange(known[one], new, counts[one], new is not None and after[new.casefold()] > 1)
        for one, new in changed.items()
    ]
    return Retagging(tuple(lines), tags.live_papers(session, changed))
