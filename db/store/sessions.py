"""Sessions: the only place that opens and commits a transaction."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from db.store import engines, triggers
from db.store.question import ASKED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from db.store.question import Question

__all__ = ["Session", "install", "is_installed", "reading", "writing"]

install, is_installed = triggers.install, triggers.is_installed


@contextmanager
def reading(engine: Engine, question: Question | None = None) -> Iterator[Session]:
    """Give a session on a reader connection; it sees one moment of the library.

    Raises Cancelled when the question is withdrawn.
    """
    with Session(engine, autoflush=False, expire_on_commit=False, info={ASKED: question}) as session:
        if question is None:
            yield session
            return
        with engines.of(session).stopping(session) as stop, question.asked_of(stop):
            yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Give a session in one transaction: committed at the end, rolled back on any exception."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session
        session.flush()
