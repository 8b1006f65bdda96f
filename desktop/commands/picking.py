"""The picker: opened here, by a key in another program, or by an editor that asks for a citation."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from db import services
from desktop import editor_options, export_options, pick_options
from desktop.outside.pasting import Paster
from desktop.outside.screen import pastes_by_insert
from desktop.views.picker_purpose import Purpose
from desktop.views.references import remembered_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.changes import Changes
    from db.services.cite_commands import CiteStyle
    from db.services.library import Library
    from db.services.picking import Asked, Wish
    from desktop.commands.desk import Desk
    from desktop.endpoint.server import Inquiry
    from desktop.outside.screen import Target
    from desktop.views.picker import Picker

MAP_MS = 40
"""A window manager must have seen a window before it can be asked to put the keyboard into it."""


class PickingCommands:
    """Opens the one picker, and sees to what was picked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._context = desk.context
        self._editors = desk.editors
        self._made: Picker | None = None
        self._target: Target | None = None
        self._client: Inquiry | None = None
        self._paster: Paster | None = None
        self._editors.picker_wanted.connect(self._wanted)
        self._editors.asked.connect(self._asked)
        self._context.closing.connect(self._end)

    @property
    def picker(self) -> Picker:
        """The window, made when it is first needed."""
        from desktop.views.picker import Picker

        if self._made is None:
            self._made = Picker(self._context)
        return self._made

    def _end(self) -> None:
        if self._paster is not None:
            self._paster.stop()
        made, self._made = self._made, None
        if self._editors.picking is made:
            self._editors.picking = None
        if made is not None:  # it has no parent: what belongs to the window is minimised with it
            made.leave()
            made.deleteLater()

    @property
    def _answers(self) -> bool:
        """Whether this window answers to other programs: the one whose picker is open, else the one used last."""
        picking = self._editors.picking
        return picking is self._made if picking is not None and picking.is_busy else self._context.leads

    def _wanted(self, time: int) -> None:
        if self._answers:
            self.open(time)

    # Who opens it -------------------------------------------------------------------------------------

    def open(self, time: int = 0) -> None:
        """Open the picker, or bring it to the front."""
        if self._paster is not None:
            self._paster.stop()
        self._remember_target()
        self._editors.picking = self.picker
        if not self.picker.is_busy:
            self.picker.pick(self._own_purpose())
        else:
            self.picker.come(None if self._client is not None else self._own_purpose())
        self._take_keyboard(time)

    def _remember_target(self) -> None:
        """Keep in mind which program's window is in use: that is where the citation goes."""
        screen = self._editors.screen
        if screen is not None and not self.picker.isActiveWindow():
            self._target = screen.active()

    def _take_keyboard(self, time: int) -> None:
        screen, picker = self._editors.screen, self.picker
        if screen is not None:
            number = int(picker.winId())
            QTimer.singleShot(MAP_MS, picker, lambda: screen.activate(number, time) if picker.isVisible() else None)

    def _give_back(self) -> None:
        """Put the keyboard back into the window that had it."""
        if self._editors.screen is not None and self._target is not None:
            self._editors.screen.activate(self._target.window)

    # For the person -----------------------------------------------------------------------------------

    def _own_purpose(self) -> Purpose:
        pastes = self._pastes()
        return Purpose(
            verb=_tr("&Paste") if pastes else _tr("&Copy"),
            said=_pasting_keys(self._target.kind) if pastes and self._target is not None else _copying_keys(),
            preview=_preview,
            cite=_cite,
            done=self._picked,
            left=self._give_back,
        )

    def _pastes(self) -> bool:
        return self._target is not None and bool(self._context.settings.get(pick_options.PASTE, True))

    def _picked(self, text: str, _ids: Sequence[int]) -> None:
        _copy(text)
        target, screen = self._target, self._editors.screen
        if not self._pastes() or target is None or screen is None:
            self._give_back()
            self._say_copied(text)
            return
        if pastes_by_insert(target) and QGuiApplication.clipboard().supportsSelection():
            _copy(text, QClipboard.Mode.Selection)  # which terminals paste
        if self._paster is None:
            self._paster = Paster(screen, self.picker)
            self._paster.ended.connect(self._pasted)
        self._paster.paste(target)

    def _pasted(self, pressed: bool) -> None:
        if not pressed:
            said = _tr("The editor did not come to the front, so nothing was pasted. The citation is on the clipboard.")
            self._context.notify(said, kind="warning")

    def _say_copied(self, text: str) -> None:
        first = text.split("\n", 1)[0]
        self._context.notify(_tr("Copied {0}").format(first if len(first) <= 60 else f"{first[:59]}…"))

    # For an editor ------------------------------------------------------------------------------------

    def _asked(self, client: Inquiry, wish: Wish) -> None:
        if not self._answers:
            return  # another window does
        if self._context.library is None:
            client.refuse(HTTPStatus.SERVICE_UNAVAILABLE, "The library is still opening. Ask again.")
        elif wish.selected:
            self._answer_selected(client, self._known(wish))
        elif self.picker.is_busy:
            client.refuse(HTTPStatus.CONFLICT, "The picker is open already, for another citation.")
        else:
            self._pick_for(client, self._known(wish))

    def _known(self, wish: Wish) -> Asked:
        settings = self._context.settings
        return services.picking.Asked(wish, remembered_style(settings), export_options.options(settings))

    def _pick_for(self, client: Inquiry, asked: Asked) -> None:
        self._remember_target()
        self._editors.picking = self.picker
        self._client = client
        before, behind = services.picking.room_for_notes(asked.wish)
        client.gone.connect(partial(self._hung_up, client))
        self.picker.pick(
            Purpose(
                verb=_tr("&Insert"),
                said=_asked_keys(asked.wish.format),
                preview=partial(_preview_answer, asked),
                cite=partial(_answer, asked),
                done=partial(self._answer, client, asked.wish),
                left=partial(self._refuse_pick, client),
                command=False,
                before=before,
                behind=behind,
            )
        )
        self._take_keyboard(0)

    def _hung_up(self, client: Inquiry) -> None:
        if self._client is client:
            self.picker.leave()

    def _refuse_pick(self, client: Inquiry) -> None:
        self._client = None
        client.answer("")  # in the dialect, nothing picked is nothing said
        self._give_back()

    def _answer(self, client: Inquiry, wish: Wish, text: str, ids: Sequence[int]) -> None:
        self._client = None
        client.answer(text)
        if wish.clipboard:
            _copy(text)
        if wish.texstudio and text:
            self._push_to_texstudio(text)
        if wish.select:
            self._desk.show_papers(ids)
        if wish.minimize:
            self._desk.window().showMinimized()
        self._give_back()

    def _push_to_texstudio(self, text: str) -> None:
        editor = editor_options.editor(self._context.settings, "texstudio")
        self._context.look(
            lambda _library, _report, _part: services.pushing.push_text(text, editor),
            on_part=lambda _part: None,
            on_done=lambda _outcome: None,
            on_error=self._context.fail,
        )

    def _answer_selected(self, client: Inquiry, asked: Asked) -> None:
        ids = self._desk.table.cited_ids()
        if not ids:
            client.answer("")
            return
        none = services.cite_commands.CiteStyle()
        self._context.run(
            _tr("Cite"),
            lambda library: _answer(asked, library, ids, none),
            lambda result: self._answer(client, asked.wish, result[0], ids),
            on_error=lambda error: client.refuse(HTTPStatus.INTERNAL_SERVER_ERROR, error.message),
        )


def _preview(library: Library, ids: Sequence[int], style: CiteStyle) -> str:
    return services.cite_commands.preview(library, ids, style)


def _cite(library: Library, ids: Sequence[int], style: CiteStyle) -> tuple[str, Changes]:
    return services.cite_commands.cite(library, ids, style)


def _preview_answer(asked: Asked, library: Library, ids: Sequence[int], style: CiteStyle) -> str:
    return services.picking.preview(library, ids, services.picking.Notes(style.prenote, style.postnote), asked)


def _answer(asked: Asked, library: Library, ids: Sequence[int], style: CiteStyle) -> tuple[str, Changes]:
    return services.picking.answer(library, ids, services.picking.Notes(style.prenote, style.postnote), asked)


def _copy(text: str, mode: QClipboard.Mode = QClipboard.Mode.Clipboard) -> None:
    QGuiApplication.clipboard().setText(text, mode)


def _pasting_keys(kind: str) -> str:
    return _tr("Enter pastes into {0} · Ctrl+Enter adds one more").format(kind or _tr("the editor"))


def _copying_keys() -> str:
    return _tr("Enter copies · Ctrl+Enter adds one more")


def _asked_keys(form: str) -> str:
    return _tr("An editor asks for {0} · Ctrl+Enter adds one more").format(form)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PickingCommands", text)
