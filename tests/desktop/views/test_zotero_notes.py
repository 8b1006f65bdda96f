"""Notes of Zotero in the window's own view: what was typed shows as it was typed."""

from __future__ import annotations

import html
import random

import pytest
from pytestqt.qtbot import QtBot

from db.domain.formats.zotero import notes
from desktop.views.markdown import MarkdownView

SIGNS = [
    *"ab 1.)*_`~[](){}<>#+-=|!\\&;:/x$'\"^",
    "  ",
    "&amp;",
    "https://e.org/a_b*",
    "- ",
    "# ",
    "1. ",
    "[x] ",
    "***",
    "---",
]


@pytest.mark.parametrize("form", ["<p>{}</p>", "<ul><li>{}</li></ul>", "<p>q<br>{}</p>", "<blockquote>{}</blockquote>"])
def test_signs_of_markdown_show_as_they_were_typed(qtbot: QtBot, form: str) -> None:
    view = MarkdownView()
    qtbot.addWidget(view)
    chance = random.Random(form)
    for _time in range(500):
        typed = " ".join("".join(chance.choices(SIGNS, k=chance.randint(1, 12))).split())
        view.show_text(notes.markdown(form.format(html.escape(typed))))
        shown = view.toPlainText().removeprefix("q\n" if "<br>" in form and typed else "")
        assert shown == (typed or shown), typed
        assert plain(view), typed


def plain(view: MarkdownView) -> bool:
    """Tell whether no sign made a heading or a letter of another form."""
    block = view.document().begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            return False
        pieces = block.begin()
        while not pieces.atEnd():
            form = pieces.fragment().charFormat()
            if form.fontItalic() or form.fontWeight() > 500 or form.fontStrikeOut() or form.fontFixedPitch():
                return False
            pieces += 1
        block = block.next()
    return True
