"""Real connections to the real server, on a free port of 127.0.0.1."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from desktop.endpoint import server
from desktop.endpoint.request import MOST_BYTES
from desktop.endpoint.server import MOST_CLIENTS, Endpoint
from tests.desktop.endpoint.http import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.endpoint.server import Inquiry

TOKEN = "tok-EN_0123456789abcdef"
TARGET = f"/better-bibtex/cayw?format=latex&token={TOKEN}"


@pytest.fixture
def endpoint(qtbot: QtBot) -> Iterator[Endpoint]:
    made = Endpoint()
    assert made.listen(0, TOKEN) == ""
    yield made
    made.close()
    qtbot.wait(20)


def knock(endpoint: Endpoint) -> socket.socket:
    return socket.create_connection(("127.0.0.1", endpoint.port), timeout=5)


def heard(qtbot: QtBot, client: socket.socket) -> bytes:
    """Return all that the server says until it hangs up, while the event loop runs."""
    client.setblocking(False)
    said: list[bytes] = []

    def ended() -> bool:
        try:
            part = client.recv(65_536)
        except BlockingIOError:
            return False
        except ConnectionResetError:
            return True
        said.append(part)
        return not part

    qtbot.waitUntil(ended, timeout=10_000)
    client.close()
    return b"".join(said)


def test_it_listens_on_this_computer_only(endpoint: Endpoint) -> None:
    assert endpoint._server.serverAddress().toString() == "127.0.0.1"
    port = endpoint.port
    knock(endpoint).close()
    endpoint.close()
    assert endpoint.port == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_a_question_is_passed_on_and_answered(endpoint: Endpoint, qtbot: QtBot) -> None:
    with qtbot.waitSignal(endpoint.asked) as asked:
        client = Client(endpoint.port, TARGET)
    assert asked.args is not None
    inquiry, query = asked.args
    assert query == "format=latex"
    inquiry.answer("\\cite{ü}")
    inquiry.answer("twice")
    qtbot.waitUntil(client.done)
    assert (client.status, client.text) == (200, "\\cite{ü}")


def test_strangers_are_never_passed_on(endpoint: Endpoint, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(endpoint.asked):
        none = Client(endpoint.port, "/better-bibtex/cayw?format=latex")
        host = Client(endpoint.port, TARGET, Host="evil.example")
        page = Client(endpoint.port, TARGET, Origin="https://evil.example")
        for client in (none, host, page):
            qtbot.waitUntil(client.done)
    assert (none.status, host.status, page.status) == (401, 403, 403)


def test_who_hangs_up_is_noticed_at_once(endpoint: Endpoint, qtbot: QtBot) -> None:
    with qtbot.waitSignal(endpoint.asked) as asked:
        client = Client(endpoint.port, TARGET)
    assert asked.args is not None
    inquiry: Inquiry = asked.args[0]
    with qtbot.waitSignal(inquiry.gone):
        client.hang_up()
    inquiry.answer("nobody hears it")
    qtbot.waitUntil(client.done)
    assert client.status == -1


def test_closing_answers_whoever_waits(endpoint: Endpoint, qtbot: QtBot) -> None:
    with qtbot.waitSignal(endpoint.asked):
        client = Client(endpoint.port, TARGET)
    endpoint.close()
    qtbot.waitUntil(client.done)
    assert client.status == 503


def test_a_request_in_pieces_is_put_together(endpoint: Endpoint, qtbot: QtBot) -> None:
    client = knock(endpoint)
    whole = f"GET {TARGET} HTTP/1.1\r\nHost: 127.0.0.1:{endpoint.port}\r\n\r\n".encode()
    with qtbot.waitSignal(endpoint.asked) as asked:
        for at in range(0, len(whole), 20):
            client.sendall(whole[at : at + 20])
            qtbot.wait(2)
    assert asked.args is not None
    client.sendall(whole)  # a second request before the first is answered
    qtbot.wait(20)
    asked.args[0].answer("x")
    said = heard(qtbot, client)
    assert said.count(b"HTTP/1.1") == 1
    assert said.endswith(b"x")


def test_a_head_that_is_too_long_is_refused(endpoint: Endpoint, qtbot: QtBot) -> None:
    client = knock(endpoint)
    client.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * (MOST_BYTES + 10))
    assert heard(qtbot, client).startswith(b"HTTP/1.1 431 ")


def test_who_says_nothing_is_sent_away(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEAD_MS", 60)
    endpoint = Endpoint()
    assert endpoint.listen(0, TOKEN) == ""
    client = knock(endpoint)
    client.sendall(b"GET / HT")
    assert heard(qtbot, client).startswith(b"HTTP/1.1 408 ")
    endpoint.close()


def test_other_bytes_are_refused(endpoint: Endpoint, qtbot: QtBot) -> None:
    client = knock(endpoint)
    client.sendall(b"\x16\x03\x01\r\n\r\n")
    assert heard(qtbot, client).startswith(b"HTTP/1.1 400 ")


def test_too_many_at_once_are_turned_away(endpoint: Endpoint, qtbot: QtBot) -> None:
    clients = [knock(endpoint) for _number in range(MOST_CLIENTS)]
    qtbot.waitUntil(lambda: len(endpoint._clients) == MOST_CLIENTS)
    assert heard(qtbot, knock(endpoint)) == b""
    for client in clients:
        client.close()
    qtbot.waitUntil(lambda: not endpoint._clients)
    with qtbot.waitSignal(endpoint.asked) as asked:
        last = Client(endpoint.port, TARGET)
    assert asked.args is not None
    asked.args[0].answer("")
    qtbot.waitUntil(last.done)
    assert last.status == 200


def test_a_port_that_is_taken_is_named(endpoint: Endpoint) -> None:
    other = Endpoint()
    said = other.listen(endpoint.port, TOKEN)
    assert str(endpoint.port) in said
    assert "another program" in said
    assert other.port == 0


def test_a_new_token_makes_the_old_one_worthless(endpoint: Endpoint, qtbot: QtBot) -> None:
    assert endpoint.listen(0, "another-token-0123456789") == ""
    client = Client(endpoint.port, TARGET)
    qtbot.waitUntil(client.done)
    assert client.status == 401
