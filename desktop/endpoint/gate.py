"""Who may ask: programs of this person, on this computer, that know the token. No page in a browser may."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from desktop.endpoint.request import Reply

if TYPE_CHECKING:
    from desktop.endpoint.request import Request

PATH = "/better-bibtex/cayw"
HOSTS = ("127.0.0.1", "localhost")
TOKEN = "token"
FROM_PAGES = ("cross-site", "same-site")
"""What browsers say of a request that a page of another address made, an image or a link of it too."""


def refused(request: Request, port: int, token: str) -> Reply | None:
    """Return the answer to whoever may not ask, None to who may.

    The Host must be this address, for a page can let its own name lead to 127.0.0.1; an Origin says that a page asks.
    """
    hosts = [f"{host}:{port}" for host in HOSTS]
    host = request.one("host")
    if host is None or host.lower() not in hosts:
        return Reply(HTTPStatus.FORBIDDEN, f"Ask at http://{hosts[0]}, by no other name.")
    origins = request.fields.get("origin", ())
    if any(one.lower() not in [f"http://{own}" for own in hosts] for one in origins):
        return Reply(HTTPStatus.FORBIDDEN, "Pages in a browser get no answer here.")
    if any(one.lower() in FROM_PAGES for one in request.fields.get("sec-fetch-site", ())):
        return Reply(HTTPStatus.FORBIDDEN, "Pages in a browser get no answer here.")
    if not _knows(request, token):
        return Reply(
            HTTPStatus.UNAUTHORIZED,
            "The token is missing or another one. Sheaf shows it under Edit > Preferences > Picker and plug-ins; add "
            "&token=... to the address, or send it as Authorization: Bearer.",
        )
    if request.path.rstrip("/") != PATH:
        return Reply(HTTPStatus.NOT_FOUND, f"There is nothing here. Citations are at {PATH}.")
    return None


def _knows(request: Request, token: str) -> bool:
    try:
        given = parse_qs(request.query, max_num_fields=100).get(TOKEN, [])
    except ValueError:
        given = []
    kind, _, bearer = (request.one("authorization") or "").partition(" ")
    if kind.lower() == "bearer":
        given.append(bearer.strip())
    wanted = token.encode()
    same = [hmac.compare_digest(one.encode("utf-8", "surrogatepass"), wanted) for one in given]
    return bool(token) and any(same)


def without_token(query: str) -> str:
    """Return a query that can be shown and kept: all but the token."""
    return "&".join(part for part in query.split("&") if part.partition("=")[0] != TOKEN)
