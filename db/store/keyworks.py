"""What citation keys are made of, from the columns of papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.domain.citekeys import DEFAULT_PATTERN, KeyPattern, Work
from db.domain.errors import LibraryError
from db.domain.records import Person
from db.store.imports import set_setting, setting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.domain.citekeys import KeyParts

PATTERN = "key_pattern"


def pattern(session: Session) -> str:
    """Return the library's key pattern."""
    return setting(session, PATTERN) or DEFAULT_PATTERN


def set_pattern(session: Session, text: str) -> None:
    """Store the library's key pattern."""
    set_setting(session, PATTERN, text)


def rule_of(session: Session) -> KeyPattern:
    """Return the library's pattern to make keys with; the usual one when a newer Sheaf stored what is not known here.

    An import is worth more than the look of its keys.
    """
    try:
        return KeyPattern(pattern(session))
    except LibraryError:
        return KeyPattern()


class Naming:
    """Makes keys by a pattern; what it needs of the library beside the papers is read once."""

    def __init__(self, session: Session, rule: KeyPattern) -> None:
        self.rule = rule
        self.columns = rule.columns
        self._shorter: Mapping[str, str] = {}
        if "venue" in rule.columns:
            self._shorter = _short_names(session)

    def key(self, paper: Mapping[Any, Any], parts: KeyParts | None = None) -> str:
        """Return the key of a paper, not yet unique; `paper` has at least the columns that the pattern asks for."""
        work = Work(
            paper["title"],
            _people(paper["authors"]),
            paper["year"],
            arxiv_id=paper.get("arxiv_id"),
            doi=paper.get("doi"),
            venue=self._short(paper.get("venue")),
            organization=paper.get("organization"),
            editors=_editors(paper) if "fields" in self.columns else (),
        )
        return self.rule.propose(work, parts)

    def _short(self, venue: str | None) -> str | None:
        if not self._shorter or not venue:
            return venue
        from db.domain.formats.bibwrite import venues

        return self._shorter.get(venues.norm(venue), venue)


def _people(names: Sequence[Sequence[str]]) -> tuple[Person, ...]:
    return tuple([Person(*name) for name in names]) if names else ()


def _short_names(session: Session) -> dict[str, str]:
    # The formats take long to load, and few patterns ask for venues.
    from db.domain.formats.bibwrite.venues import norm
    from db.store import venues

    return {norm(name): short for name, short in venues.all_of(session).items()}


def _editors(paper: Mapping[Any, Any]) -> tuple[Person, ...]:
    names = paper["fields"].get("editor")
    if not names:
        return ()
    from db.domain.formats.people import people

    return people(names)
