"""A Debian package of the frozen folder; what it needs of the system is asked of its own binaries."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from email.utils import formatdate
from pathlib import Path

from making import leaving, tree
from making.project import NAME, moment, said, size_of
from making.project import version as upstream

MAINTAINER = "The Sheaf authors <sheaf@packages.invalid>"
SECTION = "science"
SHORT = "reference manager for people who read papers by the hundred"
RECOMMENDED = "xdg-utils, desktop-file-utils, shared-mime-info, hicolor-icon-theme"
LONG = """\
 Scrape a listing page into a text file, drop it on the window, and cite its
 papers from LaTeX a minute later. Every line of a dump is accounted for, twins
 are found by title and abstract, and nothing that a page leaves out is made up.
 .
 Reads plain text, Markdown, saved HTML, JSON, BibTeX, BibLaTeX, RIS, CSL-JSON
 and CSV; writes bibliographies that compile, keeps them up to date, and pushes
 citations into editors. The command line needs no screen.
 .
 Python and Qt are inside, so that it fits any release with these libraries.
"""
OVERRIDES = """\
# Python, Qt and scientific libraries are inside as their makers publish them, in the versions that were tested.
sheaf: custom-library-search-path
sheaf: embedded-library
sheaf: hardening-no-pie
sheaf: initial-upload-closes-no-bugs
sheaf: library-not-linked-against-libc
sheaf: shared-library-lacks-prerequisites
# Stripping breaks libraries whose names and places a wheel has changed.
sheaf: unstripped-binary-or-object
"""
CHANGES = """\
sheaf ({version}) unstable; urgency=medium

  * Made of the sources of Sheaf {upstream}; changelog.gz tells what is new.

 -- {maintainer}  {day}
"""


def make(work: Path, folder: Path, out: Path) -> Path:
    """Return the package. Raises CalledProcessError when one of Debian's own tools does not like it."""
    top = work / "debian"
    shutil.rmtree(top, ignore_errors=True)
    tree.furnish(top / "usr", folder)
    for file in (top / "usr" / "lib" / NAME / "_internal").iterdir():
        if leaving.OF_DEBIAN.covers(file.name):
            file.unlink()
    _tell_debian(top / "usr" / "share")
    tree.settle(top)
    architecture = said("dpkg", "--print-architecture")
    control = top / "DEBIAN"
    control.mkdir()
    size = size_of(top / "usr")
    (control / "md5sums").write_text(_sums(top), encoding="utf-8")
    (control / "control").write_text(_control(architecture, size, needed(top)), encoding="utf-8")
    target = out / f"{NAME}_{version()}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", top, target], check=True)
    return target


def version() -> str:
    """Return the version of the package: that of Sheaf and of its packaging."""
    return f"{upstream()}-1"


def _tell_debian(share: Path) -> None:
    """Write what Debian's own tools read: its kind of changelog, and what lintian need not say."""
    day = formatdate(moment())
    text = CHANGES.format(version=version(), upstream=upstream(), maintainer=MAINTAINER, day=day)
    tree.pack(text.encode(), share / "doc" / NAME / "changelog.Debian.gz")
    overrides = share / "lintian" / "overrides" / NAME
    overrides.parent.mkdir(parents=True)
    overrides.write_text(OVERRIDES, encoding="utf-8")


def needed(top: Path) -> str:
    """Return the packages that own the libraries which the binaries below `top` load."""
    binaries = [path for path in (top / "usr" / "lib" / NAME).rglob("*") if _is_binary(path)]
    private = sorted({f"-l{path.parent}" for path in binaries if ".so" in path.name})
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "debian")
        source.mkdir()
        (source / "control").write_text(f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n", encoding="utf-8")
        asked = ["dpkg-shlibdeps", "-O", "--warnings=0", "--ignore-missing-info", *private, *map(str, binaries)]
        return said(*asked, cwd=folder).partition("shlibs:Depends=")[2].splitlines()[0]


def _control(architecture: str, size: int, depends: str) -> str:
    return (
        f"Package: {NAME}\nVersion: {version()}\nArchitecture: {architecture}\nSection: {SECTION}\n"
        f"Priority: optional\nMaintainer: {MAINTAINER}\n"
        f"Installed-Size: {size // 1024}\nDepends: {depends}\nRecommends: {RECOMMENDED}\n"
        f"Description: {SHORT}\n{LONG}"
    )


def _sums(top: Path) -> str:
    files = sorted(path for path in (top / "usr").rglob("*") if path.is_file() and not path.is_symlink())
    return "".join(f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(top)}\n" for path in files)


def _is_binary(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"
