"""What macOS is told about Sheaf, and the disk image in which it is handed out. Untried: nobody has had a Mac yet."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from importlib import metadata
from typing import TYPE_CHECKING, Any

from making.project import NAME, TITLE, version

if TYPE_CHECKING:
    from pathlib import Path

IDENTIFIER = "io.github.sheaf.Sheaf"
LIBRARY = f"{IDENTIFIER}.library"
PACKAGE = "PySide6_Essentials"
OLDEST = "13.0"
"""The release of macOS that the wheels of PySide6 6.11 are made for; those of 6.12 want 14.0."""
BUNDLE = f"{TITLE}.app"
TEXTS = {
    "BibTeX bibliography": ("bib", "bibtex"),
    "RIS bibliography": ("ris",),
    "Text or listing page": ("txt", "text", "md", "markdown", "html", "htm", "json", "jsonl", "csv", "tsv"),
    "Archive of dumps": ("zip", "gz", "tgz", "tar", "bz2", "xz"),
}
"""Files that can be opened with Sheaf, which then imports them; it never claims to be the first choice for them."""


def oldest(wheel: str | None = None) -> str:
    """Return the release of macOS that the packed PySide6 was made for; it is in the name of its wheel."""
    told = metadata.distribution(PACKAGE).read_text("WHEEL") if wheel is None else wheel
    found = re.search(r"macosx_(\d+)_(\d+)_", told or "")
    return ".".join(found.groups()) if found else OLDEST


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
        "LSMinimumSystemVersion": oldest(),
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
