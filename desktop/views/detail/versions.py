"""Versions, in the Details tab: the preprint and what was published, with their identifiers, and which one is cited."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from db import services
from db.domain.records import CiteRule, VersionKind
from desktop.models.cell_text import date_text, date_tip
from desktop.views.detail.extras import Fit
from desktop.views.detail.on_screen import OnScreen
from desktop.views.detail.version_dialog import VersionDialog, VersionWords
from desktop.views.flow import FlowLayout
from desktop.views.links import open_link, safe_url
from desktop.views.plain import Label, button, clear_layout, heading, link_button, set_tip
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from db.domain.records import Paper, Version
    from db.services.changes import Changes
    from db.services.library import Library
    from desktop.context import AppContext

LONGEST = 60
"""Characters of an address that are shown; the tooltip has all of it."""


def links(version: Version) -> Iterator[tuple[str, str]]:
    """Yield what names a version and where that leads to: its arXiv id, its DOI and its web addresses."""
    if version.arxiv_id:
        number = version.arxiv_id + (f"v{version.arxiv_version}" if version.arxiv_version else "")
        yield f"arXiv:{number}", services.addresses.arxiv_address(number)
    if version.doi:
        yield f"DOI {version.doi}", services.addresses.doi_address(version.doi)
    for url in version.urls:
        yield url.partition("://")[2].rstrip("/")[:LONGEST] or url[:LONGEST], url


class Versions(OnScreen, QWidget):
    """One card a version; filled when the tab is on the screen."""

    stale = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._shown: tuple[int, int] | None = None
        self.said = Label(tone="muted")
        self.cards = QVBoxLayout()
        self.cards.setSpacing(16)
        self.adders = {kind: button("", partial(self.add, kind)) for kind in VersionKind}
        self.rule = QComboBox()
        self.rule_part = QWidget()
        self._build()
        self.rule.activated.connect(self._choose_rule)

    def _build(self) -> None:
        words = VersionWords.kinds()
        for kind, one in self.adders.items():
            one.setText(tr("Add the {0}...").format(words[kind].lower()))
        adders = QHBoxLayout()
        flow = FlowLayout(gap=8)
        for one in self.adders.values():
            flow.addWidget(one)
        adders.addLayout(flow)
        part = QVBoxLayout(self.rule_part)
        part.setContentsMargins(0, 0, 0, 0)
        part.setSpacing(4)
        part.addWidget(heading(tr("Cited")))
        part.addWidget(self.rule)
        self.rule.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.rule.setMinimumContentsLength(12)
        self.rule.setAccessibleName(tr("Which version of this paper is cited"))
        self.rule.addItem("", None)
        for rule, text in VersionWords.rules().items():
            self.rule.addItem(text, rule.value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        column.addWidget(heading(tr("Versions")))
        column.addWidget(self.said)
        column.addLayout(self.cards)
        column.addWidget(self.rule_part)
        column.addLayout(adders)

    def _read(self) -> None:
        paper = self._paper
        if paper is None:
            return
        self._context.read(services.versioning.library_rule, self._name_rule, key="detail_cite_rule")
        if self._shown == (paper.id, paper.version):
            return
        self._shown = (paper.id, paper.version)
        had = self.window().focusWidget()
        name = had.accessibleName() if had is not None and self.isAncestorOf(had) else ""
        clear_layout(self.cards)
        cards = [self._card(paper, version) for version in paper.versions]
        for card in cards:
            self.cards.addWidget(card)
        self._focus_again(cards, name)
        alone = None if paper.versions else services.versioning.kind_of(paper)
        kinds = {one.kind for one in paper.versions} | {alone}
        self.said.say("" if paper.versions else self._alone(alone))
        for kind, one in self.adders.items():
            one.setVisible(kind not in kinds)
        self.rule_part.setVisible(bool(paper.versions))
        rule = next((one.rule for one in paper.versions if one.rule), None)
        self.rule.setCurrentIndex(self.rule.findData(rule.value if rule else None))

    @staticmethod
    def _focus_again(cards: Sequence[QWidget], name: str) -> None:
        """Put the keyboard on the button of this name that stands in the place of the one that had it."""
        for card in cards:
            for one in card.findChildren(QAbstractButton):
                if name and one.accessibleName() == name:
                    card.show()  # else it is shown with the next turn, and nothing hidden takes the keyboard
                    one.setFocus()

    @staticmethod
    def _alone(kind: VersionKind | None) -> str:
        words = {
            VersionKind.PREPRINT: tr("Known as a preprint only."),
            VersionKind.PUBLISHED: tr("Known as published only; its fields stand above."),
        }
        return words[kind] if kind else tr("Nothing says whether this is a preprint or was published.")

    def _name_rule(self, rule: CiteRule) -> None:
        self.rule.setItemText(0, tr("Library: {0}").format(VersionWords.rules()[rule]))

    def _card(self, paper: Paper, version: Version) -> QWidget:
        card = QWidget()
        card.setAccessibleName(VersionWords.kinds()[version.kind])
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(heading(VersionWords.kinds()[version.kind]))
        for text in self._lines(paper, version):
            line = Label(text)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(line)
        for text, url in links(version):
            column.addWidget(self._link(text, url))
        column.addWidget(Label(self._origin(paper, version), tone="muted", size=11))
        column.addLayout(self._buttons(paper, version))
        return card

    @staticmethod
    def _lines(paper: Paper, version: Version) -> Iterator[str]:
        if version.title and version.title != paper.title:
            yield version.title
        parts = [version.venue or "", date_text(version.date)]
        if said := " · ".join(part for part in parts if part):
            yield said
        if tip := date_tip(version.date) if version.date.evidence else "":
            yield tip
        if version.fields:
            yield "\n".join(f"{name}: {text[: LONGEST * 4]}" for name, text in version.fields.items())

    @staticmethod
    def _link(text: str, url: str) -> QWidget:
        if safe_url(url) is None:
            return Label(text)
        made = link_button("", lambda: open_link(url))
        set_tip(made, url)
        made.setAccessibleName(tr("Open {0} in the browser").format(text))
        Fit(made, text, left=0)
        return made

    @staticmethod
    def _origin(paper: Paper, version: Version) -> str:
        known = {one.id: one for one in paper.sightings}
        told = (known[one] for one in version.sightings if one in known)
        names = [tr("{0}, record {1}").format(one.source_name, one.index) for one in told]
        return tr("From: {0}").format("; ".join([*names, *([tr("you")] if version.typed else [])] or [tr("you")]))

    def _buttons(self, paper: Paper, version: Version) -> QHBoxLayout:
        name = VersionWords.kinds()[version.kind]
        read = QCheckBox(tr("I read this one"))
        read.setChecked(version.is_read)
        read.setAccessibleName(tr("{0}: I read this one").format(name))
        read.clicked.connect(lambda on: self._mark(paper.id, version.id if on else None))
        edit = button(tr("Edit..."), lambda: self.edit(version))
        edit.setAccessibleName(tr("Edit: {0}").format(name))
        away = button(tr("Remove"), lambda: self._remove(paper.id, version.id))
        away.setAccessibleName(tr("Remove: {0}").format(name))
        flow = FlowLayout(gap=8)
        for widget in (read, edit, away):
            flow.addWidget(widget)
        row = QHBoxLayout()
        row.addLayout(flow)
        return row

    def add(self, kind: VersionKind) -> None:
        """Ask what is known of another version of this paper, and add it."""
        if (paper := self._paper) is not None:
            VersionDialog(self._context, paper, kind, parent=self.window()).open()

    def edit(self, version: Version) -> None:
        """Ask what is otherwise in a version."""
        if (paper := self._paper) is not None:
            VersionDialog(self._context, paper, version.kind, version, parent=self.window()).open()

    def _mark(self, paper_id: int, version_id: int | None) -> None:
        self._run(tr("Mark as read"), lambda library: services.versioning.mark_read(library, paper_id, version_id))

    def _remove(self, paper_id: int, version_id: int) -> None:
        label = tr("Remove a version")
        self._context.run(
            label,
            lambda library: services.versioning.remove(library, paper_id, version_id),
            toast=tr("Version removed."),
            undo=True,
        )

    def _choose_rule(self, at: int) -> None:
        if (paper := self._paper) is not None:
            chosen = self.rule.itemData(at)
            rule = CiteRule(chosen) if chosen else None
            self._run(tr("Cite"), lambda library: services.versioning.set_rule(library, [paper.id], rule))

    def _run(self, label: str, change: Callable[[Library], Changes]) -> None:
        self._context.run(label, change)
