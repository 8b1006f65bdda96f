"""What was kept of bibliographies, and what in it needs a look."""

from __future__ import annotations

import pytest

from db.domain.formats.bibwrite import Profile
from db.domain.roundtrip import Concern, Standing, Written


@pytest.mark.parametrize(
    ("profile", "text", "found"),
    [
        ("bibtex", r"@misc{k, title={A \input{x} \input{y} ^^5c}}", [("commands", r"\input, ^^")]),
        ("bibtex", "@online{k,\n  Date = {2020},\n  title={a date = 3}}", [("biblatex", "@online, Date")]),
        ("bibtex", "@patent{k,\n  year = 1990}\n@exhibition{l}", [("biblatex", "@patent")]),
        ("biblatex", "@online{k, date = {2020}}", []),
        ("bibtex", r"@misc{k, title={\inputs \emph{x} $\le$ \includes}, update={x}, year=2020}", []),
        # What Sheaf itself writes for biber.
        ("biblatex", r"@misc{k, author={\csname\detokenize{v}\endcsname{z}}}", []),
    ],
)
def test_what_needs_a_look(profile: Profile, text: str, found: list[tuple[str, str]]) -> None:
    standing = Standing(profile)
    assert standing.note("k", Written(text, is_kept=True)) == text
    assert standing.concerns == [Concern("k", kind, what) for kind, what in found]


def test_an_entry_with_a_field_written_anew_is_not_kept_but_looked_at() -> None:
    standing = Standing("bibtex")
    standing.note("k", Written(r"@misc{k, title={\openin}}", is_kept=False))
    standing.note("l", Written("@misc{l}", is_kept=True))
    assert (standing.kept, standing.keys) == (1, {"l"})
    assert [one.citation_key for one in standing.concerns] == ["k"]
