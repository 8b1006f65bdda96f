"""What a listing page says of a paper beyond its fields: the AI summary, who submitted it, repository and page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.detail.forms import form_label, quiet_form
from desktop.views.links import open_link, safe_url
from desktop.views.plain import Label, heading, link_button, set_tip
from desktop.views.words import tr

if TYPE_CHECKING:
    from db.domain.records import Paper

LINKS = ("github", "project_page", "page")
SHOWN = frozenset({"summary", "submitted_by", "github_stars", *LINKS})
"""Fields that have a place of their own in the pane."""
LONGEST = 1_000
"""Characters of a value that are shown; no field of an entry needs more to be recognised."""
LEFT, RIGHT = 9, 12 + 2
"""Pixels of a link button beside its text: it begins where the text of fields does."""
_LONG_WORD = re.compile(r"\S{20}(?=\S)")
_BREAK_HERE = "\u200b"


def rest_of(paper: Paper) -> str:
    """Return the fields of a paper that have no place of their own, a line each; long words may be broken."""
    told = (f"{name}: {_cut(value)}" for name, value in paper.fields.items() if name not in SHOWN)
    return _LONG_WORD.sub(rf"\g<0>{_BREAK_HERE}", "\n".join(told))


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST else value[:LONGEST] + "…"


class Summary(QWidget):
    """The summary that a page's AI made, in the muted tone; not there without one."""

    def __init__(self) -> None:
        super().__init__()
        self.text = Label(tone="muted")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(heading(tr("AI summary")))
        column.addWidget(self.text)
        self.hide()

    def show_paper(self, paper: Paper) -> None:
        """Show the summary of a paper."""
        summary = paper.fields.get("summary", "")
        self.text.say(summary)
        self.text.setAccessibleName(tr("AI summary: {0}").format(summary))
        self.setVisible(bool(summary))


class Extras(QWidget):
    """Rows for who submitted a paper and its links; only web addresses become links."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, str] = {}
        self.form = quiet_form()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.form)
        self.hide()

    def show_paper(self, paper: Paper) -> None:
        """Show what the pages said of a paper."""
        told = {name: paper.fields[name] for name in ("submitted_by", *LINKS) if paper.fields.get(name)}
        stars = paper.fields.get("github_stars", "")
        if {**told, "stars": stars} == self._shown:
            return
        self._shown = {**told, "stars": stars}
        self.setVisible(bool(told))
        while self.form.rowCount():
            self.form.removeRow(0)
        names = self._names()
        for name, value in told.items():
            made = self._link(value) if name in LINKS else self._text(value)
            note = tr("{0}, {1} stars").format(names[name], stars) if name == "github" and stars else names[name]
            self.form.addRow(form_label(note, made), made)

    @staticmethod
    def _names() -> dict[str, str]:
        return {
            "submitted_by": tr("Submitted by"),
            "github": tr("GitHub"),
            "project_page": tr("Project page"),
            "page": tr("Page"),
        }

    @staticmethod
    def _text(value: str) -> QWidget:
        made = Label(value)
        made.setContentsMargins(9, 6, 0, 0)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def _link(self, value: str) -> QWidget:
        if safe_url(value) is None:
            return self._text(value)
        bare = value.partition("://")[2].rstrip("/")[:LONGEST]
        made = link_button("", lambda: open_link(value))
        made.setAccessibleName(bare)
        set_tip(made, value)
        Fit(made, bare)
        return made


class Fit(QObject):
    """Keeps the text of a button as long as the button is wide, so that no address widens the pane."""

    def __init__(self, button: QPushButton, text: str, *, left: int = LEFT) -> None:
        super().__init__(button)
        self._button, self._text, self._margin = button, text, left + RIGHT
        margin = f"3px {RIGHT - 2}px 0 {left}px"
        button.setStyleSheet(f"{button.styleSheet()} QPushButton {{ text-align: left; margin: {margin}; }}")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setMinimumWidth(8 * button.fontMetrics().averageCharWidth())
        button.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._button:
            self._fit()
        return False

    def _fit(self) -> None:
        room = self._button.width() - self._margin
        shown = self._button.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideMiddle, room)
        self._button.setText(shown.replace("&", "&&"))
