"""A Sheaf that runs from wherever it is unpacked, laid out so that appimagetool makes an AppImage of it."""

from __future__ import annotations

import platform
import shutil
import tarfile
from typing import TYPE_CHECKING

from making import tree
from making.project import NAME, PICTURE, moment, version

if TYPE_CHECKING:
    from pathlib import Path

PORTABLE = """\
Sheaf {version} for Linux. Nothing needs to be installed:
start `sheaf` in this folder, by a double click or from a terminal.

- The folder can be moved or renamed; put a link to `sheaf` into ~/.local/bin to type it anywhere.
- To carry library and settings along, make a folder named sheaf-data beside `sheaf`.
- It needs glibc {glibc} or newer and a desktop on X11 or Wayland.
- `appimagetool FOLDER` makes one AppImage file of this folder.

Whose work it contains: usr/share/doc/sheaf.
"""


def lay_out(work: Path, folder: Path) -> Path:
    """Return an AppDir of the frozen folder, made anew."""
    top = work / f"{NAME}-{version()}-linux-{platform.machine()}"
    shutil.rmtree(top, ignore_errors=True)
    tree.furnish(top / "usr", folder)
    for name in ("AppRun", NAME):
        (top / name).symlink_to(f"usr/lib/{NAME}/{NAME}")
    shutil.copyfile(top / "usr" / "share" / "applications" / f"{NAME}.desktop", top / f"{NAME}.desktop")
    shutil.copyfile(PICTURE, top / f"{NAME}.svg")
    shutil.copyfile(top / "usr/share/icons/hicolor/256x256/apps" / f"{NAME}.png", top / ".DirIcon")
    text = PORTABLE.format(version=version(), glibc=platform.libc_ver()[1])
    (top / "README.txt").write_text(text, encoding="utf-8")
    tree.settle(top)
    return top


def pack(top: Path, out: Path) -> Path:
    """Return the archive of an AppDir: one folder in it, owned by nobody in particular."""
    target = out / f"{top.name}.tar.gz"
    now = moment()

    def neutral(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = now
        return entry

    with tarfile.open(target, "w:gz") as archive:
        archive.add(top, top.name, filter=neutral)
    return target
