"""One module per input or output format; `FORMATS` lists those that can be read.

The list loads on first use: what needs one format does not wait for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.domain.formats.survey import Survey as Survey
from db.domain.formats.years import resolve as resolve

if TYPE_CHECKING:
    from db.domain.formats.registry import BIBTEX as BIBTEX
    from db.domain.formats.registry import FORMATS as FORMATS
    from db.domain.formats.registry import HEAD_CHARACTERS as HEAD_CHARACTERS
    from db.domain.formats.registry import MIXED as MIXED
    from db.domain.formats.registry import SIGNS as SIGNS
    from db.domain.formats.registry import Format as Format
    from db.domain.formats.registry import Guess as Guess
    from db.domain.formats.registry import by_name as by_name
    from db.domain.formats.registry import guesses as guesses
    from db.domain.formats.registry import plan as plan
else:
    LISTED = frozenset("BIBTEX FORMATS HEAD_CHARACTERS MIXED SIGNS Format Guess by_name guesses plan".split())

    def __getattr__(name: str) -> Any:
        if name not in LISTED:
            raise AttributeError(name)
        from db.domain.formats import registry

        return getattr(registry, name)
