"""How Sheaf looks: one table of tokens for light and dark, and the palette and style sheet made from it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette

from desktop.style_sheet import style_sheet
from desktop.tokens import DARK, LIGHT, Tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

SYSTEM, LIGHT_MODE, DARK_MODE = "system", "light", "dark"
MODES = (SYSTEM, LIGHT_MODE, DARK_MODE)
SPACE = (4, 8, 12, 16, 24)
"""The only distances, in pixels."""
RADIUS = 6
ROW_HEIGHT = 28
SMALL, NORMAL, LARGE, TITLE = 11, 13, 15, 20
"""The only text sizes, in pixels at 96 dots an inch."""
TAG_COLOURS = {LIGHT_MODE: LIGHT.tags, DARK_MODE: DARK.tags}
_POINTS_PER_PIXEL = 0.75


@dataclass(frozen=True, slots=True)
class _Role:
    role: QPalette.ColorRole
    token: str


_ROLES = (
    _Role(QPalette.ColorRole.Window, "window"),
    _Role(QPalette.ColorRole.WindowText, "text"),
    _Role(QPalette.ColorRole.Base, "base"),
    _Role(QPalette.ColorRole.AlternateBase, "alternate"),
    _Role(QPalette.ColorRole.Text, "text"),
    _Role(QPalette.ColorRole.Button, "window"),
    _Role(QPalette.ColorRole.ButtonText, "text"),
    _Role(QPalette.ColorRole.BrightText, "danger"),
    _Role(QPalette.ColorRole.ToolTipBase, "base"),
    _Role(QPalette.ColorRole.ToolTipText, "text"),
    _Role(QPalette.ColorRole.PlaceholderText, "muted"),
    _Role(QPalette.ColorRole.Highlight, "selection"),
    _Role(QPalette.ColorRole.HighlightedText, "text"),
    _Role(QPalette.ColorRole.Accent, "accent"),
    _Role(QPalette.ColorRole.Link, "accent"),
    _Role(QPalette.ColorRole.LinkVisited, "accent"),
    _Role(QPalette.ColorRole.Light, "base"),
    _Role(QPalette.ColorRole.Midlight, "hairline"),
    _Role(QPalette.ColorRole.Mid, "hairline"),
    _Role(QPalette.ColorRole.Dark, "hairline"),
    _Role(QPalette.ColorRole.Shadow, "hairline"),
)
_DISABLED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


class Theme(QObject):
    """The look in force; `changed` comes after the palette of the application has been set."""

    changed = Signal()

    def __init__(self, app: QApplication, mode: str = SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._mode = mode if mode in MODES else SYSTEM
        self.tokens: Tokens = LIGHT
        app.setStyle("Fusion")
        app.setFont(self.font())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        self._apply()

    def close(self) -> None:
        """Stop following the system."""
        QGuiApplication.styleHints().colorSchemeChanged.disconnect(self._follow)

    @property
    def mode(self) -> str:
        """What was chosen: system, light or dark."""
        return self._mode

    @property
    def dark(self) -> bool:
        """Whether the dark tokens are in force."""
        return self.tokens is DARK

    def set_mode(self, mode: str) -> None:
        """Choose system, light or dark."""
        self._mode = mode if mode in MODES else SYSTEM
        self._apply()

    def colour(self, token: str) -> QColor:
        """Return a colour by its token, such as `muted` or `accent`."""
        return QColor(getattr(self.tokens, token))

    def tag_colour(self, index: int) -> QColor:
        """Return one of the eight tag colours; any index is taken modulo eight."""
        return QColor(self.tokens.tags[index % len(self.tokens.tags)])

    @staticmethod
    def font(pixels: int = NORMAL, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the platform's UI font in one of the text sizes; it grows with the platform's text scale."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setPointSizeF(pixels * _POINTS_PER_PIXEL)
        font.setWeight(weight)
        return font

    @staticmethod
    def mono(pixels: int = NORMAL) -> QFont:
        """Return the platform's fixed-width font, for keys and BibTeX."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(pixels * _POINTS_PER_PIXEL)
        return font

    def _follow(self) -> None:
        if self._mode == SYSTEM:
            self._apply()

    def _wanted(self) -> Tokens:
        if self._mode == SYSTEM:
            scheme = QGuiApplication.styleHints().colorScheme()
            return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._mode == DARK_MODE else LIGHT

    def _apply(self) -> None:
        self.tokens = self._wanted()
        self._app.setPalette(palette(self.tokens))
        for boxes in ("QCheckBox", "QRadioButton"):
            self._app.setPalette(box_palette(self.tokens), boxes)  # type: ignore[arg-type]  # takes str only
        self._app.setStyleSheet(style_sheet(self.tokens))
        self.changed.emit()


def box_palette(tokens: Tokens) -> QPalette:
    """Make the palette of check boxes, whose outline Fusion takes from a darkened window colour.

    The window's own colour would leave it all but invisible in the dark.
    """
    made = palette(tokens)
    made.setColor(QPalette.ColorRole.Window, QColor(tokens.muted).lighter(140))
    return made


def palette(tokens: Tokens) -> QPalette:
    """Make the palette of a set of tokens."""
    made = QPalette()
    for role in _ROLES:
        made.setColor(role.role, QColor(getattr(tokens, role.token)))
    for disabled in _DISABLED:
        made.setColor(QPalette.ColorGroup.Disabled, disabled, QColor(tokens.disabled))
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, QColor(tokens.hairline))
    return made


def token_names() -> tuple[str, ...]:
    """Return the names of the tokens that hold one colour."""
    return tuple(field.name for field in fields(Tokens) if field.name != "tags")
