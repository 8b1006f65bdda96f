"""Saved HTML as a tree, without running or fetching anything, whatever the page holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

# The time libxml2 takes for a tag goes with the square of its attributes: this is one with a thousand and more.
_CROWDED = re.compile(
    r"<[a-zA-Z][^\s<>]*+(?:\s++[^\s=<>\"']++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s<>\"']++))?+){1000}[^<>]*+>?"
)
_HALF = re.compile(r"&#(?:x0*d[89a-f][0-9a-f]{2}|0*5(?:529[6-9]|5[3-9]\d\d|[67]\d{3}));?", re.IGNORECASE)
_LINE_CONTENT = "line-content"
_SOURCE = re.compile(r"class=[\"']?line-(?:content|number|gutter)", re.IGNORECASE)


def parse(lines: Sequence[str]) -> Any:
    """Return the root element of a page, None when there is no element in it.

    The parser fetches nothing, expands no entities of a page's own, and stops at a depth of some 2,000 elements.
    """
    root = _parse("\n".join(lines))
    if root is not None and _SOURCE.search("\n".join(lines[:200])):
        inner = _unsourced(root)
        return root if inner is None else inner
    return root


def whole(text: str) -> str:
    """Return the markup without references to halves of characters, which lxml cannot give back."""
    return _HALF.sub("\ufffd", text) if "&#" in text else text


def _parse(text: str) -> Any:
    from lxml import etree

    text = _CROWDED.sub(lambda match: "\n" * match.group().count("\n"), text)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(whole(text).encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return None


def _unsourced(root: Any) -> Any:
    """A page saved from a browser's view of its source holds the page as text, one line in each cell."""
    cells = root.xpath(f"//td[contains(concat(' ', @class, ' '), ' {_LINE_CONTENT} ')]")
    if not cells:
        return None
    inner = _parse("\n".join("".join(cell.itertext()) for cell in cells))
    if inner is None:
        return None
    # The lines of the text inside are those of the cells that they came from.
    lines = [cell.sourceline for cell in cells]
    for element in inner.iter():
        element.sourceline = lines[min(element.sourceline or 1, len(lines)) - 1]
    return inner


def line_of(element: Any, lines: Sequence[str], mark: str = "") -> int:
    """Return the line (from 1) of an element; of its start tag that holds `mark`, if that is given."""
    line = max(1, min(element.sourceline or 1, len(lines)))
    if mark:
        for number in range(line, max(0, line - 200), -1):
            if mark in lines[number - 1]:
                return number
    return line


def classes(element: Any) -> set[str]:
    """Return the classes of an element."""
    return set((element.get("class") or "").split())


def words(element: Any) -> str:
    """Return the text of an element on one line."""
    return " ".join("".join(element.itertext()).split())
