"""No upgrade, restore, merge or import moves a frozen key: every one that was promised leads to its paper, always.

A library of each schema that was ever released gets keys in every way that freezes them; then everything that could
move one is done to it, and after each step every promise is looked at again.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.services import (
    backups,
    checking,
    editing,
    exporting,
    importing,
    keypatterns,
    keys,
    livefiles,
    merging,
    reading,
    recordchecks,
    rereading,
    searching,
    sources,
    undoing,
    unmerging,
)
from db.services.exporting import ExportOptions
from db.services.library import Library
from db.services.progress import silent
from tests.cluster import ENGINE
from tests.db.services.conftest import Pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from db.domain.records import Paper

LIBRARIES = sorted((Path(__file__).parents[2] / "libraries").glob("*.sheaf"))
BIB = """@article{Okafor:2021/velvet, title = {Velvet Violins Sorting Harbours}, author = {Okafor, Ada}, year = 2021}
@misc{doe2019, title = {Ember Meadows Tracing Quiet Rivers}, author = {Doe, Jane}, year = 2019}
"""
IN_OLD = ("Copper Lanterns for Slow Routing", "Thistle Meadows at Scale")


@dataclass
class Desk:
    """A library under test, the folder of its files, what it promised (a key, and whose it is) and since when."""

    folder: Path
    library: Library
    promised: dict[str, str] = field(default_factory=dict)
    since: int = 0

    def file(self, name: str, text: str) -> Path:
        """Write a file of the person's."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def bring(self, *paths: Path) -> None:
        """Import files."""
        assert not [one.error for one in importing.import_files(self.library, list(paths), silent).files if one.error]

    def paper(self, title: str) -> int:
        """Return the live paper with this title."""
        (found,) = (one.id for one in self.live() if one.title == title)
        return found

    def live(self) -> list[Paper]:
        """Return the papers that are not in the trash."""
        return reading.papers(self.library, searching.find(self.library).ids.tolist())

    def key(self, title: str) -> str:
        """Return the key of a paper."""
        return reading.papers(self.library, [self.paper(title)])[0].citation_key

    def promise(self, title: str) -> None:
        """Note the key of a paper as one that a document cites."""
        self.promised[self.key(title)] = title


def kept(desk: Desk, after: str) -> None:
    """Every promise stands, and no two papers have keys that BibTeX would mix up."""
    papers = desk.live()
    found = {key: one.title for one in papers for key in (one.citation_key, *one.key_aliases)}
    moved = {key: (title, found.get(key)) for key, title in desk.promised.items() if not _is(found.get(key), title)}
    assert not moved, f"after {after}"
    assert len({one.citation_key.lower() for one in papers}) == len(papers), f"after {after}"


def _is(found: str | None, title: str) -> bool:
    # Edits put words behind a title, and dumps write them small.
    return found is not None and found.lower().startswith(title.lower())


SHOWN = [Pages.paper(number, authors=number + 2, date=f"Mar {number + 1}, 2024") for number in range(12)]
TITLES = [one.title for one in SHOWN]


def fill(desk: Desk) -> None:
    """Import a page and a bibliography."""
    desk.bring(desk.file("page.txt", Pages.full(SHOWN)), desk.file("refs.bib", BIB))


def freeze_in_every_way(desk: Desk) -> None:
    """Freeze keys by export, copy, drag, pin, a bibliography, a live file, and by hand."""
    library = desk.library
    exported, copied, dragged, pinned, _live, by_hand, alias, twin, other, twice = (desk.paper(t) for t in TITLES[:10])
    exporting.export(library, [exported], desk.folder / "out.bib", silent)
    exporting.bibtex(library, [copied])
    exporting.cite(library, [dragged])
    keys.pin_key(library, [pinned])
    follow = livefiles.of_keys(desk.key(TITLES[4]))
    assert livefiles.attach(library, desk.folder / "live.bib", follow, ExportOptions()).file.state == "written"
    for name in ("first-by-hand", "Second-By-Hand"):
        editing.set_key(library, by_hand, name)
        desk.promise(TITLES[5])
    keys.add_alias(library, alias, "cited-elsewhere")
    desk.promised["cited-elsewhere"] = TITLES[6]
    exporting.cite(library, [twin, other, twice])
    editing.set_key(library, twice, "given2024")
    for title in TITLES[:5] + TITLES[7:10]:
        desk.promise(title)
    desk.promised |= {"Okafor:2021/velvet": "Velvet Violins Sorting Harbours"}
    desk.promised |= {"doe2019": "Ember Meadows Tracing Quiet Rivers"}
    desk.since = undoing.history(library)[0].id


def every_pattern(desk: Desk) -> None:
    for preset in keypatterns.PRESETS:
        keypatterns.set_key_pattern(desk.library, preset.pattern)
        kept(desk, f"the pattern {preset.name}")


def edits(desk: Desk) -> None:
    ids = [one.id for one in desk.live()]
    editing.set_fields(desk.library, ids, {"date": "1999", "venue": "Elsewhere", "doi": ""})
    editing.set_fields(desk.library, ids[::2], {"authors": "Someone, Else"})
    for one in desk.live():
        if one.title in TITLES[:6]:
            editing.set_fields(desk.library, [one.id], {"title": f"{one.title} (revised)"})
    editing.regenerate_keys(desk.library, ids)


def the_same_files_again(desk: Desk) -> None:
    desk.bring(desk.folder / "page.txt", desk.folder / "refs.bib")


def the_same_works_in_other_files(desk: Desk) -> None:
    other = [Pages.paper(number, authors=40, date="Jul 9, 2018", comments=3) for number in range(12)]
    rows = [{"title": one.title, "abstract": one.abstract, "authors": ["Ada Quux"], "year": 2011} for one in SHOWN]
    bib = BIB.replace("Okafor:2021/velvet", "velvet-again").replace("2019}", "2020}")
    desk.bring(
        desk.file("later.txt", Pages.full(other)), desk.file("rows.json", json.dumps(rows)), desk.file("again.bib", bib)
    )
    desk.promised["velvet-again"] = "Velvet Violins Sorting Harbours"


def reading_again(desk: Desk) -> None:
    source = next(one for one in reading.sidebar(desk.library).sources if one.name == "page.txt")
    lines = sources.text(desk.library, source.id)
    rereading.set_marks(desk.library, source.id, [lines.index(SHOWN[10].title) + 1], "ignore")
    rereading.apply(desk.library, source.id, silent)
    kept(desk, "reading again with a mark")
    sources.set_year(desk.library, source.id, 2001)
    kept(desk, "another year of the page")
    undoing.undo(desk.library)
    undoing.undo(desk.library)


def merges(desk: Desk) -> None:
    pair = [desk.paper(TITLES[7]), desk.paper(TITLES[8])]
    apart = dict(desk.promised)
    together = {key: TITLES[7] if title == TITLES[8] else title for key, title in apart.items()}
    merging.merge(desk.library, pair, into=pair[0])
    for promised, change in ((together, undoing.undo), (apart, undoing.redo), (together, undoing.undo)):
        desk.promised = promised
        kept(desk, "a merge, undone and done again")
        change(desk.library)
    desk.promised = apart
    kept(desk, "a merge that was undone")
    taken_apart(desk, pair, together)
    merging.find_duplicates(desk.library, silent, merge=True)


def taken_apart(desk: Desk, pair: list[int], together: dict[str, str]) -> None:
    apart, desk.promised = desk.promised, together
    merging.merge(desk.library, pair, into=pair[0])
    every_pattern(desk)
    exporting.cite(desk.library, pair[:1])
    reopened(desk)
    kept(desk, "a merge, some time later")
    desk.promised = apart
    unmerging.take_apart(desk.library, unmerging.made_of(desk.library, pair[0]).merges[0].merge_id, different=False)
    kept(desk, "taking the merge apart")
    for promised, change in ((together, undoing.undo), (apart, undoing.redo)):
        change(desk.library)
        desk.promised = promised
        kept(desk, "taking it apart, undone and done again")


def there_and_back(desk: Desk) -> None:
    newest = next(one.id for one in undoing.history(desk.library) if not one.undone)
    promised = dict(desk.promised)
    desk.promised.pop("velvet-again", None)  # its bibliography came later
    undoing.undo_to(desk.library, desk.since)
    kept(desk, "undoing all that came after")
    undoing.undo_to(desk.library, newest)
    desk.promised = promised


def the_trash(desk: Desk) -> None:
    ids = [one.id for one in desk.live()]
    editing.trash(desk.library, ids)
    editing.restore(desk.library, ids)


def mended_records(desk: Desk) -> None:
    for kind in recordchecks.NAMES:
        recordchecks.fix_all(desk.library, kind)


def reopened(desk: Desk) -> None:
    path = desk.library.path
    desk.library.close()
    desk.library = Library.open(path)


def restored(desk: Desk, name: str = "now.backup") -> None:
    if name == "now.backup":
        backups.backup(desk.library, desk.folder / name)
        every_pattern(desk)
    path = desk.library.path
    desk.library.close()
    backups.restore(path, desk.folder / name)
    desk.library = Library.open(path)


STEPS: tuple[Callable[[Desk], None], ...] = (
    every_pattern,
    the_same_files_again,
    the_same_works_in_other_files,
    reading_again,
    restored,
    merges,
    there_and_back,
    the_trash,
    edits,
    mended_records,
    reopened,
    restored,
    every_pattern,
)
if ENGINE != "sqlite":
    STEPS = tuple(step for step in STEPS if step is not restored)  # a backup is that of a file


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A library, new or of an earlier schema, with a backup of its own from before any key is frozen in it."""
    path = tmp_path / "library.sheaf"
    promised = {}
    if request.param is not None and ENGINE != "sqlite":
        pytest.skip("libraries of an earlier schema are files")
    if request.param is not None:
        shutil.copyfile(request.param, path)
        promised = frozen_by_an_earlier_version(path)
    made = Desk(tmp_path, Library.open(path), promised)
    yield made
    made.library.close()


def frozen_by_an_earlier_version(path: Path) -> dict[str, str]:
    """Freeze keys in a file as the Sheaf of its time did: exported, pinned, and one that was given up by hand."""
    with closing(sqlite3.connect(path)) as file, file:
        exported, pinned = (f"{title.split()[0].upper()}:old" for title in IN_OLD)
        for paper, key in ((1, exported), (2, pinned)):
            file.execute("UPDATE paper SET citation_key = ?, key_frozen = 1 WHERE id = ?", (key, paper))
        file.execute("INSERT INTO frozen_key (key, paper_id) VALUES (?, 1), ('given-up-long-ago', 1)", (exported,))
        file.execute("INSERT INTO key_alias (key, paper_id) VALUES ('given-up-long-ago', 1)")
    return {exported: IN_OLD[0], pinned: IN_OLD[1], "given-up-long-ago": IN_OLD[0]}


@pytest.mark.parametrize("desk", [None, *LIBRARIES], indirect=True, ids=["new", *(path.stem for path in LIBRARIES)])
def test_frozen_keys_lead_to_their_papers_for_ever(desk: Desk) -> None:
    kept(desk, "the upgrade")
    fill(desk)
    freeze_in_every_way(desk)
    kept(desk, "freezing")
    for step in STEPS:
        step(desk)
        kept(desk, step.__name__)
    assert not checking.check(desk.library)


@pytest.mark.file
@pytest.mark.parametrize("desk", [None, LIBRARIES[0]], indirect=True, ids=["new", LIBRARIES[0].stem])
def test_a_backup_from_before_holds_the_keys_that_were_frozen_since(desk: Desk) -> None:
    fill(desk)
    backups.backup(desk.library, desk.folder / "early.backup")
    keypatterns.set_key_pattern(desk.library, "{title.first}")
    freeze_in_every_way(desk)
    restored(desk, "early.backup")
    kept(desk, "going back to a backup")
    assert keypatterns.key_pattern(desk.library) != "{title.first}"
    every_pattern(desk)
    edits(desk)
    kept(desk, "edits after that")
    assert not checking.check(desk.library)
    left = {one.name for one in desk.folder.iterdir() if "restored" in one.name}
    assert not left


@pytest.mark.file
@pytest.mark.parametrize("desk", [None, LIBRARIES[0]], indirect=True, ids=["new", LIBRARIES[0].stem])
def test_a_backup_from_before_the_import_gives_the_keys_back_with_the_next_import(desk: Desk) -> None:
    backups.backup(desk.library, desk.folder / "early.backup")
    keypatterns.set_key_pattern(desk.library, "{words9}{year}")
    fill(desk)
    freeze_in_every_way(desk)
    restored(desk, "early.backup")
    kept_of_old = {key: title for key, title in desk.promised.items() if title in IN_OLD}
    promised, desk.promised = desk.promised, kept_of_old
    kept(desk, "going back to a backup")
    the_same_files_again(desk)
    desk.promised = promised
    kept(desk, "the import after it")


@pytest.mark.parametrize("desk", [None], indirect=True, ids=["new"])
def test_an_undone_import_gives_the_keys_back_when_it_is_repeated(desk: Desk) -> None:
    start = undoing.history(desk.library)[0].id if undoing.history(desk.library) else 0
    keypatterns.set_key_pattern(desk.library, "{title.first}")
    fill(desk)
    exporting.cite(desk.library, [one.id for one in desk.live()])
    for title in TITLES:
        desk.promise(title)
    editing.set_key(desk.library, desk.paper(TITLES[0]), "by-hand")
    exporting.cite(desk.library, [desk.paper(TITLES[0])])
    desk.promise(TITLES[0])
    undoing.undo_to(desk.library, start)
    assert not [one for one in desk.live() if one.title in TITLES]
    the_same_files_again(desk)
    kept(desk, "the import was undone and repeated")
    assert desk.key(TITLES[0]) == "by-hand"
    undoing.undo(desk.library)
    undoing.redo(desk.library)
    kept(desk, "undoing and redoing that")


@pytest.mark.parametrize("desk", [None], indirect=True, ids=["new"])
def test_an_emptied_trash_keeps_the_keys_for_the_same_works(desk: Desk) -> None:
    fill(desk)
    freeze_in_every_way(desk)
    editing.trash(desk.library, [one.id for one in desk.live()])
    editing.empty_trash(desk.library)
    shown = [Pages.paper(number, authors=7, date="Jul 9, 2018") for number in range(12)]
    desk.bring(desk.file("other.txt", Pages.full(shown)))
    desk.promised = {key: title for key, title in desk.promised.items() if title in TITLES}
    kept(desk, "emptying the trash and another dump")


@pytest.mark.parametrize("desk", [None], indirect=True, ids=["new"])
def test_another_title_never_gets_a_lost_key(desk: Desk) -> None:
    keypatterns.set_key_pattern(desk.library, "{title.first}")
    fill(desk)
    exporting.cite(desk.library, [one.id for one in desk.live()])
    lost = {one.citation_key for one in desk.live() if one.title in TITLES}
    while undoing.undo(desk.library):
        pass
    keypatterns.set_key_pattern(desk.library, "{title.first}")
    rows = [{"title": f"{title.split(':')[0]}: Another Work Altogether", "year": 2024} for title in TITLES]
    desk.bring(desk.file("rows.json", json.dumps(rows)))
    others = {one.citation_key for one in desk.live() if one.title.endswith("Altogether")}
    assert others == {f"{key}a" for key in lost}


@pytest.mark.file
@pytest.mark.parametrize("desk", [None], indirect=True, ids=["new"])
def test_a_backup_of_another_library_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    fill(desk)
    freeze_in_every_way(desk)
    other = Library.open(tmp_path / "other.sheaf")
    editing.add_paper(other, {"title": TITLES[0]})
    keys_before = [one.citation_key for one in reading.papers(other, [1])]
    backups.backup(other, tmp_path / "other.backup")
    other.close()
    restored(desk, "other.backup")
    assert [one.citation_key for one in desk.live()] == keys_before
    assert not reading.papers(desk.library, [1])[0].key_frozen


@pytest.mark.file
@pytest.mark.parametrize("desk", [None], indirect=True, ids=["new"])
def test_a_damaged_library_hinders_no_restore(desk: Desk) -> None:
    fill(desk)
    backups.backup(desk.library, desk.folder / "early.backup")
    freeze_in_every_way(desk)
    path = desk.library.path
    desk.library.close()
    path.write_bytes(b"no library any more" * 1_000)
    backups.restore(path, desk.folder / "early.backup")
    desk.library = Library.open(path)
    assert len(desk.live()) >= len(TITLES)
