"""Asks before tags become one, and says on how many papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.views.tag_dialogs import Dialog, plain_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from db.services.retagging import Retagging

SHOWN = 6


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("MergeQuestion", text, None, count)


class MergeQuestion(Dialog):
    """Says that a tag is called so already, and offers to merge."""

    def __init__(self, found: Retagging, parent: QWidget | None = None) -> None:
        super().__init__(_tr("Merge tags"), _tr("Merge tags"), parent)
        merging = found.merges
        lines = [
            _tr("“{0}” (%Ln paper(s)) goes into “{1}”", one.papers).format(one.old, one.new) for one in merging[:SHOWN]
        ]
        if len(merging) > SHOWN:
            lines.append(_tr("and %Ln more", len(merging) - SHOWN))
        rest = len(found.lines) - len(merging)
        if rest:
            lines.append(_tr("%Ln other tag(s) inside only change their name.", rest))
        head = _tr("There is a tag of that name already. Merge them?")
        tail = _tr("This concerns %Ln paper(s). Undo takes it back.", found.papers)
        self.text = "\n".join([head, "", *lines, "", tail])
        self.column.insertWidget(0, plain_label(self.text))
        self.setMinimumWidth(380)
        self.button.setFocus()
