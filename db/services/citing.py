"""References and citations as a style prints them: for the clipboard, a file, and the preview of one paper.

Nothing here has a citation key in it, so no key is frozen.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from db.domain import styled
from db.domain.errors import LibraryError
from db.domain.styled import styles as files
from db.services import home
from db.services.atomic import replacing, told
from db.services.progress import Progress, silent
from db.store import exports as store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.domain.styled.marks import Reference, Run
    from db.services.library import Library
    from db.services.progress import Report

USUAL = {
    "apa": "APA, 7th edition",
    "ieee": "IEEE",
    "association-for-computing-machinery": "ACM",
    "association-for-computational-linguistics": "ACL (Computational Linguistics)",
    "chicago-author-date": "Chicago, author-date",
    "modern-language-association": "MLA, 9th edition",
    "nature": "Nature",
    "springer-lecture-notes-in-computer-science": "Springer LNCS",
    "elsevier-harvard": "Elsevier Harvard",
    "nlm-citation-sequence": "Vancouver (NLM)",
}
"""The styles that come with Sheaf, by the name of their file."""
OUTPUTS = tuple(styled.OUTPUTS)
"""What references can be written as: text, html, rtf, markdown."""
BUNDLED = Path(__file__).resolve().parents[2] / "resources" / "styles"
FOLDER_VARIABLE = "SHEAF_STYLES"
OWN = "own:"
_PAGE = '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>References</title></head><body>\n{0}</body></html>\n'


@dataclass(frozen=True, slots=True)
class StyleChoice:
    """A style that can be chosen; `own` says that the person added it."""

    id: str
    title: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Formatted:
    """References in the style's order, and the citation of all of them at once."""

    references: tuple[Reference, ...]
    cited: tuple[Run, ...]

    def listed(self, output: str) -> str:
        """Return the list in an output; RTF is a whole document."""
        return styled.reference_list(self.references, output)

    def citation(self, output: str) -> str:
        """Return the citation in an output, as part of a line."""
        return styled.inline(self.cited, output)

    def handed_over(self, output: str) -> str:
        """Return the citation for the clipboard; RTF is a whole document."""
        return styled.alone(self.cited, output)


def styles_folder() -> Path:
    """Return where the person's own .csl files are: SHEAF_STYLES, or `styles` in the data folder."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named).expanduser() if named else home.data_folder() / "styles"


def styles(folder: Path | None = None) -> list[StyleChoice]:
    """Return the styles that come with Sheaf, then the person's own by title; a file that is no style is named too."""
    found = []
    for path in _own_files(folder or styles_folder()):
        try:
            title = files.describe(path.read_bytes(), path.name).title
        except (LibraryError, OSError):
            title = path.name  # choosing it says what is wrong with it
        found.append(StyleChoice(OWN + path.name, title, own=True))
    return [StyleChoice(*one) for one in USUAL.items()] + sorted(found, key=lambda one: one.title.casefold())


def add_style(path: Path) -> StyleChoice:
    """Copy a .csl file into the folder of the person's own styles; LibraryError when it is none or cannot be copied."""
    data = _read(path)
    about = files.describe(data, path.name)
    target = styles_folder() / f"{path.stem}.csl"
    with told(target, target):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return StyleChoice(OWN + target.name, about.title, own=True)


def _own_files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csl" and path.is_file())
    except OSError:
        return []  # most people have none


def format_papers(library: Library, ids: Sequence[int], style: str, report: Report = silent) -> Formatted:
    """Return papers as a style prints them; merged and missing ones are left out.

    `report` is told how far it is, and may cancel. Raises LibraryError when the style is not there or cannot do it.
    """
    wanted = list(dict.fromkeys(ids))
    with library.reading() as session:
        items = [styled.item(entry) for entry in store.entries(session, wanted)]
    from db.domain.styled import formatting

    def said(done: int, total: int) -> None:
        report(Progress(done, total, "Formatting references"))

    with _lent(*_file_of(style)) as loaded:
        return Formatted(*formatting.both(loaded, items, said))


def formatted(library: Library, ids: Sequence[int], style: str, output: str, report: Report = silent) -> str:
    """Return the reference list of papers, in the style's order, in an output of `OUTPUTS`."""
    return format_papers(library, ids, style, report).listed(output)


def citation(library: Library, ids: Sequence[int], style: str, output: str = "text") -> str:
    """Return how a text cites papers at once, like "(Doe, 2024; Roe, 2023)"."""
    return format_papers(library, ids, style).citation(output)


def save(path: Path, content: Formatted, output: str) -> int:
    """Write a reference list to a file, which is replaced as a whole or not at all; return the number of papers."""
    text = content.listed(output)
    with replacing(path) as file:
        file.write(_PAGE.format(text) if output == "html" else text)
    return len(content.references)


def _file_of(style: str) -> tuple[str, bytes]:
    path = styles_folder() / Path(style.removeprefix(OWN)).name if style.startswith(OWN) else BUNDLED / f"{style}.csl"
    if not style.startswith(OWN) and style not in USUAL:
        raise LibraryError(f"There is no citation style {style}. Choose another one.")
    data = _read(path)
    if parent := files.describe(data, path.name).parent:
        # A style for one journal is often no more than a pointer to the one that it shares with others.
        there = [one for one in (path.with_name(f"{parent}.csl"), BUNDLED / f"{parent}.csl") if one.is_file()]
        if there:
            path, data = there[0], _read(there[0])
    return path.name, data


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LibraryError(
            f"The citation style {path.name} cannot be read: {error.strerror or error}. Choose another style, or look "
            f"into {path.parent}.",
            details=repr(error),
        ) from error


@contextmanager
def _lent(name: str, data: bytes) -> Iterator[files.Style]:
    """Lend a style to one user at a time: it remembers which paper it is at. A long list keeps no preview waiting."""
    shelf = _shelf(name, data)
    try:
        style = shelf.pop()
    except IndexError:
        style = files.load(data, name)
    yield style
    shelf.append(style)


@lru_cache(maxsize=4)
def _shelf(_name: str, _data: bytes) -> list[files.Style]:
    return []
