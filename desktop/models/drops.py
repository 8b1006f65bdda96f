"""What comes in, and what the person decided of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from db.services.recognising import Choice


@dataclass(frozen=True, slots=True)
class Drop:
    """What came in: files and folders (of which `only` some, by their path), or a text."""

    paths: tuple[Path, ...] = ()
    text: str = ""
    only: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A drop to import, with what the person decided of its files and the paths of those to leave out.

    `refused` are the paths of files that the preview showed as ones that cannot be imported.
    """

    drop: Drop
    choices: Mapping[str, Choice] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()

    def is_wanted(self, path: str) -> bool:
        """Tell whether a file is to be imported."""
        return path not in self.left_out and (self.drop.only is None or path in self.drop.only)
