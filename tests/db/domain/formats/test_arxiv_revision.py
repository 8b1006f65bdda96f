"""The number behind the v of an arXiv identifier."""

from __future__ import annotations

import pytest

from db.domain.formats import arxiv
from db.domain.formats.bibread import read_text
from db.domain.records import Record


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2403.01234v2", 2),
        ("https://arxiv.org/pdf/2403.01234v12.pdf", 12),
        ("cs/0601001v3", 3),
        ("math.AG/0601001V3", 3),
        ("2403.01234", None),
        ("2403.01234v0", None),
        ("2403.01234v1234", None),
        ("a" * 100_000 + "/", None),
        ("", None),
    ],
)
def test_a_revision_is_read(text: str, expected: int | None) -> None:
    assert arxiv.revision(text) == expected


def test_an_entry_tells_which_revision_it_is_of() -> None:
    text = "@misc{a, title={Slow rivers}, eprint={2403.01234v2}, archivePrefix={arXiv}}\n"
    (record,) = (one for one in read_text(text) if isinstance(one, Record))
    assert (record.arxiv_id, record.arxiv_version) == ("2403.01234", 2)
