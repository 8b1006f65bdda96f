"""`sheaf parse` and `sheaf import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from db.cli.running import DONE, FAILED, LOOK, Run, command
from db.cli.texts import counted, lines_of_record, plural
from db.domain.errors import LibraryError
from db.domain.records import Issue, Ledger, Record
from db.services import wildcards

if TYPE_CHECKING:
    from db.services.gathering import Found
    from db.services.importing import FileResult
    from db.services.recognising import Choice, Form


def _spread(_context: click.Context, _argument: click.Parameter, files: tuple[str, ...]) -> tuple[Path, ...]:
    return tuple(map(Path, wildcards.spread(files)))


FILES = click.argument("files", nargs=-1, required=True, type=click.Path(), callback=_spread, metavar="FILE...")
YEAR = click.option(
    "--year", type=click.IntRange(1900, 2100), metavar="YYYY", help="The year in which the page was rendered."
)

FORMAT = click.option(
    "--format", "format_name", metavar="NAME", help="Read the files as this format instead of the likeliest one."
)


@command("parse")
@FILES
@YEAR
@FORMAT
def parse(run: Run, files: tuple[Path, ...], year: int | None, format_name: str | None) -> int:
    """Read files without a library and show what is in them."""
    from db.services.gathering import gathered
    from db.services.recognising import Choice

    choice = Choice(year=year, format=format_name)

    failed, look = 0, False
    with gathered(files) as found:
        for one in found:
            try:
                look |= _parse_file(run, one, choice)
            except LibraryError as error:
                run.warn(error.message)
                failed += 1
    if failed == len(found):
        return FAILED
    return LOOK if failed or look else DONE


def _parse_file(run: Run, file: Found, choice: Choice) -> bool:
    """Show one file; return whether something in it needs a look."""
    from db.services import parsing

    if file.error is not None:
        raise LibraryError(file.error)

    issues = records = 0
    forms: list[Form] = []
    for item in parsing.parse(file.path, run.report, choice=choice, recognised=forms.append):
        if isinstance(item, Record):
            records += 1
            run.emit(record_values(item, file.shown, forms[-1]))
            for line in [] if run.json else lines_of_record(item):
                run.say(line)
        elif isinstance(item, Issue):
            issues += 1
            values = {"line": item.line, "text": item.text, "why": item.why}
            run.emit({"kind": "issue", "file": file.shown, **values})
            said = f"{item.why}: {item.text[:80]}" if item.text else item.why
            run.say(click.style(f"  line {item.line}: {said}", fg="yellow"))
        else:
            _doubts(run, file.path.name, item.encoding, forms[-1].confidence)
            run.emit(_ledger_values(item, file.shown))
            run.say(_ledger_line(item, file.path, issues))
    if not records:
        run.warn(f"No papers were found in {file.path.name}. --format reads it as another format.")
    return issues > 0 or not records


def _doubts(run: Run, name: str, encoding: str, confidence: float) -> None:
    """Say what was guessed of a file, as the preview of the window does."""
    from db.services.forecast import SURE

    if encoding.endswith("(guessed)"):
        run.warn(
            f"{name}: the file does not say how its letters are encoded. It was read as {encoding}: check accents."
        )
    if confidence <= SURE:
        run.warn(f"{name}: how to read it is a guess ({confidence:.0%} sure). --format reads it as another format.")


def record_values(record: Record, file: str, form: Form) -> dict[str, Any]:
    """Return a record as a line of `sheaf parse --json`."""
    return {
        "kind": "record",
        "file": file,
        "format": form.format,
        "dialect": form.dialect,
        "index": record.index,
        "title": record.title,
        "abstract": record.abstract,
        "abstract_truncated": record.abstract_truncated,
        "authors": [{"family": one.family, "given": one.given} for one in record.authors],
        "author_count": record.author_count,
        "organization": record.organization,
        "organization_slug": record.organization_slug,
        "organization_name": record.organization_name,
        "date": record.date.iso(),
        "year_inferred": record.date.inferred,
        "year_explicit": record.year_explicit,
        "month_day": record.month_day,
        "comments": record.comments,
        "upvotes": record.upvotes,
        "arxiv_id": record.arxiv_id,
        "doi": record.doi,
        "urls": list(record.urls),
        "urls_canonical": list(record.urls_canonical),
        "urls_schemeless": list(record.urls_schemeless),
        "venue": record.venue,
        "keywords": list(record.keywords),
        "notes": record.notes,
        "attachments": [{"path": one.path, "title": one.title, "mime": one.mime} for one in record.attachments],
        "citation_key": record.citation_key,
        "entry_type": record.entry_type,
        "fields": dict(record.fields),
        "line_start": record.line_title,
        "line_title": record.line_title,
        "line_abstract": record.line_abstract,
        "line_end": record.line_end,
    }


def _ledger_values(ledger: Ledger, file: str) -> dict[str, Any]:
    names = "lines record_lines furniture_lines blank_lines issue_lines render_year render_year_evidence"
    return {"kind": "ledger", "file": file} | {name: getattr(ledger, name) for name in names.split()}


def _ledger_line(ledger: Ledger, path: Path, issues: int) -> str:
    year = f"; year {ledger.render_year} ({ledger.render_year_evidence})" if ledger.render_year else ""
    look = f", {plural(issues, 'issue')}" if issues else ""
    counts = (
        f"{counted(ledger.record_lines)} of records, {counted(ledger.furniture_lines)} of page furniture, "
        f"{counted(ledger.blank_lines)} blank"
    )
    return click.style(f"{path.name}: {plural(ledger.lines, 'line')}, {counts}{look}{year}\n", dim=True)


@command("import")
@FILES
@YEAR
@FORMAT
@click.option("--keep-twins", is_flag=True, help="Store every record as a paper of its own.")
def import_(run: Run, files: tuple[Path, ...], year: int | None, format_name: str | None, keep_twins: bool) -> int:
    """Import files and folders; one undo takes all of it back."""
    from db.services import importing
    from db.services.recognising import Choice

    choice = Choice(year=year, format=format_name)
    with run.library() as library:
        done = importing.import_files(library, files, run.report, usual=choice, keep_twins=keep_twins)
    for result in done.files:
        run.emit(_result_values(result))
        if result.error is None:
            run.say(_result_line(result))
            if not result.already_imported:
                _doubts(run, Path(result.file).name, result.encoding, result.confidence)
        else:
            run.warn(result.error)
    failed = sum(result.error is not None for result in done.files)
    if failed == len(done.files):
        return FAILED
    return LOOK if failed or any(one.issues or one.doubtful for one in done.files) else DONE


def _result_values(result: FileResult) -> dict[str, Any]:
    names = "file format records added merged doubtful already_imported issues"
    values = {name: getattr(result, name) for name in names.split()}
    return values if result.error is None else values | {"error": result.error}


def _result_line(result: FileResult) -> str:
    name = click.style(Path(result.file).name, bold=True)
    if result.already_imported:
        return f"{name}: imported before, nothing changed ({plural(result.records, 'record')})"
    parts = [plural(result.records, "record"), f"{counted(result.added)} new"]
    if result.merged:
        parts.append(f"{counted(result.merged)} merged with papers that were there")
    if result.trashed:
        parts.append(f"{counted(result.trashed)} of them in the trash")
    if result.skipped:
        parts.append(f"{counted(result.skipped)} of them skipped before: see `sheaf list is:back`")
    if result.doubtful:
        parts.append(f"{counted(result.doubtful)} doubtful: see `sheaf duplicates`")
    if result.issues:
        parts.append(plural(result.issues, "issue"))
    return f"{name}: {', '.join(parts)}"
