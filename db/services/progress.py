"""Reporting progress is also the point where a long job can be cancelled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `total` (0 when unknown) and what it is at; `unit` is empty or `bytes`."""

    done: int
    total: int
    label: str
    unit: str = ""


Report = Callable[[Progress], None]
"""Called by a long job every now and then; raises `Cancelled` when the person pressed Cancel."""


def silent(_progress: Progress) -> None:
    """Report to nobody."""
