"""Files that are text, and files that are not."""

from __future__ import annotations

import io
import os
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.errors import LibraryError
from db.domain.formats import textfile


def written(folder: Path, data: bytes) -> Path:
    file = folder / "page.txt"
    file.write_bytes(data)
    return file


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("γ\n".encode(), "utf-8"), ("γ\n".encode("utf-8-sig"), "utf-8-sig"),
        ("paper\n".encode("utf-16-le"), "utf-16-le"),
        ("paper\n".encode("utf-16-be"), "utf-16-be"), ("caf\xe9 au lait\n".encode("latin-1"), "latin-1 (guessed)"),
    ],
)  # fmt: skip
def test_encodings(tmp_path: Path, data: bytes, encoding: str) -> None:
    lines = textfile.open_lines(written(tmp_path, data))
    assert lines.encoding == encoding
    assert list(lines) == list(lines) == [data.decode("latin-1" if "guessed" in encoding else encoding).strip("\n")]


def test_line_ends_and_unseen_marks(tmp_path: Path) -> None:
    lines = textfile.open_lines(written(tmp_path, b"one\r\ntwo\rthree\x0cstill\n\nfive"))
    assert list(lines) == ["one", "two", "three\x0cstill", "", "five"]


def test_nul_is_taken_out_and_counted(tmp_path: Path) -> None:
    lines = textfile.open_lines(written(tmp_path, b"a title\nan abs\0tract of some length\n" * 9))
    assert "\0" not in "".join(lines)
    assert (lines.cleaned, lines.first_cleaned) == (9, 2)


def test_pasted_text_is_cleaned() -> None:
    lines = textfile.lines_of(io.StringIO("a\ud800b\r\nc\0"))
    assert list(lines) == ["ab", "c"]
    assert lines.cleaned == 2


def test_a_cut_character_does_not_change_the_encoding(tmp_path: Path) -> None:
    lines = textfile.open_lines(written(tmp_path, "γδεζηθικ".encode()[:-1]))
    assert lines.encoding == "utf-8"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"), (b" \n\t\r\n ", "white space"), (b"%PDF-1.7\n", "PDF"), (b"PK\x03\x04abc", "zip"),
        (b"\x89PNG\r\n\x1a\n", "image"), (bytes(range(256)) * 20, "not text"),
    ],
)  # fmt: skip
def test_what_is_not_text_is_refused_in_words(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(LibraryError, match=words) as caught:
        textfile.open_lines(written(tmp_path, data))
    assert "page.txt" in caught.value.message


def test_one_endless_line_is_refused(tmp_path: Path) -> None:
    whole = textfile.open_lines(written(tmp_path, b"x" * 5_000_000))
    assert whole.head(10) == "x" * 10
    with pytest.raises(LibraryError, match="line 1"):
        list(whole)
    late = textfile.open_lines(written(tmp_path, b"short\n" + b"x" * 5_000_000))
    with pytest.raises(LibraryError, match="line 2"):
        list(late)


def test_folders_pipes_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="folder"):
        textfile.open_lines(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(LibraryError, match="regular"):
        textfile.open_lines(tmp_path / "pipe")
    with pytest.raises(LibraryError, match="cannot be read"):
        textfile.open_lines(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(LibraryError, match="cannot be read"):
        textfile.open_lines(tmp_path / "loop")


def test_a_hundred_megabytes_in_one_line_are_refused_at_once(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    with file.open("wb") as out:
        out.write(b"a title\n")
        for _ in range(100):
            out.write(b"x" * 1_000_000)
    lines = textfile.open_lines(file)
    tracemalloc.start()
    start = time.process_time()
    with pytest.raises(LibraryError, match="line 2"):
        list(lines)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
    assert time.process_time() - start < 2


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero", "/dev/urandom"])
def test_devices_are_left_alone(device: str) -> None:
    if not Path(device).is_char_device():
        pytest.skip(f"no {device} here")
    with pytest.raises(LibraryError, match="not a regular file"):
        textfile.open_lines(Path(device))


def test_a_file_that_vanished_is_said_in_words(tmp_path: Path) -> None:
    file = written(tmp_path, b"a title\nan abstract\n")
    lines = textfile.open_lines(file)
    file.unlink()
    with pytest.raises(LibraryError, match=r"page\.txt cannot be read"):
        list(lines)


def test_broken_bytes_are_counted_and_genuine_marks_are_not(tmp_path: Path) -> None:
    genuine = "a title with \ufffd\nan abstract — of some length\n".encode() * 5
    lines = textfile.open_lines(written(tmp_path, genuine))
    assert "\ufffd" in next(iter(lines))
    assert sum(1 for _ in lines) == 10
    assert lines.cleaned == 0
    lines = textfile.open_lines(written(tmp_path, genuine + b"a broken \xff byte\n"))
    assert list(lines)[-1] == "a broken \ufffd byte"
    assert (lines.cleaned, lines.first_cleaned) == (1, 11)


@given(st.lists(st.text(st.sampled_from("ab \t\u00e9\u2028\0\ud800\udcff\ufeff"), max_size=12)), st.integers(1, 40))
def test_pieces_do_not_show(lines: list[str], piece: int) -> None:
    before, textfile.CHUNK = textfile.CHUNK, piece
    try:
        found = list(textfile.lines_of(io.StringIO("\n".join(lines))))
    finally:
        textfile.CHUNK = before
    plain = "\n".join(lines)
    plain = plain[plain.startswith("\ufeff") :].replace("\0", "").replace("\ud800", "").replace("\udcff", "\ufffd")
    wanted = plain.split("\n")
    # What ends in a line end, or is empty, has no further line.
    assert found == (wanted if lines and lines[-1] else wanted[:-1])


def test_a_stray_byte_far_from_the_letters_makes_no_other_encoding(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"plain\n" * 30_000 + b"\xff\n" + b"plain\n" * 300_000 + "Étude numéro\n".encode() * 1_500)
    lines = textfile.open_lines(file)
    assert lines.encoding == "utf-8"
    assert list(lines)[-1] == "Étude numéro"
    assert lines.cleaned == 1
