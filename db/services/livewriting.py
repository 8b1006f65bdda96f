"""Reading and replacing a live .bib file, with what can go wrong in the words of a status line."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.services.atomic import swapping

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = {
    errno.ENOSPC: "the disk is full. Make room on it",
    errno.EDQUOT: "your share of the disk is used up. Make room",
    errno.EFBIG: "the file would be larger than this disk allows. Attach one on another disk",
    errno.EROFS: "the disk is read-only. Make it writable, or attach a file on another one",
    errno.ENAMETOOLONG: "its name is too long. Attach one with a shorter name",
}
_LOCKED = "another program has it locked. Close that program"
_RIGHTS = "you have no right to. Change its rights, or those of its folder"
SHUT = {
    **dict.fromkeys((errno.EBUSY, errno.ETXTBSY), _LOCKED),
    **dict.fromkeys((errno.EACCES, errno.EPERM), _LOCKED if os.name == "nt" else _RIGHTS),
}


class RefusedError(LibraryError):
    """The file could not be read or written; the message is a reason, to stand behind a colon."""


class ChangedError(RefusedError):
    """Another program wrote the file while it was being worked on."""


def read(path: Path) -> bytes | None:
    """Return the bytes of a file, None when there is none. Raises RefusedError."""
    try:
        if path.is_dir():
            raise RefusedError("this is a folder, not a file. Move it away")
        if path.exists() and not path.is_file():
            raise RefusedError("this is not an ordinary file. Move it away")
        return path.read_bytes()
    except FileNotFoundError:
        if path.is_symlink() and not path.resolve().parent.is_dir():
            folder = path.resolve().parent
            raise RefusedError(f"it is a link to a folder that is not there ({folder}). Mend the link") from None
        if not path.parent.is_dir():
            raise RefusedError(f"the folder {path.parent} is not there. Put it back, or connect its drive") from None
        return None
    except OSError as error:
        raise _refused(error, "read") from error


def replace(path: Path, data: bytes, before: bytes | None) -> None:
    """Put new bytes in the place of a file that held `before` (None: there was none), at once or not at all.

    A link stays a link, permissions stay. Raises RefusedError; ChangedError when the file is not what it was by now.
    """
    with _in_words():
        target = path.resolve()
        if before is not None:
            _refuse_read_only(target, "the file")
        _refuse_read_only(target.parent, f"the folder {target.parent}")

        def unchanged() -> None:
            if read(path) != before:
                raise ChangedError("another program is writing to it; Sheaf tries again when that is done")

        with swapping(target, unchanged) as file:
            file.write(data)


def _refuse_read_only(path: Path, name: str) -> None:
    if os.access(path, os.W_OK):
        return
    is_disk = sys.platform != "win32" and os.statvfs(path).f_flag & os.ST_RDONLY
    raise RefusedError(FULL[errno.EROFS] if is_disk else f"{name} is read-only. Make it writable")


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _refused(error, "written") from error


def _refused(error: OSError, done: str) -> RefusedError:
    code = error.errno or 0
    if code in FULL:
        return RefusedError(FULL[code], details=repr(error))
    if code in SHUT:
        return RefusedError(f"it cannot be {done}: {SHUT[code]}", details=repr(error))
    return RefusedError(f"it cannot be {done} ({(error.strerror or str(error)).lower()})", details=repr(error))


def clean(path: Path | str) -> Path:
    """Return the absolute path of a file that a person named; a link stays a link."""
    return Path(os.path.abspath(Path(path).expanduser()))  # noqa: PTH100 - `resolve` would follow links
