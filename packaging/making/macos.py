"""What macOS is told about Sheaf, and the disk image in which it is handed out. Untried: nobody has had a Mac yet."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sysconfig
from typing import TYPE_CHECKING, Any

from making import notices
from making.project import NAME, TITLE, version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

IDENTIFIER = "io.github.sheaf.Sheaf"
LIBRARY = f"{IDENTIFIER}.library"
OLDEST = "13.0"
"""The release of macOS that the wheels of PySide6 6.11 are made for; nothing that is packed runs on an older one."""
BUNDLE = f"{TITLE}.app"
TEXTS = {
    "BibTeX bibliography": ("bib", "bibtex"),
    "RIS bibliography": ("ris",),
    "Text or listing page": ("txt", "text", "md", "markdown", "html", "htm", "json", "jsonl", "csv", "tsv"),
    "Archive of dumps": ("zip", "gz", "tgz", "tar", "bz2", "xz"),
}
"""Files that can be opened with Sheaf, which then imports them; it never claims to be the first choice for them."""


def oldest(wheels: Iterable[str], python: str = "") -> str:
    """Return the release of macOS that all of these run on: what wheels say of themselves, and Python was made for.

    pip takes the newest wheel that the machine can use: on macOS 15 NumPy's is one for 14, though there is one for 11.
    """
    needed = [_release(OLDEST), _release(python or OLDEST)]
    for told in wheels:
        # A wheel for two processors, or for several releases, names each.
        needed.append(min((_release(one) for one in re.findall(r"macosx_(\d+_\d+)_", told)), default=needed[0]))
    return ".".join(map(str, max(needed)))


def _release(told: str) -> tuple[int, int]:
    major, minor = (*re.findall(r"\d+", told), "0")[:2]
    return int(major), int(minor)


def _oldest_here() -> str:
    wheels = [one.read_text("WHEEL") or "" for one in notices.distributions()]
    return oldest(wheels, str(sysconfig.get_config_var("MACOSX_DEPLOYMENT_TARGET") or ""))


def info() -> dict[str, Any]:
    """Return the entries of Info.plist beyond those that PyInstaller writes by itself."""
    library = {
        "CFBundleTypeName": "Sheaf library",
        "CFBundleTypeRole": "Editor",
        "LSHandlerRank": "Owner",
        "LSItemContentTypes": [LIBRARY],
        "CFBundleTypeIconFile": f"{NAME}.icns",
    }
    texts = [
        {
            "CFBundleTypeName": name,
            "CFBundleTypeRole": "Viewer",
            "LSHandlerRank": "Alternate",
            "CFBundleTypeExtensions": list(endings),
        }
        for name, endings in TEXTS.items()
    ]
    kind = {
        "UTTypeIdentifier": LIBRARY,
        "UTTypeDescription": "Sheaf library",
        "UTTypeConformsTo": ["public.data"],
        "UTTypeTagSpecification": {"public.filename-extension": [NAME]},
        "UTTypeIconFile": f"{NAME}.icns",
    }
    return {
        "CFBundleName": TITLE,
        "CFBundleDisplayName": TITLE,
        "CFBundleVersion": version(),
        "CFBundleDevelopmentRegion": "en",
        "CFBundleDocumentTypes": [library, *texts],
        "UTExportedTypeDeclarations": [kind],
        "LSApplicationCategoryType": "public.app-category.productivity",
        "LSMinimumSystemVersion": _oldest_here(),
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "NSHumanReadableCopyright": "MIT licence",
    }


def image(work: Path, bundle: Path, out: Path) -> Path:
    """Return the disk image: the bundle, and a link to where it goes. Raises CalledProcessError."""
    top = work / "dmg"
    shutil.rmtree(top, ignore_errors=True)
    top.mkdir()
    subprocess.run(["ditto", bundle, top / BUNDLE], check=True)
    (top / "Applications").symlink_to("/Applications")
    target = out / f"{NAME}-{version()}-macos-{platform.machine()}.dmg"
    target.unlink(missing_ok=True)
    command = ["hdiutil", "create", "-volname", TITLE, "-srcfolder", str(top), "-format", "UDZO", "-ov", str(target)]
    subprocess.run(command, check=True)
    return target
