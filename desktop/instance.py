"""One window per library: a second start hands its files to the first and ends."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from db import services
from desktop.arguments import PICK

if TYPE_CHECKING:
    from collections.abc import Sequence

PATIENCE_MS = 1_000
MOST_BYTES = 1_000_000
ANSWER = b"taken\n"
SOURCES = Path(__file__).resolve().parents[1]
ACTIVATION = "XDG_ACTIVATION_TOKEN"
TWINS = {"sheaf.exe": "sheaf-window.exe", "python.exe": "pythonw.exe"}
ANYBODY = -1
"""The process that may take the keyboard, of which only the meeting place is known."""


def server_name(library: str) -> str:
    """Return the name of the meeting place for a library, the same for every spelling of its path."""
    place = library if "://" in library else str(Path(library).expanduser().resolve())
    return "sheaf-" + hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:24]


def hand_over(name: str, files: Sequence[str], *, pick: bool = False) -> bool:
    """Give files to the window that has the library open, or open its picker; False when there is no such window.

    Without either, the window comes to the front.
    """
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    # Files are absolute paths, so the word stands among them without being taken for one. With it goes what Wayland
    # gave to the program whose key was pressed: only who has that may take the keyboard.
    word = f"{PICK}={os.environ.get(ACTIVATION, '')}"
    message = [word] * pick + [str(Path(file).absolute()) for file in files]
    _let_come_to_the_front()
    socket.write(json.dumps(message).encode("ascii") + b"\n")
    socket.flush()
    while b"\n" not in bytes(socket.peek(MOST_BYTES).data()):
        if not socket.waitForReadyRead(PATIENCE_MS):
            return False
    socket.disconnectFromServer()
    return True


def _let_come_to_the_front() -> None:
    """Pass on what a start by the person is allowed: on Windows, a window that is called would only blink."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(ANYBODY)


def another(library: str) -> int:
    """Start one more Sheaf, which shows that library or calls the window that does; return its process number."""
    whole = services.home.is_whole()
    words = [str(Path(library).absolute())] if whole else ["-m", "desktop", str(Path(library).absolute())]
    _, number = QProcess.startDetached(str(without_console(Path(sys.executable))), words, "" if whole else str(SOURCES))
    return number


def without_console(program: Path) -> Path:
    """Return what opens the same window; on Windows a program for terminals would open one of those too."""
    twin = program.with_name(TWINS.get(program.name, program.name))
    return twin if twin.is_file() else program


class Instance(QObject):
    """Listens for later starts; `called` brings the files they were given, which may be none.

    `picker_wanted` brings the token with which Wayland lets a window take the keyboard, if there is one.
    """

    called = Signal(list)
    picker_wanted = Signal(str)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def listen(self) -> bool:
        """Begin to listen; a meeting place left over from a crash is taken over."""
        if self._server.listen(self._name):
            return True
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._hear(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > MOST_BYTES:
            socket.abort()
            return
        if not socket.canReadLine():
            return
        message = understood(bytes(socket.readLine().data()))
        socket.write(ANSWER)
        socket.flush()
        if message is None:
            return
        words = [one for one in message if one.startswith(PICK)]
        files = [Path(one) for one in message if one not in words]
        if files or not words:
            self.called.emit(files)
        if words:
            self.picker_wanted.emit(words[0].partition("=")[2])


def understood(line: bytes) -> list[str] | None:
    """Return the files of a message, the word for the picker among them; None when it is none of ours."""
    try:
        files = json.loads(line)
    except ValueError:
        return None
    if isinstance(files, list) and all(isinstance(file, str) for file in files):
        return files
    return None
