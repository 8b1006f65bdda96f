"""A start that does no more than the window needs."""

from __future__ import annotations

import gc
import sys


def begin() -> None:
    """Turn off what takes time and memory from the start; call it before anything of the window is imported.

    Nothing that is made at the start is rubbish, so the collector waits until the first rows are shown. And once Qt is
    there, PySide reads the source of each module that is imported and keeps its lines, only to learn whether the
    module could switch on snake_case names or true properties: a third of the time of SQLAlchemy's import, and 20 MB.
    No module of Sheaf does. The rest of what PySide does at an import must stay: `from PySide6.QtCore import *`, which
    the drawer of icons says, would find no class that was not asked for before.
    """
    gc.disable()
    import PySide6.QtCore  # noqa: F401  (brings the search)

    search = vars(sys.modules.get("shibokensupport.feature", sys))
    if "_mod_uses_pyside" in search:
        search["_mod_uses_pyside"] = _uses_no_feature


def _uses_no_feature(_module: object) -> bool:
    return False
