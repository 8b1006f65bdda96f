"""Work on many papers in two processes: all of it, in order, whatever becomes of the other process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.domain.errors import Cancelled, LibraryError
from db.services import sharing
from tests.db.services.second_process import LONGEST, Told, who

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from db.services.library import Library

ROOT = Path(__file__).resolve().parents[3]
IDS = range(1, 2 * sharing.MANY)
needs_two = pytest.mark.skipif(sharing._processors() < 2, reason="one processor has nothing to share")


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    folder = tmp_path / "marks"
    folder.mkdir()
    return folder


def shared(library: Library, told: Told, ready: Callable[[], None]) -> list[tuple[int, list[int]]]:
    """Let both processes work; this one begins when `ready` has returned."""
    with sharing.shared(library, IDS, who, told) as values, library.reading() as session:
        ready()
        return list(values(session))


def ended() -> None:
    """Wait until the other process has ended."""
    end = time.monotonic() + LONGEST
    while multiprocessing.active_children():
        assert time.monotonic() < end, "the other process goes on"
        time.sleep(0.01)


def leave() -> None:
    """Leave the work, as somebody does who presses Cancel."""
    assert multiprocessing.active_children()
    raise Cancelled


@pytest.fixture(autouse=True)
def nobody_is_left() -> Iterator[None]:
    """Fail when the other process outlives the work."""
    yield
    assert not multiprocessing.active_children()


def papers(found: list[tuple[int, list[int]]]) -> list[int]:
    return [one for _process, ids in found for one in ids]


def test_few_papers_start_no_process(library: Library, marks: Path) -> None:
    told = Told(os.getpid(), marks)
    with sharing.shared(library, range(2_000), who, told) as values, library.reading() as session:
        assert not multiprocessing.active_children()
        found = list(values(session))
    assert {process for process, _ids in found} == {os.getpid()}
    assert papers(found) == list(range(2_000))


def test_no_papers_give_no_values(library: Library, marks: Path) -> None:
    with sharing.shared(library, (), who, Told(os.getpid(), marks)) as values, library.reading() as session:
        assert list(values(session)) == []


@needs_two
def test_two_processes_make_the_values_in_order(library: Library, marks: Path) -> None:
    told = Told(os.getpid(), marks)
    found = shared(library, told, lambda: told.wait(sharing.FIRST - 1))
    assert papers(found) == list(IDS)
    assert len({process for process, _ids in found}) == 2


@needs_two
def test_what_a_process_that_dies_does_not_deliver_is_made_here(library: Library, marks: Path) -> None:
    found = shared(library, Told(os.getpid(), marks, "die"), ended)
    assert papers(found) == list(IDS)


@needs_two
def test_a_process_that_hangs_is_not_waited_for(library: Library, marks: Path) -> None:
    told = Told(os.getpid(), marks, "hang")
    assert papers(shared(library, told, told.wait)) == list(IDS)


def test_a_process_that_is_slow_to_start_is_not_waited_for(library: Library, marks: Path) -> None:
    assert papers(shared(library, Told(os.getpid(), marks), lambda: None)) == list(IDS)


@needs_two
@pytest.mark.parametrize(("then", "error", "words"), [
    ("fail", RuntimeError, "ZeroDivisionError"), ("refuse", LibraryError, "The library is damaged"),
])  # fmt: skip
def test_what_goes_wrong_in_the_other_process_is_said(
    library: Library, marks: Path, then: str, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        shared(library, Told(os.getpid(), marks, then), ended)


@needs_two
def test_leaving_ends_the_other_process(library: Library, marks: Path) -> None:
    with pytest.raises(Cancelled):
        shared(library, Told(os.getpid(), marks), leave)


SCRIPT = """
import multiprocessing, os, sys, time
from pathlib import Path
from db.services import sharing
from db.services.library import Library
from tests.db.services.second_process import Told, who
told = Told(os.getpid(), Path(sys.argv[2]))
with sharing.shared(Library.open(sys.argv[1]), range(1, 2 * sharing.MANY), who, told):
    told.wait()
    print(multiprocessing.active_children()[0].pid, flush=True)
    time.sleep(60)
"""


@needs_two
def test_the_other_process_ends_when_its_parent_is_killed(tmp_path: Path, marks: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "a.sheaf"), str(marks)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        other = int(parent.stdout.readline())
        os.kill(other, 0)
        parent.kill()
    end = time.monotonic() + LONGEST
    while _is_running(other):
        assert time.monotonic() < end
        time.sleep(0.02)


def _is_running(process: int) -> bool:
    """Tell whether a process runs; one that is dead may wait for whoever took it over to see that."""
    state = Path(f"/proc/{process}/stat")
    if state.exists():
        return state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(process, signal.SIG_DFL)
    except ProcessLookupError:
        return False
    return True
