"""Dumps in zip, tar and gz files: unpacked into a folder of ours, under limits that no bomb passes.

Each member gets a folder of its own and keeps the last part of its name only, so no name can lead anywhere.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import tarfile
import tempfile
import zipfile
import zlib
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Protocol

from db.domain.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEMBERS = 20_000
MEMBER_BYTES = ALL_BYTES = 4_000_000_000
RATIO, RATIO_FROM = 150, 20_000_000
"""Text packs three- to fivefold; what grows more than this, beyond some megabytes, was made to do harm."""
BLOCK = 1_048_576
HEAD = 512
"""Bytes that tell an archive."""

_OPENERS: dict[bytes, type[gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile]] = {
    b"\x1f\x8b": gzip.GzipFile, b"BZh": bz2.BZ2File, b"\xfd7zXZ\0": lzma.LZMAFile,
}  # fmt: skip
_DOCUMENTS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/container.xml"})
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError)
"""What the openers raise over damaged bytes: an unknown compression is a RuntimeError, a broken name a ValueError."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its name there, and where it was unpacked to, or why it was not."""

    name: str
    path: Path | None
    error: str | None = None


def is_archive(head: bytes) -> bool:
    """Tell whether a file with these first bytes (`HEAD` of them) is one that `unpacked` opens."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", *_OPENERS)) or _is_tar(head)


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def unpacked(archive: Path, folder: Path, tick: Callable[[], None]) -> Iterator[Member]:
    """Unpack the files of an archive into `folder` one by one; `tick` may raise Cancelled.

    Raises LibraryError when the whole archive cannot be read.
    """
    with archive.open("rb") as file:
        head = file.read(HEAD)
    if _is_tar(head):
        yield from _tarred(archive, folder, tick)
        return
    opener = next((opened for magic, opened in _OPENERS.items() if head.startswith(magic)), None)
    if opener is None:
        yield from _zipped(archive, folder, tick)
        return
    name = archive.stem if archive.suffix.lower() in (".gz", ".bz2", ".xz") else archive.name
    packed = archive.stat().st_size
    with ExitStack() as stack:
        try:
            stream = stack.enter_context(opener(archive))
            path = _write(stream, folder, _Limits(name, packed), tick)
        except _BROKEN as error:
            raise LibraryError(_damaged(archive.name, error)) from error
    with path.open("rb") as file:
        head = file.read(HEAD)
    if _is_tar(head):
        yield from _tarred(path, folder, tick)
    else:
        yield Member(name, path)


def _tarred(archive: Path, folder: Path, tick: Callable[[], None]) -> Iterator[Member]:
    """Unpack what a tar archive holds; nothing in it packs, so its size bounds them all."""
    try:
        with tarfile.open(archive, "r:") as packed:
            for number, info in enumerate(packed):
                if number >= MEMBERS:
                    raise LibraryError(
                        f"{archive.name} holds more than {MEMBERS:,} files; those were read. Unpack it and import the "
                        "folder in parts."
                    )
                tick()
                if info.isdir() or _is_hidden(info.name):
                    continue
                try:
                    _refuse_name(info.name)
                    stream = packed.extractfile(info) if info.isreg() else None
                    if stream is None:
                        raise LibraryError(f"{info.name} is a link, not a file, so it was left alone.")
                    yield Member(info.name, _write(stream, folder, _Limits(info.name, info.size), tick))
                except LibraryError as error:
                    yield Member(info.name, None, error.message)
    except (tarfile.TarError, *_BROKEN) as error:
        raise LibraryError(_damaged(archive.name, error)) from error


def _zipped(archive: Path, folder: Path, tick: Callable[[], None]) -> Iterator[Member]:
    try:
        packed = zipfile.ZipFile(archive)
    except _BROKEN as error:
        raise LibraryError(_damaged(archive.name, error)) from error
    with packed:
        infos = [info for info in packed.infolist() if not info.is_dir()]
        if len(infos) > MEMBERS:
            raise LibraryError(
                f"{archive.name} holds {len(infos):,} files; Sheaf opens archives of up to {MEMBERS:,}. "
                "Nothing of it was read. Unpack it and import the folder in parts."
            )
        if any(info.filename in _DOCUMENTS for info in infos):
            raise LibraryError(
                f"{archive.name} is an office document or a book, not an archive of dumps. It was left alone."
            )
        total = 0
        for info in infos:
            if _is_hidden(info.filename):
                continue
            try:
                _refuse(info)
                with packed.open(info) as stream:
                    limits = _Limits(info.filename, info.compress_size, ALL_BYTES - total)
                    path = _write(stream, folder, limits, tick)
                total += path.stat().st_size
                yield Member(info.filename, path)
            except LibraryError as error:
                yield Member(info.filename, None, error.message)
            except _BROKEN as error:
                yield Member(info.filename, None, _damaged(info.filename, error))


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in re.split(r"[/\\]", name) if part != "..")


def _refuse(info: zipfile.ZipInfo) -> None:
    """Refuse what is no plain file of this archive."""
    name = info.filename
    _refuse_name(name)
    if info.external_attr >> 28 == 0o12:
        raise LibraryError(f"{name} is a link, not a file, so it was left alone.")
    if info.flag_bits & 0x1:
        raise LibraryError(f"{name} is locked with a password. Unpack it yourself and import the file.")


def _refuse_name(name: str) -> None:
    parts = {*PurePosixPath(name).parts, *PureWindowsPath(name).parts}
    if ".." in parts or PurePosixPath(name).is_absolute() or PureWindowsPath(name).anchor:
        raise LibraryError(f"{name}: its name leads out of the archive, so it was left alone.")


class _Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(slots=True)
class _Limits:
    name: str
    packed: int
    left: int = ALL_BYTES

    def check(self, size: int) -> None:
        if size > min(MEMBER_BYTES, self.left):
            raise LibraryError(
                f"{self.name} unpacks to more than {min(MEMBER_BYTES, self.left) / 1e9:.1f} GB, so it was left alone. "
                "If it is what you want, unpack it yourself and import the file."
            )
        if size > RATIO_FROM and size > RATIO * max(1, self.packed):
            raise LibraryError(
                f"{self.name} grows more than {RATIO}-fold when it is unpacked, as no text does. It was left alone."
            )


def _own_name(name: str) -> str:
    """Return the last part of a name without anything that a file system minds; messages show it."""
    last = re.split(r"[/\\\\]", name)[-1]
    return re.sub(r"[^\w .,()+\-\u00a0-\U0010ffff]", "_", last)[-80:].strip(". ") or "file"


def _write(stream: _Readable, folder: Path, limits: _Limits, tick: Callable[[], None]) -> Path:
    """Copy one stream into a numbered file of the folder, within the limits."""
    path, size = Path(tempfile.mkdtemp(dir=folder)) / _own_name(limits.name), 0
    try:
        with path.open("xb") as out:
            while block := stream.read(BLOCK):
                size += len(block)
                limits.check(size)
                out.write(block)
                tick()
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _damaged(name: str, error: BaseException) -> str:
    why = "its compression is one that Sheaf cannot open" if isinstance(error, NotImplementedError) else str(error)
    return f"{name} cannot be unpacked ({why or 'it ends too early'}). Nothing of it was kept."
