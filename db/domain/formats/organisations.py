"""Organisations as pages show them: the account name (slug), the display name, and which of the two a text is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats import inline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.domain.formats.inline import Link

_OWNER = re.compile(r"^https?://[^/\s]+/(?P<slug>[\w.\-]+)/?$")
_NO_ACCOUNT = ("papers", "login", "join")
_SQUEEZE = re.compile(r"[\W_]+")


def accounts(links: Iterable[Link]) -> list[tuple[str, str]]:
    """Return (slug, text of the link) of the links that lead to the page of an account."""
    found = ((_OWNER.match(inline.target(link.url)), link.text) for link in links if link.url)
    return [(match["slug"], text) for match, text in found if match and match["slug"] not in _NO_ACCOUNT]


def named(text: str) -> tuple[str, str]:
    """Return (slug, display name) of an organisation; the slug is empty when only the name stands there."""
    text = " ".join(text.split())
    half = len(text) // 2
    if text[:half] == text[half + 1 :] and text[half : half + 1] == " ":
        return (text[:half] if " " not in text[:half] else ""), text[:half]
    slug, _, name = text.partition(" ")
    return (slug, name) if name and slugged(slug, name) else ("", text)


def slugged(slug: str, name: str) -> bool:
    """Say whether the first can be the account name of the organisation that the second names."""
    if " " in slug or not slug or not name:
        return False
    short, full = _SQUEEZE.sub("", slug).lower(), _SQUEEZE.sub("", name).lower()
    words = name.split()
    initials = "".join(word[0] for word in words if word[0].isupper()).lower()
    alike = bool(full) and (full in short or (short in full and full.startswith(short)))
    like_account = slug.islower() or "-" in slug or "_" in slug or not slug[1:].islower()
    return bool(short) and (
        alike or short == initials or (like_account and name[:1].isupper() and short[:3] == full[:3])
    )
