"""The search for duplicates can be cancelled anywhere: what was found before stays, nothing is half-written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.domain.errors import Cancelled
from db.domain.records import VersionKind
from db.services import checking, editing, importing, merging, searching, undoing, versioning
from db.services.progress import Progress, silent
from desktop.tasks import Task
from tests.db.services.test_merging import dump

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from db.services.library import Library

LOOKING, COMPARING, WRITING, JOINING = (
    "Looking for duplicates", "Comparing papers", "Writing them down", "Putting sets together",
)  # fmt: skip


@pytest.fixture
def pairs(library: Library, folder: Path, pages: Any) -> int:
    """Papers that stand twice, one pair that waits already, one told apart; return how many sets they make."""
    shown = [pages.paper(number, authors=2, date="May 3, 2023") for number in range(30)]
    for name, day in (("a.txt", "Oct 31"), ("b.txt", "Nov 2")):
        (folder / name).write_text(pages.full(shown, day=day), encoding="utf-8")
    importing.import_files(library, [folder / "a.txt"], silent)
    first = searching.find(library, descending=False).ids.tolist()
    again = [editing.add_paper(library, {"title": one.title.upper(), "abstract": one.abstract})[0] for one in shown[:2]]
    versioning.add(library, first[0], VersionKind.PUBLISHED, {"doi": "10.1145/1", "title": "Another name for it"})
    merging.find_duplicates(library, silent)
    merging.later(library, [first[0], again[0]])
    merging.different(library, [first[1], again[1]])
    importing.import_files(library, [folder / "b.txt"], silent, keep_twins=True)
    return len(shown) + 1  # of the three papers that hold one told apart, the third goes with either


def cancel_at(number: int, seen: list[Progress]) -> Any:
    def report(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) > number:
            raise Cancelled

    return report


@pytest.mark.parametrize("merge", [False, True])
def test_a_cancel_at_any_point_leaves_the_library_as_it_was(library: Library, pairs: int, merge: bool) -> None:
    asked: list[Progress] = []
    before = dump(library)
    steps = undoing.history(library)
    merging.find_duplicates(library, lambda progress: asked.append(progress), merge=merge)
    undoing.undo(library)
    labels = [one.label for one in asked]
    assert list(dict.fromkeys(labels))[:4] == [LOOKING, COMPARING, WRITING, JOINING]
    last_of = {label: len(labels) - 1 - labels[::-1].index(label) for label in set(labels)}
    points = sorted({labels.index(label) for label in set(labels)} | set(last_of.values()) | {len(labels) // 3})
    for point in points:
        seen: list[Progress] = []
        with pytest.raises(Cancelled):
            merging.find_duplicates(library, cancel_at(point, seen), merge=merge)
        assert seen[-1].label == labels[point]
        assert dump(library) == before
    assert len(undoing.history(library)) == len(steps) + 1
    assert len(merging.queue(library)) == 1
    found = merging.find_duplicates(library, silent, merge=merge)
    assert (found.merged if merge else len(found.sets)) == pairs
    assert checking.check(library) == []


def test_progress_moves_while_candidates_are_looked_for(library: Library, pairs: int) -> None:
    seen: list[Progress] = []
    merging.find_duplicates(library, seen.append)
    looking = [one.done for one in seen if one.label == LOOKING]
    assert looking == sorted(looking)
    assert len(set(looking)) > 100
    assert looking[-1] < min(one.total for one in seen if one.label == LOOKING)
    assert pairs


@pytest.mark.parametrize("label", [LOOKING, COMPARING, WRITING, JOINING])
def test_the_cancel_of_a_task_stops_it(library: Library, pairs: int, label: str) -> None:
    before = dump(library)

    def search(report: Any) -> object:
        def watched(progress: Progress) -> None:
            if progress.label == label:
                task.cancel()
            report(progress)

        return merging.find_duplicates(library, watched)

    task = Task("Finding duplicates", search)
    with pytest.raises(Cancelled):
        task.run(lambda _progress: None)
    assert dump(library) == before
    assert pairs
