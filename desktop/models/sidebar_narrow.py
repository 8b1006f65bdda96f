"""The sidebar's lines narrowed to what is looked for, and to what a person can look through."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.sidebar_entry import Entry, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 1_000
"""Lines of a section: a tree lays out so many in a blink, and nobody reads more."""


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Sidebar", text, None, count)


def narrowed(roots: list[Entry], typed: str, most: int = MOST) -> list[Entry]:
    """Return the sections with the lines whose name holds what was typed, with what these are inside of.

    Of a long section the first lines stay, and a last one says how many more there are.
    """
    wanted = typed.strip().casefold()
    return [_section(root, wanted, most) if root.key != "library" else root for root in roots]


def lines(entries: list[Entry]) -> Iterator[Entry]:
    """Walk through all lines from the top."""
    for entry in entries:
        yield entry
        yield from lines(entry.inside)


def _section(root: Entry, wanted: str, most: int) -> Entry:
    every = sum(1 for _line in lines(root.inside))
    if not wanted and every <= most:
        return root
    fitting = _fitting(root.inside, wanted) if wanted else root.inside
    total = sum(1 for _line in lines(fitting))
    inside, left = _first(fitting, most)
    if wanted and not inside:
        hint = _tr("None is called so.")
        inside = [Entry(Kind.HINT, f"{root.key}/none", hint, tip=hint)]
    elif total > most:
        hint = _tr("%Ln more: find them above", total - (most - left))
        inside.append(Entry(Kind.HINT, f"{root.key}/more", hint, tip=hint))
    return replace(root, inside=inside)


def _fitting(entries: list[Entry], wanted: str) -> list[Entry]:
    found = []
    for entry in entries:
        inside = _fitting(entry.inside, wanted)
        if inside or (entry.kind is not Kind.HINT and wanted in (entry.name or entry.label).casefold()):
            found.append(replace(entry, inside=inside))
    return found


def _first(entries: list[Entry], most: int) -> tuple[list[Entry], int]:
    """Return the first lines in the order in which they are read, and how many more there is room for."""
    found = []
    for entry in entries:
        if most <= 0:
            break
        inside, most = _first(entry.inside, most - 1)
        found.append(replace(entry, inside=inside))
    return found, most
