"""What is exported goes through the real pdflatex and bibtex, without packages and without errors."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from db.domain.citekeys import KeyPattern, KeySpace, Work
from db.domain.formats.bibwrite import BibEntry, ExportOptions, write
from db.domain.latex import encode
from db.domain.latex.tables import MATH_ARGUMENT, MATH_SYMBOLS, SYMBOLS
from db.domain.records import Date, Person

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    not (shutil.which("pdflatex") and shutil.which("bibtex")),
    reason="pdflatex and bibtex are not installed (Debian: texlive-latex-base)",
)

NASTY = [
    r"\input{/etc/passwd}", r"\def\x{\x}\x", r"\write18{touch pwned}", r"\include{x}", r"\csname x\endcsname",
    r"\catcode`\%=12", r"\newcommand{\a}{b}", r"The \model we \propose{now", "one stray } brace", "one stray { brace",
    "50% of R&D_x #1 costs $5 or ~6^7 \\", r"already 50\% \& \_ \# \$ \{ \}", r"\emph{fine \textbf{and} \evil{x}}",
    r"$x^a^b$", r"$\alpha_i^{2\beta}$ and $\frac{1}{2}$", r"$\frac12$ $\sqrt x$", r"$\mathbb{R}$ $\text{no}$",
    r"$\left( x \right.$", "$x$$y$", "a $ b", r"\(x\) \[y\]", r"$x''$ $x'^2$ $^2$ $_a$", r"\'e \'{e} \' \c \c{c} \H{O}",
    r"\begin{verbatim} x", r"\end{document}", r"\\ \\[2cm]", "\\", "^^41 ^^M", r"\verb|x|", r"\footnote{x}",
    "αβγΔΩ ≤ ≥ ≠ ∈ ∞ → ⇒ ℝ ℓ ∇ 𝐀 𝔸 𝒳", "Привет Ёж", "大语言模型", "עברית العربية", "emoji 🙂👨‍👩‍👧 ✓",
    "é ế ł Ł đ ß Ø Å ğ ş ı Ő ț",
    "“quotes” ‘single’ – — … « » ° € № ½ ² ™ © ®", "zero\u200bwidth \u00ad \u202e \x07 bell", "e\u0301 composed \u0301",
    "nb\u00a0sp", "''two'' ``ticks'' \"straight\"", "@article{x, title={y}}", "a, and b and c", "{Braced} {{twice}}",
    r"\ensuremath{\alpha} \ensuremath{\evil}", r"\LaTeX{} and \TeX", "x" * 3000, "{" * 50 + "}" * 50, r"\textbf{$x}$",
    r"$\hat{x}$ $\hat x$ $\bar$ $a_{b_{c}}$ $a_b_c$ $\{x\}$ $\}$ $\{$", r"$x % y$", "$#$ $&$ $~$",
    r"\%\%", "", "?` !`", "<x> |y|",
]  # fmt: skip


def typeset(folder: Path, keys: list[str], style: str = "plain") -> None:
    """Run pdflatex and bibtex on a document that cites every key; fail on the first error."""
    cites = "\n".join(f"\\cite{{{key}}}" for key in keys)
    document = (
        f"\\documentclass{{article}}\n\\begin{{document}}\n{cites}\n"
        f"\\bibliographystyle{{{style}}}\n\\bibliography{{refs}}\n\\end{{document}}\n"
    )
    (folder / "doc.tex").write_text(document, encoding="ascii")
    latex = ["pdflatex", "-no-shell-escape", "-halt-on-error", "-interaction=nonstopmode", "doc.tex"]
    for command in (latex, ["bibtex", "doc"], latex):
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=200, check=False)
        said = done.stdout.decode(errors="replace")
        assert done.returncode == 0, said[-2500:]
    assert "Missing character" not in (folder / "doc.log").read_text(errors="replace")
    bbl = (folder / "doc.bbl").read_text(encoding="ascii")
    assert bbl.count("\\bibitem") == len(keys)


def test_nasty_texts_compile_and_run_nothing(tmp_path: Path) -> None:
    entries = [
        BibEntry(
            f"k{at}",
            text or "x",
            (Person(text[:60], "G"),) if at % 2 and text else (),
            Date(2024, 3),
            text,
            (text[:40],),
        )
        for at, text in enumerate(NASTY)
    ]
    (tmp_path / "refs.bib").write_text("".join(write(entries)), encoding="utf-8")
    typeset(tmp_path, [entry.key for entry in entries])
    assert not (tmp_path / "pwned").exists()
    assert "root:" not in (tmp_path / "doc.log").read_text(errors="replace")


def test_nasty_texts_compile_as_running_text(tmp_path: Path) -> None:
    """Abstracts are not printed by the usual styles, so they are tried in a document of their own."""
    body = "\n\n".join(encode(text) for text in NASTY)
    _compile(tmp_path, body)


def test_every_character_with_a_spelling_compiles(tmp_path: Path) -> None:
    from pylatexenc.latexencode import get_builtin_uni2latex_dict

    characters = {
        chr(code) for code in (*range(32, 0x2100), *get_builtin_uni2latex_dict()) if not 0xD800 <= code < 0xE000
    }
    _compile(tmp_path, "\n\n".join(encode(f"x {character} y") for character in sorted(characters)))


def test_every_command_that_is_kept_compiles(tmp_path: Path) -> None:
    kept = [f"$\\{name}$" for name in sorted(MATH_SYMBOLS)] + [f"$\\{name}{{x}}$" for name in sorted(MATH_ARGUMENT)]
    kept += [f"\\{name}" for name in sorted(SYMBOLS)]
    encoded = [encode(text) for text in kept]
    assert not [text for text in encoded if "\\$" in text]
    _compile(tmp_path, "\n\n".join(encoded))


def test_the_three_dumps_compile(tmp_path: Path, dumps: Path) -> None:
    keys = KeySpace(lambda _asked: set())
    entries = []
    for file in sorted(dumps.glob("*.truth.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            key = keys.unique(KeyPattern().propose(Work(record["title"], (), 2025)))
            keys.give(key)
            url = next(iter(record["urls_canonical"]), None)
            seen = (f"{file.name}, record {record['index']}",)
            entries.append(BibEntry(key, record["title"], (), Date(2025, 3), record["abstract"] or "", seen, url))
    (tmp_path / "refs.bib").write_text("".join(write(entries)), encoding="utf-8")
    typeset(tmp_path, [entry.key for entry in entries])
    _compile(tmp_path, "\n\n".join(encode(entry.abstract) for entry in entries))


def test_options_and_styles_compile(tmp_path: Path) -> None:
    entry = BibEntry("a", "ÉTUDE of $X^2$ and Ö", (Person("Ødegård", "Å"),), url="https://x.org/~a_b/%20c#d&e?f={g}")
    (tmp_path / "refs.bib").write_text("".join(write([entry], ExportOptions(note=False))), encoding="utf-8")
    for style in ("plain", "alpha", "abbrv", "unsrt"):
        typeset(tmp_path, ["a"], style)


def _compile(folder: Path, body: str) -> None:
    assert body.isascii()
    text = f"\\documentclass{{article}}\n\\begin{{document}}\n\\hbadness=10000\\sloppy\n{body}\n\\end{{document}}\n"
    (folder / "text.tex").write_text(text, encoding="ascii")
    command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-file-line-error", "text.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=200, check=False)
    said = done.stdout.decode(errors="replace")
    lines = text.splitlines()
    errors = [(message, lines[int(at) - 1][:200]) for at, message in re.findall(r"text\.tex:(\d+): (.*)", said)]
    assert not errors
    assert done.returncode == 0, said[-2500:]
    assert "Missing character" not in (folder / "text.log").read_text(errors="replace")
