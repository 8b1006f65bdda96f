"""Where the program stands and where it keeps what is the person's: in the platform's folders, or beside itself.

The program knows its place only when it was delivered whole, with its Python: as an AppImage, an unpacked folder or a
package of the system.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

from db.domain.errors import LibraryError

PORTABLE = "sheaf-data"
"""A folder of this name beside the program holds the library, the settings and the styles."""
NAME = "sheaf"
LIBRARY = "library.sheaf"
LIBRARY_VARIABLE = "SHEAF_LIBRARY"
CONFIG_VARIABLE = "SHEAF_CONFIG"
CHOSEN = "library-place.txt"
"""Beside the settings: the path of the library, if the person chose another place than the usual one."""
_DEEPEST = 4
"""Folders from the top of an unpacked Sheaf to its binary: usr/lib/sheaf/sheaf."""
_SEARCHED = "LD_LIBRARY_PATH"
_OF_OUR_QT = ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH")
"""Set for a Qt that cannot say where it is; ours finds its plug-ins beside itself."""


def is_whole() -> bool:
    """Tell whether the program was delivered with its Python, so that nothing can be installed beside it."""
    return bool(getattr(sys, "frozen", False))


def program() -> Path | None:
    """Return the file that a person starts, None unless the program was delivered whole."""
    if not is_whole():
        return None
    binary = Path(sys.executable).resolve()
    image, mounted = os.environ.get("APPIMAGE"), os.environ.get("APPDIR")
    # Both also reach what other AppImages start.
    if image and mounted and binary.is_relative_to(Path(mounted).resolve()):
        return Path(image)
    links = (folder / NAME for folder in binary.parents[:_DEEPEST])
    return next((link for link in links if link.is_symlink() and link.resolve() == binary), binary)


def portable_folder() -> Path | None:
    """Return the folder beside the program that makes it portable, None when there is none."""
    own = program()
    if own is None:
        return None
    # On macOS the binary is inside what a person sees as the program: Sheaf.app/Contents/MacOS/sheaf.
    seen = next((folder for folder in own.parents if folder.suffix == ".app"), own)
    beside = seen.parent / PORTABLE
    return beside if beside.is_dir() else None


def data_folder() -> Path:
    """Return where the library and the person's own styles are unless they are named."""
    return portable_folder() or Path(platformdirs.user_data_dir(NAME, appauthor=False))


def settings_folder() -> Path:
    """Return where the settings are unless they are named."""
    return portable_folder() or Path(platformdirs.user_config_dir(NAME, appauthor=False))


def config_folder() -> Path:
    """Return the folder of the settings: `SHEAF_CONFIG` if set, else the usual place."""
    named = os.environ.get(CONFIG_VARIABLE)
    return Path(named) if named else settings_folder()


def usual_library() -> Path:
    """Return where the library is until the person chooses another place."""
    return data_folder() / LIBRARY


def chosen_library() -> Path | None:
    """Return the place that the person chose for the library, None for the usual one."""
    try:
        named = (config_folder() / CHOSEN).read_text("utf-8").strip("\n")
    except (OSError, ValueError):
        return None
    return Path(named) if named and Path(named).is_absolute() else None


def unnamed_library() -> Path:
    """Return where a library is that nobody named, by an argument or in the environment."""
    return chosen_library() or usual_library()


def library() -> Path | str:
    """Return where the person's library is: what SHEAF_LIBRARY names, a path or an address, or else the unnamed one."""
    named = named_library()
    if not named:
        return unnamed_library()
    return named if "://" in named else Path(named).expanduser()


def named_library() -> str:
    """Return the library that the environment names, "" when it names none."""
    return os.environ.get(LIBRARY_VARIABLE, "")


def may_make(path: Path | str) -> bool:
    """Tell whether a library that is not there may be made: not where the person chose, which a disk may lack now."""
    return str(path) != str(chosen_library())


def choose_library(path: Path) -> None:
    """Remember where the library is from now on. Raises LibraryError."""
    note = config_folder() / CHOSEN
    try:
        if path == usual_library():
            note.unlink(missing_ok=True)
            return
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(f"{path}\n", "utf-8")
    except (OSError, UnicodeEncodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise LibraryError(f"The place of the library cannot be remembered in {note}: {why}.") from error


def leave_environment() -> None:
    """Take back what starting a whole program sets: programs that it starts must load libraries of their own."""
    before = os.environ.pop(f"{_SEARCHED}_ORIG", None)
    if before is not None:
        os.environ[_SEARCHED] = before
    else:
        os.environ.pop(_SEARCHED, None)
    for name in _OF_OUR_QT:
        os.environ.pop(name, None)
    if sys.platform == "win32":
        import ctypes

        # What starts a whole program adds its folder to where Windows looks for libraries, of those it starts, too.
        ctypes.windll.kernel32.SetDllDirectoryW(None)
