"""One line at the foot of the window that goes away by itself; its button is usually Undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop.theme import RADIUS
from desktop.views.plain import Label, button

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.shared import Notice

SHOWN_MS = 7_000
MARGIN = 16
MOVING = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
TONES = {"good": "good", "warning": "warning", "danger": "danger"}


class Toast(QWidget):
    """Lies over the window it is given; takes the focus only when asked, and waits while it is looked at."""

    shown = Signal(bool)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._notice: Notice | None = None
        self._spared: list[QWidget] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._expire)
        self._build()
        parent.installEventFilter(self)
        self.hide()

    def _build(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.text = Label(wrap=False)
        self.action = button("", self._act, flat=True)
        self.close_button = QToolButton(self)
        self.close_button.setText("×")
        self.close_button.setAccessibleName(self.tr("Close the notification"))
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.clicked.connect(self.dismiss)
        self._context.icons.bind(self.close_button, "x")
        self._context.icons.loaded.connect(self._drop_text)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        for part in (self.text, self.action, self.close_button):
            row.addWidget(part)

    def spare(self, widget: QWidget) -> None:
        """Lie above a widget at the foot of the window while it is shown: its buttons are wanted again at once."""
        self._spared.append(widget)
        widget.installEventFilter(self)

    def _drop_text(self) -> None:
        self.close_button.setText("")  # the icon has come

    def show_notice(self, notice: Notice) -> None:
        """Show a notice in place of the one before."""
        self._notice = notice
        self.text.setText(notice.text)
        self.text.setProperty("tone", TONES.get(notice.kind, ""))
        self.text.style().polish(self.text)
        self.action.setText(notice.action)
        self.action.setAccessibleName(notice.action)
        self.action.setVisible(bool(notice.action))
        self.setAccessibleName(notice.text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        self.shown.emit(True)

    def dismiss(self) -> None:
        """Hide at once, giving the focus back to the window."""
        self._timer.stop()
        had_focus = self._has_focus()
        self.hide()
        if had_focus and (parent := self.parentWidget()):
            parent.setFocus()
        self.shown.emit(False)

    def take_focus(self) -> None:
        """Put the keyboard on the button of the notice."""
        if self.isVisible():
            target = self.action if self.action.isVisible() else self.close_button
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _act(self) -> None:
        notice = self._notice
        self.dismiss()
        if notice and notice.on_action:
            notice.on_action()

    def _expire(self) -> None:
        if self.underMouse() or self._has_focus():
            self._timer.start()
        else:
            self.dismiss()

    def _has_focus(self) -> bool:
        return self.action.hasFocus() or self.close_button.hasFocus()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        self.text.setWordWrap(False)
        room = parent.width() - 2 * MARGIN
        if self.sizeHint().width() > room:
            self.text.setWordWrap(True)
        wraps = self.text.wordWrap()  # its size hint is then that of a narrower text
        width = room if wraps else self.sizeHint().width()
        height = self.heightForWidth(width) if wraps else self.sizeHint().height()
        tops = [one.mapTo(parent, QPoint()).y() for one in self._spared if one.isVisible()]
        foot = min([parent.height() - 28, *tops])
        self.setGeometry((parent.width() - width) // 2, foot - height - MARGIN, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the window when it is resized, and above what is spared when that appears."""
        if event.type() in MOVING and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a raised card with one hairline."""
        tokens = self._context.theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.border)))
        painter.setBrush(QColor(tokens.base))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS, RADIUS)
