"""`packaging/build`: makes the packages that are asked for, all of them without a word, and says what came of it."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from making import archive, debian, freezing, macos, windows
from making.project import ROOT, megabytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KINDS = {"darwin": ("folder", "dmg"), "win32": ("folder", "setup")}.get(sys.platform, ("folder", "archive", "deb"))
WORK = ROOT / ".build"
OUT = ROOT / "packaging" / "dist"


def main() -> int:
    """Make packages; returns the exit status."""
    asked = argparse.ArgumentParser(
        prog="packaging/build", description="Make packages of Sheaf for people without Python."
    )
    asked.add_argument(
        "kinds", nargs="*", metavar="KIND", help="folder (the program with its Python), on Linux archive (runs where "
        "it is unpacked) and deb (Debian, Ubuntu), on macOS dmg, on Windows setup; all of them without one",
    )  # fmt: skip
    kinds = asked.parse_args().kinds or list(KINDS)
    if unknown := sorted(set(kinds) - set(KINDS)):
        asked.error(f"there is no {unknown[0]}: {', '.join(KINDS)}")
    folder = freezing.freeze(WORK)
    for line in freezing.report(WORK, folder):
        _say(line)
    OUT.mkdir(parents=True, exist_ok=True)
    makers: dict[str, Callable[[], Path]] = {
        "archive": lambda: archive.pack(archive.lay_out(WORK, folder), OUT),
        "deb": lambda: debian.make(WORK, folder, OUT),
        "dmg": lambda: macos.image(WORK, folder, OUT),
        "setup": lambda: windows.installer(WORK, folder, OUT),
    }
    for kind in KINDS:
        if kind in kinds and kind in makers:
            _tell(makers[kind]())
    return 0


def _tell(made: Path) -> None:
    _say(f"{megabytes(made.stat().st_size)}  {made.relative_to(ROOT)}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
