"""The review's own few rules of style."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.tokens import Tokens

_SHEET = Template("""
#review { background: $window; }
#review #page, #review QScrollArea { background: $base; }
QStackedWidget { background: $base; }
QFrame[cell="true"] { border: 1px solid $hairline; border-radius: 6px; background: $base; }
QFrame[cell="true"][chosen="true"] { border: 2px solid $accent; }
QTextBrowser { background: transparent; border: none; padding: 0; }
QLabel[row="true"] { border: 1px solid transparent; border-radius: 6px; }
QLabel[row="true"]:focus { border-color: $accent; background: $selection; }
QFrame[hairline="true"] { background: $hairline; border: none; }
""")


def style_sheet(tokens: Tokens) -> str:
    """Fill the sheet with the colours of a set of tokens."""
    names = ("window", "base", "hairline", "accent", "selection")
    return _SHEET.substitute({name: getattr(tokens, name) for name in names})
