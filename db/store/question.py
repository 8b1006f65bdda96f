"""A question to the library that nobody may want answered any more by the time it is."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from db.domain.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session


ASKED = "question"
"""Where a session holds the question that it answers, if any."""


def check(session: Session) -> None:
    """Raise Cancelled when the question that a session answers was withdrawn.

    To be called between statements: what ends one does nothing while none runs, and the next would run to its end.
    """
    question = session.info.get(ASKED)
    if question is not None:
        question.check()


class Question:
    """Give it along with what is asked; `withdraw`, from any thread, ends the statement that is running."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stop: Callable[[], None] | None = None
        self._withdrawn = False

    def withdraw(self) -> None:
        """Let whoever answers raise Cancelled: at once within a statement, else before the next question."""
        with self._lock:
            self._withdrawn = True
            if self._stop is not None:
                self._stop()

    def check(self) -> None:
        """Raise Cancelled when it was withdrawn: for work that is no statement."""
        if self._withdrawn:
            raise Cancelled

    @contextmanager
    def asked_of(self, stop: Callable[[], None]) -> Iterator[None]:
        """Let `withdraw` call what ends a statement; raises Cancelled when it did, or had been called before."""
        with self._lock:
            if self._withdrawn:
                raise Cancelled
            self._stop = stop
        try:
            yield
        except Exception as error:
            if self._withdrawn:
                raise Cancelled from error
            raise
        finally:
            with self._lock:  # the connection goes back to the pool, for others to use
                self._stop = None
