"""What every package needs to know: name, version, and where things are."""

from __future__ import annotations

import os
import subprocess
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
SHARE = ROOT / "resources" / "share"
PICTURE = ROOT / "resources" / "icons" / "sheaf.svg"
NAME, WINDOW = "sheaf", "sheaf-window"
"""The command, and the program for Windows that needs no console."""
TITLE = "Sheaf"


def version() -> str:
    """Return the version that pyproject.toml says."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def moment() -> int:
    """Return the time, in seconds, that packed files bear: SOURCE_DATE_EPOCH where a build is to be repeated."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder; links count nothing."""
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file() and not one.is_symlink())


def said(*command: str, cwd: str | None = None) -> str:
    """Return what a command prints. Raises CalledProcessError when it fails."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=cwd).stdout.strip()


def megabytes(size: int) -> str:
    """Return a size for people."""
    return f"{size / 1e6:.1f} MB"
