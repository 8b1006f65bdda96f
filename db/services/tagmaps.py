"""Cleaning tags up by a file that says what each is to be called: looked at first, done as one step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.domain.tags import mapping
from db.domain.tags.mapping import Remark
from db.services import retagging
from db.services.atomic import replacing
from db.services.wording import storable
from db.store import tags as store

if TYPE_CHECKING:
    from pathlib import Path

    from db.domain.tags.mapping import TagMap
    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.retagging import Retagging, Wishes

MOST = 16_000_000
"""Bytes of a file; a library of 100,000 tags has a tenth of that."""


@dataclass(frozen=True, slots=True)
class MapPreview:
    """What a file would change, and the lines of it that cannot be followed."""

    changes: Retagging
    remarks: tuple[Remark, ...]


def load(path: Path) -> TagMap:
    """Read a file. Raises LibraryError when it cannot be read as text."""
    try:
        if path.stat().st_size > MOST:
            raise LibraryError(f"{path.name} is too large for a list of tags; nothing was changed.")
        data = path.read_bytes()
    except OSError as error:
        raise LibraryError(f"{path} could not be read: {error.strerror}. Nothing was changed.") from error
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LibraryError(
            f"{path.name} is no text in UTF-8 (line {line}), so nothing was changed. Save it as “CSV UTF-8”."
        ) from error
    found = mapping.read(storable(text))
    if not found.lines and not found.remarks:
        raise LibraryError(f"{path.name} has no line with a tag in it: each line is “old,new”. Nothing was changed.")
    return found


def preview(library: Library, wanted: TagMap) -> MapPreview:
    """Return what a file would change; tags that the library does not have are said with their lines."""
    wishes, remarks = _wishes(library, wanted)
    return MapPreview(retagging.foresee(library, wishes), remarks)


def apply(library: Library, wanted: TagMap, name: str = "a file") -> Changes:
    """Give the tags the names that a file says, all at once, so that two may swap theirs; what it does not say stays.

    A line is about one tag alone, not about those inside it.
    """
    wishes, _remarks = _wishes(library, wanted)
    return retagging.apply(library, wishes, f"Clean up tags by {name}")


def export(library: Library, path: Path) -> int:
    """Write all tags as a file in which each keeps its name; return how many there are."""
    with library.reading() as session:
        names = list(store.names(session).values())
    with replacing(path) as file:
        file.write(mapping.written(names))
    return len(names)


def _wishes(library: Library, wanted: TagMap) -> tuple[Wishes, tuple[Remark, ...]]:
    with library.reading() as session:
        known = {name.casefold(): tag_id for tag_id, name in store.names(session).items()}
    wishes: Wishes = {}
    remarks = list(wanted.remarks)
    for line in wanted.lines:
        tag_id = known.get(line.old.casefold())
        if tag_id is None:
            remarks.append(Remark(line.number, line.old, "is no tag of the library"))
        else:
            wishes[tag_id] = line.new or None
    return wishes, tuple(sorted(remarks, key=lambda one: one.number))
