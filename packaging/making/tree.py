"""The files of a Linux package below /usr: the program, and what desktops, shells and manuals want of it."""

from __future__ import annotations

import gzip
import shutil
from typing import TYPE_CHECKING

from making import completions, icons, manual, notices
from making.project import LINUX, NAME, ROOT, SHARE

if TYPE_CHECKING:
    from pathlib import Path


def furnish(usr: Path, folder: Path) -> None:
    """Lay out everything below `usr`, made anew, with the program from the frozen `folder`."""
    shutil.rmtree(usr, ignore_errors=True)
    shutil.copytree(folder, usr / "lib" / NAME, symlinks=True)
    (usr / "bin").mkdir()
    (usr / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    share = usr / "share"
    _copy(LINUX / f"{NAME}.desktop", share / "applications")
    _copy(LINUX / f"{NAME}.metainfo.xml", share / "metainfo")
    _copy(SHARE / "mime" / "packages" / f"{NAME}.xml", share / "mime" / "packages")
    icons.draw(share / "icons" / "hicolor")
    completions.write(share)
    packed = notices.distributions()
    pack(manual.page().encode(), share / "man" / "man1" / f"{NAME}.1.gz")
    documents = share / "doc" / NAME
    pack((ROOT / "CHANGELOG.md").read_bytes(), documents / "changelog.gz")
    pack(notices.texts(packed).encode(), documents / "licences.txt.gz")
    (documents / "copyright").write_text(notices.summary(packed), encoding="utf-8")


def settle(top: Path) -> None:
    """Give all files the rights that a package has, whatever those of the person who makes it are."""
    for path in [top, *top.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.name)
            path.chmod(0o755 if runs else 0o644)


def _copy(file: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / file.name)


def pack(content: bytes, target: Path) -> None:
    """Write a file as Debian wants documents to be: compressed, the same each time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(content, mtime=0))
