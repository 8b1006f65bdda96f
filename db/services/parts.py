"""What the running program is made of, with versions: what a report of a bug has to say."""

from __future__ import annotations

import platform
import sqlite3
from contextlib import suppress
from importlib import metadata

BINDINGS = ("PySide6_Essentials", "PySide6")


def version() -> str:
    """Return the version of Sheaf."""
    return _of("sheaf") or "of a source tree"


def binding() -> str:
    """Return the version of PySide6, which bears that of its Qt; known without loading either."""
    return next(filter(None, map(_of, BINDINGS)), "not installed")


def schema() -> str:
    """Return the newest schema of a library that this version knows."""
    from db.store.upgrade import HEAD

    return HEAD


def parts() -> tuple[tuple[str, str], ...]:
    """Return the names and versions of what Sheaf stands on, without a screen."""
    return (
        ("Qt and PySide6", binding()),
        ("Python", platform.python_version()),
        ("SQLite", sqlite3.sqlite_version),
        ("library schema", schema()),
    )


def _of(name: str) -> str:
    with suppress(metadata.PackageNotFoundError):
        return metadata.version(name)
    return ""
