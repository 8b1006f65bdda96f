"""The quiet forms of the pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout

from desktop.views.plain import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def quiet_form() -> QFormLayout:
    """Return the form layout of the pane: labels left, wide fields wrap below their label."""
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(4)
    form.setVerticalSpacing(4)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return form


def form_label(text: str, buddy: QWidget) -> Label:
    """Return the label of a form row; its text stands level with the text of the field."""
    made = Label(text, tone="muted", wrap=False)
    made.setContentsMargins(0, 6, 8, 0)
    made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    made.setBuddy(buddy)
    return made
