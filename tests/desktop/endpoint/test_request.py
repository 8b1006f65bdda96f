"""HTTP as editors speak it, and who may ask."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.endpoint.gate import refused, without_token
from desktop.endpoint.request import Reply, Request, read, written
from desktop.endpoint.token import NAME, new_token, token_of

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "tok-EN_0123456789abcdef"
PATH = "/better-bibtex/cayw"
HOST = "Host: 127.0.0.1:4711"


def asked(target: str = f"{PATH}?token={TOKEN}", *fields: str, host: str = HOST) -> int:
    """Return the status that a request is refused with, 200 when it may pass."""
    request = read("\r\n".join([f"GET {target} HTTP/1.1", host, *fields]).encode("latin-1"))
    assert isinstance(request, Request)
    found = refused(request, 4711, TOKEN)
    return found.status if found else 200


def test_a_request_is_read() -> None:
    found = read(b"GET /a/b?x=1&y HTTP/1.1\r\nHost: h\r\nX-A:  one \r\nx-a:two\r\nAccept:")
    assert found == Request("/a/b", "x=1&y", {"host": ("h",), "x-a": ("one", "two"), "accept": ("",)})
    assert isinstance(found, Request)
    assert (found.one("host"), found.one("x-a"), found.one("none")) == ("h", None, None)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"", 400),
        (b"\x16\x03\x01\x02\x00", 400),  # TLS
        (b"GET / HTTP/2.0", 400),
        (b"GET http://127.0.0.1/ HTTP/1.1", 400),
        (b"GET /a b HTTP/1.1", 400),
        (b"POST / HTTP/1.1\r\nHost: h", 405),
        (b"OPTIONS * HTTP/1.1\r\nHost: h", 405),
        (b"HEAD / HTTP/1.1\r\nHost: h", 405),
        (b"GET / HTTP/1.1\r\nHost : h", 400),
        (b"GET / HTTP/1.1\r\nHost: h\r\n folded", 400),
        (b"GET / HTTP/1.1\r\nnonsense", 400),
        (b"GET / HTTP/1.1\r\nContent-Length: 3", 400),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked", 400),
    ],
)
def test_what_is_odd_is_refused(head: bytes, status: int) -> None:
    found = read(head)
    assert isinstance(found, Reply)
    assert found.status == status


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(head: bytes) -> None:
    found = read(head)
    assert isinstance(found, Request) or found.status in (400, 405)


def test_an_answer_allows_no_other_origin_and_ends() -> None:
    text = written(Reply(200, "„ü“")).decode("utf-8")
    assert text.startswith("HTTP/1.1 200 OK\r\n")
    assert text.endswith("\r\n\r\n„ü“")
    assert "Content-Length: 8\r\n" in text
    assert "Connection: close" in text
    assert "access-control" not in text.lower()
    assert b"Allow: GET\r\n" in written(Reply(405, ""))
    assert b"WWW-Authenticate: Bearer\r\n" in written(Reply(401, ""))


def test_who_knows_the_token_may_ask() -> None:
    assert asked() == 200
    assert asked(f"{PATH}/?token={TOKEN}&format=latex", host="host: LOCALHOST:4711") == 200
    assert asked(PATH, f"Authorization: Bearer {TOKEN}") == 200
    assert asked(PATH, f"authorization: bearer  {TOKEN} ") == 200


@pytest.mark.parametrize(
    "target",
    [PATH, f"{PATH}?token=", f"{PATH}?token={TOKEN[:-1]}", f"{PATH}?token={TOKEN}x", f"{PATH}?token=%ff%00", "/", "/x"],
)
def test_who_does_not_know_it_may_not(target: str) -> None:
    assert asked(target) == 401


def test_a_token_that_is_empty_opens_nothing() -> None:
    found = refused(Request(PATH, "token=", {"host": ("127.0.0.1:4711",)}), 4711, "")
    assert found is not None
    assert found.status == 401


@pytest.mark.parametrize(
    "host",
    [
        "Host: evil.example",
        "Host: 127.0.0.1",
        "Host: 127.0.0.1:4712",
        "Host: localhost.evil.example:4711",
        "Host: 127.0.0.1:4711\r\nHost: 127.0.0.1:4711",
        "Host: [::1]:4711",
        "Host: 0.0.0.0:4711",
        "X: no host at all",
    ],
)
def test_another_name_for_this_computer_is_refused(host: str) -> None:
    assert asked(host=host) == 403


@pytest.mark.parametrize(
    "field",
    [
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: http://127.0.0.1:8888",  # another server on this computer, such as a notebook
        "Origin: http://127.0.0.1",
        "Origin: https://127.0.0.1:4711",
        "Origin: http://127.0.0.1:4711\r\nOrigin: http://evil.example",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
    ],
)
def test_pages_in_a_browser_are_refused_even_with_the_token(field: str) -> None:
    assert asked(f"{PATH}?token={TOKEN}", field) == 403


def test_an_address_typed_by_the_person_passes() -> None:
    assert asked(f"{PATH}?token={TOKEN}", "Sec-Fetch-Site: none") == 200
    assert asked(f"{PATH}?token={TOKEN}", "Origin: http://127.0.0.1:4711") == 200


def test_there_is_one_address_only() -> None:
    assert asked(f"/better-bibtex/json-rpc?token={TOKEN}") == 404


def test_the_token_is_left_out_of_what_is_passed_on() -> None:
    assert without_token(f"format=latex&token={TOKEN}&command=citep") == "format=latex&command=citep"


def test_the_token_is_kept_in_a_file_for_the_person_alone(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    first = token_of(folder)
    assert len(first) >= 30
    assert token_of(folder) == first
    assert os.name != "posix" or stat.S_IMODE((folder / NAME).stat().st_mode) == 0o600
    second = new_token(folder)
    assert second != first
    assert token_of(folder) == second
    (folder / NAME).write_bytes(b"\xff\n")
    assert len(token_of(folder)) >= 30
    assert [path.name for path in folder.iterdir()] == [NAME]
