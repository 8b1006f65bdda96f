"""A start that does no more than the window needs."""

from __future__ import annotations

import builtins
import gc


def begin() -> None:
    """Turn off what takes time and memory from the start; call it before anything of the window is imported.

    Nothing that is made at the start is rubbish, so the collector waits until the first rows are shown. And PySide puts
    itself in the way of every import: it reads the source of each module that is imported after it and keeps its lines,
    only to learn whether the module could switch on snake_case names or true properties. That is a third of the time of
    SQLAlchemy's import, and 20 MB. No module of Sheaf does.
    """
    gc.disable()
    plain = builtins.__import__
    import PySide6.QtCore  # noqa: F401  (brings the search)

    builtins.__import__ = plain
