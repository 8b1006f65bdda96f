"""One outline icon set, tinted with the colours of the theme and loaded after the first paint."""

from __future__ import annotations

import importlib
import sys
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPixmap

if TYPE_CHECKING:
    from desktop.theme import Theme

SMALL = QSize(16, 16)
LARGE = QSize(20, 20)
_SET = "ph"
_PARTS = ("qtpy.QtCore", "qtpy.QtGui", "qtpy.QtWidgets", "qtawesome")
"""What draws the icons, and what that would import first; 10 to 50 ms each."""
RESOURCES = Path(__file__).resolve().parent.parent / "resources"


class HasIcon(Protocol):
    """Anything an icon can be set on: an action, a button."""

    def setIcon(self, icon: QIcon) -> None: ...


class Icons(QObject):
    """Icons by name (Phosphor); null until `load`. Bind a widget instead of asking once, which keeps the place free."""

    loaded = Signal()

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawer: Any = None
        self._cache: dict[tuple[str, str], QIcon] = {}
        self._bound: list[tuple[weakref.ref[HasIcon], str, str]] = []
        theme.changed.connect(self._retint)

    def load_in_turns(self) -> None:
        """Import what `load` needs, a part in each turn of the event loop, as all of it takes long; then load.

        It makes all of Qt's classes. Done in another thread while widgets are made here, that ends the program now and
        then: one start in about eighty on two busy cores, with PySide 6.11.
        """
        part = next((one for one in _PARTS if one not in sys.modules), None)
        if part is None:
            self.load()
        else:
            importlib.import_module(part)
            QTimer.singleShot(0, self, self.load_in_turns)

    def load(self) -> None:
        """Load the icon font and give every bound widget its icon."""
        if self._drawer is None:
            self._drawer = _phosphor()
            self._retint()
            self.loaded.emit()

    def icon(self, name: str, token: str = "text") -> QIcon:
        """Return an icon in the colour of a token; a null icon before `load`."""
        if self._drawer is None or not name:
            return QIcon()
        if (name, token) not in self._cache:
            tokens = self._theme.tokens
            drawn = self._drawer.icon(f"{_SET}.{name}", color=getattr(tokens, token), color_disabled=tokens.disabled)
            # The first of them owns in Python what draws it. Found as rubbish together, as with the cache of the font,
            # which that knows, what draws was deleted first now and then, and the icon then deleted it once more.
            self._cache[name, token] = QIcon(drawn)
            self._drawer.icon_cache.clear()
        return self._cache[name, token]

    def pixmap(self, name: str, size: int = 16, token: str = "text", ratio: float = 1.0) -> QPixmap:
        """Return an icon as a picture of `size` pixels, for labels and painters."""
        return self.icon(name, token).pixmap(QSize(size, size), ratio)

    def bind(self, target: HasIcon, name: str, token: str = "text") -> None:
        """Give an action or button an icon now or when the set is loaded, and re-tint it with the theme."""
        self._bound = [b for b in self._bound if b[0]() is not None and b[0]() is not target]
        self._bound.append((weakref.ref(target), name, token))
        target.setIcon(self.icon(name, token) if self._drawer is not None else _blank())

    def _retint(self) -> None:
        self._cache.clear()
        if self._drawer is None:
            return
        for reference, name, token in self._bound:
            if (target := reference()) is not None:
                _set(target, self.icon(name, token))


def _phosphor() -> Any:
    """Return what draws the icons of Phosphor; qtawesome would read its other eleven fonts too."""
    import qtawesome

    fonts = Path(qtawesome.__file__).parent / "fonts"
    font, names = next(fonts.glob("phosphor-*.ttf")), next(fonts.glob("phosphor-charmap-*.json"))
    return qtawesome.IconicFont((_SET, font.name, names.name))


def _blank() -> QIcon:
    """Return an icon that only takes its place, so that nothing moves when it is drawn."""
    empty = QPixmap(LARGE)
    empty.fill(Qt.GlobalColor.transparent)
    return QIcon(empty)


def _set(target: HasIcon, icon: QIcon) -> None:
    try:
        target.setIcon(icon)
    except RuntimeError:  # the widget was deleted on Qt's side; its Python shell is still referenced
        return


def app_icon() -> QIcon:
    """Return the icon of the application: a few sheets bound by one band."""
    return QIcon(str(RESOURCES / "icons" / "sheaf.svg"))
