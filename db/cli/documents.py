"""What `sheaf export --aux` does: the papers that a LaTeX document cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.cli.running import DONE, LOOK
from db.cli.texts import said_incomplete, said_written

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from db.cli.running import Run
    from db.services.documents import CitedExport
    from db.services.exporting import ExportOptions
    from db.services.library import Library


def export(
    run: Run,
    library: Library,
    document: Path,
    file: Path,
    *,
    within: Collection[int] | None,
    form: str,
    options: ExportOptions,
) -> int:
    """Write what a document cites (`within`: of these papers only), say which keys are unknown, return the status."""
    from db.services import documents

    done = documents.export(library, document, file, run.report, within=within, form=form, options=options)
    _warn(run, done)
    written = done.exported
    incomplete = [{"citation_key": one.citation_key, "missing": list(one.missing)} for one in written.incomplete]
    run.emit(
        {
            "file": written.file,
            "written": written.written,
            "incomplete": incomplete,
            "unknown": [{"citation_key": one.key, "file": one.file, "line": one.line} for one in done.unknown],
        }
    )
    run.say(said_written(written.written, written.kept, written.file))
    if written.incomplete:
        run.say(said_incomplete(len(written.incomplete)))
    return LOOK if done.unknown or done.trashed or done.troubles else DONE


def _warn(run: Run, done: CitedExport) -> None:
    for trouble in done.troubles:
        run.warn(f"{trouble.file}:{trouble.line}: {trouble.why}")
    for one in done.unknown:
        run.warn(f"{one.file}:{one.line}: {one.key} is not in the library")
    for known in done.trashed:
        run.warn(f"{known.file}:{known.line}: {known.key} is in the trash; it was written all the same")
