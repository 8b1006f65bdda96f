"""Key sequences as X11 knows them."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence

from desktop.outside.hotkeys import Hotkey, hotkey
from desktop.pick_options import FIRST_KEY


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (FIRST_KEY, Hotkey(0x20, 4 | 8)),
        ("Meta+Shift+C", Hotkey(ord("c"), 64 | 1)),
        ("Ctrl+1", Hotkey(ord("1"), 4)),
        ("F9", Hotkey(0xFFC6, 0)),
        ("Alt+Ins", Hotkey(0xFF63, 8)),
        ("C", None),
        ("Shift+C", None),
        ("Ctrl+K, Ctrl+C", None),
        ("Ctrl+Volume Up", None),
        ("", None),
    ],
)
def test_strokes(text: str, found: Hotkey | None) -> None:
    assert hotkey(QKeySequence(text)) == found
