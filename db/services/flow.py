"""The counts of a review over some dumps: what its flow diagram asks for, as numbers, text and CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.domain.records import Status
from db.services.atomic import replacing
from db.services.dumpsets import held
from db.store import dumpsets as store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from db.services.dumpsets import Held
    from db.services.library import Library


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One line of the account: `key` names it for programs, `depth` says under which line before it belongs."""

    key: str
    label: str
    count: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """What became of the records of some dumps.

    records = duplicates + unique; duplicates = repeats within one dump + those between dumps;
    unique = trashed + screened; screened = unread + reading + read + excluded.
    """

    sources: tuple[Held, ...]
    records: int
    unique: int
    trashed: int
    status: Mapping[Status, int]
    starred: int
    known_before: int
    waiting: int
    tags: tuple[tuple[str, int], ...]

    @property
    def repeats(self) -> int:
        """Records that repeat a paper within their own dump."""
        return sum(one.repeats for one in self.sources)

    @property
    def duplicates(self) -> int:
        """Records that show a paper which another record shows, too."""
        return self.records - self.unique

    @property
    def screened(self) -> int:
        """Papers to be looked at."""
        return self.unique - self.trashed

    @property
    def excluded(self) -> int:
        """Papers that were skipped."""
        return self.status.get(Status.SKIPPED, 0)

    def lines(self) -> list[FlowLine]:
        """Return the account from the records to the papers that are left, then what cuts across it."""
        found = [FlowLine("identified", "Records identified", self.records)]
        found += [FlowLine("identified_in", one.dump.name, one.records, 1) for one in self.sources]
        found += [
            FlowLine("duplicates", "Duplicate records removed", self.duplicates),
            FlowLine("duplicates_within", "within one dump", self.repeats, 1),
            FlowLine("duplicates_between", "between dumps", self.duplicates - self.repeats, 1),
            FlowLine("unique", "Papers without duplicates", self.unique),
            FlowLine("trashed", "In the trash", self.trashed, 1),
            FlowLine("screened", "Papers screened", self.screened),
            FlowLine("excluded", "Excluded (skipped)", self.excluded, 1),
            FlowLine("unread", "Unread", self.status.get(Status.UNREAD, 0), 1),
            FlowLine("reading", "Reading", self.status.get(Status.READING, 0), 1),
            FlowLine("read", "Read", self.status.get(Status.READ, 0), 1),
            FlowLine("starred", "Of the papers screened: starred", self.starred),
            FlowLine("known_before", "Of the papers screened: known from earlier dumps", self.known_before),
            FlowLine("waiting", "Pairs still to be told apart or merged", self.waiting),
        ]
        if self.tags:
            found.append(FlowLine("tags", "Of the papers screened, by tag", self.screened))
            found += [FlowLine("tag", name, count, 1) for name, count in self.tags]
        return found

    def text(self) -> str:
        """Return the account as plain text, the numbers in one column."""
        return lines_as_text([(f"{'  ' * one.depth}{one.label}", one.count) for one in self.lines()])

    def csv(self) -> str:
        """Return the account as CSV with the columns what, name and count."""
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("what", "name", "count"))
        # A spreadsheet takes a text that begins like this for a formula.
        safe = (
            (one.key, f"'{one.label}" if one.label[:1] in "=+-@\t" else one.label, one.count) for one in self.lines()
        )
        writer.writerows(safe)
        return file.getvalue()


def lines_as_text(rows: Sequence[tuple[str, int]]) -> str:
    """Return labels and numbers in two columns."""
    wide = max((len(label) for label, _count in rows), default=0)
    figures = max((len(f"{count:,}") for _label, count in rows), default=0)
    return "".join(f"{label:<{wide}}  {count:>{figures},}\n" for label, count in rows)


def flow(library: Library, source_ids: Sequence[int]) -> Flow:
    """Return what became of the records of some dumps; papers that several show count once."""
    chosen = list(dict.fromkeys(source_ids))
    if not chosen:
        raise LibraryError("Choose at least one dump to count.")
    with library.reading() as session:
        sources = held(session, chosen)
        states = store.states(session, chosen)
        tags = store.tagged(session, chosen)
        known = store.known_before(session, chosen)
        waiting = store.waiting(session, chosen)
    live = [row for row in states if row["state"] == "live"]
    return Flow(
        tuple(sources),
        sum(one.records for one in sources),
        sum(row["papers"] for row in states),
        sum(row["papers"] for row in states if row["state"] != "live"),
        {Status(row["status"]): row["papers"] for row in live},
        sum(row["starred"] for row in live),
        known,
        waiting,
        tuple(tags),
    )


def save(counts: Flow, path: Path) -> None:
    """Write the account to a file: as CSV when its name ends so, as text otherwise."""
    with replacing(path) as file:
        file.write(counts.csv() if path.suffix.lower() == ".csv" else counts.text())
