"""Starting a process of one's own that Ctrl+C leaves to its parent."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_interrupts() -> Iterator[None]:
    """Let the child inherit a blocked SIGINT: Ctrl+C is the parent's business."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Starting the resource tracker, which spawning needs, would unblock the signal again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
