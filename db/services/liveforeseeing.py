"""What another way to write a live .bib file, or another thing to follow, would make of it, before it is done."""

from __future__ import annotations

import difflib
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING

from db.domain import livebib
from db.domain.errors import LibraryError
from db.services import livefollow
from db.services.liveplan import Ask, plan
from db.store import livefiles as store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from db.domain.formats.bibwrite import ExportOptions
    from db.services.library import Library
    from db.services.livefollow import Follow
    from db.services.liveplan import Work

__all__ = ["Foreseen", "foresee"]
SHOWN = 60
"""Lines of the difference that are shown."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """How many entries would be written anew, come, go, and be asked about; the first lines that would differ.

    `lines` begin with "-" or "+", or with a blank for the entry in which they stand. `trouble` says why nothing would
    be written.
    """

    changed: int = 0
    added: int = 0
    removed: int = 0
    questions: int = 0
    lines: tuple[str, ...] = ()
    has_more: bool = False
    trouble: str = ""


def foresee(library: Library, file_id: int, follow: Follow, options: ExportOptions) -> Foreseen:
    """Return what `livefiles.change` would do to a file now; nothing is changed."""
    told = {"kind": follow.kind, "value": follow.value, "name": follow.name, "options": asdict(options), "digest": ""}
    try:
        livefollow.check(follow)
        with library.reading() as session:
            work = plan(session, {**store.get(session, file_id), **told}, Ask(by_hand=True))
    except LibraryError as error:
        return Foreseen(trouble=error.message)
    made = work.plan
    differing = _differing(work)
    lines = tuple(line for line, _at in zip(differing, range(SHOWN), strict=False))
    return Foreseen(
        len(made.changed), len(made.added), len(made.removed), len(made.questions), lines,
        has_more=next(differing, None) is not None,
    )  # fmt: skip


def _differing(work: Work) -> Iterator[str]:
    """Yield the lines that differ, entry by entry: a whole file of thousands would take seconds to compare."""
    made = work.plan
    before, after = _by_key(work.file.text), _by_key(made.text)
    for key in (*made.changed, *made.added, *made.removed):
        old, new = before.get(key, []), after.get(key, [])
        if old[:1] == new[:1]:
            yield f"  {''.join(old[:1])}"
        for line in islice(difflib.unified_diff(old, new, n=0, lineterm=""), 2, None):
            if line[:2] != "@@":
                yield f"{line[0]} {line[1:]}"


def _by_key(text: str) -> Mapping[str, list[str]]:
    # Of bytes that are no text in the file's encoding nobody can see more than that they are there.
    shown = text.encode("utf-8", "replace").decode("utf-8")
    return {one.key: shown[one.start : one.end].splitlines() for one in livebib.entries(text)}
