"""What is being typed at the cursor, and the fields and fixed values that it can become."""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.domain.query.fields import ALIASES, FIELDS, named

TYPED = re.compile(
    r'(?:^|(?<=[\s(]))-?(?P<term>(?P<field>[A-Za-z]+):(?:"(?P<quoted>[^"]*)|(?P<value>[^\s()"]*))|[A-Za-z]+)$'
)
REACH = 300  # characters before the cursor that are looked at
LEAST = 2  # characters typed before a field is offered, so that plain words are left alone


@dataclass(frozen=True, slots=True)
class Typing:
    """The piece of a text from `start` to the cursor: a value of `field`, or (without one) the start of a word."""

    start: int
    field: str
    typed: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What a piece can become, what that finds in words, and whether more is to be typed after it."""

    text: str
    finds: str = ""
    open: bool = False


def typing(text: str, cursor: int) -> Typing | None:
    """Return what is being typed at the cursor, None where nothing is to be offered."""
    if text[cursor : cursor + 1] not in ("", " ", ")"):
        return None
    base = max(0, cursor - REACH)
    before = text[base:cursor]
    match = TYPED.search(before)
    if match is None or (before.count('"') % 2 and match["quoted"] is None):
        return None  # within a phrase
    start = base + match.start("term")
    if match["field"] is None:
        return Typing(start, "", match["term"]) if len(match["term"]) >= LEAST else None
    field = named(match["field"])
    if field not in FIELDS:
        return None
    value = match["value"] if match["quoted"] is None else match["quoted"]
    return Typing(start, field, value)


def fixed(at: Typing) -> list[Offer]:
    """Return the fields that a word can become, or the values of a field that has a few."""
    if not at.field:
        low = at.typed.lower()
        return [
            Offer(f"{name}:", field.finds, open=True)
            for name, field in FIELDS.items()
            if field.kind != "papers"
            and (name.startswith(low) or any(one.startswith(low) for one, of in ALIASES.items() if of == name))
        ]
    field = FIELDS[at.field]
    return [
        Offer(f"{at.field}:{value}", field.finds if field.kind != "choice" else "")
        for value in field.values
        if value.startswith(at.typed.lower())
    ]


def valued(field: str, value: str) -> Offer:
    """Return the offer of a value that the library holds, in quotes where it has more than one word."""
    inside = value.replace('"', " ").strip()
    plain = re.fullmatch(r"[\w./+-]+", inside) and not inside.startswith("-")
    return Offer(f"{field}:{inside}" if plain else f'{field}:"{inside}"')
