"""`sheaf list`, `tag` and `duplicates`: commands about papers."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from db.cli.running import DONE, LOOK, Run, command
from db.cli.texts import cut, line_of_paper, plural, width
from db.domain.records import Paper, TwinSet, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.services.library import Library

PAGE = 200
ASCENDING = frozenset(("title", "authors", "key", "tags", "status", "added"))
SORTS = [
    "added",
    "title",
    "authors",
    "date",
    "tags",
    "status",
    "comments",
    "dumps",
    "key",
    "rating",
    "starred",
    "dump",
    "relevance",
]
QUERY = click.argument("query", nargs=-1, metavar="[QUERY]")


def find(run: Run, library: Library, query: Sequence[str], sort: str = "added", *, strict: bool = False) -> list[int]:
    """Return the papers that match the search text, and say what of it was not understood.

    `strict` refuses such a text: a condition left out would change or write papers that nobody asked for.
    """
    from db.services import searching

    found = searching.find(library, " ".join(query), sort=sort, descending=sort not in ASCENDING)
    if found.message and strict:
        raise click.UsageError(found.message)
    if found.message:
        run.warn(found.message)
    return list(found.ids)


def pages(library: Library, ids: Sequence[int]) -> Iterator[Paper]:
    """Yield papers, read a page at a time."""
    from db.services import reading

    rest = iter(ids)
    while page := list(islice(rest, PAGE)):
        yield from reading.papers(library, page)


@command("list")
@QUERY
@click.option("--sort", type=click.Choice(SORTS), default="added", show_default=True, help="What to sort by.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Show no more than N papers.")
def list_(run: Run, query: tuple[str, ...], sort: str, limit: int | None) -> int:
    """List the papers that match a search text, all without one."""
    with run.library() as library:
        ids = find(run, library, query, sort)
        for paper in pages(library, ids[:limit]):
            run.emit(paper_values(paper))
            if not run.json:
                run.say(line_of_paper(paper))
    if not run.json:
        shown = len(ids[:limit])
        of_all = f" of {len(ids):,}" if shown < len(ids) else ""
        run.warn(f"{shown:,}{of_all} papers" if shown != 1 or of_all else "1 paper")
    return DONE


def paper_values(paper: Paper) -> dict[str, Any]:
    """Return a paper as a line of `sheaf list --json`."""
    plain = "abstract author_count organization comments upvotes arxiv_id doi venue rating notes"
    values = {"id": paper.id, "citation_key": paper.citation_key, "title": paper.title}
    return values | {name: getattr(paper, name) for name in plain.split()} | {
        "authors": [{"family": one.family, "given": one.given} for one in paper.authors],
        "date": paper.date.iso(),
        "year_inferred": paper.date.inferred,
        "urls": list(paper.urls),
        "tags": [tag.name for tag in paper.tags],
        "collections": [one.name for one in paper.collections],
        "status": paper.status.value,
        "attachments": [{"path": one.path, "title": one.title, "mime": one.mime} for one in paper.attachments],
        "fields": dict(paper.fields),
        "sightings": [
            {"source": s.source_name, "index": s.index, "line_start": s.line_start, "line_end": s.line_end}
            for s in paper.sightings
        ],
    }  # fmt: skip


@command("tag")
@click.argument("query", nargs=-1, required=True, metavar="QUERY")
@click.option("--add", multiple=True, metavar="TAG", help="Give the papers this tag; may be repeated.")
@click.option("--remove", multiple=True, metavar="TAG", help="Take this tag from them; may be repeated.")
def tag(run: Run, query: tuple[str, ...], add: tuple[str, ...], remove: tuple[str, ...]) -> int:
    """Tag the papers that match a search text."""
    from db.services import tagging

    if not add and not remove:
        raise click.UsageError("Say what to do: --add TAG or --remove TAG.")
    with run.library() as library:
        ids = find(run, library, query, strict=True)
        changes = tagging.tag(library, ids, add=add, remove=remove)
    changed = len(ids) if changes.ids is None else len(changes.ids)
    run.emit({"changed": changed})
    run.say(f"Changed {plural(changed, 'paper')} of {len(ids):,} that match.")
    return DONE


@command("duplicates")
@click.option("--merge", is_flag=True, help="Merge the sets that are certainly one work.")
def duplicates(run: Run, merge: bool) -> int:
    """Show sets of papers that are, or may be, one work."""
    from db.services import merging, reading

    with run.library() as library:
        sets = merging.find_duplicates(library, run.report).sets
        keys = {
            row.id: row.citation_key
            for twins in sets
            for row in reading.rows(library, twins.ids)
        }  # fmt: skip
        merged = merging.find_duplicates(library, run.report, merge=True).merged if merge else 0
    for twins in sets:
        _show_set(run, twins, keys)
    if merged:
        run.say(f"Merged {plural(merged, 'paper')}; `sheaf undo` takes it back.")
    elif not sets:
        run.say("No duplicates.")
    open_sets = [one for one in sets if not (merge and one.verdict is Verdict.SAME)]
    return LOOK if open_sets else DONE


def _show_set(run: Run, twins: TwinSet, keys: dict[int, str]) -> None:
    names = [keys.get(one, "") for one in twins.ids]
    run.emit(
        {
            "verdict": twins.verdict.value,
            "score": round(twins.score, 4),
            "ids": list(twins.ids),
            "citation_keys": names,
            "why": list(twins.why),
        }
    )
    run.say(f"{twins.verdict.value:<6} {twins.score:.2f}  {', '.join(names)}")
    run.say(cut(f"             {'; '.join(twins.why)}", width()) if twins.why else "")
