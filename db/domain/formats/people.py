"""Names of people: one name in its parts, and lists of names in one text whatever stands between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.records import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PARTICLES = frozenset(
    "af al am an auf av bin da das de degli dei del della den der des di do dos du e el ibn la las le lo los mac op"
    " 't 's te ten ter und van vom von y zu zum zur".split()
)
SUFFIX = re.compile(r"(?:Jr|Sr)\.?|II|III|IV", re.IGNORECASE)
"""What stands behind a name and belongs to the family."""
_INITIALS = re.compile(r"(?:[a-z]\.[ -]?){1,4}|[A-Z]{1,3}|[A-Z](?:[ -][A-Z]){1,3}", re.IGNORECASE)
_OTHERS = frozenset({"others", "et al.", "et al", "and others"})
_MARKS = re.compile(r"[;|\n]")
_AND = re.compile(r",? and ")


def person(name: str) -> Person | None:
    """Return the person of a name, `Family, Given` or `Given Family`; None for an empty one.

    Without a comma the family is the last word with the particles in small letters before it and a suffix behind; a
    suffix behind a second comma belongs to the family too.
    """
    name = " ".join(name.split()).strip(" ,")
    if not name:
        return None
    if "," in name:
        family, given, *suffix = (part.strip() for part in name.split(",", 2))
        return Person(" ".join([family, *suffix]).strip(), given)
    words = name.split()
    last = len(words) - 1
    if last > 1 and SUFFIX.fullmatch(words[last]):
        last -= 1
    first = 0 if words[0] in _PARTICLES else 1
    at = next((i for i in range(first, last) if words[i] in _PARTICLES), last)
    return Person(" ".join(words[at:]), " ".join(words[:at]))


def stated(one: Person) -> str:
    """Return a name as `person` and `named` read it back: `Family, Given`, or `The Sheaf Team,` for a group."""
    if one.given:
        return f"{one.family}, {one.given}"
    return one.family if person(one.family) == one else f"{one.family},"


def named(text: str) -> Person | None:
    """Return the person of a name that stands by itself; a comma at its end says that it is a group's."""
    text = " ".join(text.split())
    return Person(text[:-1].strip()) if re.fullmatch(r"[^,]*[^\s,],", text) else person(text)


def listed(authors: Iterable[Person], more: bool) -> tuple[Person, ...]:
    """Return the names of a list as files have it, with `others` at its end when there are more."""
    return (*authors, Person("others")) if more else tuple(authors)


def counted(names: Sequence[Person]) -> tuple[tuple[Person, ...], int | None]:
    """Return the names of a list and how many there are, None when it says that there are others."""
    if names and f"{names[-1].given} {names[-1].family}".strip().lower() in _OTHERS:
        return tuple(names[:-1]), None
    return tuple(names), len(names) or None


def people(text: str) -> tuple[Person, ...]:
    """Return the names of a list: between semicolons, bars, line ends, `and`, or commas."""
    return tuple(one for part in _parts(text) if (one := person(part)))


def people_of_table(text: str) -> tuple[Person, ...]:
    """Return the names in a cell; between semicolons each stands as it is meant."""
    text = re.sub(r"(?<!\s)\s*\(\d+\)", "", text)  # Scopus puts its own number behind each name
    if ";" not in text:
        return people(text)
    return tuple(one for part in _parts(text) if (one := named(part)))


def _parts(text: str) -> list[str]:
    if _MARKS.search(text):
        return [part.strip().removeprefix("and ").removeprefix("& ") for part in _MARKS.split(text)]
    text = " ".join(text.split()).replace(" & ", " and ")
    pieces = [piece.strip() for piece in _AND.sub(",", text).split(",") if piece.strip()]
    if len(pieces) % 2 == 0 and all(_INITIALS.fullmatch(given) for given in pieces[1::2]):
        return [f"{family}, {given}" for family, given in zip(pieces[::2], pieces[1::2], strict=True)]
    if " and " in text:
        return _anded(text)
    return [text] if len(pieces) == 2 and " " not in pieces[0] else pieces


def _anded(text: str) -> list[str]:
    """Split "A, B, and C" at its commas too, but not "Family, Given and Family, Given"."""
    parts = _AND.split(text)
    if len(parts) != 2 or "," not in parts[0]:
        return parts
    first = [piece.strip() for piece in parts[0].split(",")]
    listed = len(first) > 2 or ("," not in parts[1] and " " in first[0])
    return [*first, parts[1]] if listed else parts
