"""What the lines of a text leave out of its file: line ends, the byte order mark, the encoding, and what was cleaned.

Lines and frame together give the file back byte for byte.
"""

from __future__ import annotations

import codecs
import json
import re
import zlib
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from db.domain import latex
from db.domain.formats.textfile import CHUNK, codec_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_END = re.compile(r"\r\n|\n|\r")
_DIRT = re.compile("[\0\ud800-\udfff]")
_RUN = re.compile(f"{_DIRT.pattern}+")
_MARK = "\ufeff"
AS_LATEX = "sheaf-latex"
"""How a letter is written that the encoding of a file does not know."""


def _as_latex(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return latex.encode(error.object[error.start : error.end]), error.end


codecs.register_error(AS_LATEX, _as_latex)


@dataclass(frozen=True, slots=True)
class Frame:
    """How a file was written: `ends` are runs of (line end, lines); a last line without one has "" for its end.

    `mark` are byte order marks before the first line, `dirty` lines (from 1) as they were before they were cleaned,
    bytes that are not in the encoding as lone surrogates.
    """

    codec: str = "utf-8"
    mark: str = ""
    ends: tuple[tuple[str, int], ...] = ()
    dirty: Mapping[int, str] = field(default_factory=dict)

    @property
    def errors(self) -> str:
        """How what cannot be encoded is written."""
        return "surrogateescape" if self.codec == "utf-8" else AS_LATEX

    @property
    def is_wide(self) -> bool:
        """Whether a letter takes several bytes at least."""
        return self.codec.startswith(("utf-16", "utf-32"))

    @property
    def eol(self) -> str:
        """The line end that most lines have."""
        counts: dict[str, int] = {}
        for end, lines in self.ends:
            counts[end] = counts.get(end, 0) + lines * bool(end)
        return max(counts, key=lambda end: counts[end], default="") or "\n"

    def packed(self) -> bytes:
        """Return the frame as bytes to be kept."""
        values = [self.codec, self.mark, self.ends, list(self.dirty.items())]
        return zlib.compress(json.dumps(values).encode("ascii"))

    @staticmethod
    def unpacked(data: bytes) -> Frame:
        """Return the frame that was packed."""
        codec, mark, ends, dirty = json.loads(zlib.decompress(data))
        return Frame(codec, mark, tuple((end, lines) for end, lines in ends), dict(dirty))


class Restorer:
    """Gives lines back as they stood in their file."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._behind = list(accumulate(lines for _end, lines in frame.ends))

    def text(self, lines: Sequence[str], first: int, begin: int = 0, stop: int | None = None) -> str:
        """Return lines, the first of them number `first`, from column `begin` of the first to `stop` of the last.

        Without `stop` the end of the last line is part of it. Columns are those of the cleaned lines.
        """
        last = len(lines) - 1
        ends = self._ends(first, len(lines))
        if stop is not None:
            ends[-1], stop = "", self._column(lines[last], first + last, stop)
        begin = self._column(lines[0], first, begin) if begin else 0
        if self.frame.dirty:
            lines = [self.frame.dirty.get(first + at, line) for at, line in enumerate(lines)]
        if stop is not None:
            lines = [*lines[:last], lines[last][:stop]]
        if len(set(ends[:-1])) < 2:
            text = (ends[0]).join(lines) + ends[-1]
        else:
            text = "".join([line + end for line, end in zip(lines, ends, strict=True)])
        return text[begin:]

    def _ends(self, first: int, count: int) -> list[str]:
        if len(self._behind) < 2:
            return [self.frame.ends[0][0] if self.frame.ends else "\n"] * count
        found: list[str] = []
        at = bisect_left(self._behind, first)
        while len(found) < count:
            end = self.frame.ends[at][0]
            found += [end] * min(count - len(found), self._behind[at] - (first - 1) - len(found))
            at += 1
        return found

    def _column(self, line: str, number: int, at: int) -> int:
        """Return the column of a line as it was before it was cleaned."""
        dirty = self.frame.dirty.get(number)
        if dirty is None:
            return at
        here = there = 0
        for run in _RUN.finditer(dirty):
            plain = run.start() - there
            if here + plain >= at:
                break
            here, there = here + plain, run.end()
            shown = len(line[here : here + len(run[0])]) - len(line[here : here + len(run[0])].lstrip("\ufffd"))
            here = min(here + shown, at)
        return there + at - here


def frame_of(path: Path, encoding: str, *, cleaned: bool) -> Frame | None:
    """Return the frame of a file that was read as `encoding`; `cleaned` says that lines of it were.

    None when no frame can give the file back. Raises OSError.
    """
    codec, marks = _codec(path, encoding)
    if cleaned and codec.startswith(("utf-16", "utf-32")):
        return None
    with path.open("r", encoding=codec, errors="surrogateescape", newline="") as file:
        head = file.read(marks)
        mark = head[: len(head) - len(head.lstrip(_MARK))]
        ends = _runs(_pieces(head[len(mark) :], iter(lambda: file.read(CHUNK), "")))
    return Frame(codec, mark, tuple(ends), _dirty(path, codec, mark) if cleaned else {})


def _codec(path: Path, encoding: str) -> tuple[str, int]:
    """Return the codec that shows byte order marks as they stand, and how many of them reading passes over."""
    if encoding == "utf-8-sig":
        return "utf-8", 2
    if encoding == "utf-32":
        return "utf-32-le", 2  # the other one is refused
    return codec_of(path, encoding), 1


def _pieces(held: str, pieces: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of a text, none of which ends between the two signs of one line end."""
    for piece in pieces:
        text = held + piece
        held = text[-1:] if text.endswith("\r") else ""
        yield text[: len(text) - len(held)]
    yield held


def _runs(pieces: Iterable[str]) -> list[tuple[str, int]]:
    runs: list[tuple[str, int]] = []
    last = ""
    for piece in pieces:
        for end, lines in _ends(piece):
            if runs and runs[-1][0] == end:
                runs[-1] = (end, runs[-1][1] + lines)
            else:
                runs.append((end, lines))
        last = piece[-1:] or last
    return runs if last in ("\r", "\n", "") else [*runs, ("", 1)]


def _ends(text: str) -> Iterable[tuple[str, int]]:
    feeds, returns = text.count("\n"), text.count("\r")
    if not returns:
        return [("\n", feeds)] if feeds else []
    if feeds == returns == text.count("\r\n"):
        return [("\r\n", feeds)]
    return [(end, sum(1 for _one in group)) for end, group in groupby(_END.findall(text))]


def _dirty(path: Path, codec: str, mark: str) -> dict[int, str]:
    with path.open("r", encoding=codec, errors="surrogateescape", newline=None) as file:
        file.read(len(mark))
        return {number: line.rstrip("\n") for number, line in enumerate(file, start=1) if _DIRT.search(line)}
