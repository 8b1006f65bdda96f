"""One start of the program, measured from within; `bench_start.py` and `bench_scale.py` run this file.

It adds as little as can be to what the program does: it imports nothing else, and the event loop is Qt's own. One in
Python that looks all the time takes the interpreter from the thread that opens the library: 0.1 s of a start.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

if TYPE_CHECKING:
    from desktop.app import App

MARKS = ("paint", "rows", "library")


def started(at: float) -> tuple[App, tuple[float, float, float, float]]:
    """Start the program; return it with seconds: first paint, first rows, rows of the library, processor.

    The first rows may be those of the last time, if the program ended in order then.
    """
    from desktop import lean

    lean.begin()  # as `desktop.__main__` does
    from desktop.app import App, make_application
    from desktop.settings import Settings

    application = make_application(sys.argv[:1])
    app = App(application, os.environ["SHEAF_LIBRARY"], [], Settings())
    marks: dict[str, float] = {}

    def mark(*names: str) -> None:
        for name in names:
            marks.setdefault(name, time.time() - at)
        if len(marks) == len(MARKS):
            application.exit()

    app.window.painted.connect(lambda: mark("paint"))
    app.window.table.model.modelReset.connect(lambda: mark("rows", *["library"][: app.context.library is not None]))
    app.start()
    application.exec()
    paint, rows, library = (marks[name] for name in MARKS)
    return app, (paint, rows, library, time.process_time())


def main() -> None:
    """Start, print what it took, and end as a person would end it; when imports are timed, at once."""
    app, marks = started(float(os.environ["STARTED"]))
    print(*marks, flush=True)
    if "importtime" not in sys._xoptions:
        from PySide6.QtCore import QCoreApplication

        answers = app.window.table.answers
        if not answers.is_whole:
            answers.answered.connect(lambda *_: QCoreApplication.exit())
            QCoreApplication.exec()
        app.windows.quit()
        app.close()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
