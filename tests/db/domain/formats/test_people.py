"""One name in its parts, and lists of names."""

from __future__ import annotations

import pytest

from db.domain.formats.jsonfiles import jsonvalues
from db.domain.formats.people import people, person
from db.domain.records import Person


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ann Gull", Person("Gull", "Ann")),
        ("Gull, Ann", Person("Gull", "Ann")),
        ("van der Mast, Chiara", Person("van der Mast", "Chiara")),
        ("Chiara van der Mast", Person("van der Mast", "Chiara")),
        ("van der Mast", Person("van der Mast")),
        ("Van Gull", Person("Gull", "Van")),
        ("Bo Kettle Jr.", Person("Kettle Jr.", "Bo")),
        ("Kettle, Bo, Jr.", Person("Kettle Jr.", "Bo")),
        ("Plato", Person("Plato")),
        ("李波", Person("李波")),
        (" , ", None),
    ],
)
def test_one_name(name: str, expected: Person | None) -> None:
    assert person(name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Gull, Ann; Kite, Bo",
        "Gull, Ann and Kite, Bo",
        "Ann Gull and Bo Kite",
        "Ann Gull & Bo Kite",
        "Ann Gull, Bo Kite",
        "Ann Gull|Bo Kite",
        "Ann Gull\n and Bo Kite",
    ],
)
def test_lists_in_any_dress(text: str) -> None:
    assert people(text) == (Person("Gull", "Ann"), Person("Kite", "Bo"))


def test_json_reads_names_as_bibliographies_do() -> None:
    assert jsonvalues.people(["Chiara van der Mast 0002"]) == (Person("van der Mast", "Chiara"),)
    assert jsonvalues.people("Gull, Ann") == (Person("Gull", "Ann"),)
