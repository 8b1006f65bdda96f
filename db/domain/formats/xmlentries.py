"""Entries of an XML text of any length, one at a time, whatever stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.records import Issue

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from db.domain.formats.cover import Cover
    from db.domain.formats.jsonfiles.jsonwindow import Window
    from db.domain.records import Record

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


def records(
    window: Window,
    cover: Cover,
    opening: re.Pattern[str],
    made: Callable[..., Record | None],
    *,
    longest_issue: int = LONGEST_ENTRY,
) -> Iterator[Record | Issue]:
    """Yield what is made of each entry, and an issue for each of which nothing can be; `cover` accounts for both.

    `made` gets the text of an entry, and by name the `index`, `line_title` and `line_end` of its record.
    """
    index = 0
    for start, end, closed in entries(window, opening):
        first, last = window.line(start), window.line(max(start, end - 1))
        text = window.text[start:end]
        found = made(text, index=index + 1, line_title=first, line_end=last) if closed else None
        if found is None:
            text = text.rstrip("\n")
            cover.issue(first, first + text.count("\n"))
            yield Issue(first, text[:longest_issue], BROKEN if closed else CUT)
        else:
            index += 1
            cover.record(first, last)
            yield found
