"""What is remembered of citing while one writes: the key, pasting, the address for editors, the last cite command."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from db import services
from desktop import cite_options

if TYPE_CHECKING:
    from db.services.cite_commands import CiteStyle
    from desktop.settings import Settings

KEY_ON, KEY, PASTE = "picker/key_on", "picker/key", "picker/paste"
FORM, COMMAND = "picker/form", "picker/command"
ANSWER, PORT = "editors/answer", "editors/port"
FIRST_KEY = "Ctrl+Alt+Space"
FIRST_PORT = 23119
"""The port of Zotero, where plug-ins of editors look."""
PORTS = (1024, 65535)


def style(settings: Settings) -> CiteStyle:
    """Return the command that the picker used last, at first the usual one."""
    usual = cite_options.style(settings)
    form, command = settings.get(FORM, usual.form), settings.get(COMMAND, usual.command)
    return services.cite_commands.CiteStyle(form, command)


def remember(settings: Settings, chosen: CiteStyle) -> None:
    """Begin with this command the next time."""
    settings.set(FORM, chosen.form)
    if chosen.command:
        settings.set(COMMAND, chosen.command)


def command_line(library: str | None) -> str:
    """Return the command that opens the picker, for the keyboard settings of a desktop."""
    name = "sheaf-window.exe" if sys.platform == "win32" else "sheaf"
    beside = services.home.program() or Path(sys.executable).with_name(name)
    program = str(beside) if beside.is_file() else shutil.which("sheaf") or "sheaf"
    named = ["--library", library] if library is not None else []
    words = [program, *named, "--pick"]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
