"""What the picker is opened for: by the person, or by an editor that asks for a citation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.services.changes import Changes
    from db.services.cite_commands import CiteStyle
    from db.services.library import Library


@dataclass(frozen=True, slots=True)
class Purpose:
    """What becomes of the papers: how they are cited, who gets the text, and who is told when there is none.

    `verb` names the button, `said` tells what Enter does. Without `command` the form is fixed by whoever asks.
    """

    verb: str
    said: str
    preview: Callable[[Library, Sequence[int], CiteStyle], str]
    cite: Callable[[Library, Sequence[int], CiteStyle], tuple[str, Changes]]
    done: Callable[[str, Sequence[int]], None]
    left: Callable[[], None]
    command: bool = True
    before: bool = True
    behind: bool = True
