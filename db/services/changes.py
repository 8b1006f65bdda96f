"""What a use case changed, said once, so that each view can decide whether to refresh."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """A labelled change: the parts touched (table names), the papers touched (None: many), the undo step.

    `parts` is empty and `step` None when nothing changed.
    """

    label: str
    parts: frozenset[str] = frozenset()
    ids: frozenset[int] | None = frozenset()
    step: int | None = None

    def __bool__(self) -> bool:
        return bool(self.parts)
