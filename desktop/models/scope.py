"""The sidebar's choice as a value: which terms must hold, which may, which must not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_TERM = re.compile(r'-?\w+:(?:"[^"]*"|[^\s()"]+)|[()]|\bOR\b')


def term(field: str, name: str) -> str:
    """Return the search term that names one tag, collection or dump."""
    inside = name.replace('"', " ").strip()
    return f'{field}:"{inside}"'


def numbered(field: str, number: int) -> str:
    """Return the search term that names something by its id: names can repeat and hold quotes."""
    return f"{field}:#{number}"


def among(ids: Iterable[int]) -> str:
    """Return the search term that names papers one by one, runs of them in short: `among:3-5,9`."""
    runs: list[list[int]] = []
    for one in sorted(ids):
        if runs and one == runs[-1][1] + 1:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    return "among:" + ",".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)


def number_of(one: str) -> int | None:
    """Return the id that a term names, None when it names nothing by id."""
    value = one.partition(":")[2]
    return int(value[1:]) if value.startswith("#") and value[1:].isdecimal() else None


@dataclass(frozen=True, slots=True)
class Scope:
    """Groups of terms: one of each group must hold, none of `without` may."""

    groups: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the scope as search text; the empty text means all papers."""
        parts = [group[0] if len(group) == 1 else f"({' OR '.join(group)})" for group in self.groups]
        return " ".join([*parts, *(f"-{excluded}" for excluded in self.without)])

    def terms(self) -> frozenset[str]:
        """Return the terms that are asked for."""
        return frozenset(one for group in self.groups for one in group)

    def marked(self) -> frozenset[str]:
        """Return the terms to be shown as chosen: of a dump also when only a part of it is asked for."""
        parts = {one for one in self.terms() if one.startswith(("new:", "back:"))}
        return self.terms() | {f"dump:{one.partition(':')[2]}" for one in parts}

    def only(self, chosen: str) -> Scope:
        """Return the scope of one term alone; the empty term gives all papers."""
        return Scope(((chosen,),)) if chosen else Scope()

    def narrowed(self, chosen: str) -> Scope:
        """Return the scope with one more term that must hold, or without it when it was there."""
        if not chosen:
            return Scope()
        if chosen in self.terms():
            return self.dropped(chosen)
        return Scope((*self.groups, (chosen,)), self._still_without(chosen))

    def widened(self, chosen: str) -> Scope:
        """Return the scope in which the last group may also be met by this term."""
        if not chosen:
            return Scope()
        if chosen in self.terms():
            return self.dropped(chosen)
        *before, last = self.groups or ((),)
        return Scope((*before, (*last, chosen)), self._still_without(chosen))

    def excluded(self, chosen: str) -> Scope:
        """Return the scope in which this term must not hold, or no longer matters when it was excluded."""
        if not chosen:
            return self
        if chosen in self.without:
            return Scope(self.groups, self._still_without(chosen))
        return Scope(self.dropped(chosen).groups, (*self.without, chosen))

    def renamed(self, old: str, new: str) -> Scope:
        """Return the scope after the thing that a term names got another name."""
        swap = {old: new}
        groups = tuple(tuple(swap.get(one, one) for one in group) for group in self.groups)
        return Scope(groups, tuple(swap.get(one, one) for one in self.without))

    def dropped(self, chosen: str) -> Scope:
        """Return the scope that no longer asks for a term; with a dump its parts go, too."""
        field, _, name = chosen.partition(":")
        gone = {chosen, f"new:{name}", f"back:{name}"} if field == "dump" else {chosen}
        groups = (tuple(one for one in group if one not in gone) for group in self.groups)
        return Scope(tuple(group for group in groups if group), self._still_without(chosen))

    def _still_without(self, chosen: str) -> tuple[str, ...]:
        return tuple(one for one in self.without if one != chosen)


def read_scope(text: str) -> Scope:
    """Return the scope that a text made by `Scope.text` says; words that are no terms are left out."""
    groups: list[tuple[str, ...]] = []
    without: list[str] = []
    opened: list[str] | None = None
    for token in _TERM.findall(text):
        if token == "(":
            opened = []
        elif token == ")":
            groups.extend([tuple(opened)] if opened else [])
            opened = None
        elif token.startswith("-"):
            without.append(token[1:])
        elif token != "OR" and opened is not None:
            opened.append(token)
        elif token != "OR":
            groups.append((token,))
    return Scope(tuple(groups), tuple(without))
