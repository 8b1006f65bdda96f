"""Words and phrases whose capitals always stay in titles: the person's own list, kept in the library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.store.imports import set_setting, setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.services.library import Library
    from db.store.sessions import Session

SETTING = "own_words"


def own_words(library: Library) -> tuple[str, ...]:
    """Return the words and phrases, as they are written in titles."""
    with library.reading() as session:
        return all_of(session)


def checked(words: Iterable[str]) -> list[str]:
    """Return words and phrases as they are kept; LibraryError for one without a letter."""
    kept = sorted({" ".join(word.split()) for word in words if word.strip()})
    for word in kept:
        if not any(character.isalnum() for character in word):
            raise LibraryError(f"“{word}” has no letter that could be protected; nothing was changed.")
    return kept


def store(session: Session, kept: Sequence[str]) -> None:
    """Store checked words and phrases."""
    set_setting(session, SETTING, json.dumps(kept, ensure_ascii=False) if kept else None)


def all_of(session: Session) -> tuple[str, ...]:
    """Return the words and phrases that hold in a library."""
    return tuple(json.loads(setting(session, SETTING) or "[]"))
