"""The pattern that proposes citation keys: ready-made ones, a look at what one would change, and taking it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.citekeys import PRESETS, KeyPattern, Preset
from db.services.progress import Progress, silent
from db.store import keyexamples, keys
from db.store.keyworks import Naming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.progress import Report
    from db.store.keyexamples import Shown
    from db.store.keys import Wanted

__all__ = ["PRESETS", "Example", "PatternPreview", "Preset", "key_pattern", "preset_of", "preview", "set_key_pattern"]

AT_ONCE = 3_000
"""Up to so many keys are worked out before anything is shown."""


@dataclass(frozen=True, slots=True)
class Example:
    """A paper of the library, the key it has, and the one that it would have.

    `kind` says why it is shown: authors, no-authors, letters (that keys cannot hold), collides (its key needs a
    letter, or is one that another needs a letter beside), frozen.
    """

    paper_id: int
    title: str
    authors: tuple[str, ...]
    old: str
    new: str
    kind: str


@dataclass(frozen=True, slots=True)
class PatternPreview:
    """What a pattern would do: examples, and how many of the `loose` keys change; `frozen` ones stay.

    `changes` is None while it is being counted.
    """

    examples: tuple[Example, ...]
    loose: int
    frozen: int
    changes: int | None = None


def key_pattern(library: Library) -> str:
    """Return the pattern that proposes citation keys."""
    with library.reading() as session:
        return keys.pattern(session)


def preset_of(pattern: str) -> Preset | None:
    """Return the ready-made pattern that a text is, None for one of the person's own."""
    return next((one for one in PRESETS if one.pattern == pattern.strip()), None)


def set_key_pattern(library: Library, pattern: str, report: Report = silent) -> Changes:
    """Propose keys by this pattern from now on, and all that are not frozen anew; LibraryError for a wrong one."""
    KeyPattern(pattern)
    with library.writing("Change the key pattern", report=report) as write:
        session = write.session
        if keys.pattern(session) != pattern:
            total, _frozen = keys.counts(session)
            keys.set_pattern(session, pattern)
            keys.repropose(session, tick=lambda done: report(Progress(done, total, "Making citation keys")))
    return write.changes


def preview(
    library: Library,
    pattern: str,
    report: Report = silent,
    part: Callable[[PatternPreview], None] | None = None,
) -> PatternPreview:
    """Return what a pattern would do to the library; LibraryError for a wrong one.

    Of a large library `part` gets examples first, with keys that may still lack a letter, and the count follows.
    """
    rule = KeyPattern(pattern)
    with library.reading() as session:
        naming = Naming(session, rule)
        loose, held = keys.counts(session)
        shown = keyexamples.choose(session, naming)
        if part is not None and loose > AT_ONCE:
            part(PatternPreview(tuple(_example(one, one.base) for one in shown), loose, held))
        papers = list(_reported(keys.wanted(session, naming), loose, report))
        changed = dict(keys.assigned(session, papers))
        pair = _colliding(papers, changed)
        if pair:
            shown = keyexamples.colliding(session, naming, pair, shown)
        examples = tuple(_example(one, changed.get(one.paper_id, one.key)) for one in shown)
        return PatternPreview(examples, loose, held, len(changed))


def _reported(papers: Iterator[Wanted], total: int, report: Report) -> Iterator[Wanted]:
    for done, one in enumerate(papers):
        if done % keys.PAGE == 0:
            report(Progress(done, total, "Trying the pattern"))
        yield one


def _colliding(papers: list[Wanted], changed: dict[int, str]) -> list[int]:
    """Return the newest paper whose key would have a letter, and the one that has that key without it."""
    for one in reversed(papers):
        if changed.get(one.paper_id, one.key) != one.base:
            first = [other.paper_id for other in papers if changed.get(other.paper_id, other.key) == one.base]
            return [*first, one.paper_id]
    return []


def _example(one: Shown, new: str) -> Example:
    return Example(one.paper_id, one.title, one.authors, one.key, new, one.kind)
