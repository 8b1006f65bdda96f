"""Records that are read again find the sightings that they were."""

from __future__ import annotations

from db.domain.records import Record
from db.services.pairing import Pairing, overlapping
from db.store.rereading import Seen


def seen(number: int, line: int, end: int = 0, *, digest: bytes = b"", identity: str = "") -> Seen:
    """Return a sighting of the paper with the same number."""
    return Seen(number, number, number, line, None, end or line, digest, identity)


def record(line: int, end: int = 0, index: int = 0) -> Record:
    """Return a record on these lines."""
    return Record("x", line_title=line, line_end=end or line, index=index)


def test_the_same_line_is_the_same_record() -> None:
    pairing = Pairing([seen(1, 3), seen(2, 9)])
    found = pairing.take(record(9), b"other", "")
    assert found is not None
    assert found.id == 2
    assert pairing.take(record(9), b"", "") is None, "taken already"
    assert pairing.take(record(4), b"", "") is None
    assert [one.id for one in pairing.rest()] == [1]


def test_of_several_on_a_line_name_then_words_then_place_decide() -> None:
    crowd = [seen(1, 1, digest=b"a", identity="x"), seen(2, 1, digest=b"b"), seen(3, 1, digest=b"c", identity="z")]
    pairing = Pairing(crowd)
    order = [
        pairing.take(record(1, index=1), b"new", "z"),
        pairing.take(record(1, index=9), b"b", ""),
        pairing.take(record(1, index=1), b"new", "other"),
        pairing.take(record(1, index=1), b"new", ""),
    ]
    assert [one.id if one else None for one in order] == [3, 2, None, 1]


def test_what_begins_elsewhere_is_paired_by_shared_lines() -> None:
    old = [seen(1, 3, 8), seen(2, 20, 25), seen(3, 40, 44)]
    new = [record(5, 9), record(10, 12), record(24, 30), record(50, 51)]
    assert [(one.id, other.line_title) for one, other in overlapping(old, new)] == [(1, 5), (2, 24)]
    assert overlapping([], new) == []
    assert overlapping(old, []) == []
