"""Works that were told one by one, as one text in their format."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEED = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'
_FRAMES = {
    "json": ("[", ",\n", "]"),
    "arxiv-atom": (f'<?xml version="1.0" encoding="UTF-8"?>\n{_FEED}', "\n", "</feed>"),
}
"""What stands before, between and behind the works of a format; in others they stand alone, a blank line apart."""


def joined(form: str, works: Sequence[str]) -> str:
    """Return a text of these works, which reads as the format of that name."""
    before, between, behind = _FRAMES.get(form, ("", "\n\n", ""))
    return f"{before}\n{between.join(works)}\n{behind}\n".lstrip("\n")
