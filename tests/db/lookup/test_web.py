"""Asking over real HTTP: the pace, second tries, what is refused, and Cancel while an answer is awaited."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from db.domain.errors import Cancelled, LibraryError
from db.lookup import Refused, Unreachable, by_name, web
from db.lookup.service import Request, Service
from db.lookup.web import Web
from tests.localservices import Services, Told, running

BUSY = (429, {"Retry-After": "0"}, '{"message": "Too Many Requests"}')


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    with running(Services([Told("Quiet Lanterns", (("Ada", "Reed"),), "2501.00001", abstract="Lanterns.")])) as serving:
        monkeypatch.setenv(web.AT, serving.address)
        yield serving


def service(name: str) -> Service:
    found = by_name(name)
    assert found is not None
    return found


def ask(name: str = "arxiv", tick: object = None) -> str:
    one = service(name)
    with Web(tick or (lambda: None)) as asking:  # type: ignore[arg-type]
        return asking.ask(one, one.by_title("Quiet Lanterns"))


def test_an_answer_comes_back_as_it_was_sent(services: Services) -> None:
    assert "<title>Quiet Lanterns</title>" in ask()
    assert services.asked == ['/arxiv/api/query?search_query=ti:"Quiet Lanterns"&max_results=5']


def test_a_busy_service_is_asked_again(services: Services) -> None:
    services.instead["arxiv"] = [BUSY, (503, {}, ""), (200, {}, "at last")]
    assert ask() == "at last"
    assert len(services.asked) == 3


def test_a_service_that_stays_busy_is_let_alone(services: Services) -> None:
    services.instead["arxiv"] = [BUSY]
    with pytest.raises(Unreachable, match=r"arXiv has no time .* \(answer 429\)"):
        ask()
    assert len(services.asked) == web.TRIES


def test_unknown_is_an_empty_answer_and_anything_else_a_refusal(services: Services) -> None:
    services.instead["huggingface"] = [(404, {}, '{"error": "Paper not found"}')]
    assert ask("huggingface") == ""
    services.instead["huggingface"] = [(400, {}, "{}")]
    with pytest.raises(Refused, match="Hugging Face did not take the question"):
        ask("huggingface")
    assert len(services.asked) == 2


def test_a_redirect_is_followed(services: Services) -> None:
    services.instead["arxiv"] = [(301, {"Location": f"{services.address}/dblp/moved"}, "")]
    services.instead["dblp"] = [(200, {}, "here")]
    assert ask() == "here"


@pytest.mark.parametrize("path", ["file:///etc/hostname", "{other}/dblp/secret", "http://localhost:9/x", "ftp://a.b/c"])
def test_a_redirect_without_encryption_leads_nowhere_else(services: Services, path: str) -> None:
    with running(Services()) as other:
        services.instead["arxiv"] = [(302, {"Location": path.format(other=other.address)}, "")]
        with pytest.raises(Unreachable, match=r"arXiv cannot be reached \(it leads to"):
            ask()
        assert other.asked == []


def test_an_answer_comes_packed(services: Services) -> None:
    services.instead["arxiv"] = [(200, {"Content-Encoding": "gzip"}, gzip.compress("Größe".encode()))]
    assert ask() == "Größe"


PACKED = {
    "much": ("gzip", gzip.compress(b"x" * 5_000), "longer than"),
    "twice": ("gzip, gzip", gzip.compress(gzip.compress(b"x" * 5_000)), "not asked for"),
    "otherwise": ("br", b"x", "not asked for"),
    "wrongly": ("gzip", b"<html>", "cannot be unpacked"),
    "in part": ("gzip", gzip.compress(b"x" * 500)[:-9], "cut off"),
}


@pytest.mark.parametrize("how", PACKED)
def test_a_packed_answer_has_the_same_bounds(services: Services, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    packing, body, why = PACKED[how]
    monkeypatch.setattr(web, "MOST_BYTES", 1_000)
    services.instead["arxiv"] = [(200, {"Content-Encoding": packing}, body)]
    with pytest.raises(Unreachable, match=why):
        ask()


def test_an_answer_that_does_not_end_is_given_up(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MOST_SECONDS", 0.2)
    monkeypatch.setattr(web, "TRIES", 1)
    services.delay = 1.0
    with pytest.raises(Unreachable, match="504"):
        ask()


@pytest.mark.parametrize("status", [401, 403, 451])
def test_who_lets_nobody_in_is_let_alone(services: Services, status: int) -> None:
    services.instead["arxiv"] = [(status, {}, "")]
    with pytest.raises(Unreachable, match=f"takes no questions .* {status}"):
        ask()
    assert len(services.asked) == 1


def test_a_proxy_that_cannot_be_used_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks://127.0.0.1:9/")
    with pytest.raises(LibraryError, match=r"ALL_PROXY.*Nothing was looked up"):
        ask()


def test_cancel_does_not_wait_for_the_address_of_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    answer, asked = threading.Event(), threading.Event()

    def slow(*_words: object, **_more: object) -> list[object]:
        asked.set()
        answer.wait(20)
        raise socket.gaierror

    def tick() -> None:
        if asked.is_set():
            raise Cancelled

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    monkeypatch.setenv(web.AT, "http://services.invalid")
    before = threading.active_count()
    with pytest.raises(Cancelled):
        ask(tick=tick)
    assert threading.active_count() > before, "it still waits, and nobody for it"
    answer.set()
    while threading.active_count() > before:
        time.sleep(0.01)


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(web.AT, "http://127.0.0.1:9")
    with pytest.raises(Unreachable, match=r"arXiv cannot be reached \(.+\)"):
        ask()


def test_an_endless_answer_is_cut_off(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MOST_BYTES", 1_000)
    services.instead["arxiv"] = [(200, {}, "x" * 2_000)]
    with pytest.raises(Unreachable, match="longer than"):
        ask()


def test_cancel_is_heard_while_an_answer_is_awaited(services: Services) -> None:
    services.delay = 1.5
    calls = 0

    def tick() -> None:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        ask(tick=tick)
    assert calls == 4


def test_questions_keep_the_pause_that_a_service_asks_for(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(web.AT)
    one = service("arxiv")
    monkeypatch.setattr(type(one), "base", f"{services.address}/arxiv")
    monkeypatch.setattr(type(one), "pause", 0.3)
    with Web(lambda: None) as asking:
        began = time.monotonic()
        for _time in range(3):
            asking.ask(one, Request("/api/query", {"id_list": "2501.00001", "max_results": "1"}))
        assert time.monotonic() - began >= 0.6
