"""What is said once in pyproject.toml and needed in every package: name, version, description; and where things are."""

from __future__ import annotations

import os
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
SHARE = ROOT / "resources" / "share"
PICTURE = ROOT / "resources" / "icons" / "sheaf.svg"
NAME = "sheaf"


@dataclass(frozen=True, slots=True)
class Project:
    """The part of pyproject.toml that packages repeat."""

    version: str
    description: str


def project() -> Project:
    """Return what pyproject.toml says."""
    values = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Project(values["version"], values["description"])


def moment() -> int:
    """Return the time, in seconds, that packed files bear: SOURCE_DATE_EPOCH where a build is to be repeated."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder; links count nothing."""
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file() and not one.is_symlink())


def megabytes(size: int) -> str:
    """Return a size for people."""
    return f"{size / 1e6:.1f} MB"
