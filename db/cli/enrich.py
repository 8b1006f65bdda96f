"""`sheaf enrich`: filling in what papers lack, from services in the network or from a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.cli.papers import QUERY, find
from db.cli.running import DONE, LOOK, Run, command
from db.cli.texts import cut, plural, width

if TYPE_CHECKING:
    from db.services.lookedup import Finding, Found

INDENT = "    "


@command("enrich")
@QUERY
@click.option(
    "--apply", "apply_", is_flag=True, help="Take over what is certainly of the paper; `sheaf undo` undoes it."
)
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Look into this .bib, .ris or other file instead of asking services.",
)
@click.option("--service", "among", multiple=True, metavar="NAME", help="Ask only this service; may be repeated.")
def enrich(run: Run, query: tuple[str, ...], apply_: bool, file: Path | None, among: tuple[str, ...]) -> int:
    """Look up what papers lack: authors, year, arXiv id or DOI, abstract.

    Asks Hugging Face, arXiv, Crossref, dblp and DataCite about the papers that match the search text, all without one;
    they are told titles, arXiv ids and DOIs. Without --apply it only shows what it would fill in.
    """
    from db.services import enriching

    if file is not None and among:
        raise click.UsageError("Either --from FILE or --service NAME: a file is looked into without asking services.")
    with run.library() as library:
        ids = find(run, library, query, strict=True)
        if file is None:
            found = enriching.find(library, ids, run.report, among=among)
        else:
            found = enriching.find_in_file(library, ids, file, run.report)
        sure = [one for one in found.findings if one.sure]
        for one in sure:
            _show(run, one)
        if apply_ and sure:
            enriching.apply(library, sure, run.report)
    return _told(run, found, sure, applied=apply_)


def _show(run: Run, one: Finding) -> None:
    run.emit(
        {
            "id": one.paper_id,
            "source": one.source,
            "score": round(one.score, 4),
            "changes": {change.field: {"old": change.old or None, "new": change.new} for change in one.changes},
        }
    )
    room = width() - len(INDENT)
    run.say(cut(f"{one.citation_key}  {one.title}", width()))
    for change in one.changes:
        was = f" (was: {change.old})" if change.old else ""
        run.say(INDENT + cut(f"{change.field}: {change.new}{was}", room))
    run.say(f"{INDENT}from {one.source}")


def _told(run: Run, found: Found, sure: list[Finding], *, applied: bool) -> int:
    for trouble in found.troubles:
        run.warn(trouble.words)
    known = {one.paper_id for one in sure}
    doubtful = len({one.paper_id for one in found.findings} - known)
    if known and applied:
        run.warn(f"Filled in {plural(len(known), 'paper')}; `sheaf undo` takes it back.")
    elif known:
        run.warn(f"There is something to fill in for {plural(len(known), 'paper')}; --apply does it.")
    elif found.asked:
        run.warn(f"{plural(found.asked, 'paper')} lack something, and nothing was found for them.")
    else:
        run.warn("These papers lack nothing that could be looked up.")
    if doubtful:
        run.warn(f"For {plural(doubtful, 'paper')} a work was found that may be another one; the window shows it.")
    return LOOK if doubtful or found.troubles else DONE
