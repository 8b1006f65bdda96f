"""Text files in any usual encoding as a stream of lines, with what is not text refused in words."""

from __future__ import annotations

import codecs
import io
import itertools
import os
import re
import stat
from pathlib import Path
from typing import IO, TYPE_CHECKING

from db.domain.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HEAD = 65_536
LONGEST = 1_000_000
"""Characters of the longest line that is read; a listing's longest real line is some 2,000."""
WHOLE = 64_000_000
"""The same where a whole document may stand on one line: saved HTML, JSON."""

_MAGIC = {
    b"%PDF": "a PDF file", b"PK\x03\x04": "a zip archive or office file", b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image", b"GIF8": "an image", b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file", b"BZh9": "a compressed file", b"\xfd7zXZ": "a compressed file",
    b"\x7fELF": "a program", b"MZ\x90": "a program", b"SQLite format 3\0": "a database",
    b"RIFF": "a sound, image or film", b"ID3": "a sound", b"\xd0\xcf\x11\xe0": "an old office file",
    b"Rar!": "a compressed file", b"{\\rtf": "a rich text document",
}  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_DIRT = re.compile("[\x00\ud800-\udfff]")
CHUNK = 262_144
MANY_BAD = 10_000
"""Bytes that are no UTF-8 which are enough to tell: each takes a call."""
BROKEN = "\udcff"
"""Stands for bytes that are not in the encoding until they are counted; no text can hold it."""


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return BROKEN, error.end


codecs.register_error("sheaf-mark", _mark)
GUESSED = "latin-1 (guessed)"


class TextLines:
    """The lines of a text without their ends; may be gone through again when it comes from a file.

    `encoding` names what the text was read as; `cleaned` counts NUL characters, lone surrogates and bytes
    that are not in the encoding; `longest` bounds the characters of a line.
    """

    def __init__(self, source: Path | IO[str], encoding: str = "") -> None:
        self.source = source
        self.encoding = encoding
        self.longest = LONGEST
        self.cleaned = 0
        self.first_cleaned = 0

    def __iter__(self) -> Iterator[str]:
        if not isinstance(self.source, Path):
            yield from self._read(self.source, "The text")
            return
        try:
            with self._open(self.source) as file:
                yield from self._read(file, self.source.name)
        except OSError as error:
            raise _unreadable(self.source.name, error) from error

    def head(self, characters: int) -> str:
        """Return the first characters of the text, ends of lines as newlines, whatever the length of its lines."""
        if isinstance(self.source, Path):
            try:
                with self._open(self.source) as file:
                    text = file.read(characters)
            except OSError as error:
                raise _unreadable(self.source.name, error) from error
        else:
            text = self.source.read(characters)
            self.source.seek(0)
        return text.removeprefix("\ufeff").replace(BROKEN, "\ufffd")

    def _open(self, source: Path) -> IO[str]:
        return source.open("r", encoding=codec_of(source, self.encoding), errors="sheaf-mark", newline=None)

    def _read(self, file: IO[str], name: str) -> Iterator[str]:
        self.cleaned = self.first_cleaned = 0
        number, rest, dirty = 0, "", True
        # Cutting big pieces at their line ends is three times as fast as asking for lines.
        while piece := file.read(CHUNK):
            lines = (rest + piece).split("\n")
            rest = lines.pop()
            if len(rest) > self.longest or max(map(len, lines), default=0) > self.longest:
                raise _endless([*lines, rest], number, name, self.longest)
            before, dirty = dirty, _is_dirty(piece)
            yield from self._cleaned(lines, number) if dirty or before else lines
            dirty = dirty or (before and not lines)
            number += len(lines)
        if rest:
            yield from self._cleaned([rest], number)

    def _cleaned(self, lines: list[str], number: int) -> Iterator[str]:
        for at, line in enumerate(lines, start=number + 1):
            yield line if line.isascii() and "\0" not in line else self._clean(line, at)

    def _clean(self, line: str, number: int) -> str:
        if number == 1 and line[:1] == "\ufeff":
            line = line[1:]
        if "\0" not in line and line.isprintable():
            return line
        broken = line.count(BROKEN)
        cleaned, count = _DIRT.subn("", line.replace(BROKEN, "\ufffd") if broken else line)
        if count + broken:
            self.cleaned += count + broken
            self.first_cleaned = self.first_cleaned or number
        return cleaned


def _unreadable(name: str, error: OSError) -> LibraryError:
    why = os.strerror(error.errno).lower() if error.errno else str(error)
    return LibraryError(f"{name} cannot be read ({why}). Nothing of it was kept; check the file and its rights.")


def _is_dirty(text: str) -> bool:
    if "\0" in text:
        return True
    try:
        text.isascii() or text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _endless(lines: list[str], number: int, name: str, longest: int) -> LibraryError:
    at = next(at for at, line in enumerate(lines, start=number + 1) if len(line) > longest)
    return LibraryError(
        f"{name} has a line of more than {longest:,} characters (line {at}), "
        "so it is not a listing of papers. Nothing of it was kept. "
        "If it is an archive of records, save it with one record on each line and try again."
    )


def lines_of(file: IO[str]) -> TextLines:
    """Return the lines of decoded text, such as a paste, cleaned and bounded as those of a file."""
    whole = io.StringIO(file.read(), newline=None) if isinstance(file, io.StringIO) else file
    return TextLines(whole)


def open_lines(path: Path) -> TextLines:
    """Return the lines of a text file; LibraryError when it is not one or cannot be read."""
    path = Path(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise LibraryError(f"{path.name} is a folder, not a file; choose the files in it.")
        if not stat.S_ISREG(status.st_mode):
            raise LibraryError(f"{path.name} is not a regular file, so it was left alone.")
        with path.open("rb") as file:
            head = file.read(HEAD)
            name = path.name
            _refuse(head, name, status.st_size)
            encoding = detect(head)
            if encoding in ("utf-8", GUESSED):
                encoding = "utf-8" if _all_utf8(file, head) else GUESSED
            _refuse_blank(head, encoding, status.st_size, name)
    except OSError as error:
        raise _unreadable(path.name, error) from error
    return TextLines(path, encoding)


def detect(head: bytes) -> str:
    """Return the encoding of the first bytes of a file; a fallback is marked as guessed."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if name := _utf16(head):
        return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "utf-8" if _mostly_utf8(head) else GUESSED
    return "utf-8"


def _utf16(head: bytes) -> str:
    """UTF-16 without a mark: every second byte of Western text is zero."""
    even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
    half = max(1, min(len(head), 4096) // 2)
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.1 * half else ""


def _mostly_utf8(data: bytes) -> bool:
    """A few broken bytes (a cut character) among good ones do not make a file Latin-1."""
    return _good_and_bad([data])


def _all_utf8(file: IO[bytes], head: bytes) -> bool:
    """Decode the rest once; 500 MB/s, and a stray byte later is found before records are made.

    From the first stray byte on all of the file is weighed: it may stand far from the letters that tell.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    chunk = head
    try:
        while chunk:
            decoder.decode(chunk)
            chunk = file.read(1 << 20)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        file.seek(0)
        return _good_and_bad(iter(lambda: file.read(1 << 20), b""))
    return True


def _good_and_bad(chunks: Iterable[bytes]) -> bool:
    """Say whether letters beyond ASCII that are UTF-8 are far more than bytes that are not."""
    decoder = codecs.getincrementaldecoder("utf-8")("sheaf-mark")
    good = bad = 0
    for chunk in itertools.chain(chunks, (b"",)):
        text = decoder.decode(chunk, final=not chunk)
        if not text.isascii():
            broken = text.count(BROKEN)
            bad += broken
            good += len(_BEYOND_ASCII.findall(text)) - broken
            if bad > MANY_BAD and good <= 4 * bad:
                return False
    return good > 4 * bad


def codec_of(path: Path, encoding: str) -> str:
    """Return the codec that a file is read with: for a guess the one that knows all of its bytes."""
    if encoding == GUESSED:
        return "latin-1" if _undefined_in_cp1252(path) else "cp1252"
    return encoding


def _undefined_in_cp1252(path: Path) -> bool:
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            if chunk.translate(None, b"\x81\x8d\x8f\x90\x9d") != chunk:
                return True
    return False


def _refuse(head: bytes, name: str, size: int) -> None:
    if not size:
        raise LibraryError(f"{name} is empty. Nothing was imported from it.")
    for magic, what in _MAGIC.items():
        if head.startswith(magic):
            raise _not_text(name, what)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)) or _utf16(head):
        return
    control = len(head) - len(head.translate(None, bytes(range(9)) + bytes(range(14, 32)) + b"\x7f"))
    if control > 0.05 * len(head):
        raise _not_text(name, "data that no text editor can show")


def _not_text(name: str, what: str) -> LibraryError:
    return LibraryError(
        f"{name} is not text but {what}. Nothing of it was kept. Copy the page as plain text and import that."
    )


def _refuse_blank(head: bytes, encoding: str, size: int, name: str) -> None:
    codec = "latin-1" if encoding == GUESSED else encoding
    text = head.decode(codec, "replace")
    if size <= HEAD and not text.replace("\ufeff", "").replace("\0", "").strip():
        raise LibraryError(f"{name} holds only white space. Nothing was imported from it.")
