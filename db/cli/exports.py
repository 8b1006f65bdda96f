"""`sheaf export`: papers that match a search, or those that a LaTeX document cites, to a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from db.cli.papers import QUERY, find
from db.cli.running import DONE, LOOK, Run, command
from db.cli.texts import lines_of_concerns, lines_of_replaced, said_incomplete, said_written
from db.domain.errors import LibraryError
from db.domain.records import CiteRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.documents import CitedExport
    from db.services.exporting import Exported, ExportOptions

FORMATS = ("bibtex", "biblatex", "ris", "csl-json", "csv", "markdown")
RULES = tuple(one.value for one in CiteRule)
PARTS = (
    "keep",
    "abstract",
    "keywords",
    "note",
    "url",
    "fields",
    "files",
    "personal",
    "abbreviate",
    "comment-incomplete",
    "unicode",
)


@command("export")
@QUERY
@click.option(
    "-o", "--output", "file", required=True, type=click.Path(path_type=Path), metavar="FILE",
    help="The file to write.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="bibtex", show_default=True,
    help="What the papers are written as.",
)  # fmt: skip
@click.option(
    "--aux", type=click.Path(path_type=Path), metavar="FILE.aux",
    help="Only what a LaTeX document cites; takes a .bcf or .tex file too.",
)  # fmt: skip
@click.option(
    "--with", "wanted", multiple=True, type=click.Choice(PARTS), metavar="PART",
    help=f"Write this too; may be repeated. PART is one of: {', '.join(PARTS)}.",
)  # fmt: skip
@click.option(
    "--without", "unwanted", multiple=True, type=click.Choice(PARTS), metavar="PART",
    help="Leave this out; may be repeated.",
)  # fmt: skip
@click.option(
    "--cite", "rule", type=click.Choice(RULES), help="Which version of a paper is cited; else as the library says.",
)  # fmt: skip
def export(
    run: Run,
    query: tuple[str, ...],
    file: Path,
    form: str,
    aux: Path | None,
    wanted: tuple[str, ...],
    unwanted: tuple[str, ...],
    rule: str | None,
) -> int:
    """Write the papers that match a search text, or all, to a file.

    What came from a .bib file is written as it stands there, and all papers of one as the file that it was, unless
    parts are chosen; --without keep writes all anew.
    """
    from db.services import documents, exporting

    options = replace(_options(form, wanted, unwanted), cite=CiteRule(rule) if rule else None)
    with run.library() as library:
        ids = find(run, library, query, strict=True) if query else None
        if ids == []:
            raise LibraryError("No paper matches, so nothing was written.")
        if aux is not None:
            within = None if ids is None else set(ids)
            cited = documents.export(library, aux, file, run.report, within=within, options=options, form=form)
            return _say_cited(run, cited)
        done = exporting.export(library, ids, file, run.report, options=options, form=form, scope=" ".join(query))
    run.emit(_values(done))
    _say(run, done)
    return DONE


def _options(form: str, wanted: Sequence[str], unwanted: Sequence[str]) -> ExportOptions:
    from db.services import exportchoices, exporting

    heeded = next(one.options for one in exporting.FORMATS if one.name == form)
    parts = dict.fromkeys(wanted, True) | dict.fromkeys(unwanted, False)
    if both := sorted(set(wanted) & set(unwanted)):
        raise click.UsageError(f"{both[0]} cannot be written and left out at once.")
    for name in parts:
        if name.replace("-", "_") not in heeded:
            raise click.UsageError(f"{form} has no {name} to write or to leave out.")
    named = {name.replace("-", "_"): on for name, on in parts.items()}
    # Entries that stay as they stand cannot heed what else is chosen.
    return exportchoices.chosen({"keep": not parts, **named})


def _say_cited(run: Run, done: CitedExport) -> int:
    """Say what was written of a document and which keys are unknown; return the status."""
    _warn(run, done)
    unknown = [{"citation_key": one.key, "file": one.file, "line": one.line} for one in done.unknown]
    run.emit({**_values(done.exported), "unknown": unknown})
    _say(run, done.exported)
    return LOOK if done.unknown or done.trashed or done.troubles else DONE


def _warn(run: Run, done: CitedExport) -> None:
    for trouble in done.troubles:
        run.warn(f"{trouble.file}:{trouble.line}: {trouble.why}")
    for one in done.unknown:
        run.warn(f"{one.file}:{one.line}: {one.key} is not in the library")
    for known in done.trashed:
        run.warn(f"{known.file}:{known.line}: {known.key} is in the trash; it was written all the same")


def _values(done: Exported) -> dict[str, Any]:
    incomplete = [{"citation_key": one.citation_key, "missing": list(one.missing)} for one in done.incomplete]
    return {"file": done.file, "written": done.written, "incomplete": incomplete}


def _say(run: Run, done: Exported) -> None:
    run.say(said_written(done.written, done.kept, done.file))
    if done.incomplete:
        run.say(said_incomplete(len(done.incomplete)))
    for line in (*lines_of_replaced(done.replaced), *lines_of_concerns(done.concerns)):
        run.warn(line)
