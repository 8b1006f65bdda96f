"""Which characters of a text match a search."""

from __future__ import annotations

import pytest

from db.domain.query import in_head, marks_of, parse


@pytest.mark.parametrize(
    ("search", "text", "marked"),
    [
        ("glac", "Glacial routing, GLACIERS", ["Glacial", "GLACIERS"]),
        ("évariste", "Evariste's naïve code", ["Evariste"]),
        ("naive", "Évariste's naïve code; nai\u0308ve", ["naïve", "nai\u0308ve"]),
        ('"reward model"', "A reward-model, the reward models", ["reward-model"]),
        ('"naive"', "naively naïve", ["naïve"]),
        ("COVID-1", "covid 19 and covid", ["covid 19"]),
        ("-glacial routing", "Glacial routing", ["routing"]),
        ("NOT (a OR b) c", "a b c", ["c"]),
        ("glacial OR routing", "Glacial routing", ["Glacial", "routing"]),
        ("glacial AND abstract:routing", "Glacial routing", ["Glacial"]),
        ("title:(routing)", "Glacial routing", ["routing"]),
        ("对齐", "对齐 of rivers", ["对齐"]),
        ("tag:glacial year:2024", "Glacial 2024", []),
        ("", "Glacial", []),
        ("a_b", "A_B ab", ["A_B"]),
    ],
)
def test_title(search: str, text: str, marked: list[str]) -> None:
    spans = marks_of(parse(search)).spans("title", text)
    assert [text[start:end] for start, end in spans] == marked


def test_a_search_in_the_head_marks_titles_and_no_abstracts() -> None:
    marks = marks_of(in_head(parse("kettle")))
    assert marks.spans("title", "A kettle") == [(2, 8)]
    assert marks.spans("abstract", "A kettle") == []
