"""The token that editors need: a file of its own that only the person can read, so that scripts can name it."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NAME = "editor-token"
SHORTEST = 16


def token_of(folder: Path) -> str:
    """Return the token, made at first; raises OSError when its file can be neither read nor written."""
    try:
        found = (folder / NAME).read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        found = ""
    return found if len(found) >= SHORTEST else new_token(folder)


def new_token(folder: Path) -> str:
    """Make another token; the old one is worth nothing from now on. Raises OSError."""
    made = secrets.token_urlsafe(24)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{NAME}.new"
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(made + "\n")
    fresh.replace(folder / NAME)
    return made
