"""The note that Sheaf itself writes on a paper: where it was seen, and that its year is inferred."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

INFERRED = "Year inferred"
"""What the note of an entry says whose year no source states."""
_PLACE = r"(?:(?!\. )[^;]){1,300}, record \d+"
OWN = re.compile(rf"(?:^|(?<=\. ))(?:Seen in {_PLACE}(?:; {_PLACE})*+(?:\. {INFERRED})?|{INFERRED})$")
"""A note of Sheaf's own, or one behind somebody's, to the letter."""


def written(seen: Sequence[str], inferred: bool) -> str:
    """Return the note; empty when there is nothing to say."""
    parts = [f"Seen in {'; '.join(seen)}"] if seen else []
    return ". ".join([*parts, *([INFERRED] if inferred else [])])


def taken_off(note: str) -> tuple[str, bool]:
    """Return a note without what Sheaf wrote, and whether that said that the year is inferred."""
    own = OWN.search(note)
    if own is None:
        return note, False
    return note[: own.start()].removesuffix(". ").strip(), own.group().endswith(INFERRED)
