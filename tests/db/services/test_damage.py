"""Wrongly decoded text is reported with its line and kept as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.domain.errors import LibraryError
from db.domain.records import Issue, Record
from db.services import importing, parsing
from db.services.progress import silent

if TYPE_CHECKING:
    from db.services.library import Library
    from tests.db.services.conftest import Pages


def broken(text: str) -> str:
    return text.encode().decode("latin-1")


def test_wrongly_decoded_lines_are_told_once_and_kept(pages: type[Pages], folder: Path) -> None:
    good = pages.full([pages.paper(1, authors=3, date="Mar 18, 2024"), pages.paper(2, authors=2, date="Mar 1, 2024")])
    first = pages.paper(1).abstract
    file = folder / "page.txt"
    bad = broken("Les élèves ont été là, naïve “quotes” everywhere. ")
    file.write_text(good.replace(first, bad + first), encoding="utf-8")
    items = list(parsing.parse(file, silent))
    records = [one for one in items if isinstance(one, Record)]
    (issue,) = [one for one in items if isinstance(one, Issue)]
    assert records[0].abstract.startswith(bad.strip()[:20])
    assert issue.line == records[0].line_abstract
    assert "another encoding" in issue.why


@pytest.mark.parametrize(
    "text", ["Émile Zola à Paris “ok”", "Â is a letter", "naïve café — £5 °C", "São Tomé", "数学 и физика"]
)
def test_right_text_is_left_in_peace(pages: type[Pages], folder: Path, text: str) -> None:
    file = folder / "page.txt"
    good = pages.full([pages.paper(1, authors=3, date="Mar 18, 2024"), pages.paper(2, authors=2, date="Mar 1, 2024")])
    file.write_text(good.replace(pages.paper(1).abstract, f"{text} {pages.paper(1).abstract}"), encoding="utf-8")
    assert not [one for one in parsing.parse(file, silent) if isinstance(one, Issue)]


def test_a_file_that_changes_while_it_is_read_is_refused(
    library: Library, pages: type[Pages], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = folder / "page.txt", folder / "other.txt"
    text = pages.full([pages.paper(1, authors=3, date="Mar 18, 2024")])
    file.write_text(text, encoding="utf-8")
    other.write_text(pages.full([pages.paper(2, authors=3, date="Mar 18, 2024")]), encoding="utf-8")
    read = parsing.stream_prepared

    def stream(path: Path, *args: object) -> object:
        if path.name == "page.txt":
            path.write_text(text + "\nmore\n", encoding="utf-8")
        return read(path, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(parsing, "stream_prepared", stream)
    changed, fine = importing.import_files(library, [file, other], silent).files
    assert "page.txt was changed by another program" in str(changed.error)
    assert fine.added == 1
    monkeypatch.setattr(parsing, "stream_prepared", read)
    assert importing.import_files(library, [file], silent).files[0].added == 2


def test_a_file_that_vanishes_is_told(
    library: Library, pages: type[Pages], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "page.txt"
    file.write_text(pages.full([pages.paper(1, authors=3, date="Mar 18, 2024")]), encoding="utf-8")
    read = parsing.stream_prepared

    def stream(path: Path, *args: object) -> object:
        path.unlink()
        return read(path, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(parsing, "stream_prepared", stream)
    (result,) = importing.import_files(library, [file], silent).files
    assert "there is no such file" in str(result.error)
    with pytest.raises(LibraryError):
        list(parsing.parse(file, silent))
