"""Names of people as bibliographies write them: `Family, Given` or `Given Family`."""

from __future__ import annotations

from db.domain.records import Person

_PARTICLES = frozenset(
    "af al da das de degli dei del della den der des di do dos du el la las le lo los ten ter van vom von zu zum"
    " zur".split()
)


def person(name: str) -> Person | None:
    """Return the person of a name, None for an empty one.

    Without a comma the family is the last word and the particles in small letters before it; a suffix behind a
    second comma belongs to the family.
    """
    name = " ".join(name.split()).strip(" ,")
    if not name:
        return None
    if "," in name:
        family, given, *suffix = (part.strip() for part in name.split(",", 2))
        return Person(" ".join([family, *suffix]).strip(), given)
    words = name.split()
    at = next((i for i in range(1, len(words) - 1) if words[i] in _PARTICLES), len(words) - 1)
    return Person(" ".join(words[at:]), " ".join(words[:at]))
