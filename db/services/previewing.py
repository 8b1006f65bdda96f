"""What an import would do, before it is done: nothing is written, and big files are read in part only."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from db.domain import formats as known_formats
from db.domain.errors import LibraryError
from db.services.excerpts import file_text, pasted_text
from db.services.expecting import Fates
from db.services.forecast import SURE, Expected, Fate, FilePreview, Preview, Reading
from db.services.foreseeing import Look, recognised
from db.services.gathering import gathered
from db.services.parsing import hashed, hashed_text
from db.services.progress import Progress
from db.services.recognising import OPEN, Choice
from db.store import imports

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from db.services.excerpts import Text
    from db.services.gathering import Found
    from db.services.library import Library
    from db.services.progress import Report

    OnPart = Callable[[Sequence[tuple[int, FilePreview]]], None]

__all__ = [
    "SURE",
    "Choice",
    "Expected",
    "Fate",
    "FilePreview",
    "Preview",
    "Reading",
    "formats",
    "preview",
    "preview_text",
]

PASTED = "The pasted text"
QUICK_BYTES = 500_000
"""A bigger file shows its first papers from this much of it, before the rest is read."""
MOST_BYTES = 50_000_000
"""No more of a file is read: what is known then is at least what the file holds."""
SHOWN, SHOWN_OF_MANY, MANY = 500, 5, 100
"""Records that are shown of each file: fewer of each when a drop has many files."""
TELL_SECONDS = 0.1


def formats() -> tuple[Reading, ...]:
    """Return all formats that a text can be read as, by their labels."""
    found = (Reading(one.name, one.label) for one in known_formats.FORMATS)
    return tuple(sorted(found, key=lambda one: one.label.casefold()))


def preview(
    library: Library,
    paths: Sequence[Path],
    report: Report,
    *,
    choices: Mapping[str, Choice] | None = None,
    wanted: Callable[[str], bool] | None = None,
    on_part: OnPart | None = None,
) -> Preview:
    """Look through files, folders and archives as an import would find them.

    `choices` holds what a person decided of single files, by their path; `wanted` leaves files out by theirs.
    `on_part` is told (number, preview) of what is new every now and then, of all files at first. Cancelled
    through `report`.
    """
    decided = choices or {}
    with gathered(paths, lambda: report(Progress(0, 0, "Unpacking"))) as everything:
        found = [one for one in everything if wanted is None or wanted(one.shown)]
        drop = _Drop(library, report, _Teller(on_part), SHOWN if len(found) <= MANY else SHOWN_OF_MANY)
        states = [_unread(one) for one in found]
        drop.teller.now(list(enumerate(states)))
        for number, one in enumerate(found):
            if not states[number].finished:
                choice = decided.get(one.shown, OPEN)
                states[number] = drop.file(number, states[number], one, choice)
        drop.teller.flush()
    return Preview(tuple(states))


def preview_text(
    library: Library,
    text: str,
    report: Report,
    *,
    choice: Choice = OPEN,
    on_part: OnPart | None = None,
) -> Preview:
    """Look through pasted text."""
    state = FilePreview("", PASTED, len(text))
    drop = _Drop(library, report, _Teller(on_part), SHOWN)
    drop.teller.now([(0, state)])
    sha256 = hashed_text(text)
    pasted = pasted_text(text[:MOST_BYTES], PASTED)
    pasted = replace(pasted, cut=len(text) > MOST_BYTES)
    state = drop.text(0, state, pasted, choice, sha256)
    drop.teller.flush()
    return Preview((state,))


def _unread(found: Found) -> FilePreview:
    name = Path(found.shown).name or found.shown
    state = FilePreview(found.shown, name, found.size)
    return replace(state, error=found.error, finished=True) if found.error is not None else state


class _Teller:
    """Passes on what is new, a few times a second at most."""

    def __init__(self, on_part: OnPart | None) -> None:
        self._on_part = on_part
        self._waiting: dict[int, FilePreview] = {}
        self._at = 0.0

    def now(self, states: Sequence[tuple[int, FilePreview]]) -> None:
        if self._on_part is not None:
            self._on_part(list(states))

    def tell(self, number: int, state: FilePreview) -> None:
        self._waiting[number] = state
        if time.monotonic() - self._at >= TELL_SECONDS:
            self.flush()

    def flush(self) -> None:
        if self._waiting:
            self.now(list(self._waiting.items()))
        self._waiting, self._at = {}, time.monotonic()


@dataclass(slots=True)
class _Drop:
    """What holds for all files that are dropped together."""

    library: Library
    report: Report
    teller: _Teller
    shown: int
    fates: Fates = field(init=False)
    _hashes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fates = Fates(self.library)

    def file(self, number: int, state: FilePreview, found: Found, choice: Choice) -> FilePreview:
        """Look through one file; what is wrong with it becomes its error."""
        try:
            sha256 = self._hash(found)
            if found.size > QUICK_BYTES and not self._known(state, sha256):
                state = self._quick(number, state, found, choice)
            with file_text(found, MOST_BYTES) as text:
                return self.text(number, state, text, choice, sha256)
        except LibraryError as error:
            return self._ended(number, replace(state, error=error.message))

    def text(self, number: int, state: FilePreview, text: Text, choice: Choice, sha256: str) -> FilePreview:
        """Look through one text to its end, or as far as a preview goes."""
        if known := self._known(state, sha256):
            return self._ended(number, known)
        look = Look(FilePreview(state.path, state.name, state.size), self.fates, self.report, self.shown)
        try:
            look.state = recognised(look.state, text, choice)
            if not state.records:
                self.teller.tell(number, look.state)

            def tell(now: FilePreview) -> None:
                # The quick look may have shown more than the thorough one has come to.
                if now.records >= state.records:
                    self.teller.tell(number, now)

            look.tell = tell
            found = look.run(text, choice)
            if found.cut and found.records < state.records:  # the time was over before it came so far
                found = replace(state, cut=True)
            return self._ended(number, found)
        except LibraryError as error:
            return self._ended(number, replace(look.state, error=error.message))

    def _quick(self, number: int, state: FilePreview, found: Found, choice: Choice) -> FilePreview:
        """Show the first papers of a big file."""
        with file_text(found, QUICK_BYTES) as text:
            try:
                start = recognised(state, text, choice)
                look = Look(start, self.fates, self.report, self.shown, remember=False)
                state = replace(look.run(text, choice), cut=False, done=0.0)
            except LibraryError:
                return state  # the whole file may tell more, or say what is wrong
        self.teller.now([(number, state)])
        return state

    def _hash(self, found: Found) -> str:
        """Return what tells whether a file was imported before; nothing for a big one that cannot have been."""
        if found.size > MOST_BYTES:
            with self.library.reading() as session:
                if not imports.has_source_of_size(session, found.size):
                    return ""
        return hashed(found.path, lambda: self.report(Progress(0, 0, found.shown)))[0]

    def _known(self, state: FilePreview, sha256: str) -> FilePreview | None:
        """Return the preview of a text that is in the library, or earlier in the drop, None when it is in neither."""
        if not sha256:
            return None
        with self.library.reading() as session:
            source = imports.source_by_hash(session, sha256)
        if source is not None:
            fmt = known_formats.by_name(source["format"])
            return replace(
                state,
                already_imported=True,
                known_as=source["name"],
                format=source["format"],
                label=fmt.label if fmt else source["format"],
                dialect=source["dialect"],
                confidence=1.0,
                records=source["records"],
                same=source["records"],
            )
        other = self._hashes.setdefault(sha256, state.path)
        return None if other == state.path else replace(state, already_imported=True, known_as=other, confidence=1.0)

    def _ended(self, number: int, state: FilePreview) -> FilePreview:
        ended = replace(state, done=1.0, finished=True)
        self.teller.tell(number, ended)
        return ended
