"""The export of the real dumps goes through pdflatex and bibtex without an error."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from db.services import editing, exporting, importing, reading, searching
from db.services.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from db.services.library import Library

TEX = r"""\documentclass{article}
\usepackage[utf8]{inputenc}
\begin{document}
%s
\bibliographystyle{plain}
\bibliography{all}
\end{document}
"""
NASTY = (
    r"\input{/etc/passwd} and \def\x{\x}\x",
    "One { stray brace, 100% of R&D_x #1 ~ ^ $5",
    "Grüße, Ελληνικά ≤ ℝ, Привет and 中文 — “quoted” 😀",
    r"\write18{touch pwned} \csname input\endcsname $x^2$ \alpha-divergence",
)


@pytest.fixture
def latex(tmp_path: Path):
    """Run a LaTeX program in the test's folder and return what it printed."""
    for program in ("pdflatex", "bibtex"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (Debian: apt install texlive-latex-base): NOT CHECKED")

    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=180, check=False)
        said = done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")
        assert done.returncode == 0, said[-3000:]
        return said

    return run


def compile_all(library: Library, folder: Path, latex) -> str:
    ids = sorted(searching.find(library).ids)
    exporting.export(library, ids, folder / "all.bib", silent)
    cites = "\n".join(exporting.cite(library, ids[at : at + 20])[0] for at in range(0, len(ids), 20))
    (folder / "all.tex").write_text(TEX % cites, encoding="utf-8")
    pdflatex = ("pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "-halt-on-error", "all.tex")
    latex(*pdflatex)
    said = latex("bibtex", "all")
    assert "error" not in said.lower()
    assert "didn't find a database entry" not in said
    assert "Repeated entry" not in said
    latex(*pdflatex)
    latex(*pdflatex)
    log = (folder / "all.log").read_text(encoding="latin-1")
    assert not re.findall(r"^! .*|Citation .* undefined|There were undefined", log, re.MULTILINE)
    items = (folder / "all.bbl").read_text(encoding="latin-1").count("\\bibitem")
    assert items == len(ids)
    return log


def test_the_three_dumps_compile(library: Library, dumps: Path, tmp_path: Path, latex) -> None:
    importing.import_files(library, sorted(dumps.glob("*.txt")), silent)
    assert len(searching.find(library).ids) == 346
    compile_all(library, tmp_path, latex)
    assert (tmp_path / "all.pdf").stat().st_size > 50_000


def test_no_title_runs_a_command(library: Library, tmp_path: Path, latex) -> None:
    for title in NASTY:
        editing.add_paper(
            library,
            {"title": title, "abstract": title, "notes": title, "authors": f"{title[:40]}, Jane", "date": "2024"},
        )
    log = compile_all(library, tmp_path, latex)
    assert "passwd" not in "".join(re.findall(r"\(([^()\s]+)", log))
    assert not (tmp_path / "pwned").exists()
    assert len(reading.papers(library, sorted(searching.find(library).ids))) == len(NASTY)
