"""Freezes Sheaf into one folder that needs no Python, and measures what came of it."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from making import leaving, macos
from making.project import NAME, ROOT, megabytes, said, size_of

if TYPE_CHECKING:
    from collections.abc import Callable

SPEC = Path(__file__).with_name("sheaf.spec")
ON_LINUX, ON_MAC = sys.platform == "linux", sys.platform == "darwin"
STARTS = 5
PATIENCE_SECONDS = 60.0


def freeze(work: Path) -> Path:
    """Return the folder with the whole program, made anew below `work`; on macOS the bundle.

    Raises CalledProcessError.
    """
    made = work / "folder"
    shutil.rmtree(made, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm"]
    places = ["--distpath", str(made), "--workpath", str(work / "pyinstaller")]
    quiet = os.environ | {"PYI_LOG_LEVEL": "ERROR"}
    subprocess.run([*command, *places, str(SPEC)], check=True, cwd=ROOT, env=quiet)
    if ON_LINUX:
        _clean(made / NAME)
    return made / (macos.BUNDLE if ON_MAC else NAME)


def binary(folder: Path) -> Path:
    """Return the program in a frozen folder or bundle that takes commands and opens the window."""
    if ON_MAC:
        return folder / "Contents" / "MacOS" / NAME
    return folder / (NAME if ON_LINUX else f"{NAME}.exe")


def inside(folder: Path) -> Path:
    """Return where a frozen folder or bundle holds Python and Qt."""
    return folder / ("Contents/Frameworks" if ON_MAC else "_internal")


def _clean(folder: Path) -> None:
    """Take out of the binaries what is of the machine that made them: debugging symbols, and places to look in.

    Libraries that a wheel has repaired keep their symbols: they would break.
    """
    libraries = [one for one in folder.rglob("*.so*") if not one.is_symlink()]
    if shutil.which("strip"):
        own = [str(one) for one in libraries if ".libs/" not in one.as_posix()]
        subprocess.run(["strip", "--strip-unneeded", *own], check=True)
    if shutil.which("patchelf"):
        for one in libraries:
            places = said("patchelf", "--print-rpath", str(one)).split(":")
            inside = [place for place in places if place.startswith("$ORIGIN")]
            if inside != [place for place in places if place]:
                change = ["--set-rpath", ":".join(inside)] if inside else ["--remove-rpath"]
                said("patchelf", *change, str(one))


def report(work: Path, folder: Path) -> list[str]:
    """Return lines for people: size, what takes it, what was left out and why, and how long a start takes."""
    lines = [f"The program with everything it needs: {megabytes(size_of(folder))} in {folder}", "Left out:"]
    sizes = json.loads((work / "pyinstaller" / SPEC.stem / "left-out.json").read_text(encoding="utf-8"))
    for rule in leaving.FILES:
        if rule.what in sizes:  # some are only there on one system
            lines.append(f"  {rule.what} ({megabytes(sizes[rule.what])}): {rule.why}")
    lines.append(f"  {_unused_qt(folder)}")
    lines.append("Taken though only some need it:")
    for what, parts in EXTRAS.items():
        size = sum(size_of(one) for part in parts for one in inside(folder).glob(part))
        lines.append(f"  {what}: {megabytes(size)}")
    return [*lines, *_starts(folder)]


EXTRAS = {
    "the map of topics (scikit-learn, NumPy, SciPy), as nothing can be added to a packaged program": (
        "sklearn", "scikit_learn.libs", "numpy", "numpy.libs", "scipy", "scipy.libs",
    ),
    "libraries on a PostgreSQL server (psycopg)": ("psycopg_binary", "psycopg_binary.libs"),
}  # fmt: skip


def _unused_qt(folder: Path) -> str:
    import PySide6

    there, taken = _libraries(Path(PySide6.__path__[0])), _libraries(inside(folder) / "PySide6")
    left = [size for name, size in there.items() if name not in taken]
    return (
        f"{len(left)} of {len(there)} Qt libraries ({megabytes(sum(left))}): QML, Quick, Designer, SQL, printing and "
        "others that no code imports; WebEngine, 3D and charts are not even installed"
    )


def _libraries(package: Path) -> dict[str, int]:
    """Return the sizes of Qt's libraries, files or frameworks, by name."""
    found = [*package.glob("Qt6*.dll"), *(package / "Qt" / "lib").glob("*Qt*")]
    return {one.name: size_of(one) if one.is_dir() else one.stat().st_size for one in found}


def _starts(folder: Path) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="sheaf-start-") as home:
        settings = environment(Path(home))
        lines = [f"  {_timed(_window, folder, settings, 1)}: the window answers, and makes a library"]
        lines.append(f"  {_timed(_window, folder, settings, STARTS)}: the window answers")
        lines.append(f"  {_timed(_command, folder, settings, STARTS)}: `sheaf list`")
    return ["Start (median of elapsed, mean of processor time, where the system counts it):", *lines]


def _timed(start: Callable[[Path, dict[str, str]], float], folder: Path, settings: dict[str, str], times: int) -> str:
    before = os.times()  # Windows counts no time of children
    elapsed = statistics.median(start(folder, settings) for _ in range(times))
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return f"{elapsed:.2f} s, {used / times:.2f} s" if used else f"{elapsed:.2f} s"


def environment(home: Path) -> dict[str, str]:
    """Return variables under which a program finds nothing that is the person's."""
    own = {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")}
    own |= {"SHEAF_LIBRARY": str(home / "library.sheaf"), "QT_QPA_PLATFORM": "offscreen"}
    # Windows asks no variable where a person's files are.
    own |= {"SHEAF_CONFIG": str(home / "config"), "SHEAF_STYLES": str(home / "styles")}
    return os.environ | own


def _command(folder: Path, settings: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(
        [binary(folder), "list"], env=settings, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return time.perf_counter() - begun


def _window(folder: Path, settings: dict[str, str]) -> float:
    """Return the seconds until the window has been painted and takes what a second start hands over."""
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtNetwork import QLocalServer

    from desktop.instance import hand_over, server_name

    app = QCoreApplication.instance() or QCoreApplication([])
    name = server_name(settings["SHEAF_LIBRARY"])
    begun = time.perf_counter()
    running = subprocess.Popen([binary(folder)], env=settings, stderr=subprocess.DEVNULL)
    try:
        while not hand_over(name, ()):
            if running.poll() is not None or time.perf_counter() - begun > PATIENCE_SECONDS:
                raise RuntimeError("The packaged window does not open.")
            time.sleep(0.01)
        return time.perf_counter() - begun
    finally:
        running.terminate()
        running.wait()
        QLocalServer.removeServer(name)
        del app
