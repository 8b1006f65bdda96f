"""Plug-ins of editors, for tests: they ask over real sockets while the window goes on working."""

from __future__ import annotations

import socket
import threading
from http.client import HTTPConnection


class Client:
    """One question, asked on a thread of its own; `status` and `text` are there when it is `done`."""

    def __init__(self, port: int, target: str, **fields: str) -> None:
        self.status, self.text = 0, ""
        self._connection = HTTPConnection("127.0.0.1", port, timeout=20)
        self._target, self._fields = target, fields
        self._thread = threading.Thread(target=self._ask)
        self._thread.start()

    def _ask(self) -> None:
        try:
            self._connection.request("GET", self._target, headers=self._fields)
            answer = self._connection.getresponse()
            self.status, self.text = answer.status, answer.read().decode("utf-8")
        except OSError:
            self.status = -1
        finally:
            self._connection.close()

    def done(self) -> bool:
        """Tell whether the answer is there."""
        return not self._thread.is_alive()

    def hang_up(self) -> None:
        """Leave before the answer."""
        if self._connection.sock is not None:
            self._connection.sock.shutdown(socket.SHUT_RDWR)
