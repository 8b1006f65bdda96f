"""What a packaged Sheaf leaves out of what its parts bring along, and why.

The patterns are for all systems: wheels of PySide6 keep plug-ins in Qt/plugins, those for Windows in plugins; on macOS
libraries are frameworks and end in .dylib, on Windows in .dll. Backslashes are strokes here.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

PLUGINS = "PySide6*/plugins"
LIBRARIES = "PySide6/Qt/lib"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Files of the packaged folder that are not taken, by patterns of their paths in it."""

    what: str
    why: str
    patterns: tuple[str, ...]
    but: tuple[str, ...] = ()

    def covers(self, path: str) -> bool:
        """Tell whether a path is left out by this rule."""
        return _fits(path, self.patterns) and not _fits(path, self.but)


def _fits(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(path.replace("\\", "/"), one) for one in patterns)


MODULES = (
    "tkinter", "_tkinter", "turtledemo", "idlelib", "lib2to3", "ensurepip", "readline", "curses", "_curses",
    "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtSvgWidgets", "PySide6.QtPrintSupport", "PySide6.QtTest",
    "sqlalchemy.dialects.mysql", "sqlalchemy.dialects.oracle", "sqlalchemy.dialects.mssql",
    "setuptools", "pip", "PyInstaller", "pytest", "mypy",
)  # fmt: skip
"""Python modules that nothing in Sheaf loads, though something that it loads could."""

FILES = (
    LeftOut(
        "screens of devices",
        "Sheaf is for desktops: X11, Wayland, macOS, Windows, and none for tests",
        (
            f"{PLUGINS}/platforms/*", f"{PLUGINS}/egldeviceintegrations/*", f"{PLUGINS}/generic/*",
            f"{PLUGINS}/platforminputcontexts/*virtualkeyboard*",
            f"{LIBRARIES}/libQt6EglFS*", f"{LIBRARIES}/libQt6EglFs*",
        ),
        tuple(
            f"{PLUGINS}/platforms/*q{name}*" for name in ("xcb", "wayland", "cocoa", "windows", "offscreen")
        ),
    ),
    LeftOut(
        "OpenGL and Vulkan",
        "all is drawn by the processor, and nothing is 3D",
        (
            f"{PLUGINS}/xcbglintegrations/*", f"{PLUGINS}/wayland-graphics-integration-client/*",
            "PySide6/QtOpenGL*", f"{LIBRARIES}/libQt6OpenGL*", f"{LIBRARIES}/QtOpenGL*", "PySide6/Qt6OpenGL*",
            "PySide6/opengl32sw.dll",
        ),
    ),
    LeftOut(
        "Wayland shells of cars, phones and test benches",
        "desktops speak xdg-shell",
        (f"{PLUGINS}/wayland-shell-integration/*",),
        (f"{PLUGINS}/wayland-shell-integration/libxdg-shell.so",),
    ),
    LeftOut(
        "network security and state",
        "Sheaf opens no connection by Qt but to itself",
        (f"{PLUGINS}/tls/*", f"{PLUGINS}/networkinformation/*"),
    ),
    LeftOut(
        "picture formats",
        "its pictures are SVG and PNG, and PNG is in Qt itself",
        (f"{PLUGINS}/imageformats/*",),
        (f"{PLUGINS}/imageformats/*qsvg.*",),
    ),
    LeftOut(
        "fonts of other icons",
        "one set is drawn",
        ("qtawesome/fonts/*",),
        ("qtawesome/fonts/phosphor-*",),
    ),
    LeftOut(
        "GTK's looks",
        "file dialogs come through the desktop's portal, without loading GTK",
        (f"{PLUGINS}/platformthemes/libqgtk3.so",),
    ),
    LeftOut(
        "how Python packages were installed",
        "it names folders of the machine that made this",
        ("*.dist-info/direct_url.json", "*.dist-info/RECORD", "*.dist-info/REQUESTED", "*.dist-info/INSTALLER"),
    ),
    LeftOut("Qt's translations", "Sheaf speaks English", ("PySide6*/translations/*",)),
    LeftOut(
        "tests, samples and headers of Python packages",
        "nothing reads them",
        (
            "*/tests/*", "sklearn/datasets/*", "scipy/datasets/*", "*.pyi", "*.pyx", "*.pxd", "*.h", "*.c", "*.cpp",
            "alembic/templates/*", "lxml/isoschematron/*", "lxml/includes/*",
        ),
        ("sklearn/datasets/*.so",),
    ),
    LeftOut(
        "libraries that every Linux desktop has",
        "drawing, fonts and the C library must be the system's own, or its drivers do not fit",
        ("lib*.so*",),
        (
            "libpython*", "libsqlite3.so*", "libffi.so*", "libcrypto.so*", "libssl.so*", "libbz2.so*", "liblzma.so*",
            "libuuid.so*", "libmpdec.so*", "libxcb-*.so*", "libxkbcommon*.so*", "libz.so*", "libexpat.so*",
        ),
    ),
)  # fmt: skip

OF_DEBIAN = LeftOut(
    "libraries that Debian keeps safe",
    "they are packages of their own there, which this one names",
    ("lib*.so*",),
    ("libpython*",),
)
"""What the Debian package leaves out beyond that."""


def rule_for(path: str) -> LeftOut | None:
    """Return the rule by which a path in the packaged folder is left out, None for what is taken."""
    return next((rule for rule in FILES if rule.covers(path)), None)
