"""What is found in the files of a document: citations, bibliographies, other files, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

ALL = "*"
r"""The key of `\nocite{*}`: every entry of the bibliographies is cited."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A key, and the file and line (from 1) where it is first cited."""

    key: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Bibliography:
    """A .bib file as the document names it, and where it does."""

    name: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be read, and what became of it; line 0 stands for the file as a whole."""

    file: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A file of the document: its text with line ends as \\n; `why` says what is wrong, from `line` on.

    `text` is None for a file that cannot be read at all, `missing` for one that does not exist.
    """

    text: str | None
    why: str = ""
    line: int = 0
    missing: bool = False


Opener = Callable[[str], Opened]
"""Opens a file by its path, relative to the folder of the document, with forward slashes; never raises."""


@dataclass(frozen=True, slots=True)
class Cited:
    r"""All that a document cites, in the order of first citation.

    `everything` is where `\nocite{*}` stands, if it does. `files` are the files read, the document first.
    `readable` is False when the document itself could not be read.
    """

    citations: tuple[Citation, ...]
    bibliographies: tuple[Bibliography, ...]
    everything: Citation | None
    files: tuple[str, ...]
    troubles: tuple[Trouble, ...]
    readable: bool = True


# What one text says, in the order in which it does --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cites:
    """Keys that a command names."""

    keys: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """Another file: where it may be, the likeliest place first; `folder` is what its own names are relative to."""

    places: tuple[str, ...]
    line: int
    folder: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Lists:
    """Bibliographies that a command names."""

    names: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A place that could not be read."""

    why: str
    line: int


Event = Cites | Inputs | Lists | Broken
