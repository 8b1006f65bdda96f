"""`sheaf undo`, `redo` and `history`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from db.cli.running import DONE, Run, command

if TYPE_CHECKING:
    from db.domain.records import Step

ALL = 1_000_000
"""Steps: more than a history ever has."""


@command("undo")
def undo(run: Run) -> int:
    """Take the last change back."""
    from db.services import undoing

    with run.library() as library:
        steps = [step for step in undoing.history(library, ALL) if not step.undone]
        label = undoing.undo(library, run.report).label if steps else ""
    return _tell(run, steps[0] if steps else None, ("Undone", "undo"), label)


@command("redo")
def redo(run: Run) -> int:
    """Make the change again that was taken back last."""
    from db.services import undoing

    with run.library() as library:
        steps = [step for step in undoing.history(library, ALL) if step.undone]
        label = undoing.redo(library, run.report).label if steps else ""
    return _tell(run, steps[-1] if steps else None, ("Redone", "redo"), label)


def _tell(run: Run, step: Step | None, words: tuple[str, str], label: str) -> int:
    if step is None:
        run.warn(f"There is nothing to {words[1]}.")
    else:
        run.emit(_values(step) | {"undone": not step.undone})
        run.say(f"{words[0]}: {label}")
    return DONE


@command("history")
@click.option(
    "--limit", type=click.IntRange(min=1), default=500, show_default=True, metavar="N",
    help="Show no more than N steps.",
)  # fmt: skip
def history(run: Run, limit: int) -> int:
    """Show what was done to the library, the newest first."""
    from db.services import undoing

    with run.library() as library:
        steps = undoing.history(library, limit)
    for step in steps:
        run.emit(_values(step))
        mark = "  (undone)" if step.undone else ""
        run.say(f"{step.id:5d}  {step.at[:19].replace('T', ' ')}  {step.label}{mark}")
    return DONE


def _values(step: Step) -> dict[str, object]:
    return {"step": step.id, "label": step.label, "at": step.at, "undone": step.undone}
