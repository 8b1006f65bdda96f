"""The question before the program ends while long work is running."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.views.plain import ask

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.context import AppContext


def may_stop(window: QWidget, context: AppContext) -> bool:
    """Return whether nothing long is running, or the person says that it may be stopped."""
    task = context.tasks.current
    if task is None or not task.is_long:
        return True
    question = _tr("“{0}” is still running. Stop it and quit? Nothing of it will be kept.").format(task.label)
    return ask(window, _tr("Quit"), question, _tr("Stop and quit"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("MainWindow", text)
