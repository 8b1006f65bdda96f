"""Entries of an XML text of any length, one at a time, whatever stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from db.domain.formats.jsonfiles.jsonwindow import Window

LONGEST_ENTRY = 2_000_000
BROKEN = "This entry could not be understood, so it was left out; the entries after it were read."
CUT = "The file ends within this entry, so it was left out."


def entries(window: Window, opening: re.Pattern[str]) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, whether it is closed) of the entries in the window, which moves along.

    `opening` finds the tag that begins one; its first group is the name of the element.
    """
    while True:
        match = opening.search(window.text, window.at)
        if match is None:
            window.at = max(window.at, len(window.text) - 10)
            if not window.more():
                return
            continue
        window.at = match.start()
        closing = f"</{match[1]}>"
        end = window.text.find(closing, window.at)
        while end < 0 and len(window.text) - window.at < LONGEST_ENTRY and window.more():
            end = window.text.find(closing, window.at)
        stop = end + len(closing) if end >= 0 else len(window.text)
        start = window.at
        window.at = stop
        yield start, stop, end >= 0
