"""Key sequences of Qt as X11 knows them: a keysym and a mask of modifiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeySequence

SHIFT, CONTROL, ALT, SUPER = 1, 4, 8, 64
"""Bits of X11's modifier mask: Shift, Control, Mod1, Mod4."""
_MODIFIERS = (
    (Qt.KeyboardModifier.ShiftModifier, SHIFT),
    (Qt.KeyboardModifier.ControlModifier, CONTROL),
    (Qt.KeyboardModifier.AltModifier, ALT),
    (Qt.KeyboardModifier.MetaModifier, SUPER),
)
_NAMED = {
    Qt.Key.Key_Space: 0x20,
    Qt.Key.Key_Tab: 0xFF09,
    Qt.Key.Key_Return: 0xFF0D,
    Qt.Key.Key_Pause: 0xFF13,
    Qt.Key.Key_Home: 0xFF50,
    Qt.Key.Key_End: 0xFF57,
    Qt.Key.Key_PageUp: 0xFF55,
    Qt.Key.Key_PageDown: 0xFF56,
    Qt.Key.Key_Insert: 0xFF63,
    Qt.Key.Key_Menu: 0xFF67,
}
_F1 = 0xFFBE


@dataclass(frozen=True, slots=True)
class Hotkey:
    """A key and the modifiers that are held with it."""

    keysym: int
    modifiers: int


def hotkey(sequence: QKeySequence) -> Hotkey | None:
    """Return one key stroke as X11 knows it; None for several strokes, or one that a person types with.

    It must have Ctrl, Alt or the Super key in it, unless it is a function key.
    """
    if sequence.count() != 1:
        return None
    stroke = sequence[0]  # type: ignore[index]  # the stubs do not know it
    keysym = _keysym(stroke.key())
    mask = sum(bit for flag, bit in _MODIFIERS if stroke.keyboardModifiers() & flag)
    if keysym is None or not (mask & ~SHIFT or keysym >= _F1):
        return None
    return Hotkey(keysym, mask)


def _keysym(key: Qt.Key) -> int | None:
    code = int(key)
    if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F24:
        return _F1 + code - int(Qt.Key.Key_F1)
    if 0x21 <= code <= 0xFF:
        return ord(chr(code).lower())  # X11 names letters by the small one
    return _NAMED.get(key)
