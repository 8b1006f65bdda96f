"""Identifiers in fields, in texts and in links."""

from __future__ import annotations

import pytest

from db.domain.formats import doi
from db.domain.formats.jsonfiles.csl import CslJson
from db.domain.formats.ris import Ris
from db.domain.formats.survey import Survey
from db.domain.records import Record

OLD = "10.1002/(SICI)1097-0001(199823)43:4<338::AID-KITE16>3.0.CO;2-B"


@pytest.mark.parametrize(
    ("text", "stated", "found"),
    [
        ("10.1000/boats.1", "10.1000/boats.1", "10.1000/boats.1"),
        ("https://doi.org/10.1000/boats.1.", "10.1000/boats.1", "10.1000/boats.1"),
        ("10.1000.10/boats, 2019", "10.1000.10/boats", "10.1000.10/boats"),
        (OLD, OLD, OLD.partition("<")[0]),
        ('<a href="10.1000/tea">', '10.1000/tea">', "10.1000/tea"),
        ("10.12/too-short", None, None),
        ("", None, None),
    ],
)
def test_what_a_field_states_and_what_a_text_holds(text: str, stated: str | None, found: str | None) -> None:
    assert (doi.stated(text), doi.find(text)) == (stated, found)


def test_the_whole_text() -> None:
    assert doi.whole(OLD)
    assert not doi.whole("10.1000/boats and more")


def test_old_identifiers_are_whole_in_every_bibliography() -> None:
    ris = Ris().read(["TY  - JOUR", "TI  - Tea", f"DO  - {OLD}", "ER  - "], Survey())
    csl = CslJson().read([f'[{{"type": "article", "title": "Tea", "DOI": "{OLD}"}}]'], Survey())
    assert [one.doi for one in (*ris, *csl) if isinstance(one, Record)] == [OLD, OLD]
