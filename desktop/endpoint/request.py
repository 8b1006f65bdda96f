"""HTTP as far as an editor speaks it: the head of a GET request in, a text out. Whatever is odd is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_BYTES = 16_384
"""A head that is longer is refused; those of editors have a few hundred bytes."""
END = b"\r\n\r\n"
MORE: dict[int, tuple[str, ...]] = {
    HTTPStatus.METHOD_NOT_ALLOWED: ("Allow: GET",),
    HTTPStatus.UNAUTHORIZED: ("WWW-Authenticate: Bearer",),
}
"""What HTTP wants to be said along with a status."""
_LINE = re.compile(r"([A-Z]{1,20}) (/[\x21-\x7e]*|\*) HTTP/1\.[01]")
_FIELD = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*?)[ \t]*")


@dataclass(frozen=True, slots=True)
class Request:
    """A request without a body; header fields by their name in small letters, each with all its values."""

    path: str
    query: str = ""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def one(self, name: str) -> str | None:
        """Return the value of a field that stands once, else None."""
        values = self.fields.get(name, ())
        return values[0] if len(values) == 1 else None


@dataclass(frozen=True, slots=True)
class Reply:
    """The status and the text of an answer."""

    status: int
    text: str


def read(head: bytes) -> Request | Reply:
    """Return the request whose head this is, up to the empty line, or the answer that refuses it."""
    first, *rest = head.decode("latin-1").split("\r\n")
    found = _LINE.fullmatch(first)
    if found is None:
        return Reply(HTTPStatus.BAD_REQUEST, "This is no request of HTTP/1.1.")
    if found[1] != "GET":
        return Reply(HTTPStatus.METHOD_NOT_ALLOWED, "Only GET is answered here.")
    fields: dict[str, tuple[str, ...]] = {}
    for line in rest:
        named = _FIELD.fullmatch(line)
        if named is None:
            return Reply(HTTPStatus.BAD_REQUEST, "A header field of the request cannot be read.")
        name = named[1].lower()
        fields[name] = (*fields.get(name, ()), named[2])
    if "transfer-encoding" in fields or fields.get("content-length", ("0",)) != ("0",):
        return Reply(HTTPStatus.BAD_REQUEST, "A request here has no body.")
    path, _, query = found[2].partition("?")
    return Request(path, query, fields)


def written(reply: Reply) -> bytes:
    """Return an answer as bytes; the connection ends after it. No other origin is ever allowed to read it."""
    body = reply.text.encode("utf-8")
    lines = [
        f"HTTP/1.1 {int(reply.status)} {HTTPStatus(reply.status).phrase}",
        "Content-Type: text/plain; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "Connection: close",
    ]
    lines += MORE.get(reply.status, ())
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body
