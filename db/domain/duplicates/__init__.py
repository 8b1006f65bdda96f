"""Finding records of one work: keys that bring likely twins together, a careful comparison, and sets.

Modules load on first use: a library that is opened needs the keys, and not what compares.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.domain.duplicates.blocking import blocking_keys as blocking_keys
    from db.domain.duplicates.candidate import Candidate as Candidate
    from db.domain.duplicates.candidate import Score as Score
    from db.domain.duplicates.comparing import compare as compare
    from db.domain.duplicates.comparing import far_apart as far_apart
    from db.domain.duplicates.evidence import Glance as Glance
    from db.domain.duplicates.evidence import bare_numbers as bare_numbers
    from db.domain.duplicates.evidence import glance as glance
    from db.domain.duplicates.grouping import groups as groups
    from db.domain.duplicates.grouping import pairs as pairs
else:
    HOMES = {
        "blocking": ("blocking_keys",),
        "candidate": ("Candidate", "Score"),
        "comparing": ("compare", "far_apart"),
        "evidence": ("Glance", "bare_numbers", "glance"),
        "grouping": ("groups", "pairs"),
    }
    HOME = {name: home for home, names in HOMES.items() for name in names}

    def __getattr__(name: str) -> Any:
        if name not in HOME:
            raise AttributeError(name)
        return getattr(importlib.import_module(f"{__name__}.{HOME[name]}"), name)
