"""From the document through all files that it is made of, each of them once."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from db.domain.documents import auxfile, bcffile, texfile
from db.domain.documents.found import ALL, Bibliography, Broken, Citation, Cited, Cites, Inputs, Opened, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.domain.documents.commands import Shape
    from db.domain.documents.found import Event, Opener

FILES = 2_000
"""More files than any book has: what names more of them goes round in circles of ever new names."""
DEEPEST = 60
_LEAST_TROUBLES = 500


def read(name: str, opener: Opener) -> Cited:
    """Return what a document cites; `name` is its file, whose ending (.tex, .aux, .bcf) says how it is read.

    Never raises for what stands in the files: what cannot be read is told in `troubles`.
    """
    walk = _Walk(opener)
    readable = walk.file(name, "", None)
    return walk.cited(readable=readable)


def _events(name: str, text: str, folder: str, own: dict[str, Shape]) -> Iterator[Event]:
    kind = name.rpartition(".")[2].lower()
    if kind == "aux":
        return auxfile.events(text)
    return bcffile.events(text) if kind == "bcf" else texfile.events(text, folder, own)


class _Walk:
    """What was found so far. Files are followed by a stack of their own: a chain of them may be long."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self._citations: dict[str, Citation] = {}
        self._bibliographies: dict[str, Bibliography] = {}
        self._everything: Citation | None = None
        self._files: dict[str, None] = {}
        self._troubles: dict[Trouble, None] = {}
        self._own: dict[str, Shape] = {}
        self._stack: list[tuple[str, Iterator[Event]]] = []

    def file(self, name: str, folder: str, opened: Opened | None) -> bool:
        """Read a file and all that it leads to; return whether it could be read."""
        readable = self._push(name, folder, opened or self._opener(name))
        while self._stack:
            file, events = self._stack[-1]
            event = next(events, None)
            if event is None:
                self._stack.pop()
            else:
                self._take(file, event)
        return readable

    def cited(self, *, readable: bool) -> Cited:
        """Return all that was found."""
        return Cited(
            citations=tuple(self._citations.values()),
            bibliographies=tuple(self._bibliographies.values()),
            everything=self._everything,
            files=tuple(self._files),
            troubles=tuple(self._troubles),
            readable=readable,
        )

    def _push(self, name: str, folder: str, opened: Opened) -> bool:
        if opened.why:
            self._say(name, opened.line, opened.why)
        if opened.text is None:
            return False
        self._files[name] = None
        self._stack.append((name, _events(name, opened.text, folder, self._own)))
        return True

    def _say(self, file: str, line: int, why: str) -> None:
        if len(self._troubles) < _LEAST_TROUBLES:
            self._troubles[Trouble(file, line, why)] = None

    def _take(self, file: str, event: Event) -> None:
        if isinstance(event, Cites):
            self._cite(file, event)
        elif isinstance(event, Inputs):
            self._follow(file, event)
        elif isinstance(event, Broken):
            self._say(file, event.line, event.why)
        else:
            for name in event.names:
                self._bibliographies.setdefault(name, Bibliography(name, file, event.line))

    def _cite(self, file: str, event: Cites) -> None:
        for key in event.keys:
            if key == ALL:
                self._everything = self._everything or Citation(ALL, file, event.line)
            elif key not in self._citations:
                self._citations[key] = Citation(key, file, event.line)

    def _follow(self, file: str, event: Inputs) -> None:
        places = [posixpath.normpath(place) for place in event.places if place]
        if not places or any(place in self._files for place in places):
            return
        if len(self._files) >= FILES or len(self._stack) >= DEEPEST:
            self._say(file, event.line, f"{places[0]} was not read: too many files lead on to others")
            return
        for place in places:
            opened = self._opener(place)
            if opened.text is not None:
                self._push(place, event.folder, opened)
                return
            if not opened.missing:
                self._say(file, event.line, opened.why)
                return
        if not event.optional:
            self._say(file, event.line, f"{places[0]} is not there, so what it cites is not known")
