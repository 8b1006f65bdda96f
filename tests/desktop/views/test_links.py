"""Links in plain text: with and without a scheme, without the marks around them, never a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QDesktopServices

from desktop.views.links import find_links, open_link, safe_url

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("Code: https://github.com/a/b.", ["https://github.com/a/b"]),
        ("(see https://x.org/a_(b))", ["https://x.org/a_(b)"]),
        ("at github.com/x/y, and tiny.one/z;", ["https://github.com/x/y", "https://tiny.one/z"]),
        ("www.example.com is up", ["https://www.example.com"]),
        ("page at me.github.io/project!", ["https://me.github.io/project"]),
        (r"\url{https://a.org/b}", ["https://a.org/b"]),
        ('<a href="https://a.org">x</a>', ["https://a.org"]),
        ("file:///etc/passwd javascript:alert(1)", []),
        ("e.g. this, i.e. that, vs. those", []),
        ("github.com alone names no page", []),
    ],
)
def test_links_are_found_and_trimmed(text: str, urls: list[str]) -> None:
    assert [link.url for link in find_links(text)] == urls


def test_a_link_covers_what_is_shown_of_it() -> None:
    text = "see github.com/x/y."
    (link,) = find_links(text)
    assert text[link.start : link.end] == "github.com/x/y"


@pytest.mark.parametrize("url", ["file:///tmp/x", "ftp://a.org", "javascript:1", "http://", "x", ""])
def test_only_web_addresses_are_opened(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda made: opened.append(made) or True)
    assert safe_url(url) is None
    assert not open_link(url)
    assert opened == []
