"""The composition root: builds the windows and what they share, and opens the library after the first paint."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from desktop import arguments as given
from desktop import file_kinds
from desktop.application import Application
from desktop.bugs import IN_THE_WINDOW, unexpected
from desktop.context import AppContext
from desktop.icons import app_icon
from desktop.instance import Instance, another, hand_over, server_name
from desktop.memory import give_big_blocks_back
from desktop.models import last_rows
from desktop.moving import Moving
from desktop.plurals import EnglishPlurals
from desktop.settings import THEME, Settings
from desktop.theme import Theme
from desktop.views.failure import StartFailure
from desktop.windows import Windows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from db.domain.errors import LibraryError
    from db.services.backups import BackupInfo
    from db.services.library import Library
    from desktop.moving import Anew
    from desktop.window.main_window import MainWindow

SETTLED_AT_LATEST_MS = 1_500


def make_application(arguments: Sequence[str]) -> Application:
    """Return the one QApplication, named and ready for texts with plurals."""
    file_kinds.tell()
    found = Application.instance()
    app = found if isinstance(found, Application) else Application(list(arguments))
    app.setApplicationName("Sheaf")
    app.setApplicationDisplayName("Sheaf")
    app.setDesktopFileName("sheaf")
    app.setWindowIcon(app_icon())
    if not app.findChildren(EnglishPlurals):
        app.installTranslator(EnglishPlurals(app))
    return app


class App(QObject):
    """Holds the parts of the running program together."""

    def __init__(
        self, app: Application, library: str, files: Sequence[str], settings: Settings, *, pick: bool = False
    ) -> None:
        super().__init__(app)
        give_big_blocks_back()
        self._library = library
        self._is_chosen = False
        self._files = [Path(file) for file in files]
        self.start_failure: StartFailure | None = None
        self.instance: Instance | None = None
        self._at_latest = QTimer(self, singleShot=True, interval=SETTLED_AT_LATEST_MS)
        self._at_latest.timeout.connect(self._settle)
        theme = Theme(app, settings.get(THEME, "system"))
        self.context = AppContext(settings, theme, self)
        self.windows = Windows(self.context, self)
        self.moving = Moving(self.context, self.windows, self)
        self.windows.painted.connect(self._after_paint)
        app.file_wanted.connect(self._wanted)
        self.context.closed.connect(self._keep_rows)
        if pick:
            self.windows.editors.open_picker()

    @property
    def window(self) -> MainWindow:
        """The window that the person used last."""
        return self.windows.first

    def start(self) -> None:
        """Show the window; everything slow, and the other windows, come after its first paint."""
        self._listen()
        self.windows.show()

    def _listen(self) -> None:
        self.instance = Instance(server_name(self._library), self)
        self.instance.listen()
        self.instance.called.connect(self._called)
        self.instance.picker_wanted.connect(self.windows.editors.open_picker)

    def _wanted(self, file: str) -> None:
        """Open what the system hands over; a library that comes before the first paint is the one to open."""
        if not given.is_library(file):
            self._called([Path(file)])
        elif server_name(file) == server_name(self._library):
            self._called([])
        elif not self._is_chosen:
            self._library = file
            self._meet_elsewhere()
        else:
            another(file)

    def _meet_elsewhere(self) -> None:
        if self.instance is not None:
            self.instance.close()
        self._listen()

    def _called(self, files: list[Path]) -> None:
        window = self.window
        window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        window.import_paths(files)

    def _after_paint(self) -> None:
        table = self.window.table
        table.answers.remember(last_rows.read(self._folder, self._library, table.question()))
        self._open()
        self.context.settled.connect(self._settle)
        self.windows.come_back()
        self._at_latest.start()

    def _settle(self) -> None:
        """Do what has waited for the first rows: draw icons, and look for rubbish, but not among what stays."""
        self._at_latest.stop()
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        self.context.icons.load_in_turns()

    def _open(self) -> None:
        self._is_chosen = True
        path = self._library

        def work(_report: object) -> Library:
            from db.services import home, reading, searching  # noqa: F401 - asked for on the UI thread as soon as it is open
            from db.services.library import Library

            return Library.open(path, create=home.may_make(path))

        self.context.tasks.write(
            work, label=self.tr("Opening the library"), on_done=self._opened, on_error=self._failed
        )

    def _opened(self, library: Library) -> None:
        self.context.set_library(library)
        files, self._files = self._files, []
        self.window.import_paths(files)

    def _failed(self, error: LibraryError) -> None:
        if self.start_failure is not None:  # it failed again
            self.start_failure.close()
        failure = StartFailure(error, self._library)
        failure.again_wanted.connect(lambda: self.use(self._library))
        failure.restore_wanted.connect(self._choose_backup)
        failure.choose_wanted.connect(self._choose)
        self.start_failure = failure
        failure.show()
        self.windows.hide()

    def _choose(self) -> None:
        kinds = self.tr("Sheaf libraries (*.sheaf);;All files (*)")
        start = str(Path(self._library).parent)
        chosen, _ = QFileDialog.getSaveFileName(
            self.start_failure,
            self.tr("Choose a library, or name a new one"),
            start,
            kinds,
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.use(chosen)

    def _choose_backup(self) -> None:
        kinds = self.tr("Sheaf libraries (*.sheaf);;All files (*)")
        start = str(Path(self._library).parent)
        title = self.tr("Choose the backup to restore")
        chosen, _ = QFileDialog.getOpenFileName(self.start_failure, title, start, kinds)
        if chosen:
            self.restore(chosen)

    def restore(self, backup: str) -> None:
        """Put a backup in the place of the library that failed, which is kept beside it, and open it."""
        path = self._library

        def work(_report: object) -> BackupInfo:
            from db.services import backups

            return backups.restore(path, Path(backup))

        self.context.tasks.write(
            work,
            label=self.tr("Restoring the backup"),
            on_done=lambda _info: self.use(self._library),
            on_error=self._failed,
        )

    def use(self, library: str) -> None:
        """Open another library in place of the one that failed."""
        self._library = library
        self._meet_elsewhere()
        self.windows.show()
        if self.start_failure is not None:
            self.start_failure.close()
            self.start_failure = None
        self._open()

    def close(self) -> None:
        """End what is running."""
        if self.instance is not None:
            self.instance.close()
        self.context.close()

    def _keep_rows(self) -> None:
        table = self.window.table
        last_rows.keep(self._folder, self._library, table.question(), table.answers.first_rows())

    @property
    def _folder(self) -> Path:
        return self.context.settings.path.parent

    def take_down(self) -> None:
        """Leave nothing of what was closed in the way of what comes after."""
        self.context.theme.close()
        for window in self.windows.all:
            window.deleteLater()
        self.deleteLater()


def run(arguments: Sequence[str]) -> int:
    """Open the window for these arguments, or hand the files to the window that has the library open."""
    wanted = given.read(arguments)
    app = make_application(sys.argv[:1])
    if hand_over(server_name(wanted.library), wanted.files, pick=wanted.pick):
        return 0
    library, files, pick = wanted.library, wanted.files, wanted.pick
    anew: Anew | None = None
    while True:
        made = App(app, library, files, Settings(), pick=pick)
        sys.excepthook = _tell_bugs(made.context)
        made.start()
        if anew is not None:
            anew.tell(made.context)
        status = app.exec()
        made.close()
        anew = made.moving.ended()
        if anew is None:
            return status
        made.take_down()
        library, files, pick = anew.library, (), False


def _tell_bugs(
    context: AppContext,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return a hook that tells of a bug in the window's own code in words; the traceback goes to stderr."""
    telling = False

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        nonlocal telling
        failure = unexpected(error, IN_THE_WINDOW)
        if not telling:  # a bug in the telling itself must not go round in circles
            telling = True
            context.fail(failure)
            telling = False

    return hook
