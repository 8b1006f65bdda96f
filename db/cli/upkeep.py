"""`sheaf check`, `backup` and `restore`: keeping a library safe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.cli.running import DONE, LOOK, Run, command
from db.cli.texts import plural

if TYPE_CHECKING:
    from db.services.backups import BackupInfo

FILE = click.argument("file", type=click.Path(path_type=Path))


@command("check")
@click.option("--repair", is_flag=True, help="First mend what the search index lacks.")
def check(run: Run, repair: bool) -> int:
    """Check the library and its records, and say how to mend them."""
    from db.services import checking, recordchecks

    found = 0
    with run.library() as library:
        if repair:
            run.say(f"Mended the search index for {plural(checking.repair_index(library), 'paper')}.")
        for one in checking.check(library):
            found += 1
            run.emit({"finding": one.finding, "id": one.id, "severity": one.severity, "fix": one.fix})
            run.say(f"{one.severity}: {one.finding}\n    {one.fix}")
        for record in recordchecks.records(library, report=run.report):
            found += 1
            fix = record.fix or recordchecks.BY_HAND
            run.emit({"finding": record.finding, "id": record.paper_id, "severity": record.severity, "fix": fix})
            run.say(f"{record.severity}: {record.citation_key}: {record.finding}\n    {fix}")
    if not found:
        run.say("The library is sound.")
    return LOOK if found else DONE


@command("backup")
@FILE
def backup(run: Run, file: Path) -> int:
    """Write a verified copy of the library to FILE."""
    from db.services import backups

    with run.library() as library:
        _tell(run, backups.backup(library, file), "Backed up")
    return DONE


@command("restore")
@FILE
def restore(run: Run, file: Path) -> int:
    """Bring back a backup FILE; the present library is kept aside."""
    from db.services import backups

    _tell(run, backups.restore(run.path(), file), "Restored")
    return DONE


def _tell(run: Run, info: BackupInfo, done: str) -> None:
    run.emit({"file": str(info.file), "papers": info.papers, "bytes": info.bytes})
    run.say(f"{done} {plural(info.papers, 'paper')} ({info.bytes / 1e6:.1f} MB): {info.file}")
