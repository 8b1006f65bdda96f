"""Sources: their years, their text, and what became of each line."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from db.domain.errors import LibraryError
from db.services import editing, importing, reading, sources, undoing
from db.services.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from db.domain.records import Paper
    from db.services.library import Library
    from tests.db.services.conftest import Pages


def imported(library: Library, file: Path, text: str) -> int:
    file.write_text(text, encoding="utf-8")
    source_id = importing.import_files(library, [file], silent).files[0].source_id
    assert source_id is not None
    return source_id


def paper(library: Library, paper_id: int) -> Paper:
    found = reading.paper(library, paper_id)
    assert found is not None
    return found


@pytest.fixture
def source_id(library: Library, pages: type[Pages], folder: Path) -> int:
    shown = [
        pages.paper(1, authors=17, date="Mar 18", comments=3),
        pages.paper(2, authors=1, date="Feb 2, 2024"),
        pages.paper(3, authors=2, date="Feb 28"),
    ]
    return imported(library, folder / "page.txt", pages.full(shown))


def test_a_year_by_hand_moves_the_inferred_dates_only(library: Library, source_id: int) -> None:
    key = paper(library, 1).citation_key
    changes = sources.set_year(library, source_id, 2028)
    assert "paper" in changes.parts
    assert [paper(library, n).date.iso() for n in (1, 2, 3)] == ["2028-03-18", "2024-02-02", "2028-02-28"]
    assert paper(library, 1).date.inferred
    assert "by hand" in paper(library, 1).date.evidence
    assert paper(library, 1).citation_key == key.replace("2025", "2028")
    sources.set_year(library, source_id, None)
    assert paper(library, 1).date.iso() == "2025-03-18"
    assert paper(library, 1).citation_key == key
    undoing.undo(library)
    assert paper(library, 1).date.iso() == "2028-03-18"


def test_typed_dates_and_pinned_keys_stay(library: Library, source_id: int) -> None:
    editing.set_fields(library, [1], {"date": "2019-05-06"})
    editing.pin_key(library, [3])
    key = paper(library, 3).citation_key
    sources.set_year(library, source_id, 2022)
    assert paper(library, 1).date.iso() == "2019-05-06"
    assert paper(library, 3).date.year == 2022
    assert paper(library, 3).citation_key == key


def test_the_later_of_two_inferred_years_counts_until_one_is_set_by_hand(
    library: Library, source_id: int, pages: type[Pages], folder: Path
) -> None:
    later = [pages.paper(1, authors=17, date="Mar 18"), pages.paper(5, authors=1, date="Jan 3, 2025")]
    other = imported(library, folder / "later.txt", pages.full(later))
    assert paper(library, 1).date.iso() == "2026-03-18"
    sources.set_year(library, source_id, 2025)
    assert paper(library, 1).date.iso() == "2025-03-18"
    sources.set_year(library, source_id, None)
    assert paper(library, 1).date.iso() == "2026-03-18"
    assert other != source_id


def test_a_year_that_cannot_be_is_refused(library: Library, source_id: int) -> None:
    with pytest.raises(LibraryError):
        sources.set_year(library, source_id, 12)
    with pytest.raises(LibraryError):
        sources.set_year(library, 999, 2024)


def test_every_line_has_its_span(library: Library, source_id: int) -> None:
    spans = sources.lines_of(library, source_id)
    lines = sources.text(library, source_id)
    assert spans[0].line_start == 1
    assert spans[-1].line_end == len(lines)
    assert all(a.line_end + 1 == b.line_start for a, b in pairwise(spans))
    source = reading.sidebar(library).sources[0]
    assert sum(s.line_end - s.line_start + 1 for s in spans) == source.lines
    assert {s.paper_id for s in spans if s.kind == "title"} == {1, 2, 3}
    assert {s.paper_id for s in spans if s.kind in ("furniture", "blank")} == {None}


def test_the_spans_of_the_real_dumps_equal_their_ledgers(library: Library, dumps: Path) -> None:
    from db.domain.records import Ledger
    from db.services import parsing

    for file in sorted(dumps.glob("*.txt")):
        ledger = list(parsing.parse(file, silent))[-1]
        assert isinstance(ledger, Ledger)
        source_id = importing.import_files(library, [file], silent).files[0].source_id
        assert source_id is not None
        counts: dict[str, int] = {}
        for span in sources.lines_of(library, source_id):
            counts[span.kind] = counts.get(span.kind, 0) + span.line_end - span.line_start + 1
        parts = ("title", "abstract", "authors", "date", "detail", "record")
        assert sum(counts.get(part, 0) for part in parts) == ledger.record_lines
        assert counts.get("furniture", 0) == ledger.furniture_lines
        assert counts.get("blank", 0) == ledger.blank_lines
        assert counts.get("issue", 0) == ledger.issue_lines


def test_text_raw_and_sightings(library: Library, source_id: int, pages: type[Pages]) -> None:
    assert sources.text(library, source_id, 1, 2) == ["new", ""]
    (seen,) = sources.sightings(library, 1)
    assert seen.raw.splitlines()[0] == pages.paper(1).title
    assert seen.raw.splitlines()[-1] == "Mar 18 3"
    assert seen.raw == sources.raw(library, seen.sighting.id)
    assert seen.values["author_count"] == 17
    assert (seen.sighting.source_name, seen.sighting.index) == ("page.txt", 1)
    first, last = seen.sighting.line_start, seen.sighting.line_end
    assert "\n".join(sources.text(library, source_id, first, last - first + 1)) == seen.raw


def test_words_are_found_forwards_backwards_and_round(library: Library, source_id: int) -> None:
    lines = sources.text(library, source_id)
    places = [number for number, line in enumerate(lines, start=1) if "authors" in line]
    assert len(places) == 2
    first, last = places
    assert sources.find(library, source_id, "AUTHORS", 1) == first
    assert sources.find(library, source_id, "authors", first) == last
    assert sources.find(library, source_id, "authors", last) == first, "round the end"
    assert sources.find(library, source_id, "authors", last, back=True) == first
    assert sources.find(library, source_id, "authors", first, back=True) == last, "round the beginning"
    assert sources.find(library, source_id, lines[first - 1], first) == first, "the line itself comes last"
    assert sources.find(library, source_id, "no such words", 1) == 0


def test_a_source_can_be_renamed(library: Library, source_id: int) -> None:
    changes = sources.rename(library, source_id, "  Alignment,  October ")
    assert changes
    assert reading.sidebar(library).sources[0].name == "Alignment, October"
    assert not sources.rename(library, source_id, "Alignment, October")
    with pytest.raises(LibraryError):
        sources.rename(library, source_id, "  ")


def test_issues_can_be_listed(library: Library, source_id: int) -> None:
    assert sources.issues(library, source_id) == []
    assert sources.issues(library) == []
