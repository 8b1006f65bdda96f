"""The library in another place: what was written meanwhile comes along, and the new beginning says where it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from db import services
from db.domain.errors import LibraryError

if TYPE_CHECKING:
    from db.services.library import Library
    from db.services.libraryplace import Moved
    from desktop.context import AppContext
    from desktop.windows import Windows


@dataclass(frozen=True, slots=True)
class Anew:
    """The library to begin anew with, and what to say then: why it has not moved, or where it is now."""

    library: str
    failed: LibraryError | None = None
    said: str = ""

    def tell(self, context: AppContext) -> None:
        """Say it in the window that was made anew; where the library is, once it is open."""

        def opened() -> None:
            if context.library is not None and context.library.address == self.library:
                context.notify(self.said, kind="good")

        if self.failed is not None:
            context.fail(self.failed)
        if self.said:
            context.opened.connect(opened, Qt.ConnectionType.SingleShotConnection)


class Moving(QObject):
    """Closes the windows when the library has moved, so that the program begins anew in the other place."""

    def __init__(self, context: AppContext, windows: Windows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._windows = windows
        self._moved: Moved | None = None
        self._left: Library | None = None
        context.moved.connect(self._begin)

    def _begin(self, moved: Moved) -> None:
        self._moved, self._left = moved, self._context.library
        self._context.quit_wanted.emit()
        if any(window.isVisible() for window in self._windows.all):  # the person lets running work end first
            self._stay(moved)

    def _stay(self, moved: Moved) -> None:
        self._moved = None
        services.home.choose_library(moved.before)

    def ended(self) -> Anew | None:
        """Return how to begin anew once all is closed, None if the program ends."""
        if self._moved is None or self._left is None:
            return None
        moved, left = self._moved, self._left
        try:
            services.libraryplace.catch_up(left, moved)
        except LibraryError as error:
            self._stay(moved)
            return Anew(left.address, failed=error)
        return Anew(str(moved.library), said=self._where(moved, left))

    def _where(self, moved: Moved, left: Library) -> str:
        said = self.tr("Your library lives in {0} now.").format(moved.library.parent)
        if moved.is_copy:
            stays = self.tr("Its file in {0} was left as it was, and is no longer used.")
            return f"{said} {stays.format(left.path.parent)}"
        return said
