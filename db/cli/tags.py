"""`sheaf tags`: the list of tags, and cleaning it up by a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.cli.running import DONE, LOOK, Run, command
from db.cli.texts import plural

if TYPE_CHECKING:
    from db.services.library import Library
    from db.services.retagging import TagChange

FILE = click.Path(path_type=Path, dir_okay=False)


@command("tags")
@click.option("--map", "source", type=FILE, metavar="FILE", help="Show what a file of `old,new` lines would change.")
@click.option("--apply", "do", is_flag=True, help="With --map: do it, as one step that `sheaf undo` takes back.")
@click.option("--output", "-o", "target", type=FILE, metavar="FILE", help="Write the tags as such a file.")
def tags(run: Run, source: Path | None, do: bool, target: Path | None) -> int:
    """List the tags, or rename, merge and delete many by a file."""
    if do and source is None:
        raise click.UsageError("--apply needs --map FILE.")
    if source is not None and target is not None:
        raise click.UsageError("Either --map FILE or -o FILE, not both.")
    with run.library() as library:
        if source is not None:
            return _map(run, library, source, do=do)
        if target is not None:
            return _write(run, library, target)
        return _list(run, library)


def _list(run: Run, library: Library) -> int:
    from db.services import tagging

    found = tagging.tags(library)
    for tag in found:
        run.emit({"tag": tag.name, "papers": tag.count, "colour": tag.colour, "key": tag.digit})
        run.say(f"{tag.count:>7,}  {tag.name}" + (f"  (key {tag.digit})" if tag.digit else ""))
    if not found:
        run.warn("No tags.")
    return DONE


def _write(run: Run, library: Library, target: Path) -> int:
    from db.services import tagmaps

    written = tagmaps.export(library, target)
    run.emit({"file": str(target), "tags": written})
    run.say(f"Wrote {plural(written, 'tag')} to {target}. Change the second column, then: sheaf tags --map {target}")
    return DONE


def _map(run: Run, library: Library, source: Path, *, do: bool) -> int:
    from db.services import tagmaps

    wanted = tagmaps.load(source)
    found = tagmaps.preview(library, wanted)
    for one in found.changes.lines:
        run.emit({"old": one.old, "new": one.new, "papers": one.papers, "merges": one.merges})
        run.say(_said(one))
    for remark in found.remarks:
        run.emit({"file": source.name, "line": remark.number, "text": remark.text, "why": remark.why})
        run.warn(f"{source.name}, line {remark.number}: “{remark.text[:80]}” {remark.why}.")
    if do:
        tagmaps.apply(library, wanted, source.name)
    concerned = f"{plural(len(found.changes.lines), 'tag')} on {plural(found.changes.papers, 'paper')}"
    if not found.changes.lines:
        run.warn("Nothing to change.")
    elif do:
        run.warn(f"Changed {concerned}; `sheaf undo` takes it back.")
    else:
        run.warn(f"Would change {concerned}; --apply does it.")
    return LOOK if found.remarks else DONE


def _said(one: TagChange) -> str:
    what = "deleted" if one.new is None else f"{one.new}{'  (merged)' if one.merges else ''}"
    return f"{one.old} -> {what}  ({plural(one.papers, 'paper')})"
