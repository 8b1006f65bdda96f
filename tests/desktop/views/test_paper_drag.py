"""Papers dragged out of the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from db import services
from db.services.exporting import ExportOptions
from desktop.models.mime import BIBTEX, PAPERS, TEXT, papers_of
from desktop.views.paper_drag import PaperMime

if TYPE_CHECKING:
    from db.services.library import Library

AddPaper = Callable[..., int]


def test_a_drag_cites_and_freezes_only_when_the_text_is_taken(library: Library, add_paper: AddPaper) -> None:
    ids = [add_paper("On alignment", date="2024"), add_paper("On preference", date="2023")]
    frozen: list[list[int]] = []
    mime = PaperMime(library, ids, frozen.append, ExportOptions())
    assert mime.hasText()
    assert papers_of(mime) == ids
    assert not frozen
    keys = [row.citation_key for row in services.reading.rows(library, ids)]
    assert mime.text() == "\\cite{" + ",".join(keys) + "}"
    assert bytes(mime.data(TEXT).data()).decode() == mime.text()
    assert frozen == [ids]


def test_a_drag_brings_bibtex_too(library: Library, add_paper: AddPaper) -> None:
    mime = PaperMime(library, [add_paper("On alignment", date="2024")], lambda _ids: None, ExportOptions())
    entry = bytes(mime.data(BIBTEX).data()).decode()
    assert entry.startswith("@misc{")
    assert "On alignment" in entry


def test_nobody_asks_for_more_than_there_is(library: Library) -> None:
    mime = PaperMime(library, [], lambda _ids: None, ExportOptions())
    assert bytes(mime.data("image/png").data()) == b""
    assert mime.formats() == [PAPERS, TEXT, BIBTEX]
