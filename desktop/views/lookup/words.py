"""What came of a look-up, in sentences."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.models.lookup_rows import tr
from desktop.views.progress import DETAIL_AFTER, time_left
from desktop.views.words import counted

if TYPE_CHECKING:
    from db.services.enriching import Found
    from db.services.progress import Progress


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended, what else there is to know, and what went wrong."""

    status: str
    hint: str = ""
    troubles: str = ""


def running(progress: Progress, since: float, number: int) -> str:
    """Say what is asked, how long it takes still, and for how many papers something was found.

    `since` is when it began, by the monotonic clock.
    """
    elapsed = time.monotonic() - since
    parts = [progress.label or tr("Looking at the papers")]
    if elapsed >= DETAIL_AFTER and 0 < progress.done < progress.total:
        parts.append(time_left(elapsed * (progress.total - progress.done) / progress.done))
    if number:
        parts.append(found(number))
    return " · ".join(parts)


def found(number: int) -> str:
    """Say for how many papers something was found."""
    return counted("Found something for %Ln paper(s)", number)


def outcome(result: Found | None, number: int, file: str) -> Outcome:
    """Say what came of a look-up; `result` is None when it was stopped, `file` names what was looked into."""
    if result is None:
        return Outcome(tr("Stopped. {0}").format(found(number)) if number else tr("Stopped before anything was found"))
    troubles = "\n".join(one.words for one in result.troubles)
    lacking = counted("%Ln paper(s) (lacks|lack) something.", result.asked)
    whole = counted("%Ln paper(s) (lacks|lack) nothing.", result.whole) if result.whole else ""
    counts = " ".join(filter(None, (lacking, whole)))
    if number:
        return Outcome(found(number), counts, troubles)
    if not result.asked:
        status = tr("Nothing is missing")
        return Outcome(status, tr("They all have authors, a date, an arXiv id or DOI, and an abstract."))
    knows = tr("{0} does not know more of them.").format(file) if file else tr("Nobody who was asked knows more.")
    return Outcome(tr("Nothing was found"), f"{counts} {knows}", troubles)


def hint(said: str, unsure: int) -> str:
    """Return what there is to know, with a word about rows that may be another work."""
    doubt = counted("%Ln row(s) may be another work and (is|are) not ticked: look first.", unsure) if unsure else ""
    return " ".join(filter(None, (said, doubt)))
