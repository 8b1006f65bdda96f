"""Writing a file so that it is whole or untouched, with failures worded for the person."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, TextIO

from db.domain.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SHUT = (
    "another program has it open, or you may not write there. Close that program, or choose another place"
    if sys.platform == "win32"
    else "you may not write there. Choose another place"
)
"""Windows lets nobody replace a file that a program has open, and says the same of both."""
NEXT_STEPS = {
    errno.ENOSPC: "the disk is full. Make room and export again",
    errno.EDQUOT: "your share of the disk is used up. Make room and export again",
    errno.EFBIG: "the file would be larger than this disk allows. Choose another place",
    errno.EROFS: "the disk is read-only. Choose another place",
    errno.EACCES: _SHUT,
    errno.EPERM: _SHUT,
    errno.ENAMETOOLONG: "its name is too long. Choose a shorter one",
}
AT_ONCE = 1 << 20
"""Bytes that go to the disk together: a bibliography of a whole library has a hundred million."""


@contextmanager
def replacing(path: Path, encoding: str = "utf-8", errors: str = "strict") -> Iterator[TextIO]:
    """Give a text file that takes the place of `path` when all went well; the old one stays until then.

    A link stays a link, and the file keeps its permissions. Line ends are written as they are.
    """
    with told(path, path):
        target = path.resolve()
        _refuse(path, target)
    with told(path, target), swapping(target) as raw:
        file = io.TextIOWrapper(raw, encoding=encoding, errors=errors, newline="\n")
        yield file
        file.detach()


def _nothing() -> None:
    pass


@contextmanager
def swapping(target: Path, check: Callable[[], None] = _nothing) -> Iterator[BinaryIO]:
    """Give a file that takes the place of `target`, which is no link, when all went well; OSError otherwise.

    `check` is called at the last moment, when the new file is on the disk; what it raises leaves the old one there.
    """
    draft = target.with_name(f".{target.name[:200]}.{os.getpid()}.part")
    try:
        made = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        with os.fdopen(made, "wb", AT_ONCE) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        check()
        draft.replace(target)
        _sync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def told(path: Path, target: Path) -> Iterator[None]:
    """Turn a failure of the disk inside into words."""
    try:
        yield
    except OSError as error:
        reason = NEXT_STEPS.get(error.errno or 0, f"{error.strerror or error}. Choose another place")
        kept = "The file that was there is unchanged" if target.exists() else "Nothing was written"
        raise LibraryError(f"{path} could not be written: {reason}. {kept}.", details=repr(error)) from error


def _refuse(path: Path, target: Path) -> None:
    if target.is_dir():
        raise LibraryError(f"{path} is a folder. Give the name of a file in it.")
    if not target.parent.is_dir():
        raise LibraryError(f"There is no folder {target.parent}. Make it first or choose another place.")
    if target.exists() and not target.is_file():
        raise LibraryError(f"{path} is not an ordinary file. Choose another name.")
    if target.exists() and not os.access(target, os.W_OK):
        raise LibraryError(f"{path} is read-only, so it was not replaced. Choose another name.")
    if not os.access(target.parent, os.W_OK):
        raise LibraryError(f"You may not write in {target.parent}. Choose another place.")


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # some file systems cannot; the file itself is safe
    finally:
        os.close(handle)
