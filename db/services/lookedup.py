"""What a look-up found: values, and how a work that was told of stands to a paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from db.domain.records import Verdict
from db.services import gains
from db.store import absorb

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.domain.duplicates import Score
    from db.domain.records import Record


@dataclass(frozen=True, slots=True)
class Known:
    """A service that can be asked, and at which address."""

    name: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field that a paper would get, or get another value of; both as text, "" for none."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a service knows of a paper: `score` (0 to 1) and `why` say how sure that is, `sure` whether it is certain.

    `text` is what the service told of the work, in the format `form`.
    """

    paper_id: int
    citation_key: str
    title: str
    source: str
    score: float
    sure: bool
    why: tuple[str, ...]
    changes: tuple[Change, ...]
    form: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A service that did not answer, or a file that was not taken whole, and why; `service` is "" for a file."""

    source: str
    words: str
    service: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up found: of `asked` papers that lacked something; `whole` lacked nothing, so nobody was asked."""

    findings: tuple[Finding, ...]
    asked: int
    whole: int
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A work that was told of and is, or may be, a paper: its text, how sure that is, and what the paper gains."""

    text: str
    score: Score
    changes: tuple[Change, ...]


def hit_of(columns: Mapping[str, Any], record: Record, text: str, score: Score) -> Hit:
    """Return how a work stands to a paper of these columns, which stay as they are."""
    after = dict(columns)
    absorb.absorb(after, absorb.columns(record), 1)
    old, new = _texts(columns), _texts(after)
    changed = [name for name, value in new.items() if value and value != old[name]]
    return Hit(text, score, tuple(Change(name, old[name], new[name]) for name in changed))


def _texts(columns: Mapping[str, Any]) -> dict[str, str]:
    """Return the values as text; an inferred date has its mark, for a source that states it changes that."""
    texts = gains.texts(columns)
    if texts["date"] and columns["year_inferred"]:
        texts["date"] += "~"
    return texts


def finding_of(columns: Mapping[str, Any], hit: Hit, source: str, form: str) -> Finding:
    """Return a hit as what is shown to a person."""
    return Finding(
        columns["id"],
        columns["citation_key"],
        columns["title"],
        source,
        hit.score.score,
        hit.score.verdict is Verdict.SAME,
        hit.score.why,
        hit.changes,
        form,
        hit.text,
    )
