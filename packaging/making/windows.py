"""What Windows is told about Sheaf's programs, and the installer. Tried under Wine: nobody has had a Windows yet."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from making import icons
from making.project import NAME, ROOT, TITLE, version

SCRIPT = ROOT / "packaging" / "windows" / f"{NAME}.iss"
COMPILER = "ISCC.exe"
USUAL = ("ProgramFiles(x86)", "ProgramFiles")
"""Variables that name folders in which a compiler may be installed that is not on the search path."""
RESOURCE = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, fileType=0x1),
  kids=[
    StringFileInfo([StringTable('040904B0', [
      StringStruct('CompanyName', 'The Sheaf authors'),
      StringStruct('FileDescription', '{title}'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('InternalName', '{name}'),
      StringStruct('LegalCopyright', 'MIT licence'),
      StringStruct('OriginalFilename', '{program}.exe'),
      StringStruct('ProductName', '{title}'),
      StringStruct('ProductVersion', '{version}'),
    ])]),
    VarFileInfo([VarStruct('Translation', [0x0409, 0x04B0])]),
  ],
)
"""
"""As PyInstaller reads it: a program for windows, in American English, Unicode."""


def resource(program: str) -> str:
    """Return the version resource of a program, in the notation of PyInstaller."""
    given = [int(part) for part in version().split(".") if part.isdigit()]
    numbers = tuple((given + [0] * 4)[:4])
    return RESOURCE.format(numbers=numbers, version=version(), name=NAME, title=TITLE, program=program)


def installer(work: Path, folder: Path, out: Path) -> Path:
    """Return the installer of the frozen folder. Raises FileNotFoundError without Inno Setup, CalledProcessError."""
    name = f"{NAME}-{version()}-windows-setup"
    given = {"Version": version(), "Folder": folder, "Out": out, "Name": name, "Icon": icons.ico(work / f"{NAME}.ico")}
    words = [f"/D{key}={value}" for key, value in given.items()]
    subprocess.run([compiler(), "/Qp", *words, SCRIPT], check=True)
    return out / f"{name}.exe"


def compiler() -> str:
    """Return the path of the newest compiler of installers. Raises FileNotFoundError."""
    there = [
        one for name in USUAL if name in os.environ for one in Path(os.environ[name]).glob(f"Inno Setup */{COMPILER}")
    ]
    found = shutil.which(COMPILER) or max(map(str, there), default=None, key=_number)
    if found is None:
        raise FileNotFoundError("The installer is made by Inno Setup 6.3 or newer: https://jrsoftware.org/isdl.php")
    return found


def _number(compiler: str) -> int:
    return int(re.sub(r"\D", "", Path(compiler).parent.name) or 0)
