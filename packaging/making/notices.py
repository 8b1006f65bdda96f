"""Whose work a packaged Sheaf contains, and under which licences: their own texts, collected from what is installed."""

from __future__ import annotations

import sys
import sysconfig
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from making.project import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EXTRAS = ("map", "postgres")
"""What of Sheaf's own extras is packed."""
NAMES = ("licen", "copying", "notice", "authors")
LGPL = """\
Qt and PySide6 are taken under the GNU Lesser General Public License, version 3; its text is at
https://www.gnu.org/licenses/lgpl-3.0.txt and, on Debian, in /usr/share/common-licenses/LGPL-3. They are separate files
in _internal/PySide6 (macOS: Contents/Frameworks/PySide6) and may be replaced by others of the same version. Their
source is at https://download.qt.io.
Qt brings ICU (Unicode licence), HarfBuzz, PCRE2, FreeType, zlib and others, listed at
https://doc.qt.io/qt-6/licenses-used-in-qt.html.
"""
SYSTEM = """\
The archive also holds, from the Debian release it was made on: SQLite (public domain), OpenSSL (Apache 2.0), libffi
(MIT), libxcb and libxkbcommon (MIT), Expat (MIT), bzip2 (BSD), zlib and liblzma (public domain). The Debian package
takes the system's.
"""
ELSEWHERE = """\
Python brings SQLite (public domain), OpenSSL (Apache 2.0), libffi (MIT), Expat (MIT), bzip2 (BSD), zlib and liblzma
(public domain), and on Windows Microsoft's runtime libraries for C and C++, which may be passed on with programs.
"""
STARTER = """\
The program that starts Python is that of PyInstaller, whose licence lets it be packed with programs under any other.
"""


def distributions(extras: tuple[str, ...] = EXTRAS) -> list[metadata.Distribution]:
    """Return the Python distributions that Sheaf with these extras consists of, itself left out, by name."""
    found: dict[str, metadata.Distribution] = {}
    todo: list[tuple[str, tuple[str, ...]]] = [("sheaf", extras)]
    while todo:
        name, extras = todo.pop()
        if canonicalize_name(name) in found:
            continue
        found[canonicalize_name(name)] = one = metadata.distribution(name)
        todo += [(need.name, tuple(need.extras)) for need in _needs(one, extras)]
    return [found[name] for name in sorted(found) if name != "sheaf"]


def _needs(one: metadata.Distribution, extras: tuple[str, ...]) -> Iterator[Requirement]:
    for need in map(Requirement, one.requires or []):
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield need


def write(folder: Path) -> None:
    """Write both texts into a folder, for packages that have no other place for them."""
    folder.mkdir(parents=True, exist_ok=True)
    packed = distributions()
    (folder / "copyright.txt").write_text(summary(packed, ELSEWHERE), encoding="utf-8")
    (folder / "licences.txt").write_text(texts(packed), encoding="utf-8")


def summary(packed: Sequence[metadata.Distribution], libraries: str = SYSTEM) -> str:
    """Return Sheaf's own licence and a list of what is packed with it."""
    listed = "".join(f"  {one.name} {one.version}: {_licence(one)}\n" for one in packed)
    own = (ROOT / "LICENSE").read_text(encoding="utf-8")
    return (
        f"Sheaf\n\n{own}\nThis package also contains Python (PSF licence) and these programs, whose licences "
        f"are in the file licences.txt beside this one:\n\n{listed}\n{LGPL}\n{libraries}{STARTER}\n"
        "The citation styles (CSL) are under CC BY-SA 3.0; icons are Phosphor's (MIT).\n"
    )


def texts(packed: Sequence[metadata.Distribution]) -> str:
    """Return the licences of everything that is packed, one after the other."""
    parts = [_headed("Python", _of_python())]
    for one in packed:
        files = [file for file in one.files or [] if ".dist-info/" in str(file) and _is_licence(file.name)]
        parts += [_headed(f"{one.name}: {file.name}", Path(str(one.locate_file(file)))) for file in files]
    return "\n".join(parts)


def _of_python() -> Path:
    """Return the licence of Python: in its library, on Windows above that. Raises FileNotFoundError."""
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    found = next((one / "LICENSE.txt" for one in places if (one / "LICENSE.txt").is_file()), None)
    if found is None:
        raise FileNotFoundError(f"Python's own licence is not there: LICENSE.txt in {' or '.join(map(str, places))}")
    return found


def _is_licence(name: str) -> bool:
    return any(part in name.lower() for part in NAMES)


def _headed(title: str, file: Path) -> str:
    if not file.is_file():
        return ""
    text = file.read_text(encoding="utf-8", errors="replace")
    return f"{'=' * 78}\n{title}\n{'=' * 78}\n{text}\n"


def _licence(one: metadata.Distribution) -> str:
    said = next((text for name in ("License-Expression", "License") for text in one.metadata.get_all(name) or []), "")
    if said and "\n" not in said:
        return said
    classes = [text for text in one.metadata.get_all("Classifier") or [] if text.startswith("License")]
    return classes[0].rpartition(" :: ")[2] if classes else "see licences.txt"
