"""Reading files without a library, in this process or in another."""

from __future__ import annotations

import json
import multiprocessing
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.domain.errors import Cancelled, LibraryError
from db.domain.records import Issue, Ledger, Record
from db.services import parsing
from db.services.progress import Progress, silent
from db.services.recognising import Choice

if TYPE_CHECKING:
    from tests.db.services.conftest import Pages


def split(items: object) -> tuple[list[Record], list[Issue], Ledger]:
    found = list(items)  # type: ignore[call-overload]
    ledger = found.pop()
    assert isinstance(ledger, Ledger)
    return [i for i in found if isinstance(i, Record)], [i for i in found if isinstance(i, Issue)], ledger


def big(pages: type[Pages], folder: Path) -> Path:
    """A page of more than five megabytes."""
    papers = [pages.paper(n, authors=n % 40 + 1, date="Mar 18", comments=3) for n in range(14_000)]
    file = folder / "big.txt"
    file.write_text(pages.full(papers), encoding="utf-8")
    assert file.stat().st_size > 5_000_000
    return file


def test_a_page_gives_records_and_a_ledger(pages: type[Pages], folder: Path) -> None:
    papers = [
        pages.paper(1, authors=17, date="Mar 18", comments=3),
        pages.paper(2, authors=1, date="Feb 2, 2024"),
        pages.paper(3),
    ]
    file = folder / "page.txt"
    file.write_text(pages.full(papers), encoding="utf-8")
    records, issues, ledger = split(parsing.parse(file, silent))
    assert [r.title for r in records] == [p.title for p in papers]
    assert [r.abstract for r in records] == [p.abstract for p in papers]
    assert not issues
    first = records[0]
    assert (first.author_count, first.comments, first.date.iso()) == (17, 3, "2025-03-18")
    assert first.date.inferred
    assert first.date.evidence
    assert records[1].date.iso() == "2024-02-02"
    assert not records[1].date.inferred
    counts = ledger.record_lines + ledger.furniture_lines + ledger.blank_lines + ledger.issue_lines
    assert counts == ledger.lines == len(file.read_text(encoding="utf-8").splitlines())


def test_a_year_by_hand_wins_over_the_inferred_and_not_over_the_stated(pages: type[Pages], folder: Path) -> None:
    papers = [pages.paper(1, authors=2, date="Mar 18"), pages.paper(2, authors=1, date="Feb 2, 2024")]
    file = folder / "page.txt"
    file.write_text(pages.full(papers), encoding="utf-8")
    records, _issues, ledger = split(parsing.parse(file, silent, choice=Choice(year=2031)))
    assert [r.date.iso() for r in records] == ["2031-03-18", "2024-02-02"]
    assert records[0].date.inferred
    assert ledger.render_year == 2031
    assert "by hand" in ledger.render_year_evidence


def test_text_is_read_like_a_file(pages: type[Pages]) -> None:
    text = pages.bare([pages.paper(n) for n in range(5)])
    records, _issues, _ledger = split(parsing.parse_text(text, "paste"))
    assert len(records) == 5


@pytest.mark.parametrize("kind", ["missing", "empty", "folder", "fifo", "loop", "binary"])
def test_what_cannot_be_read_is_said_in_words(kind: str, folder: Path) -> None:
    file = folder / "thing"
    if kind == "empty":
        file.touch()
    elif kind == "folder":
        file.mkdir()
    elif kind == "fifo":
        os.mkfifo(file)
    elif kind == "loop":
        file.symlink_to(file)
    elif kind == "binary":
        file.write_bytes(bytes(range(256)) * 64)
    with pytest.raises(LibraryError) as caught:
        list(parsing.parse(file, silent))
    assert "thing" in caught.value.message
    assert "Errno" not in caught.value.message


def test_a_big_file_is_read_by_another_process(pages: type[Pages], folder: Path) -> None:
    seen: list[Progress] = []
    records, _issues, ledger = split(parsing.parse(big(pages, folder), seen.append))
    assert len(records) == 14_000
    assert records[13_999].title == pages.paper(13_999).title
    assert ledger.lines
    assert not multiprocessing.active_children()
    done = [p.done for p in seen]
    assert done == sorted(done)
    assert len(done) > 10
    assert done[-1] == seen[-1].total


def test_cancelling_a_big_file_ends_its_process(pages: type[Pages], folder: Path) -> None:
    def cancel(progress: Progress) -> None:
        if progress.done:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(parsing.parse(big(pages, folder), cancel))
    assert not multiprocessing.active_children()


def test_leaving_a_big_file_halfway_ends_its_process(pages: type[Pages], folder: Path) -> None:
    with closing(parsing.parse(big(pages, folder), silent)) as items:  # type: ignore[type-var]
        next(items)
        assert multiprocessing.active_children()
    assert not multiprocessing.active_children()


def test_a_big_file_that_is_no_text_is_refused(folder: Path) -> None:
    file = folder / "noise.bin"
    file.write_bytes(bytes(range(256)) * 20_000)
    with pytest.raises(LibraryError):
        list(parsing.parse(file, silent))
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("name", ["alignment-search-full", "alignment-search-glued", "identity-search-bare"])
def test_the_real_dumps_agree_with_their_truth(name: str, dumps: Path) -> None:
    records, issues, ledger = split(parsing.parse(dumps / f"{name}.txt", silent))
    truth = [json.loads(line) for line in (dumps / f"{name}.truth.jsonl").read_text(encoding="utf-8").splitlines()]
    assert not issues
    assert len(records) == len(truth)
    for record, wanted in zip(records, truth, strict=True):
        plain = {k: v for k, v in wanted.items() if k not in ("date_iso",) and not k.startswith("urls")}
        assert {k: getattr(record, k) for k in plain} == plain
        assert record.date.iso() == wanted["date_iso"]
        assert list(record.urls) == wanted["urls"]
        assert list(record.urls_canonical) == wanted["urls_canonical"]
        assert list(record.urls_schemeless) == wanted["urls_schemeless"]
    counts = ledger.record_lines + ledger.furniture_lines + ledger.blank_lines + ledger.issue_lines
    assert counts == ledger.lines


@pytest.mark.parametrize("repeat", [1, 3_000])
def test_characters_that_were_taken_out_are_an_issue(pages: type[Pages], folder: Path, repeat: int) -> None:
    papers = [pages.paper(n, authors=2, date="Feb 2, 2024") for n in range(4 * repeat)]
    text = pages.full(papers)
    file = folder / "page.txt"
    file.write_bytes(
        text.replace("Feb 2", "Fe\0b 2").encode() + "\nA genuine \ufffd mark".encode() + b" and broken \xff"
    )
    records, issues, ledger = split(parsing.parse(file, silent))
    assert [r.date.iso() for r in records[: len(papers)]] == ["2024-02-02"] * len(papers)
    assert [i.why.split()[0] for i in issues if "NUL" in i.why] == [f"{4 * repeat + 1:,}"]
    assert issues[-1].line == 1 + text.split("\n").index("Feb 2, 2024")
    counts = ledger.record_lines + ledger.furniture_lines + ledger.blank_lines + ledger.issue_lines
    assert counts == ledger.lines == text.count("\n") + 2


def test_genuine_replacement_characters_are_no_issue(pages: type[Pages], folder: Path) -> None:
    file = folder / "page.txt"
    file.write_text(
        pages.bare([pages.paper(n) for n in range(3)]).replace("We study", "We \ufffd study"), encoding="utf-8"
    )
    _records, issues, _ledger = split(parsing.parse(file, silent))
    assert not issues


def test_a_paste_is_cleaned_as_well(pages: type[Pages]) -> None:
    text = pages.bare([pages.paper(n) for n in range(3)]) + " \ud800\0"
    _records, (issue,), _ledger = split(parsing.parse_text(text, "paste"))
    assert issue.why.startswith("2 characters")


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_devices_are_refused(device: str) -> None:
    if not Path(device).is_char_device():
        pytest.skip(f"no {device} here")
    with pytest.raises(LibraryError, match="not a regular file"):
        list(parsing.parse(Path(device), silent))


def test_one_line_of_a_hundred_megabytes_is_refused(folder: Path) -> None:
    file = folder / "line.txt"
    with file.open("wb") as out:
        for _ in range(100):
            out.write(b"words " * 166_666)
    with pytest.raises(LibraryError, match=r"line\.txt"):
        list(parsing.parse(file, silent))
    assert not multiprocessing.active_children()


def test_a_file_that_vanishes_while_it_is_read(pages: type[Pages], folder: Path) -> None:
    file = folder / "page.txt"
    file.write_text(pages.bare([pages.paper(n) for n in range(3)]), encoding="utf-8")
    items = parsing.parse(file, silent)
    file.unlink()
    with pytest.raises(LibraryError, match=r"page\.txt cannot be read"):
        list(items)


@pytest.mark.parametrize(
    "text", ["Dear Ann,\nthank you.\nYours, Bob\n", "import os\n\n\nx = os.name\n", "a,b\n1,2\n3,4\n"]
)
def test_other_texts_are_refused_in_words(text: str, folder: Path) -> None:
    file = folder / "page.txt"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError, match="does not look like a listing"):
        list(parsing.parse(file, silent))
