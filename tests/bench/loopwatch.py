"""How late the event loop of a window is, measured from within it, and waiting for what a step should bring about."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

TICK_MS = 4
LIMIT = 300
"""Seconds after which a step that does not end is given up."""

SERVER = os.environ.get("SHEAF_BENCH_SERVER", "")
"""The process of a server whose work counts, too."""
_TAKEN: dict[str, int] = {}


def processor() -> float:
    """Return the seconds of processor that this process has taken, and the processes that a server has made for it."""
    if SERVER:
        for one in Path(f"/proc/{SERVER}/task/{SERVER}/children").read_text(encoding="ascii").split():
            try:
                _TAKEN[one] = int(Path(f"/proc/{one}/schedstat").read_text(encoding="ascii").split()[0])
            except OSError:
                continue  # it has just ended
    return time.process_time() + sum(_TAKEN.values()) / 1e9


def percentile(values: list[float], part: float) -> float:
    """Return the value below which a part of the values lies; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


@dataclass
class Measured:
    """Times of one kind of step in milliseconds: on the wall, of the processor, and how late the loop was meanwhile."""

    name: str
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)

    def line(self) -> str:
        """Return a line of the table."""
        numbers = [percentile(self.wall, 0.5), percentile(self.wall, 0.95), percentile(self.processor, 0.95)]
        numbers += [percentile(self.late, 0.95), max(self.late, default=0.0)]
        return f"{self.name:<34}{len(self.wall):>5}" + "".join(f"{one:>10.1f}" for one in numbers)


HEADING = f"{'step':<34}{'times':>5}{'p50 ms':>10}{'p95 ms':>10}{'cpu p95':>10}{'late p95':>10}{'late max':>10}"


class LoopWatch(QObject):
    """Ticks as often as a smooth window must answer, and notes by how much a tick is late."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__()
        self.late: list[float] = []
        self.paints = 0
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        viewport.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.paints += 1
        return False

    def _tick(self) -> None:
        self.late.append(max(0.0, self._clock.nsecsElapsed() / 1e6 - TICK_MS))
        self._clock.restart()

    def step(self, measured: Measured, act: Callable[[], object], until: Callable[[], bool]) -> None:
        """Do something, wait until it shows, and note what it took; paints after it count as a part of it."""
        self.late.clear()
        self._clock.restart()
        wall, used = time.perf_counter(), processor()
        act()
        self.wait(until)
        measured.wall.append((time.perf_counter() - wall) * 1e3)
        measured.processor.append((processor() - used) * 1e3)
        self.settle()
        measured.late += self.late

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the loop run until something holds."""
        end = time.monotonic() + LIMIT
        while not until():
            if time.monotonic() > end:
                raise SystemExit("A step did not end.")
            QApplication.processEvents()
            time.sleep(0.0005)

    def settle(self, milliseconds: int = 60) -> None:
        """Let the loop run on for a while, so that lateness after a step is noted, too."""
        end = time.monotonic() + milliseconds / 1e3
        self.wait(lambda: time.monotonic() > end)


def prefixes(texts: list[str]) -> Iterator[str]:
    """Yield what a search field holds after each key."""
    for text in texts:
        yield from (text[:length] for length in range(1, len(text) + 1) if text[length - 1] != " ")
