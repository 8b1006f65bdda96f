"""Pushes citations into the editor: freezes the keys, fills the clipboard too, and says what became of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence

from db import services
from db.domain.errors import LibraryError
from desktop import editor_options
from desktop.views.server_choice import ServerChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from db.services.changes import Changes
    from db.services.cite_commands import CitedKeys, CiteStyle
    from db.services.pushing import Editor, Outcome
    from desktop.context import AppContext

SOON_MS = 500


class Pusher(QObject):
    """Whatever happens to a push, the citation is on the clipboard, and a failure says so."""

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._last = ""
        self._busy = QTimer(self)
        self._busy.setSingleShot(True)
        self._busy.setInterval(SOON_MS)
        self._busy.timeout.connect(lambda: context.notify(self.tr("Waiting for the editor...")))

    def push(self, ids: Sequence[int], style: CiteStyle, editor: Editor) -> None:
        """Push a citation of papers, in their order."""
        self._context.run(
            self.tr("Push citation"),
            lambda library: services.cite_commands.cited_keys(library, ids, style),
            partial(self._frozen, editor),
        )

    def _frozen(self, editor: Editor, made: tuple[CitedKeys, Changes]) -> None:
        cited = made[0]
        if not cited.keys:
            self._context.notify(self.tr("These papers are no longer in the library."), kind="warning")
            return
        QGuiApplication.clipboard().setText(cited.text)
        self._send(cited, editor)

    def _send(self, cited: CitedKeys, editor: Editor) -> None:
        self._busy.start()
        self._context.look(
            lambda _library, _report, _part: services.pushing.push(cited, editor),
            on_part=lambda _part: None,
            on_done=partial(self._pushed, cited, editor),
            on_error=self._failed,
        )

    def _pushed(self, cited: CitedKeys, editor: Editor, outcome: Outcome) -> None:
        self._busy.stop()
        if outcome.state == services.pushing.CHOOSE:
            self._ask(cited, editor, outcome)
            return
        said = self._words(cited, editor, outcome)
        if outcome.left_out:
            said += " " + self.tr("It takes no note behind the keys: add “{0}” there.").format(outcome.left_out)
        self._context.notify(said, kind="warning" if outcome.left_out else "info")

    def _words(self, cited: CitedKeys, editor: Editor, outcome: Outcome) -> str:
        name, text = editor_options.title(editor), _short(cited.text)
        if outcome.state == services.pushing.SHOWN:
            return self.tr("{0} comes to the front: paste {1} with {2}").format(name, text, _paste())
        if outcome.state == services.pushing.STARTED:
            said = self.tr("{0} is starting. Should {1} not stand in your text, paste it with {2}")
            return said.format(name, text, _paste())
        if outcome.state == services.pushing.SENT:
            return self.tr("Sent {0} to {1}").format(text, name)
        if outcome.place:
            return self.tr("Inserted {0} in {1} ({2})").format(text, _short(outcome.place), name)
        return self.tr("Inserted {0} in {1}").format(text, name)

    def _ask(self, cited: CitedKeys, editor: Editor, outcome: Outcome) -> None:
        def chosen(address: str) -> None:
            self._last = address
            self._send(cited, replace(editor, server=address))

        asked = ServerChoice(editor_options.title(editor), outcome.servers, self._last, self._window)
        asked.chosen.connect(chosen)
        asked.open()

    def _failed(self, error: LibraryError) -> None:
        self._busy.stop()
        instead = self.tr("The citation is on the clipboard: paste it with {0}.").format(_paste())
        self._context.fail(LibraryError(f"{error.message}\n\n{instead}", details=error.details))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _paste() -> str:
    return QKeySequence(QKeySequence.StandardKey.Paste).toString(QKeySequence.SequenceFormat.NativeText)
