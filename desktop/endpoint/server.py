"""Listens on 127.0.0.1 and passes on what editors ask; one connection is one question."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtNetwork import QAbstractSocket, QHostAddress, QTcpServer

from desktop.endpoint import gate
from desktop.endpoint.request import END, MOST_BYTES, Reply, Request, read, written

if TYPE_CHECKING:
    from PySide6.QtNetwork import QTcpSocket

HEAD_MS = 5_000
"""A client that has not said what it wants by then is sent away."""
GOODBYE_MS = 2_000
"""How long a client may take to fetch its answer."""
MOST_CLIENTS = 16


class Inquiry(QObject):
    """One client; `asked` brings its question once it may ask, `gone` comes when it hangs up before its answer."""

    asked = Signal(object, str)
    gone = Signal()
    ended = Signal(object)

    def __init__(self, socket: QTcpSocket, port: int, token: str, parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket
        self._port, self._token = port, token
        self._answered = self._heard = False
        socket.setParent(self)
        self._clock = QTimer(self, singleShot=True, interval=HEAD_MS)
        self._clock.timeout.connect(self._too_late)
        socket.readyRead.connect(self._hear)
        socket.disconnected.connect(self._left)
        self._clock.start()

    def hear(self) -> None:
        """Read what came before anybody listened."""
        self._hear()

    def answer(self, text: str) -> None:
        """Give the citation, empty when nothing was picked."""
        self._say(Reply(HTTPStatus.OK, text))

    def refuse(self, status: int, text: str) -> None:
        """Say why there is no citation."""
        self._say(Reply(status, text))

    def _hear(self) -> None:
        if self._heard:
            self._socket.readAll()  # a second request on the same connection is no part of this
            return
        head = bytes(self._socket.peek(MOST_BYTES + len(END)).data())
        if END not in head:
            if len(head) > MOST_BYTES:
                self.refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The request is too long.")
            return
        self._heard = True
        self._clock.stop()
        self._socket.readAll()
        found = read(head.partition(END)[0])
        no = gate.refused(found, self._port, self._token) if isinstance(found, Request) else found
        if no is not None:
            self._say(no)
        elif isinstance(found, Request):
            self.asked.emit(self, gate.without_token(found.query))

    def _say(self, reply: Reply) -> None:
        if self._answered:
            return
        self._answered = self._heard = True
        self._socket.write(written(reply))
        self._socket.flush()
        self._socket.disconnectFromHost()
        if self._socket.state() != QAbstractSocket.SocketState.UnconnectedState:
            self._clock.start(GOODBYE_MS)

    def _too_late(self) -> None:
        if self._answered:
            self._socket.abort()
        else:
            self.refuse(HTTPStatus.REQUEST_TIMEOUT, "The request did not come to its end.")

    def _left(self) -> None:
        self._clock.stop()
        if self._heard and not self._answered:
            self._answered = True
            self.gone.emit()
        self.ended.emit(self)


class Endpoint(QObject):
    """The address; `asked` brings an `Inquiry` and the query of one who may ask."""

    asked = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._token = ""
        self._clients: list[Inquiry] = []
        self._server = QTcpServer(self)
        self._server.newConnection.connect(self._greet)

    @property
    def port(self) -> int:
        """The port that is listened on, 0 while there is none."""
        return self._server.serverPort() if self._server.isListening() else 0

    def listen(self, port: int, token: str) -> str:
        """Begin to listen, on any free port for 0; returns why that failed, in words, or nothing."""
        self.close()
        self._token = token
        if self._server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost), port):
            return ""
        if self._server.serverError() == QAbstractSocket.SocketError.AddressInUseError:
            said = _tr("Port {0} is taken by another program; Zotero, for one, uses 23119. Choose another port.")
        else:
            said = _tr("Port {0} cannot be used: {1}. Choose another port.")
        return said.format(port, self._server.errorString())

    def close(self) -> None:
        """Stop listening; who still waits for an answer is told."""
        self._server.close()
        for client in list(self._clients):
            client.refuse(HTTPStatus.SERVICE_UNAVAILABLE, "Sheaf does not answer editors any more.")

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._clients) >= MOST_CLIENTS:
                socket.abort()
                socket.deleteLater()
                continue
            client = Inquiry(socket, self.port, self._token, self)
            self._clients.append(client)
            client.asked.connect(self.asked)
            client.ended.connect(self._forget)
            client.hear()

    def _forget(self, client: Inquiry) -> None:
        if client in self._clients:
            self._clients.remove(client)
            client.deleteLater()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Endpoint", text)
