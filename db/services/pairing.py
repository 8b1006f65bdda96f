"""Which record of a source, read again, is which of its sightings from before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.domain.records import Record
    from db.store.rereading import Seen


class Pairing:
    """Gives each record the sighting that begins in the same line; of several there, the one that says the same."""

    def __init__(self, seen: Iterable[Seen]) -> None:
        self._by_line: dict[int, list[Seen]] = {}
        for one in seen:
            self._by_line.setdefault(one.line_start, []).append(one)
        self._crowded = {line for line, group in self._by_line.items() if len(group) > 1}

    def take(self, record: Record, digest: bytes, identity: str) -> Seen | None:
        """Return the sighting that the record was before, None when nothing began in its line."""
        group = self._by_line.get(record.line_title)
        if not group:
            return None
        found = group[0] if record.line_title not in self._crowded else _best(group, record, digest, identity)
        if found is not None:
            group.remove(found)
        return found

    def rest(self) -> list[Seen]:
        """Return the sightings that no record took."""
        return [one for line in sorted(self._by_line) for one in self._by_line[line]]


def _best(group: Sequence[Seen], record: Record, digest: bytes, identity: str) -> Seen | None:
    same = next((one for one in group if one.digest == digest), None)
    named = next((one for one in group if identity and one.identity == identity), None)
    placed = next((one for one in group if one.position == record.index and not (one.identity and identity)), None)
    return named or same or placed


def overlapping(seen: Sequence[Seen], records: Sequence[Record]) -> list[tuple[Seen, Record]]:
    """Return the pairs of what begins in another line but shares lines; both are in the order of their lines."""
    pairs: list[tuple[Seen, Record]] = []
    at = 0
    for record in records:
        while at < len(seen) and seen[at].line_end < record.line_title:
            at += 1
        if at < len(seen) and seen[at].line_start <= record.line_end:
            pairs.append((seen[at], record))
            at += 1
    return pairs
