"""The pane's own few rules of style: editors that are quiet until they are used."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.tokens import Tokens

_SHEET = Template("""
#detail, #detail #page, QStackedWidget, QTabWidget, QScrollArea { background: $base; }
QLineEdit[quiet="true"], QTextEdit[quiet="true"] { background: transparent; border-color: transparent; }
QLineEdit[quiet="true"]:hover, QTextEdit[quiet="true"]:hover { border-color: $border; }
QLineEdit[quiet="true"]:focus, QTextEdit[quiet="true"]:focus { background: $base; border-color: $accent; }
QTextBrowser[prose="true"] { background: transparent; border: 1px solid transparent; padding: 0; }
QTextBrowser[prose="true"]:focus { border-color: $hairline; }
QToolButton[small="true"] { padding: 1px; }
QTabBar::scroller { width: 48px; }
QTabBar QToolButton { padding: 0; background: $base; border: 1px solid $hairline; }
QPushButton[flat="true"] { padding: 3px 8px; }
""")


def style_sheet(tokens: Tokens) -> str:
    """Fill the sheet with the colours of a set of tokens."""
    return _SHEET.substitute({name: getattr(tokens, name) for name in ("base", "border", "accent", "hairline")})
