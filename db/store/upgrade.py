"""Bringing a library to this version's schema, a file with a verified backup first."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.store.engine import file_uri, is_at_rest

if TYPE_CHECKING:
    from sqlalchemy import Connection

HEAD = "0012"
SCRIPTS = Path(__file__).parent / "migrations"
NEWEST = SCRIPTS / "newest.sql"
"""What all migrations together make of an empty file; a test holds it to that and says how to write it anew."""


def revision(connection: sqlite3.Connection) -> str | None:
    """Return the schema revision of an open file, None for an empty one.

    Raises LibraryError when the file is an SQLite database of some other program.
    """
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    if "alembic_version" not in tables or "paper" not in tables:
        raise LibraryError(
            "This file is an SQLite database, but not a Sheaf library. Nothing was changed. Choose another file."
        )
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def stored_revision(path: Path) -> str | None:
    """Return the schema revision of a library file, None for an empty file. Raises as `revision` does."""
    if not path.stat().st_size:
        return None
    options = {"immutable": "1"} if is_at_rest(path) else {}
    with closing(sqlite3.connect(file_uri(path, mode="ro", **options), uri=True)) as connection:
        return revision(connection)


def refuse_newer(found: str | None) -> None:
    """Raise LibraryError when a newer Sheaf has written the file."""
    if found is not None and found > HEAD:
        raise LibraryError(
            f"This library was written by a newer Sheaf (schema {found}, this version knows {HEAD}). "
            "Nothing was changed. Install the newer Sheaf, or open a backup made before the upgrade."
        )


def stamp(connection: Connection) -> None:
    """Note that a schema which was made at once is that of this version."""
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    connection.exec_driver_sql(f"INSERT INTO alembic_version (version_num) VALUES ('{HEAD}')")


def make_file(connection: Connection) -> None:
    """Make the schema of this version in a file on an open transaction, or upgrade what another process made first."""
    run = connection.exec_driver_sql
    if run("SELECT count(*) FROM sqlite_master").scalar():
        upgrade(connection)
        return
    for statement in NEWEST.read_text(encoding="utf-8").split(";\n"):
        run(statement)


def upgrade(connection: Connection) -> None:
    """Run the missing migrations on an open transaction."""
    # Alembic costs as much as the rest of the start, so it loads only when there is work.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def back_up_before(path: Path, found: str) -> Path:
    """Copy a library beside itself before it is upgraded; the copy is checked. Raises LibraryError."""
    target = path.with_name(f"{path.stem}-schema-{found}{path.suffix}.backup")
    copy_verified(path, target)
    return target


def copy_verified(path: Path, target: Path) -> None:
    """Copy a library with SQLite's own backup into a new file that passes its integrity check.

    The target appears under its name only when it is whole. Raises LibraryError.
    """
    part = target.with_name(target.name + ".part")
    try:
        _clear(part)
        with (
            closing(sqlite3.connect(file_uri(path, mode="ro"), uri=True)) as source,
            closing(sqlite3.connect(part)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise LibraryError(f"The copy of {path.name} is damaged ({verdict}); it was thrown away.")
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(
            f"{path.name} could not be copied to {target}: {_why(error, path, target.parent)}. Nothing was changed."
        ) from error
    finally:
        with suppress(OSError):
            _clear(part)


def _clear(part: Path) -> None:
    """Remove an unfinished copy, with the journal that SQLite leaves beside it on a full disk."""
    for suffix in ("", "-journal"):
        part.with_name(part.name + suffix).unlink(missing_ok=True)


def _why(error: OSError | sqlite3.Error, path: Path, folder: Path) -> str:
    """Return why a file could not be copied into a folder."""
    if not folder.is_dir():
        return f"there is no folder {folder}"
    if not os.access(folder, os.W_OK):
        return "that folder may not be written to; choose another one"
    parts = (path, path.with_name(f"{path.name}-wal"))
    size = sum(part.stat().st_size for part in parts if part.exists())
    if "disk is full" in str(error) or shutil.disk_usage(folder).free < size:
        takes = f"{size / 1_000_000:.1f} MB"
        return f"the disk is full, and the copy takes up to {takes}; make room, or choose another folder"
    return str(error)


def paper_count(path: Path) -> int:
    """Return how many live papers a library file holds."""
    with closing(sqlite3.connect(file_uri(path, mode="ro"), uri=True)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM paper WHERE state = 'live'").fetchone()
    return int(count)
