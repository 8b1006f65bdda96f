"""Patterns of citation keys, and what they would change, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.views.words import counted

if TYPE_CHECKING:
    from db.services.keypatterns import Example, PatternPreview


def _tr(text: str) -> str:
    return QCoreApplication.translate("KeyDialog", text)


def preset_words() -> dict[str, tuple[str, str]]:
    """Return name and rule of each ready-made pattern."""
    return {
        "sheaf": (
            "Sheaf",
            _tr("First author, three telling words of the title, year. Without authors: the words and the year."),
        ),
        "better-bibtex": (
            "Better BibTeX",
            _tr("First author or editor, three words of the title, year. Without both: the words and the year."),
        ),
        "google-scholar": (
            "Google Scholar",
            _tr("First author, year, first word of the title. Without authors: two words around the year."),
        ),
        "jabref": (
            "JabRef",
            _tr("First author or editor, and year. Without both: two words of the title, and the year."),
        ),
        "dblp": (
            "DBLP",
            _tr(
                "First author in full, first letters of the next ten, year in two digits. Without authors: two words "
                "of the title, and the digits."
            ),
        ),
        "arxiv": (
            "arXiv",
            _tr("First author, year, four words of the title. Without authors: one word, year, four words."),
        ),
        "authorless": (_tr("Without authors"), _tr("Three telling words of the title, and the year.")),
    }


def kind_words(one: Example) -> str:
    """Return why a paper is among the examples."""
    return {
        "authors": _tr("Has authors"),
        "no-authors": _tr("No author names"),
        "letters": _tr("Other letters"),
        "collides": _tr("Same key twice"),
        "frozen": _tr("Frozen: stays"),
    }[one.kind]


def paper_words(one: Example) -> str:
    """Return authors and title of an example."""
    names = ", ".join(one.authors[:2]) + (" …" if len(one.authors) > 2 else "")
    return f"{names}: {one.title}" if names else one.title


def changes_words(preview: PatternPreview) -> str:
    """Return how many keys a pattern would change, and how many stay."""
    if not preview.loose and not preview.frozen:
        return _tr("The library is empty: examples come with the first papers.")
    if preview.changes is None:
        said = counted("Counting what changes of %Ln key(s) that (is|are) not frozen…", preview.loose)
    elif not preview.loose:
        said = _tr("Every key is frozen.")
    elif not preview.changes:
        said = counted("Changes none of %Ln key(s) that (is|are) not frozen.", preview.loose)
    else:
        said = counted("Changes {0} of %Ln key(s) that (is|are) not frozen.", preview.loose)
        said = said.format(QLocale().toString(preview.changes))
    if not preview.frozen:
        return said
    return f"{said} {counted('%Ln frozen key(s) (stays|stay) as (it|they) (is|are).', preview.frozen)}"
