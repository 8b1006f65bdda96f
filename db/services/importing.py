"""Importing files, folders and pasted text: one call is one undo step, a bad file stops no other."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.services import parsing, recognising, sweeping
from db.services.changes import Changes
from db.services.forecast import SURE
from db.services.gathering import Found, gathered
from db.services.intake import PASTE, PASTED, FileResult, Incoming, Intake
from db.services.meter import Meter
from db.services.placing import Shelf
from db.services.progress import Progress
from db.services.recognising import OPEN, Choice, Form
from db.services.wording import storable
from db.store import bulk, imports
from db.store import sources as store

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Generator, Mapping, Sequence

    from db.services.library import Library
    from db.services.preparing import Ready
    from db.services.progress import Report
    from db.store.sessions import Session

__all__ = ["FileResult", "Imported", "import_files", "import_text"]


class Unsure(LibraryError):  # noqa: N818 - the state of the reader, worded for the person
    """How to read a file is a guess, and nobody said that it may be imported all the same."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of every file of an import, and the change of the library."""

    files: tuple[FileResult, ...]
    changes: Changes


def import_files(
    library: Library,
    paths: Sequence[Path],
    report: Report,
    *,
    usual: Choice = OPEN,
    keep_twins: bool = False,
    choices: Mapping[str, Choice] | None = None,
    wanted: Callable[[str], bool] | None = None,
    sure_only: bool = False,
) -> Imported:
    """Import files and folders; `keep_twins` merges nothing.

    `choices` holds what a person decided of single files, by their path; `usual` is for all others. `wanted`
    leaves files out by their path; with `sure_only` a file whose format is a guess becomes a result that is `unsure`.

    A file that cannot be read becomes a result with an error. Cancelling leaves nothing behind.
    """
    known = choices or {}
    with gathered(paths, lambda: report(Progress(0, 0, "Unpacking"))) as everything:
        found = [one for one in everything if wanted is None or wanted(one.shown)]
        sources = [
            _file(one, known.get(one.shown, usual), sure_only=sure_only)
            if one.error is None
            else FileResult(one.shown, error=one.error)
            for one in found
        ]
        if len(paths) == 1 or len(found) == 1:
            label = f"Import {Path(found[0].shown if len(found) == 1 else paths[0]).name}"
        else:
            label = f"Import {len(found)} files"
        return bring(library, sources, label, report, keep_twins=keep_twins)


def import_text(
    library: Library,
    text: str,
    report: Report,
    *,
    name: str = PASTED,
    choice: Choice = OPEN,
    sure_only: bool = False,
) -> Imported:
    """Import pasted text; without a name the source is called after its first title."""
    if not text.strip():
        raise LibraryError("There is no text to import.")
    source = Incoming(
        name,
        storable(name),
        PASTE,
        "",
        len(text),
        choice,
        lambda _meter: parsing.hashed_text(text),
        lambda _meter, chosen: _sure(
            recognising.read(parsing.text_lines(text), "The pasted text", chosen, keep=True),
            "The pasted text",
            sure_only=sure_only,
        ),
    )
    return bring(library, [source], "Import pasted text", report)


def _file(found: Found, choice: Choice, *, sure_only: bool) -> Incoming:
    path = found.path
    state: list[tuple[int, ...]] = []
    return Incoming(
        found.shown,
        storable(path.name),
        "dump",
        storable(found.shown if found.shown != str(path) else str(path.absolute())),
        found.size,
        choice,
        lambda meter: _hash(path, meter, state),
        lambda meter, chosen: _sure(parsing.stream_prepared(path, meter.at, chosen), path.name, sure_only=sure_only),
        lambda: _check(path, state),
    )


def _sure(items: Generator[tuple[Ready, int]], name: str, *, sure_only: bool) -> Generator[tuple[Ready, int]]:
    """Yield the items of a source; with `sure_only` refuse one whose format is a guess."""
    with closing(items):
        for item, done in items:
            if sure_only and isinstance(item, Form) and item.confidence <= SURE:
                raise Unsure(f"{name} may be a listing of papers, but how to read it is a guess. Nothing was kept.")
            yield item, done


def _hash(path: Path, meter: Meter, state: list[tuple[int, ...]]) -> str:
    sha256, status = parsing.hashed(path, meter.stay)
    state.append(_state(status))
    return sha256


def _state(status: os.stat_result) -> tuple[int, ...]:
    return status.st_size, status.st_mtime_ns, status.st_ino


def _check(path: Path, state: list[tuple[int, ...]]) -> None:
    """Refuse a file that is another one than when it was hashed; one that is gone by now was read whole."""
    try:
        now = _state(path.stat())
    except OSError:
        return
    if now != state[-1]:
        raise LibraryError(
            f"{path.name} was changed by another program while it was read. Nothing of it was kept; "
            "import it again when that program is done with it."
        )


def bring(
    library: Library,
    sources: Sequence[Incoming | FileResult],
    label: str,
    report: Report,
    *,
    keep_twins: bool = False,
) -> Imported:
    """Import sources in one step with this label; expected failures of one become its result's error."""
    readable = [one for one in sources if isinstance(one, Incoming)]
    if not readable:
        return Imported(tuple(one for one in sources if isinstance(one, FileResult)), Changes(label))
    meter = Meter(report, sum(one.size for one in readable), readable[0].name)
    results = []
    with library.writing(storable(label), report=report) as write, bulk.inserts(write.session), sweeping.rarely():
        shelf = Shelf(write.session, keep_twins=keep_twins)
        for one in sources:
            if isinstance(one, FileResult):
                results.append(one)
                continue
            meter.label = one.name
            results.append(_import_source(write.session, shelf, one, meter))
            meter.start += one.size
        shelf.settle(meter.stay)
        meter.end()
    return Imported(tuple(results), write.changes)


def _import_source(session: Session, shelf: Shelf, source: Incoming, meter: Meter) -> FileResult:
    """Import one source under a savepoint; an expected failure becomes the result's error."""
    try:
        sha256 = source.hash(meter)
        known = imports.source_by_hash(session, sha256)
        if known:
            return _known(session, source, known)
        shelf.begin(source.meant)
        with session.begin_nested():
            result = Intake(shelf, source, sha256, meter).run()
            source.check()
            return result
    except LibraryError as error:
        shelf.forget()
        return FileResult(source.file, error=error.message, unsure=isinstance(error, Unsure))


def _known(session: Session, source: Incoming, known: dict[str, object]) -> FileResult:
    picked = {name: known[name] for name in ("format", "dialect", "encoding", "records", "render_year")}
    return FileResult(
        source.file,
        int(str(known["id"])),
        issues=store.issue_count(session, int(str(known["id"]))),
        already_imported=True,
        render_year_evidence=str(known["render_year_evidence"]),
        **picked,  # type: ignore[arg-type]
    )
