"""Running the real LaTeX over an export, and reading what the PDF says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
LONGEST = 240  # seconds for one program on a busy machine
DOCUMENT = r"""\documentclass{article}
%(head)s\pagestyle{empty}
\begin{document}
%(cites)s
%(tail)s
\end{document}
"""
BIBTEX = "\\bibliographystyle{plain}\n\\bibliography{all}"
BIBLATEX = "\\usepackage[maxbibnames=3]{biblatex}\n\\addbibresource{all.bib}\n"
FONT = f"\\usepackage{{fontspec}}\n\\setmainfont{{DejaVuSans}}[Path={DEJAVU}/,Extension=.ttf]\n"


def need(*programs: str) -> None:
    """Skip, and say so, when a program is missing."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed (packaging/test says how): NOT CHECKED")


def run(folder: Path, *command: str) -> str:
    """Run a program in a folder and return what it printed; it must end well."""
    # Fonts that lualatex prepares are kept for the next document.
    environment = {**os.environ, "TEXMFVAR": str(folder.parent / "texmf-var")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=LONGEST, check=False)
    said = done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")
    assert done.returncode == 0, said[-3000:]
    return said


def latex(folder: Path, engine: str) -> None:
    """Run a LaTeX engine over all.tex; no error, and nothing that a document may read but its own files."""
    run(folder, engine, "-interaction=nonstopmode", "-no-shell-escape", "-halt-on-error", "all.tex")
    log = (folder / "all.log").read_text(encoding="utf-8", errors="replace")
    assert not re.findall(r"^! .*", log, re.MULTILINE)
    assert "passwd" not in "".join(re.findall(r"\(([^()\s]+)", log))
    assert not (folder / "pwned").exists()


def with_bibtex(folder: Path, keys: list[str]) -> str:
    """Typeset all.bib with pdflatex and bibtex; return the text of the PDF."""
    (folder / "all.tex").write_text(DOCUMENT % {"head": "", "cites": cites(keys), "tail": BIBTEX}, encoding="utf-8")
    latex(folder, "pdflatex")
    said = run(folder, "bibtex", "all")
    assert not re.findall(r"error message|I was expecting|find a database entry|Repeated entry--|You've exceeded", said)
    latex(folder, "pdflatex")
    latex(folder, "pdflatex")
    log = (folder / "all.log").read_text(encoding="latin-1")
    assert not re.findall(r"Citation .* undefined|There were undefined", log)
    assert (folder / "all.bbl").read_text(encoding="latin-1").count("\\bibitem") == len(keys)
    return pdf_text(folder)


def with_biber(folder: Path, keys: list[str], *engines: str, head: str = "") -> str:
    """Typeset all.bib with the first engine and biber, then with the others too; return the text of the last PDF."""
    parts = {"head": head + BIBLATEX, "cites": cites(keys), "tail": "\\printbibliography"}
    (folder / "all.tex").write_text(DOCUMENT % parts, encoding="utf-8")
    latex(folder, engines[0])
    said = run(folder, "biber", "all")
    assert not re.findall(r"^(?:ERROR|WARN) .*", said, re.MULTILINE)
    for engine in engines:
        latex(folder, engine)
        text = pdf_text(folder)
    assert (folder / "all.bbl").read_text(encoding="utf-8").count("\\entry{") == len(keys)
    return text


def cites(keys: list[str]) -> str:
    """Return commands that cite all keys and print little."""
    return "\n".join(f"\\nocite{{{','.join(keys[at : at + 20])}}}" for at in range(0, len(keys), 20))


def pdf_text(folder: Path) -> str:
    """Return the text of all.pdf, lines as they are."""
    return run(folder, "pdftotext", "-nopgbrk", "all.pdf", "-")


def letters(text: str) -> str:
    """Return nothing but the letters and digits of a text, for line ends, hyphens and case are the style's."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
