"""Exports of the real dumps and of hostile texts go through real LaTeX without an error, and the PDF says the titles.

Each way of typesetting takes the whole library at once, for starting LaTeX takes longer than its work.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pylatexenc.latexencode import get_builtin_uni2latex_dict
from typesetting import DEJAVU, FONT, letters, need, with_biber, with_bibtex

from db.domain import latex
from db.domain.formats.bibwrite import BibEntry, write
from db.domain.latex.tables import spelling
from db.domain.records import Date, Person
from db.services import editing, exporting, importing, reading, searching
from db.services.exporting import ExportOptions
from db.services.library import Library
from db.services.progress import silent

DUMPS = Path(os.environ.get("SHEAF_DUMPS", Path(__file__).resolve().parents[4] / "shared" / "dumps"))
NASTY = [
    r"\input{/etc/passwd} and \def\x{\x}\x",
    r"\write18{touch pwned} \csname input\endcsname{/etc/passwd}",
    r"\input{/etc/passwd}",
    "^^5cinput{/etc/passwd} and ^^M",
    r"\catcode`\%=12 \newcommand{\a}{b}",
    r"\include{x} \openout3=x",
    "One { stray brace, 100% of R&D_x #1 ~ ^ $5",
    "One stray } brace",
    "}} {{ }{",
    "$ $$ $x$$y$ % comment",
    r"\\ \\[2cm] \\",
    "\\",
    r"$x^a^b$ and $\mathbb{R}$",
    r"$\alpha_i^{2\beta}$ and $\frac{1}{2}$ of it",
    r"\emph{fine \textbf{and} \evil{x}}",
    r"already 50\% \& \_ \# \$ \{ \}",
    r"\begin{verbatim} x \end{document}",
    r"\'e \c{c} \H{O} \LaTeX{} and \TeX",
    "Grüße, Ελληνικά ≤ ℝ, Привет and 中文 — “quoted” 😀",
    "αβγΔΩ ≠ ∈ ∞ → ⇒ ℓ ∇ 𝐀 𝔸 𝒳",
    "עברית العربية हिन्दी",
    "大语言模型的对齐",
    "é ế ł Ł đ ß Ø Å ğ ş ı Ő ț å ø",
    "e\u0301 a\u030a composed \u0301 and zero\u200bwidth \u00ad \u202e nb\u00a0sp",
    "« ° € № ½ ² ™ © ® ª º · × ÷ ± ¬ µ ‰ † ‡ • … ¡ ¿ § ¶ £ ¥ ¢",
    "@article{x, title={y}}",
    "a, and b and c",
    "<x> |y| ?` !` ``t''",
    "Aligning LLMs with CTC-based VQA: A Survey of iREPO",
    "Amber kettles in the evening light",
    "Learning to fold paper boats, again",
    "BoatNet: How Far Do Paper Boats Float?",
    "Glacial beetles " * 18 + "in the long title of three hundred letters",
    "{Braced} {{twice}} {LLM}",
    "x" * 300,
    "emoji 🙂👨‍👩‍👧 ✓ and 1️⃣",
]
BOTH = ExportOptions(profile="biblatex", abstract=False)
UNICODE = ExportOptions(profile="biblatex", encoding="unicode")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The real dumps where they are, the hostile texts as titles, abstracts, names and notes, and one long list."""
    library = Library.open(tmp_path_factory.mktemp("filled") / "library.sheaf")
    if (DUMPS / "twins.json").is_file():
        importing.import_files(library, sorted(DUMPS.glob("*.txt")), silent)
    for number, title in enumerate(NASTY):
        values = {"title": title, "abstract": title, "notes": title, "venue": title[:50] if number % 3 else None}
        name = title[:40].replace(";", " ").replace(",", " ")
        pointers = {"arxiv_id": f"2401.{number:05d}", "doi": f"10.1000/a_b#{number}%"} if number % 2 else {}
        editing.add_paper(library, {**values, **pointers, "authors": f"{name}, Jane", "date": "2024-03"})
    authors = "; ".join(f"Kettle{number}, J." for number in range(2_000))
    editing.add_paper(library, {"title": "Two thousand authors", "authors": authors, "date": "2024"})
    yield library
    library.close()


def exported(library: Library, folder: Path, options: ExportOptions, but: int = 0) -> list[str]:
    """Write all.bib, `but` the newest papers, and return the keys in it."""
    ids = sorted(searching.find(library).ids)
    ids = ids[: len(ids) - but]
    exporting.export(library, ids, folder / "all.bib", silent, options=options)
    return [row.citation_key for row in reading.rows(library, ids)]


def check_text(library: Library, text: str, *, unicode: bool = False) -> None:
    """The PDF says every title that its fonts can print, and nothing of what a title tried to read."""
    found = letters(text)
    assert "root:" not in text
    assert "daemon" not in found
    assert "inputetcpasswd" in found
    titles = [row.title for row in reading.rows(library, sorted(searching.find(library).ids)[:-1])]
    plain = [title for title in titles if title.isascii() and not set("\\${}^") & set(title) and " " in title]
    assert len(plain) > 5
    assert [title for title in plain if letters(title) not in found] == []
    assert "LLMs with CTC-based VQA: A" in " ".join(text.split())
    if unicode:
        assert letters("Ελληνικά") in found
        assert letters("Привет") in found
    else:
        assert letters("Privet") in found


def test_bibtex_with_pdflatex(filled: Library, tmp_path: Path) -> None:
    need("pdflatex", "bibtex", "pdftotext")
    keys = exported(filled, tmp_path, ExportOptions())
    text = with_bibtex(tmp_path, keys)
    check_text(filled, text)
    assert "Kettle0" in text
    assert "Kettle1999" in text
    assert "Two thousand authors" in text


def test_biblatex_with_pdflatex_and_lualatex(filled: Library, tmp_path: Path) -> None:
    need("pdflatex", "lualatex", "biber", "pdftotext")
    keys = exported(filled, tmp_path, BOTH, but=1)
    check_text(filled, with_biber(tmp_path, keys, "pdflatex", "lualatex"))


def test_two_thousand_authors_go_through_biber(filled: Library, tmp_path: Path) -> None:
    """By themselves, for biber takes ten seconds for them."""
    need("pdflatex", "biber", "pdftotext")
    ids = sorted(searching.find(filled).ids)[-1:]
    exporting.export(filled, ids, tmp_path / "all.bib", silent, options=BOTH)
    assert "Kettle1999, J." in (tmp_path / "all.bib").read_text(encoding="ascii")
    text = with_biber(tmp_path, [row.citation_key for row in reading.rows(filled, ids)], "pdflatex")
    assert "Two thousand authors" in text


def test_biblatex_in_unicode_with_lualatex(filled: Library, tmp_path: Path) -> None:
    need("lualatex", "biber", "pdftotext")
    if not (DEJAVU / "DejaVuSans.ttf").is_file():
        pytest.skip(f"there is no font in {DEJAVU} (Debian: fonts-dejavu-core): NOT CHECKED")
    keys = exported(filled, tmp_path, UNICODE, but=1)
    check_text(filled, with_biber(tmp_path, keys, "lualatex", head=FONT), unicode=True)


def test_every_character_with_a_spelling_goes_through_biber(tmp_path: Path) -> None:
    """Biber turns commands into characters, and pdflatex does not know each of them."""
    need("pdflatex", "biber", "pdftotext")
    codes = sorted({*range(161, 0x2100), *get_builtin_uni2latex_dict()})
    spelled = [chr(code) for code in codes if code > 127 and not 0xD800 <= code < 0xE000 and spelling(chr(code))]
    assert len(spelled) > 800
    entries = [
        BibEntry(
            f"k{at}",
            " x ".join(spelled[at : at + 30]),
            tuple(Person(one + "a", f"a{one}") for one in spelled[at : at + 30] if one.isalpha())[:5],
            Date(2024),
        )
        for at in range(0, len(spelled), 30)
    ]
    text = "".join(write(entries, ExportOptions(profile="biblatex")))
    (tmp_path / "all.bib").write_text(text, encoding="utf-8")
    said = with_biber(tmp_path, [entry.key for entry in entries], "pdflatex")
    assert "β x γ x δ" in " ".join(said.split())


def test_the_hostile_texts_are_hostile() -> None:
    """Else the tests above would prove nothing."""
    escaped = "".join(latex.encode(title) for title in NASTY)
    for name in (r"\input", r"\def", r"\write", r"\csname", r"\catcode", r"\begin"):
        assert name in "".join(NASTY)
        assert name not in escaped
