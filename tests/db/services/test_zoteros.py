"""A library of Zotero comes in with all that is in it, the original is left alone, and nothing comes twice."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from db.domain.errors import Cancelled, LibraryError
from db.domain.formats.zotero import textform
from db.domain.records import Attachment
from db.services import editing, importing, previewing, reading, searching, sources, undoing, zoteroplaces
from db.services.bringing import Brought
from db.services.gathering import gathered
from db.services.importing import FileResult
from db.services.library import Library
from db.services.progress import Progress, silent
from db.store.zotero import copying
from tests import tables
from tests.db.services.zoterolibrary import GROUP, ZoteroLibrary, better_bibtex, filled, key_of

OWN = frozenset({"block", "journal_state", "step", "change", "frozen_key", "key_alias", "last_id", "source_chunk"})


def bring(library: Library, *paths: Path) -> FileResult:
    """Import; return what became of the one file."""
    (result,) = importing.import_files(library, paths, silent).files
    return result


def titled(library: Library, title: str) -> reading.Paper:
    """Return the one paper whose title holds these words."""
    found = [one for one in reading.papers(library, searching.find(library, "").ids.tolist()) if title in one.title]
    assert len(found) == 1, [one.title for one in found]
    return found[0]


def content(library: Library) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows that a person made or an import brought."""
    with library.reading() as session:
        kept = [name for name in tables.names(session) if name not in OWN]
        return {name: sorted(map(tuple, session.execute(text(f"SELECT * FROM {name}"))), key=repr) for name in kept}


def names(library: Library) -> set[tuple[str, ...]]:
    """Return the paths of all collections."""
    known = {one.id: one for one in reading.sidebar(library).collections}
    paths = set()
    for one in known.values():
        path, at = [one.name], one.parent_id
        while at is not None:
            path.insert(0, known[at].name)
            at = known[at].parent_id
        paths.add(tuple(path))
    return paths


def state(folder: Path) -> dict[str, tuple[str, int]]:
    """Return what lies in a folder, to the byte and the nanosecond."""
    return {
        str(one.relative_to(folder)): (hashlib.sha256(one.read_bytes()).hexdigest(), one.stat().st_mtime_ns)
        for one in sorted(folder.rglob("*"))
        if one.is_file()
    }


def test_one_of_each_arrives(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "Zotero"
    filled(folder)
    better_bibtex(folder, {1: "not-this-one", 2: "fern2019velvet"})
    before = state(folder)

    result = bring(library, folder / "zotero.sqlite")

    assert state(folder) == before
    assert (result.error, result.format, result.records, result.added) == (None, "zotero", 8, 8)
    assert result.file == str(folder / "zotero.sqlite")
    amber = titled(library, "Amber")
    assert (amber.citation_key, amber.key_frozen) == ("amber-lanterns", True)
    assert [one.family for one in amber.authors] == ["Quill", "van der Ember", "Lantern Consortium"]
    assert (amber.date.iso(), amber.venue, amber.doi) == (
        "2021-05-03",
        "Journal of Invented Lights",
        "10.5555/amber.2021",
    )
    assert {one.name for one in amber.tags} == {"to read", "automatic/Physics - Optics"}
    assert {one.name for one in amber.collections} == {"Lights", "Rivers"}
    (file,) = amber.attachments
    (stored,) = (folder / "storage").rglob("amber.pdf")
    assert file == Attachment(str(stored), "Full text", "application/pdf")
    assert "Count **again** & compare." in amber.notes
    assert "> quiet rivers carry more (p. 12)" in amber.notes
    assert amber.fields["date-added"] == "2021-03-02 10:00:00"
    assert titled(library, "Velvet").citation_key == "fern2019velvet"
    assert titled(library, "Cobalt").arxiv_id == "2103.01234"
    assert titled(library, "page about").entry_type == "online"
    assert titled(library, "An idea").notes == "An idea about kettles\n\n- boil"
    assert titled(library, "A report by itself").attachments
    assert names(library) == {("Lights",), ("Lights", "Rivers"), ("Reading group",), ("Reading group", "Delta")}
    whys = [one.why for one in sources.issues(library, result.source_id)]
    assert len(whys) == result.issues == 3
    assert any("not on this computer" in why for why in whys)
    assert any("trash" in why for why in whys)
    assert any("Nothing in here" in why for why in whys)


def test_the_folder_stands_for_the_library_in_it(library: Library, tmp_path: Path) -> None:
    path = filled(tmp_path / "all" / "Zotero")
    (path.parent / "storage" / "dump.txt").write_text("no part of it")

    assert bring(library, path.parent).records == 8
    with gathered([tmp_path / "all"]) as found:
        assert [one.shown for one in found] == [str(path)]


def test_it_is_known_by_what_it_holds_and_not_by_its_name(library: Library, tmp_path: Path) -> None:
    path = filled(tmp_path / "Zotero").rename(tmp_path / "Zotero" / "old copy.db")
    with sqlite3.connect(tmp_path / "zotero.sqlite") as other:
        other.execute("CREATE TABLE items (itemID)")
    other.close()

    assert bring(library, path).records == 8
    assert "a database" in str(bring(library, tmp_path / "zotero.sqlite").error)


def test_one_undo_takes_all_of_it_back(library: Library, tmp_path: Path) -> None:
    empty = content(library)
    filled(tmp_path / "Zotero")
    bring(library, tmp_path / "Zotero")

    undoing.undo(library)

    assert content(library) == empty


def test_the_newest_item_stands_first(library: Library, tmp_path: Path) -> None:
    with ZoteroLibrary(tmp_path / "Zotero") as zotero:
        for year in (2019, 2023, 2021):
            zotero.item(title=f"Lanterns as they were counted in {year}", added=f"{year}-01-01 00:00:00")
    bring(library, tmp_path / "Zotero")

    ids = searching.find(library, "").ids.tolist()

    assert [one.title[-4:] for one in reading.papers(library, ids)] == ["2023", "2021", "2019"]


def test_the_same_library_again_changes_nothing(library: Library, tmp_path: Path) -> None:
    filled(tmp_path / "Zotero")
    bring(library, tmp_path / "Zotero")
    before = content(library)

    assert bring(library, tmp_path / "Zotero").already_imported
    assert content(library) == before


def test_a_library_that_went_on_brings_what_is_new_and_nothing_twice(library: Library, tmp_path: Path) -> None:
    with ZoteroLibrary(tmp_path / "Zotero") as zotero:
        first = zotero.item(title="Notes", date="2001-00-00 2001")
        zotero.note("<p>first thought</p>", first)
        second = zotero.item("webpage", title="Notes")
        third = zotero.item("podcast", title="1984")
        zotero.tag(third, "old")
        zotero.stored(third, "a.pdf")
        zotero.db.commit()
        assert bring(library, tmp_path / "Zotero").records == 3
        papers = searching.find(library, "").ids.tolist()
        editing.set_fields(library, [papers[0]], {"title": "A title of my own"})

        zotero.set(first, title="Something else altogether")
        zotero.note("<p>second thought</p>", first)
        zotero.tag(third, "new")
        zotero.item(title="Saffron glaciers")
        zotero.trash(second)
        zotero.db.commit()
        again = bring(library, tmp_path / "Zotero")

    assert (again.records, again.added, again.merged, again.doubtful) == (3, 1, 2, 0)
    assert len(searching.find(library, "").ids) == 4
    assert titled(library, "A title of my own")
    first_paper = next(one for one in reading.papers(library, papers) if one.date.year == 2001)
    assert first_paper.notes == "first thought\n\nsecond thought"
    third_paper = next(one for one in reading.papers(library, papers) if one.entry_type == "audio")
    assert {one.name for one in third_paper.tags} == {"old", "new"}
    assert len(third_paper.attachments) == 1


def test_two_items_of_one_library_are_never_merged_unasked(library: Library, tmp_path: Path) -> None:
    with ZoteroLibrary(tmp_path / "Zotero") as zotero:
        for _twice in range(2):
            zotero.item(title="Amber lanterns over quiet rivers", DOI="10.5555/twice")
        copy = zotero.item(title="Amber lanterns over quiet rivers", DOI="10.5555/twice", library=GROUP)
        zotero.put(zotero.collection("Shared", library=GROUP), copy)

    (said,) = previewing.preview(library, [tmp_path / "Zotero"], silent).files
    result = bring(library, tmp_path / "Zotero")

    assert (said.new, said.maybe, said.repeated) == (1, 1, 1)
    assert (result.added, result.doubtful, result.merged) == (1, 1, 1)
    assert reading.sidebar(library).review == 1


def test_a_library_and_its_backup_are_one_library_before_and_after(library: Library, tmp_path: Path) -> None:
    with ZoteroLibrary(tmp_path / "Zotero") as zotero:
        item = zotero.item(title="Notes", date="2001-00-00 2001")
        zotero.db.commit()
        backup = tmp_path / "Zotero" / "zotero.sqlite.bak"
        backup.write_bytes(zotero.path.read_bytes())
        zotero.set(item, title="Something else altogether")
        zotero.db.commit()
        drop = [backup, zotero.path]

        said = previewing.preview(library, drop, silent).files
        done = importing.import_files(library, drop, silent).files

    assert [(one.new, one.repeated) for one in said] == [(1, 0), (0, 1)]
    assert [(one.added, one.merged) for one in done] == [(1, 0), (0, 1)]


def test_a_paper_that_is_there_gets_what_zotero_knows(library: Library, tmp_path: Path) -> None:
    bib = tmp_path / "mine.bib"
    bib.write_text("@article{own, title = {Amber lanterns over quiet rivers}, doi = {10.5555/amber.2021}, note = {n}}")
    bring(library, bib)
    filled(tmp_path / "Zotero")

    preview = previewing.preview(library, [tmp_path / "Zotero"], silent).files[0]
    result = bring(library, tmp_path / "Zotero")

    assert (preview.records, preview.new, preview.same) == (8, 7, 1)
    assert preview.brought == Brought(collections=4, tags=2, notes=2, files=3, keys=1, missing=1)
    assert (result.added, result.merged) == (7, 1)
    amber = titled(library, "Amber")
    assert (amber.citation_key, amber.key_aliases) == ("own", ("amber-lanterns",))
    assert {one.name for one in amber.collections} == {"Lights", "Rivers"}


@pytest.mark.parametrize("kind", ["table", "text", "json"])
def test_citation_keys_of_better_bibtex_in_every_form(library: Library, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "Zotero"
    with ZoteroLibrary(folder) as zotero:
        one = zotero.item(title="Saffron glaciers recede by night")
        native = zotero.item(title="Thistle maps of the delta", citationKey="native")
    rows = [
        {"itemID": item, "libraryID": 1, "itemKey": key_of(item), "citekey": f"bbt{item}"} for item in (one, native)
    ]
    if kind == "table":
        better_bibtex(folder, {one: f"bbt{one}", native: f"bbt{native}"}).rename(folder / "better-bibtex.migrated")
    elif kind == "text":
        with sqlite3.connect(folder / "better-bibtex.sqlite") as db:
            db.execute('CREATE TABLE "better-bibtex" (name, data)')
            db.execute(
                "INSERT INTO \"better-bibtex\" VALUES ('better-bibtex.citekey', ?)", (json.dumps({"data": rows}),)
            )
        db.close()
    else:
        loki = {"collections": [{"name": "citekey", "data": rows}]}
        (folder / "better-bibtex.json").write_text(json.dumps(loki))

    bring(library, folder)

    assert titled(library, "Saffron").citation_key == f"bbt{one}"
    assert titled(library, "Thistle").citation_key == "native"


def test_a_broken_better_bibtex_costs_only_the_keys(library: Library, tmp_path: Path) -> None:
    filled(tmp_path / "Zotero")
    (tmp_path / "Zotero" / "better-bibtex.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 5_000)
    (tmp_path / "Zotero" / "better-bibtex.json").write_text("{")

    assert bring(library, tmp_path / "Zotero").records == 8


def test_a_book_with_its_number_alone_comes_with_its_notes_and_gets_its_title_later(
    library: Library, tmp_path: Path
) -> None:
    with ZoteroLibrary(tmp_path / "Zotero") as zotero:
        book = zotero.item("book", ISBN="978-3-16-148410-0")
        zotero.note("<p>lent to Bo</p>", book)
        zotero.stored(book, "scan.pdf")
        zotero.item("book")
        zotero.db.commit()
        (said,) = previewing.preview(library, [tmp_path / "Zotero"], silent).files
        first = bring(library, tmp_path / "Zotero")
        zotero.set(book, title="Amber lanterns over quiet rivers")
        zotero.db.commit()
        again = bring(library, tmp_path / "Zotero")

    assert (said.records, said.issues) == (first.records, first.issues) == (1, 2)
    assert (again.added, again.merged, again.issues) == (0, 1, 1)
    paper = titled(library, "Amber lanterns")
    assert (paper.fields["isbn"], paper.notes) == ("978-3-16-148410-0", "lent to Bo")
    assert [Path(one.path).name for one in paper.attachments] == ["scan.pdf"]


def test_tags_of_what_was_marked_in_a_file_are_tags_of_the_paper(library: Library, tmp_path: Path) -> None:
    with ZoteroLibrary(tmp_path / "Zotero") as zotero:
        item = zotero.item(title="Saffron glaciers recede by night")
        mark = zotero.marked(zotero.stored(item, "a.pdf"), "they recede", "by night")
        zotero.tag(mark, "quote this")
        zotero.tag(zotero.note("<p>x</p>", item), "check")

    bring(library, tmp_path / "Zotero")

    assert {one.name for one in titled(library, "Saffron").tags} == {"quote this", "check"}


def test_related_items_and_saved_searches_are_named_as_left_out(library: Library, tmp_path: Path) -> None:
    with ZoteroLibrary(tmp_path / "Zotero") as zotero:
        one, other = zotero.item(title="Saffron glaciers"), zotero.item(title="Thistle maps")
        gone = zotero.item(title="Thrown away")
        zotero.trash(gone)
        zotero.relate(one, other)
        zotero.relate(other, one)
        zotero.relate(gone, one)
        zotero.search("Unread of this year")

    result = bring(library, tmp_path / "Zotero")

    assert result.records == 2
    whys = [one.why for one in sources.issues(library, result.source_id)]
    assert any(why.startswith("Items that Zotero relates to others: 2.") for why in whys)
    assert any("which stay there: Unread of this year." in why for why in whys)


def test_the_preview_counts_the_keys_that_will_be_kept(library: Library, tmp_path: Path) -> None:
    with ZoteroLibrary(tmp_path / "Zotero") as zotero:
        titles = ("Amber lanterns", "Velvet compasses", "Cobalt kettles", "Saffron glaciers")
        for title, key in zip(titles, ("amber", "amber", "müller", "two words"), strict=True):
            zotero.item(title=title, extra=f"Citation Key: {key}")

    (said,) = previewing.preview(library, [tmp_path / "Zotero"], silent).files
    bring(library, tmp_path / "Zotero")

    found = reading.papers(library, searching.find(library, "").ids.tolist())
    assert said.brought.keys == sum(one.key_frozen for one in found) == 1


def test_keys_in_a_text_that_is_nested_without_end_cost_only_the_keys(library: Library, tmp_path: Path) -> None:
    path = filled(tmp_path / "Zotero")
    (path.parent / "better-bibtex.json").write_text("[" * 100_000, "utf-8")

    result = bring(library, path)

    assert (result.error, result.records) == (None, 8)


def test_what_zotero_is_just_writing_is_not_read(library: Library, tmp_path: Path) -> None:
    with ZoteroLibrary(tmp_path / "Zotero") as zotero:
        zotero.item(title="Saffron glaciers recede by night")
        zotero.db.commit()
        zotero.db.execute("PRAGMA cache_size = 1")
        zotero.db.execute("PRAGMA locking_mode = EXCLUSIVE")
        zotero.db.execute("BEGIN EXCLUSIVE")
        for number in range(2_000):  # more than the cache holds, so half of it stands in the file already
            zotero.db.execute("INSERT INTO itemDataValues (value) VALUES (?)", (f"{number}" * 50,))
        zotero.db.execute("UPDATE itemDataValues SET value = 'half written' WHERE value LIKE 'Saffron%'")
        assert (tmp_path / "Zotero" / "zotero.sqlite-journal").exists()

        bring(library, tmp_path / "Zotero")
        zotero.db.rollback()

    assert titled(library, "Saffron")


def test_a_write_ahead_log_is_read_too(library: Library, tmp_path: Path) -> None:
    with ZoteroLibrary(tmp_path / "Zotero") as zotero:
        zotero.db.execute("PRAGMA journal_mode = WAL")
        zotero.item(title="Saffron glaciers recede by night")
        zotero.db.commit()
        before = state(tmp_path / "Zotero")
        bring(library, tmp_path / "Zotero")
        assert {name: one for name, one in state(tmp_path / "Zotero").items() if not name.endswith("-shm")} == {
            name: one for name, one in before.items() if not name.endswith("-shm")
        }

    assert titled(library, "Saffron")


@pytest.mark.parametrize("cut", [600, 8_192, 40_000])
def test_half_a_file_is_refused_in_words(library: Library, tmp_path: Path, cut: int) -> None:
    path = filled(tmp_path / "Zotero")
    path.write_bytes(path.read_bytes()[:cut])

    error = str(bring(library, path).error)

    assert "zotero.sqlite is damaged" in error
    assert "Nothing of it was kept" in error
    assert not len(searching.find(library, "").ids)


def test_spoiled_pages_are_refused_in_words(library: Library, tmp_path: Path) -> None:
    path = filled(tmp_path / "Zotero")
    data = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as db:
        size = db.execute("PRAGMA page_size").fetchone()[0]
        root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'itemData'").fetchone()[0]
    data[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(data)

    assert "damaged" in str(bring(library, path).error)


def test_a_library_of_zotero_4_says_what_to_do(library: Library, tmp_path: Path) -> None:
    with ZoteroLibrary(tmp_path / "Zotero") as zotero:
        zotero.db.execute("ALTER TABLE itemAttachments RENAME COLUMN parentItemID TO sourceItemID")

    assert "Open it once with a current Zotero" in str(bring(library, tmp_path / "Zotero").error)


def test_a_library_of_zotero_5_has_no_marks_and_no_trash_for_collections(library: Library, tmp_path: Path) -> None:
    with closing(sqlite3.connect(filled(tmp_path / "Zotero"))) as db:
        for table in ("itemAnnotations", "deletedCollections", "savedSearches", "itemRelations"):
            db.execute(f"DROP TABLE {table}")
        db.execute("DROP TABLE fieldsCombined")
        for name in ("itemTypes", "baseFieldMappings"):
            db.execute(f"ALTER TABLE {name}Combined RENAME TO {name}")

    assert bring(library, tmp_path / "Zotero").records == 8

    assert ("Reading group", "Delta") in names(library)
    assert titled(library, "Amber").notes == "# First look\n\nCount **again** & compare."


@pytest.mark.parametrize("table", ["itemTags", "collectionItems", "itemCreators", "deletedItems"])
def test_a_table_that_only_looks_like_one_and_has_no_end_is_refused(
    library: Library, tmp_path: Path, table: str
) -> None:
    with closing(sqlite3.connect(filled(tmp_path / "Zotero"))) as db:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        db.execute(f"DROP TABLE {table}")
        endless = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n)"
        db.execute(f"CREATE VIEW {table} AS {endless} SELECT {', '.join(f'n AS {one}' for one in columns)} FROM n")

    assert "zotero.sqlite is damaged" in str(bring(library, tmp_path / "Zotero").error)


def test_bytes_where_text_should_be_are_read_as_text(library: Library, tmp_path: Path) -> None:
    with closing(sqlite3.connect(filled(tmp_path / "Zotero"))) as db:
        for table, column in (
            ("itemDataValues", "value"),
            ("itemNotes", "note"),
            ("itemAttachments", "path"),
            ("creators", "lastName"),
            ("collections", "collectionName"),
            ("groups", "name"),
            ("tags", "name"),
        ):
            db.execute(f"UPDATE {table} SET {column} = CAST({column} AS BLOB)")
        db.execute("UPDATE tags SET name = X'FF41' WHERE name = CAST('to read' AS BLOB)")
        db.commit()

    assert bring(library, tmp_path / "Zotero").error is None

    paper = titled(library, "Amber lanterns")
    assert [one.name for one in paper.tags] == ["automatic/Physics - Optics", "\N{REPLACEMENT CHARACTER}A"]
    assert "Count **again** & compare" in paper.notes
    assert [Path(one.path).name for one in paper.attachments] == ["amber.pdf"]
    assert ("Lights", "Rivers") in names(library)
    assert ("Reading group", "Delta") in names(library)


def test_linked_files_are_found_below_the_folder_that_zotero_names(
    library: Library, tmp_path: Path, own_home: Path
) -> None:
    data, base = tmp_path / "data here", tmp_path / "papers"
    base.mkdir()
    (base / "a.pdf").write_bytes(b"%PDF")
    with ZoteroLibrary(data) as zotero:
        item = zotero.item(title="Saffron glaciers recede by night")
        zotero.attached(item, "attachments:a.pdf")
        zotero.attached(item, str(base / "a.pdf"))
        zotero.attached(item, "C:\\Users\\ada\\b.pdf")
    profile = own_home / ".zotero" / "zotero" / "abcd.default"
    profile.mkdir(parents=True)
    folders = {"dataDir": str(data), "baseAttachmentPath": str(base)}
    lines = [f'user_pref("extensions.zotero.{name}", {json.dumps(path)});' for name, path in folders.items()]
    (profile / "prefs.js").write_text("\n".join(['// settings\nuser_pref("a.b", true);', *lines]))

    result = bring(library, data)

    paths = [one.path for one in titled(library, "Saffron").attachments]
    assert paths == [str(base / "a.pdf"), "C:\\Users\\ada\\b.pdf"]
    assert [one.why for one in sources.issues(library, result.source_id)] == [textform.NOT_THERE]
    assert [(one.path, one.items) for one in zoteroplaces.found()] == [(data / "zotero.sqlite", 1)]


def test_a_linked_file_without_a_folder_is_not_looked_for_where_sheaf_was_started(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    monkeypatch.chdir(tmp_path)
    with ZoteroLibrary(tmp_path / "Zotero") as zotero:
        zotero.attached(zotero.item(title="Saffron glaciers recede by night"), "attachments:a.pdf")

    assert bring(library, tmp_path / "Zotero").issues == 1


def test_the_usual_places_are_found_with_what_they_hold(own_home: Path) -> None:
    assert zoteroplaces.found() == []
    filled(own_home / "Zotero")
    with ZoteroLibrary(own_home / "snap" / "zotero-snap" / "common" / "Zotero"):
        pass
    broken = own_home / ".var" / "app" / "org.zotero.Zotero" / "data" / "Zotero"
    broken.mkdir(parents=True)
    (broken / "zotero.sqlite").write_bytes(b"SQLite format 3\0 and no more")

    found = zoteroplaces.found()

    assert [(one.path.relative_to(own_home).parts[0], one.items) for one in found] == [
        ("Zotero", 8),
        ("snap", 0),
        (".var", None),
    ]


def test_cancelling_leaves_nothing(library: Library, tmp_path: Path) -> None:
    filled(tmp_path / "Zotero")
    before = content(library)
    calls = iter(range(10))

    def report(_progress: Progress) -> None:
        if next(calls) > 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        importing.import_files(library, [tmp_path / "Zotero"], report)
    assert content(library) == before


def test_cancel_is_heard_while_the_copy_is_looked_through(tmp_path: Path) -> None:
    with ZoteroLibrary(tmp_path) as zotero:
        zotero.db.executemany("INSERT INTO itemDataValues (value) VALUES (?)", [(f"{n} amber",) for n in range(50_000)])

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        copying.opened(tmp_path / "zotero.sqlite", "zotero.sqlite", stop)


def test_no_room_for_a_copy_is_said_as_that(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    path = filled(tmp_path / "Zotero")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        with pytest.raises(LibraryError, match="There is no room for a copy of zotero"):
            copying.copied(path, tmp_path, lambda: None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_the_kept_text_shows_the_item(library: Library, tmp_path: Path) -> None:
    filled(tmp_path / "Zotero")
    bring(library, tmp_path / "Zotero")
    amber = titled(library, "Amber")

    (sighting,) = amber.sightings
    lines = sources.raw(library, sighting.id).split("\n")

    assert (lines[0], lines[-1]) == ("{", "}")
    assert '"title": "Amber lanterns over quiet rivers",' in lines
