"""What a person knows of one version of a paper: a form for its venue, date, identifiers and the rest of its entry."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from db import services
from db.domain.records import CiteRule, Version, VersionKind
from desktop.views.detail.forms import form_label, quiet_form
from desktop.views.editors import LONGEST
from desktop.views.page import Page
from desktop.views.plain import Label, button, open_at
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from db.domain.errors import LibraryError
    from db.domain.records import Paper
    from db.services.changes import Changes
    from db.services.library import Library
    from desktop.context import AppContext

LINES = 3
MANY_LINES = frozenset({"urls", "fields"})


class VersionWords:
    """What versions and rules are called."""

    @staticmethod
    def kinds() -> Mapping[VersionKind, str]:
        """Return the name of each kind of version."""
        return {VersionKind.PREPRINT: tr("Preprint"), VersionKind.PUBLISHED: tr("Published version")}

    @staticmethod
    def rules() -> Mapping[CiteRule, str]:
        """Return what each rule cites."""
        return {
            CiteRule.PUBLISHED: tr("Published, with its eprint"),
            CiteRule.READ: tr("The version I read"),
        }


def texts_of(version: Version) -> dict[str, str]:
    """Return the fields of a version as they are typed."""
    names = (f"{one.family}, {one.given}" if one.given else one.family for one in version.authors)
    return {
        "venue": version.venue or "",
        "date": version.date.iso() or "",
        "doi": version.doi or "",
        "arxiv_id": version.arxiv_id or "",
        "arxiv_version": str(version.arxiv_version or ""),
        "urls": "\n".join(version.urls),
        "title": version.title,
        "authors": "; ".join(names),
        "entry_type": version.entry_type,
        "fields": "\n".join(f"{name} = {' '.join(text.split())}" for name, text in version.fields.items()),
    }


def typed_fields(text: str) -> dict[str, str]:
    """Return the other fields that stand in a text, one `name = value` a line."""
    parts = (line.partition("=") for line in text.splitlines() if line.strip())
    return {name.strip(): value.strip() for name, _equals, value in parts}


class VersionDialog(QDialog):
    """Adds a version, or edits one that is given; what makes no sense is said below the form."""

    def __init__(
        self,
        context: AppContext,
        paper: Paper,
        kind: VersionKind,
        version: Version | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._paper, self._kind, self._version = context, paper, kind, version
        name = VersionWords.kinds()[kind].lower()
        self.setWindowTitle((tr("Edit the {0}") if version else tr("Add the {0}")).format(name))
        self.page = Page(margin=0)
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        self.error = Label(tone="danger", size=11)
        self.save_button = button(tr("&Save") if version else tr("&Add"), self.save, primary=True)
        eprint = paper.arxiv_id if kind is VersionKind.PREPRINT else None
        self._before = texts_of(version or Version(kind))
        self._build(texts_of(version or replace(Version(kind), arxiv_id=eprint)))

    def _build(self, texts: Mapping[str, str]) -> None:
        form = quiet_form()
        for name, (label, hint) in _labels().items():
            field = QPlainTextEdit() if name in MANY_LINES else QLineEdit()
            if isinstance(field, QPlainTextEdit):
                field.setTabChangesFocus(True)
                field.setFixedHeight(LINES * field.fontMetrics().lineSpacing() + 16)
                field.setPlainText(texts[name])
            else:
                field.setMaxLength(LONGEST)
                field.setText(texts[name])
                field.setCursorPosition(0)
            field.setPlaceholderText(hint)
            field.setAccessibleName(label)
            form.addRow(form_label(label, field), field)
            self.fields[name] = field
        self.page.column.addLayout(form)
        self.page.column.addStretch()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch()
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(Label(tr("What is left empty is as the paper has it."), tone="muted", size=11))
        column.addWidget(self.page, 1)
        self.error.hide()
        column.addWidget(self.error)
        column.addLayout(foot)
        open_at(self, self.sizeHint())
        self.fields["venue"].setFocus()

    def sizeHint(self) -> QSize:
        body, letter = self.page.body.sizeHint(), self.fontMetrics().averageCharWidth()
        height = super().sizeHint().height() - self.page.sizeHint().height() + body.height()
        return QSize(max(body.width() + 48, 76 * letter), height)

    def values(self) -> dict[str, object]:
        """Return the fields that say something else than before."""
        texts = {
            name: field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
            for name, field in self.fields.items()
        }
        changed: dict[str, object] = {name: text for name, text in texts.items() if text != self._before[name]}
        if "fields" in changed:
            changed["fields"] = typed_fields(texts["fields"])
        return changed

    def save(self) -> None:
        """Save what was typed; the dialog stays open while something of it makes no sense."""
        values = self.values()
        if self._version is not None and not values:
            self.reject()
            return
        self.save_button.setEnabled(False)
        self._context.run(self.windowTitle(), self._change(values), self._saved, on_error=self._failed)

    def _change(self, values: Mapping[str, object]) -> Callable[[Library], Changes]:
        paper_id, kind, version = self._paper.id, self._kind, self._version
        if version is None:
            return lambda library: services.versioning.add(library, paper_id, kind, values)
        return lambda library: services.versioning.edit(library, paper_id, version.id, values, expected=version)

    def _saved(self, _changes: Changes) -> None:
        self.accept()

    def _failed(self, error: LibraryError) -> None:
        self.save_button.setEnabled(True)
        self.error.say(error.message)


def _labels() -> dict[str, tuple[str, str]]:
    """Return the label of each field and a hint of how it is typed."""
    return {
        "venue": (tr("Venue"), tr("Conference or journal")),
        "date": (tr("Date"), "2025-03-18"),
        "doi": (tr("DOI"), "10.1000/182"),
        "arxiv_id": (tr("arXiv id"), "2503.14504"),
        "arxiv_version": (tr("arXiv version"), "v2"),
        "urls": (tr("Links"), tr("One address a line")),
        "title": (tr("Title"), tr("As the paper has it")),
        "authors": (tr("Authors"), tr("Family, Given; Family, Given")),
        "entry_type": (tr("Entry type"), "inproceedings"),
        "fields": (tr("Other fields"), "pages = 1-9"),
    }
