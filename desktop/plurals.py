"""English plurals; other languages bring their own translations, with as many forms as they have.

Texts with a number are written in Qt's way, as one source text: `%Ln paper(s)`, or `%Ln paper(s) (is|are) new` where
an s does not do. `%Ln` becomes the number as the locale writes it.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QTranslator

_FORMS = re.compile(r"\((?:(\w+)\|(\w+)|s)\)")


class EnglishPlurals(QTranslator):
    """Turns `%Ln paper(s)` into `1 paper` or `3 papers`; leaves every other text alone."""

    def isEmpty(self) -> bool:
        """Say that there is something in here, or Qt would not ask."""
        return False

    def translate(self, _context: str, text: str, _disambiguation: str | None = None, n: int = -1) -> str | None:
        """Return the text for this number, or None for a text that has no plural."""
        if n < 0 or not _FORMS.search(text):
            return None
        one = n == 1
        return _FORMS.sub(lambda found: (found[1] or "") if one else (found[2] or "s"), text)
