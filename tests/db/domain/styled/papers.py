"""Invented papers: a preprint, a talk, an article, one that nobody signed, one without a date, hostile ones."""

from db.domain.formats.bibwrite import BibEntry
from db.domain.records import Date, Person

PREPRINT = BibEntry(
    "marlow2024preference",
    "Preference learning without a reward: A quiet method for LLMs",
    (Person("Marlow", "Ada B."), Person("Quist", "Jon-Erik"), Person("van der Berg", "Tim")),
    Date(2024, 5, 17, inferred=True, evidence="the page"),
    url="https://code.example/marlow",
    arxiv_id="2405.01234",
)
TALK = BibEntry(
    "zhao2023why",
    "Why do sparse networks guess?",
    (Person("Zhao", "Li"),),
    Date(2023, 7),
    venue="Proceedings of the Imaginary Conference",
    doi="10.9999/imaginary.77",
    entry_type="inproceedings",
    fields={"pages": "101--117", "publisher": "Nowhere Press", "editor": "Doe, Jane and Roe, Richard"},
)
SECOND = BibEntry("zhao2023second", "A second paper of one year", (Person("Zhao", "Li"),), Date(2023, 2))
ARTICLE = BibEntry(
    "nakamura2021rivers",
    "On $\\ell_1$ rivers in {\\'E}tretat & the .NET of $O(n^2)$ things...",
    (Person("Nakamura", "Sora"), Person("Okafor", "Chidi")),
    Date(2021, 11),
    venue="Journal of Made-up Results",
    entry_type="article",
    fields={"volume": "12", "number": "3", "pages": "5--29"},
)
MANY = BibEntry(
    "angstrom2022one", "One author of many", (Person("Ångström", "Åsa"),), Date(2022), arxiv_id="2202.00001",
    more_authors=True,
)  # fmt: skip
UNSIGNED = BibEntry("title2025", "A title that nobody signed", date=Date(2025, 3))
BARE = BibEntry("nothing", "Nothing else is known")
THESIS = BibEntry(
    "roe2019thesis", "Lanterns at the edge", (Person("Roe", "Maud"),), Date(2019), venue="Invented University",
    entry_type="phdthesis",
)  # fmt: skip
HOSTILE = BibEntry(
    "hostile",
    '<img src=x onerror="go()"> & [link](javascript:go()) {\\rtf1 \\par} *star* _line_ \\write18{x}',
    (Person("<b>Mallory</b>", "\\Eve"),),
    Date(2020),
    venue="`Code` </p><script>",
    entry_type="article",
)
ALL = (PREPRINT, TALK, SECOND, ARTICLE, MANY, UNSIGNED, BARE, THESIS)
