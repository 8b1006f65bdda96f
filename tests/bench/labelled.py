"""Labelled sets of records for benchmarks of twins: a folder a set, as the bib-dedupe project publishes them.

`records_pre_merged.csv` has a column `ID` and the fields, `merged_record_ids.csv` the IDs of one work, joined by `;`.
"""

from __future__ import annotations

import csv
import html
import re
from dataclasses import dataclass
from hashlib import md5
from itertools import combinations
from typing import TYPE_CHECKING

from db.domain.duplicates import Candidate
from db.domain.formats.people import people_of_table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Pair = tuple[int, int]
RECORDS, MERGED = "records_pre_merged.csv", "merged_record_ids.csv"
_YEAR = re.compile(r"(?:19|20)\d{2}")
csv.field_size_limit(1 << 30)


@dataclass
class Labelled:
    """A set: its records, with all fields or with title, abstract and year alone, and the works they are of."""

    name: str
    records: list[Candidate]
    works: list[int]
    """The number of the work of each record."""

    @property
    def twins(self) -> set[Pair]:
        """All pairs of records of one work."""
        members: dict[int, list[int]] = {}
        for place, work in enumerate(self.works):
            members.setdefault(work, []).append(place)
        return pairs_of(members.values())

    def half(self, place: int) -> int:
        """Return 0 when a record belongs to the training half, else 1; a work is never split."""
        return md5(f"{self.name} {self.works[place]}".encode()).digest()[0] % 2


def pairs_of(sets: Iterable[Iterable[int]]) -> set[Pair]:
    """Return all pairs within sets, smaller place first."""
    return {pair for one in sets for pair in combinations(sorted(one), 2)}


def sets_in(folder: Path) -> list[Path]:
    """Return the folders of the labelled sets."""
    return sorted(one.parent for one in folder.glob(f"*/{RECORDS}") if (one.parent / MERGED).exists())


def load(folder: Path, *, all_fields: bool) -> Labelled:
    """Read one set."""
    with (folder / RECORDS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    number = {row["ID"]: place for place, row in enumerate(rows)}
    works = list(range(len(rows)))
    with (folder / MERGED).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            members = [number[one.strip()] for one in row["merged_ids"].split(";") if one.strip() in number]
            for one in members:
                works[one] = members[0]
    return Labelled(folder.name, [_candidate(row, all_fields=all_fields) for row in rows], works)


def _candidate(row: dict[str, str], *, all_fields: bool) -> Candidate:
    def value(name: str) -> str:
        return html.unescape(row.get(name) or "")

    year = _YEAR.search(value("year"))
    shown = Candidate(value("title"), value("abstract"), year=int(year[0]) if year else None)
    if not all_fields:
        return shown
    return Candidate(
        shown.title, shown.abstract, people_of_table(value("author")), year=shown.year, doi=value("doi") or None,
        venue=value("journal") or value("booktitle"), volume=value("volume"), pages=value("pages"),
    )  # fmt: skip
