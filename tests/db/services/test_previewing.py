"""The preview of an import: it says what the import then does, and changes nothing."""

from __future__ import annotations

import random
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.domain import formats
from db.domain.errors import Cancelled
from db.domain.formats import registry
from db.domain.formats.account import Account
from db.domain.formats.survey import Survey
from db.domain.records import Issue, Ledger, Record
from db.services import foreseeing, previewing, reading
from db.services.forecast import Fate, FilePreview
from db.services.importing import import_files, import_text
from db.services.library import Library
from db.services.previewing import Choice, preview, preview_text
from db.services.progress import Progress, silent

RIVERS = "Rivers That Remember Their Old Beds"
TREES = "A Field Guide to Slow Trees"
HEAD = "new\n\nDaily Papers\n\nbyAK and the research community\n\nOct 31\n\n"


class Notes:
    """A format of a kind of its own that is never sure: one title a line."""

    name = "notes-of-a-test"
    label = "Notes of a test"
    kind = "dump"
    longest = 10_000
    reader = 1

    def sniff(self, head: str) -> float:
        return 0.4 if head.startswith("~") else 0.0

    def survey(self, lines: Iterable[str]) -> Survey:
        return Survey(dialect="")

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        account = Account()
        for line in lines:
            account.number += 1
            yield Record(line[2:], index=account.number, line_title=account.number, line_end=account.number)
        yield account.ledger(self.name, survey)


class Table:
    """A format with columns, of a kind of its own."""

    name = "table-of-a-test"
    label = "Table of a test"
    kind = "bibliography"
    longest = 10_000
    reader = 1
    targets = ("title", "abstract")

    def sniff(self, head: str) -> float:
        return 0.9 if head.startswith("#table") else 0.0

    def survey(self, lines: Iterable[str]) -> Survey:
        next(iter(lines))
        return Survey(columns={"What": "title", "More": "", "Rest": ""})

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        account = Account()
        at = list(survey.columns.values()).index("title")
        for line in lines:
            account.number += 1
            if line.startswith("#"):
                account.furniture += 1
                continue
            title = line.split(";")[at]
            yield Record(title, index=account.number - 1, line_title=account.number, line_end=account.number)
        yield account.ledger(self.name, survey)


def abstract(title: str) -> str:
    return f"We look at {title.lower()} for ten years and report what was seen, in plain words and with all numbers."


def paper(title: str, date: str = "Mar 3, 2023", *, text: str = "") -> str:
    return f"{title}\n\n{text or abstract(title)}\n\n  • 4 authors\n\n·\n\n{date} 2\n\n"


def page(path: Path, *papers: str) -> Path:
    path.write_text(HEAD + "".join(papers), encoding="utf-8")
    return path


def only(library: Library, path: Path, **choice: object) -> FilePreview:
    choices = {str(path): Choice(**choice)} if choice else None  # type: ignore[arg-type]
    (one,) = preview(library, [path], silent, choices=choices).files
    return one


WORDS = "alpine brittle copper drifting eastern fluid glacial hollow inner joint knotted lunar mossy neutral".split()
WORDS += "rivers deserts glaciers harbours cities forests islands tunnels markets orchards light noise grammar".split()


def many(path: Path, count: int) -> Path:
    """Write a page of papers that are nothing like each other."""
    chance = random.Random(7)
    papers = []
    for number in range(count):
        title = " ".join(chance.sample(WORDS, 4)).capitalize()
        text = " ".join(chance.choice(WORDS) + chance.choice("abcdefgh") for _word in range(40)).capitalize()
        papers.append(paper(f"{title} {number * 7919:x}", text=f"{text}."))
    return page(path, *papers)


def test_a_page_is_shown_with_its_year_and_what_would_become_of_it(library: Library, tmp_path: Path) -> None:
    one = only(library, page(tmp_path / "page.txt", paper(RIVERS), paper(TREES, "Jun 4")))
    assert (one.format, one.label, one.dialect) == ("search-page", "Search page", "A")
    assert one.is_sure
    assert one.finished
    assert not one.cut
    assert (one.records, one.new, one.same, one.maybe, one.repeated, one.issues) == (2, 2, 0, 0, 0, 0)
    assert (one.render_year, one.inferred_dates, one.yearless_dates) == (2024, 1, 0)
    assert "latest stated year is 2023" in one.evidence
    assert (one.page_date, one.years) == ("Oct 31", (2023,))
    first, second = one.expected
    assert (first.title, first.author_count, first.date.iso()) == (RIVERS, 4, "2023-03-03")
    assert not first.hangs
    assert second.hangs
    assert second.date.inferred
    assert not reading.sidebar(library).all


def test_the_import_does_what_the_preview_said(library: Library, tmp_path: Path) -> None:
    import_files(library, [page(tmp_path / "old.txt", paper(RIVERS))], silent)
    other = "Another text altogether: it is on the wind over the sea, on islands, and on the people who live there."
    drop = [
        page(tmp_path / "new.txt", paper(RIVERS), paper(TREES), paper("The Weather of Small Islands")),
        page(tmp_path / "newer.txt", paper(TREES), paper("The Weather of Small Islands", text=other)),
    ]
    before = preview(library, drop, silent).files
    after = import_files(library, drop, silent).files
    assert [one.records for one in before] == [3, 2]
    for said, done in zip(before, after, strict=True):
        assert (said.new, said.same + said.repeated, said.maybe) == (done.added, done.merged, done.doubtful)
    same = before[0].expected[0]
    assert (same.fate, same.twin) == (Fate.SAME, RIVERS)
    assert same.key
    assert "the titles are equal" in same.why
    assert all(one.why for file in before for one in file.expected if one.fate is not Fate.NEW)
    assert before[1].expected[0].fate is Fate.REPEATED


def bibliography(path: Path, *entries: tuple[str, str, str]) -> Path:
    """Write entries, (key, title, DOI), as a file."""
    texts = [
        f"@article{{{key},\n  title = {{{title}}},\n  author = {{Quill, Ada}},\n  doi = {{{doi}}},\n}}\n"
        for key, title, doi in entries
    ]
    path.write_text("\n".join(texts), "utf-8")
    return path


def test_keys_that_cannot_be_given_are_counted_before_and_after(library: Library, tmp_path: Path) -> None:
    import_files(library, [bibliography(tmp_path / "own.bib", ("rivers", RIVERS, "10.5555/rivers"))], silent)
    first = bibliography(
        tmp_path / "first.bib",
        ("rivers", TREES, "10.5555/trees"),
        ("bad~key", "Amber lanterns over quiet waters", "10.5555/amber"),
        ("kettles", "Cobalt kettles learn to sing", "10.5555/kettles"),
    )
    second = bibliography(tmp_path / "second.bib", ("kettles", "Velvet compasses point inward", "10.5555/velvet"))

    said = preview(library, [first, second], silent).files
    done = import_files(library, [first, second], silent).files

    assert [one.issues for one in said] == [one.issues for one in done] == [2, 1]
    assert [one.brought.keys for one in said] == [1, 0]
    whys = [issue.why for one in said for issue in one.first_issues]
    assert "The key rivers belongs to “Rivers That Remember Their Old Beds” already." in whys[1]
    assert "The key kettles belongs to “Cobalt kettles learn to sing” already." in whys[2]
    assert all(why.endswith("The paper will have another key.") for why in whys)


def test_what_one_file_has_twice_is_told_apart_and_what_two_files_have_is_not(library: Library, tmp_path: Path) -> None:
    import_files(library, [bibliography(tmp_path / "own.bib", ("rivers", RIVERS, "10.5555/rivers"))], silent)
    first = bibliography(
        tmp_path / "first.bib",
        ("one", RIVERS, "10.5555/rivers"),
        ("two", RIVERS, "10.5555/rivers"),
        ("three", TREES, "10.5555/trees"),
    )
    second = bibliography(tmp_path / "second.bib", ("four", TREES, "10.5555/trees"))

    said = preview(library, [first, second], silent).files
    done = import_files(library, [first, second], silent).files

    assert [(one.new, one.maybe, one.same + one.repeated) for one in said] == [(1, 1, 1), (0, 0, 1)]
    assert [(one.added, one.doubtful, one.merged) for one in done] == [(1, 1, 1), (0, 0, 1)]


def test_real_dumps_become_what_the_preview_said(library: Library, dumps: Path) -> None:
    drop = sorted(dumps.glob("*.txt"))
    before = preview(library, drop, silent).files
    after = import_files(library, drop, silent).files
    for said, done in zip(before, after, strict=True):
        assert said.records == done.records
        assert (said.new, said.same + said.repeated, said.maybe) == (done.added, done.merged, done.doubtful)
        assert (said.render_year, said.inferred_dates) == (done.render_year, done.inferred_dates)


def test_what_was_imported_is_said_to_be(library: Library, tmp_path: Path) -> None:
    path = page(tmp_path / "page.txt", paper(RIVERS))
    import_files(library, [path], silent)
    one = only(library, path)
    assert (one.already_imported, one.known_as, one.records, one.same) == (True, "page.txt", 1, 1)
    copy = page(tmp_path / "other.txt", paper(TREES))
    twice = page(tmp_path / "twice.txt", paper(TREES))
    first, second = preview(library, [copy, twice], silent).files
    assert (first.already_imported, second.already_imported) == (False, True)
    assert second.known_as == str(copy)


@pytest.mark.parametrize("bad", [b"", bytes(range(256)) * 40, b"%PDF-1.7 and so on"])
def test_what_is_no_text_says_why_and_cannot_be_read_otherwise(library: Library, tmp_path: Path, bad: bytes) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(bad)
    good = page(tmp_path / "good.txt", paper(RIVERS))
    one, other = preview(library, [path, good], silent).files
    assert "bad.txt" in one.error
    assert one.finished
    assert not one.readable
    assert other.records == 1


def test_an_unknown_text_is_not_guessed_at_but_can_be_read_as_anything(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "code.txt"
    path.write_text("import os\n\ndef run():\n    return os.getpid()\n" * 5, encoding="utf-8")
    one = only(library, path)
    assert (one.format, one.guesses, one.records) == ("", (), 0)
    assert one.error
    assert one.readable
    chosen = only(library, path, format="search-page")
    assert chosen.format == "search-page"
    assert chosen.is_sure
    assert "search-page" in [known.name for known in previewing.formats()]


def test_an_unsure_reading_is_shown_and_left_out_of_an_import_of_sure_files(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "FORMATS", (*formats.FORMATS, Notes()))
    path = tmp_path / "notes.txt"
    path.write_text("~ One title of a paper\n~ Another good title\n", encoding="utf-8")
    one = only(library, path)
    assert (one.format, one.confidence) == ("notes-of-a-test", 0.4)
    assert not one.is_sure
    assert one.expected
    good = page(tmp_path / "good.txt", paper(RIVERS))
    guessed, sure = import_files(library, [path, good], silent, sure_only=True).files
    assert (guessed.unsure, sure.unsure) == (True, False)
    assert guessed.error is not None
    assert (guessed.records, sure.added) == (0, 1)
    assert import_text(library, path.read_text(encoding="utf-8"), silent, sure_only=True).files[0].unsure
    choices = {str(path): Choice(format=one.format)}
    (told,) = import_files(library, [path], silent, sure_only=True, choices=choices).files
    assert told.error is None
    assert told.records == one.records


def test_files_of_folders_and_archives_go_by_their_own_paths(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    page(folder / "a.txt", paper(RIVERS))
    page(folder / "b.txt", paper(TREES))
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner/c.txt", HEAD + paper("The Weather of Small Islands"))
    found = preview(library, [folder, packed], silent).files
    assert [one.name for one in found] == ["a.txt", "b.txt", "c.txt"]
    assert found[2].path == f"{packed}/inner/c.txt"
    assert [one.records for one in found] == [1, 1, 1]
    wanted = {found[0].path, found[2].path}.__contains__
    assert [one.name for one in preview(library, [folder, packed], silent, wanted=wanted).files] == ["a.txt", "c.txt"]
    assert [one.added for one in import_files(library, [folder, packed], silent, wanted=wanted).files] == [1, 1]


def test_a_long_file_shows_its_first_papers_at_once_and_is_not_read_whole(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewing, "QUICK_BYTES", 10_000)
    monkeypatch.setattr(previewing, "MOST_BYTES", 60_000)
    monkeypatch.setattr(previewing, "SHOWN", 50)
    monkeypatch.setattr(foreseeing, "TELL_SECONDS", 0.0)
    monkeypatch.setattr(previewing, "TELL_SECONDS", 0.0)
    path = many(tmp_path / "long.txt", 1_000)
    parts: list[FilePreview] = []
    (one,) = preview(library, [path], silent, on_part=lambda new: parts.extend(part for _number, part in new)).files
    assert path.stat().st_size > 120_000
    assert one.cut
    assert one.finished
    assert 100 < one.records < 500
    assert one.new == one.records  # the quick look did not count as an earlier file
    assert one.issues == 0
    assert len(one.expected) == previewing.SHOWN
    quick = next(part for part in parts if part.records)
    assert quick.records < 100
    assert quick.expected[0].title == one.expected[0].title
    assert not quick.finished
    counts = [part.records for part in parts if part.records]
    assert counts == sorted(counts)
    assert not list(Path(tempfile.gettempdir()).glob("sheaf-*/long.txt"))


def test_reading_stops_when_it_takes_long(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreseeing, "MOST_SECONDS", 0.0)
    one = only(library, many(tmp_path / "long.txt", 200))
    assert one.cut
    assert one.finished
    assert not one.error


def test_a_file_whose_survey_takes_too_long_keeps_its_first_papers(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewing, "QUICK_BYTES", 10_000)
    run = foreseeing.Look.run

    def slow(self: foreseeing.Look, *values: Any) -> FilePreview:
        found = run(self, *values)
        monkeypatch.setattr(foreseeing, "MOST_SECONDS", -1.0)
        return found

    monkeypatch.setattr(foreseeing.Look, "run", slow)
    one = only(library, many(tmp_path / "long.txt", 200))
    assert one.cut
    assert one.finished
    assert 10 < one.records < 100
    assert one.expected


def test_cancel_stops_it(library: Library, tmp_path: Path) -> None:
    calls = []

    def report(progress: Progress) -> None:
        calls.append(progress)
        if len(calls) > 3:
            raise Cancelled

    paths = [many(tmp_path / f"{number}.txt", 20) for number in range(10)]
    with pytest.raises(Cancelled):
        preview(library, paths, report)


def test_all_files_are_listed_before_the_first_is_read(library: Library, tmp_path: Path) -> None:
    paths = [page(tmp_path / f"{number}.txt", paper(f"{RIVERS} {number}")) for number in range(30)]
    parts: list[list[tuple[int, FilePreview]]] = []
    preview(library, paths, silent, on_part=lambda new: parts.append(list(new)))
    assert [number for number, _one in parts[0]] == list(range(30))
    assert not any(one.records for _number, one in parts[0])
    assert {number for new in parts[1:] for number, _one in new} == set(range(30))


def test_many_files_show_few_papers_each(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previewing, "MANY", 1)
    paths = [many(tmp_path / "a.txt", 20), many(tmp_path / "b.txt", 30)]
    assert [len(one.expected) for one in preview(library, paths, silent).files] == [5, 5]


def test_pasted_text(library: Library) -> None:
    text = HEAD + paper(RIVERS) + paper(TREES, "Jun 4")
    (one,) = preview_text(library, text, silent).files
    assert (one.path, one.records, one.render_year) == ("", 2, 2024)
    import_text(library, text, silent)
    (one,) = preview_text(library, text, silent).files
    assert one.already_imported
    (one,) = preview_text(library, "def f():\n    return 1\n", silent).files
    assert one.error
    (one,) = preview_text(library, text + paper("Wind"), silent, choice=Choice(format="search-page")).files
    assert (one.records, one.same, one.confidence) == (3, 2, 1.0)


def test_the_columns_of_a_table_can_be_given_other_fields(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "FORMATS", (*formats.FORMATS, Table()))
    path = tmp_path / "table.txt"
    path.write_text("#table\nOne title of a paper;Second;x\nAnother good title;Fourth;y\n", encoding="utf-8")
    one = only(library, path)
    assert (one.format, one.targets) == ("table-of-a-test", ("title", "abstract"))
    assert one.columns == {"What": "title", "More": "", "Rest": ""}
    assert [row.title for row in one.expected] == ["One title of a paper", "Another good title"]
    one = only(library, path, format=one.format, columns={"What": "", "More": "title", "Rest": ""})
    assert one.columns["More"] == "title"
    assert [row.title for row in one.expected] == ["Second", "Fourth"]


def test_the_first_papers_of_a_big_file_come_within_a_second(library: Library, tmp_path: Path) -> None:
    path = many(tmp_path / "big.txt", 25_000)
    assert path.stat().st_size > 4_000_000
    seen: list[FilePreview] = []

    def on_part(new: list[tuple[int, FilePreview]]) -> None:
        seen.extend(one for _number, one in new if one.records)

    def report(_progress: Progress) -> None:
        if seen:
            raise Cancelled

    start = time.monotonic()
    with pytest.raises(Cancelled):
        preview(library, [path], report, on_part=on_part)
    assert seen[0].expected
    assert time.monotonic() - start < 5  # seconds, on a busy machine; 0.1 on an idle one


def test_an_arxiv_number_proves_a_year_that_the_page_does_not_set(library: Library, tmp_path: Path) -> None:
    record = Record("T", month_day="Jun 4", arxiv_id="2306.01234")
    from db.services.intake import with_year

    dated = formats.resolve(replace(record, date=replace(record.date, month=6, day=4)), None, "")
    assert with_year(dated, 2020) is dated


def test_files_that_a_bibliography_names_are_looked_for(library: Library, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    for place in ("beside.pdf", "papers/inside.pdf"):
        (tmp_path / place).write_bytes(b"%PDF")
    named = [
        "beside.pdf",
        "inside.pdf",
        str(tmp_path / "beside.pdf"),
        "gone.pdf",
        "C\\:/Users/ada/x.pdf",
        "~nobody/y.pdf",
    ]
    entries = [f"@misc{{key{at}, title = {{Paper {at}}}, file = {{:{name}:PDF}}}}" for at, name in enumerate(named)]
    bib = tmp_path / "refs.bib"
    bib.write_text("\n".join([*entries, "@Comment{jabref-meta: fileDirectory:papers;}"]))

    (file,) = previewing.preview(library, [bib], silent).files

    assert (file.brought.files, file.brought.missing, file.brought.keys) == (6, 3, 6)
