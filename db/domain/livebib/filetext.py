"""The bytes of a .bib file as text and back, without the loss of one."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from db.domain import latex
from db.domain.errors import LibraryError

LEGACY = "cp1252"
_END = re.compile(r"\r\n|\n|\r")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file, its line end, and whether it is UTF-8 or of an older 8-bit encoding.

    The latter is read as Windows' western one, in which every byte is one character, so that the bytes of any such
    encoding come back as they were.
    """

    text: str
    eol: str = "\n"
    is_utf8: bool = True

    def encode(self, text: str) -> bytes:
        """Return a text made from this one as bytes."""
        return text.encode("utf-8" if self.is_utf8 else LEGACY, "surrogateescape")

    def fit(self, entry: str) -> str:
        """Return an entry as this file can hold it: a letter that its encoding does not know becomes LaTeX."""
        if self.is_utf8 or entry.isascii():
            return entry
        return "".join(map(_legacy, entry))

    def with_ends(self, entry: str, eol: str = "") -> str:
        """Return an entry with the line ends of the file, or with others."""
        return _END.sub(eol or self.eol, entry)


def _legacy(character: str) -> str:
    try:
        character.encode(LEGACY, "surrogateescape")
    except UnicodeEncodeError:
        return latex.encode(character)
    return character


def read(data: bytes) -> FileText:
    """Return the text of a file; LibraryError when LaTeX could not read it either."""
    if data.startswith(_WIDE) or b"\0" in data:
        raise LibraryError(
            "it is not in an encoding that LaTeX reads (UTF-16 perhaps), so it was left alone. Save it as UTF-8 first"
        )
    try:
        text, is_utf8 = data.decode("utf-8"), True
    except UnicodeDecodeError:
        is_utf8 = _is_nearly_utf8(data)
        text = data.decode("utf-8", "surrogateescape") if is_utf8 else data.decode(LEGACY, "surrogateescape")
    return FileText(text, line_end(text), is_utf8)


def _is_nearly_utf8(data: bytes) -> bool:
    """A few broken bytes among good ones do not make a file one of another encoding."""
    text = data.decode("utf-8", "surrogateescape")
    bad = sum("\udc80" <= character <= "\udcff" for character in text)
    good = sum(character > "\x7f" for character in text) - bad
    return good > 4 * bad


def line_end(text: str, otherwise: str = "\n") -> str:
    """Return the line end that a text uses most, another one when it has none."""
    windows = text.count("\r\n")
    counts = {"\r\n": windows, "\n": text.count("\n") - windows, "\r": text.count("\r") - windows}
    most = max(counts, key=lambda end: counts[end])
    return most if counts[most] else otherwise
