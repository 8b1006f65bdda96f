"""What a preview reads of a source: all of it, or the beginning when it is long."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.domain.formats import textfile
from db.services import parsing, recognising
from db.services.recognising import Choice, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.domain.formats.textfile import TextLines
    from db.services.gathering import Found

Items = Generator[tuple[Part, int]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text to look through: where its lines come from, and how its items are read.

    `size` is in bytes; `cut` is set for the beginning of a longer one, whose share `part` of the whole it is.
    """

    name: str
    size: int
    lines: Callable[[], TextLines]
    items: Callable[[Callable[[int], None], Choice], Items]
    cut: bool = False
    part: float = 1.0


@contextmanager
def file_text(found: Found, most: int) -> Iterator[Text]:
    """Give the text of a file, or of its first `most` bytes when it is longer."""
    if found.size <= most:
        yield _text_of(found.path, found.size)
        return
    with tempfile.TemporaryDirectory(prefix="sheaf-") as folder:
        path = Path(folder) / found.path.name
        _copy_beginning(found.path, path, most)
        text = _text_of(path, path.stat().st_size)
        yield replace(text, cut=True, part=text.size / found.size)


def _text_of(path: Path, size: int) -> Text:
    return Text(
        path.name,
        size,
        lambda: textfile.open_lines(path),
        lambda tick, choice: parsing.stream(path, tick, choice),
    )


def pasted_text(text: str, name: str) -> Text:
    """Return a text that came without a file."""
    return Text(
        name,
        len(text),
        parsing.text_lines(text),
        lambda _tick, choice: recognising.read(parsing.text_lines(text), name, choice),
    )


def _copy_beginning(source: Path, target: Path, most: int) -> None:
    """Copy the first bytes of a file, up to the end of a line if there is one."""
    try:
        with source.open("rb") as file:
            data = file.read(most)
    except OSError as error:
        raise LibraryError(f"{source.name} cannot be read: {parsing.reason(error)}.") from error
    end = data.rfind(b"\n")
    target.write_bytes(data[: end + 1] if end > most // 2 else data)
