"""Lines and their frame give a file back byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.errors import LibraryError
from db.domain.formats import textfile
from db.domain.formats.framing import Frame, Restorer, frame_of

PIECES = [
    b"a",
    b"b c",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    "é".encode(),
    "北".encode(),
    b"\xed\xa0\x80",
    b"\xef\xbf\xbd",
]
ROOM = b"enough plain text to be a text " * 3


def framed(path: Path) -> tuple[list[str], Frame | None]:
    lines = textfile.open_lines(path)
    found = list(lines)
    frame = frame_of(path, lines.encoding, cleaned=lines.cleaned > 0)
    return found, Frame.unpacked(frame.packed()) if frame else None


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from((b"", b"\xef\xbb\xbf")), st.booleans())
def test_any_file_comes_back(tmp_path: Path, pieces: list[bytes], mark: bytes, ends: bool) -> None:
    path = tmp_path / "any.bib"
    data = mark + b"".join(pieces) + ROOM + (b"\n" if ends else b"")
    path.write_bytes(data)
    try:
        lines, frame = framed(path)
    except LibraryError:
        return  # too much of it is no text
    assert frame is not None
    text = frame.mark + Restorer(frame).text(lines, 1)
    assert text.encode(frame.codec, frame.errors) == data


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_wide_letters(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "wide.bib"
    data = f"\ufeff@misc{{ä,\r\n  title = {{北京}}\r\n}}{ROOM.decode()}\r\n".encode(codec)
    path.write_bytes(data)
    lines, frame = framed(path)
    assert frame is not None
    assert (frame.mark + Restorer(frame).text(lines, 1)).encode(frame.codec, frame.errors) == data


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.data())
def test_a_text_can_be_cut_anywhere(tmp_path: Path, pieces: list[bytes], draws: st.DataObject) -> None:
    path = tmp_path / "any.bib"
    data = b"".join(pieces) + "é".encode() * 20 + ROOM
    path.write_bytes(data)
    try:
        lines, frame = framed(path)
    except LibraryError:
        return
    assert frame is not None
    places = [(at, draws.draw(st.integers(0, len(lines[at])))) for at in sorted(
        draws.draw(st.lists(st.integers(0, len(lines) - 1), max_size=3))
    )]  # fmt: skip
    restorer, parts, begin = Restorer(frame), [], (0, 0)
    for end in sorted(places):
        parts.append(restorer.text(lines[begin[0] : end[0] + 1], begin[0] + 1, begin[1], end[1]))
        begin = end
    parts.append(restorer.text(lines[begin[0] :], begin[0] + 1, begin[1]))
    assert "".join(parts).encode(frame.codec, frame.errors) == data


def test_the_usual_line_end_and_letters_that_an_encoding_lacks() -> None:
    assert Frame(ends=(("\n", 2), ("\r\n", 5), ("\n", 2), ("", 1))).eol == "\r\n"
    assert Frame().eol == "\n"
    frame = Frame("cp1252")
    assert "é – α".encode(frame.codec, frame.errors) == b"\xe9 \x96 \\ensuremath{\\alpha}"
