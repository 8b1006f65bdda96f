"""Bibliographies that somebody kept by hand, and what tests do with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from db.services import exporting, importing, reading, searching
from db.services.exporting import Exported, ExportOptions
from db.services.importing import FileResult
from db.services.library import Library
from db.services.progress import silent

BY_HAND = r"""% Encoding: UTF-8
My literature, begun in 2009. Lines between entries are mine.

@string{kettles = "Advances in Kettles"}
@STRING( own = kettles # { and } # "Own" )
@preamble{ "\newcommand{\noopsort}[1]{} " # kettles }

@comment{jabref-meta: databaseType:bibtex;}
@Article{Doe2020,
	Author = "Jane Doe and Hans M{\"u}ller", % both of them
	title={Amber {RIVERS} and 5\% of Lanterns},
   Journal   = own # ", Series B",
	year = 2020, month = mar # "~1",
	x-rated-by = {me},
	abstract	= {We study amber lanterns
		in rivers.},
	}   % not sure about the pages


@software{lantern, title = {Lanterns, the software}, version = {1.2}, year = {2021}, author = {Roe, Ann} }
@dataset{lanterndata,
  title    = {Lanterns, the data},
  author   = {Poe, Eve},
  date     = {2022-05},
  keywords = {b; a; c}}
@Patent{p1,title="A kettle",number={DE 1234},author={Boe, Bo},year=1999}
@mytype(odd, title = {A type of my own}, author = {Foe, Fay}, note = {see http://example.org/a@b})

@comment{ old stuff
  @misc{gone, title = {Gone}}
}
%@misc{commented, title = {Commented out}}
   @misc{indented, title = {Indented kettles}, author={Woe, Will}, url={https://example.org/~w/}}   @misc{glued,
   title = {Glued to the one before},
   author = {Zoe, Zed}
} the end of a line

@misc{broken, title = {This one is never closed,
  author = {Nobody}

@book{after,
  title  = {After the broken one},
  author = {Xoe, Xi},
  publisher = {Harbour}
}
@comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Lanterns\;0\;1\;\;\;\;;
}
"""


def brought(library: Library, folder: Path, text: str | bytes, name: str = "refs.bib") -> FileResult:
    """Import a text as a file."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    (result,) = importing.import_files(library, [path], silent).files
    assert result.error is None
    return result


def written(
    library: Library, folder: Path, ids: Sequence[int] | None = None, *, scope: str = "", **options: object
) -> tuple[bytes, Exported]:
    """Export papers, all without `ids`; return the file and what is said of it."""
    path = folder / "out.bib"
    chosen = ExportOptions(**options)  # type: ignore[arg-type]
    done = exporting.export(library, ids, path, silent, options=chosen, scope=scope)
    return path.read_bytes(), done


def back(library: Library, folder: Path, ids: Sequence[int] | None = None, **options: object) -> str:
    """Export papers and return the file as text."""
    return written(library, folder, ids, **options)[0].decode("utf-8")  # type: ignore[arg-type]


def id_of(library: Library, key: str) -> int:
    """Return the paper with a key."""
    ids = searching.find(library).ids
    return next(paper.id for paper in reading.papers(library, ids) if paper.citation_key == key)


def differing(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that are only in the one or the other text."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]
