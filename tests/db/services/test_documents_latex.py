"""What LaTeX itself writes of a document says the same as the document, and the export of the cited compiles."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from db.services import documents, editing, keys, reading
from db.services.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from db.services.library import Library

NATBIB = r"""\documentclass{article}
\usepackage{natbib}
\begin{document}
One \citet{%(a)s} and \citep[see][p.~3]{%(b)s,gone}. %% \cite{never}
\verb|\cite{never}| \input{inner}
\include{chapters/last}
\bibliographystyle{plainnat}
\bibliography{refs}
\end{document}
"""
BIBLATEX = r"""\documentclass{article}
\usepackage[backend=biber]{biblatex}
\addbibresource{refs.bib}
\begin{document}
One \textcite{%(a)s} and \parencites(see)()[3]{%(b)s}[4]{gone}. %% \cite{never}
\verb|\cite{never}| \input{inner}
\include{chapters/last}
\printbibliography
\end{document}
"""


def run(folder: Path, *command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed: NOT CHECKED")
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=False)
    return done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")


def write(library: Library, folder: Path, text: str) -> dict[str, str]:
    ids = [
        editing.add_paper(library, {"title": f"On {one} things", "authors": "Okafor, Ada", "date": "2021"})[0]
        for one in ("amber", "velvet", "thistle", "copper")
    ]
    keys.set_key(library, ids[0], "before:2020")
    keys.set_key(library, ids[0], "after2020")
    names = [row.citation_key for row in reading.rows(library, ids)]
    cited = dict(zip("abcd", ["before:2020", *names[1:]], strict=True))
    (folder / "chapters").mkdir()
    (folder / "refs.bib").write_text("", encoding="utf-8")
    (folder / "paper.tex").write_text(text % cited, encoding="utf-8")
    (folder / "inner.tex").write_text(f"\\nocite{{{cited['c']}}}\n", encoding="utf-8")
    (folder / "chapters" / "last.tex").write_text(f"\\cite{{{cited['d']},\n {cited['a']}}}\n", encoding="utf-8")
    return cited


PDFLATEX = ("pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "paper.tex")


@pytest.mark.parametrize(
    ("text", "kinds", "program"),
    [(NATBIB, (".tex", ".aux"), "bibtex"), (BIBLATEX, (".tex", ".aux", ".bcf"), "biber")],
    ids=["natbib", "biblatex"],
)
def test_latex_agrees(library: Library, tmp_path: Path, text: str, kinds: tuple[str, ...], program: str) -> None:
    cited = write(library, tmp_path, text)
    run(tmp_path, *PDFLATEX)
    for kind in kinds:
        found = documents.look(library, (tmp_path / "paper").with_suffix(kind))
        assert {one.key for one in found.known} == set(cited.values()), kind
        assert [one.key for one in found.unknown] == ["gone"], kind
        assert str(tmp_path / "refs.bib") in found.files or found.troubles, kind
    done = documents.export(library, tmp_path / f"paper{kinds[-1]}", tmp_path / "refs.bib", silent)
    assert done.exported.written == 4
    said = run(tmp_path, program, "paper")
    missing = [
        line for line in said.splitlines() if "didn't find" in line or "find a database entry for" in line.lower()
    ]
    assert len(missing) == 1
    assert "gone" in missing[0]
    assert "before:2020" in (tmp_path / "paper.bbl").read_text(encoding="utf-8")
