"""Each line of a text is counted once, however many records and issues share it."""

from __future__ import annotations

from db.domain.formats.cover import Cover
from db.domain.formats.survey import Survey


def counts(cover: Cover) -> tuple[int, int, int, int]:
    """Return the lines of records, furniture, blanks and issues."""
    ledger = cover.ledger("any", Survey())
    assert ledger.lines == 8
    return ledger.record_lines, ledger.furniture_lines, ledger.blank_lines, ledger.issue_lines


def covered() -> Cover:
    """Return a cover of eight lines; the third and the sixth are blank."""
    cover = Cover()
    for line in ("[", "a", " ", "b", "c", "", "d", "]"):
        cover.line(line)
    return cover


def test_what_nobody_claims_is_furniture() -> None:
    assert counts(covered()) == (0, 6, 2, 0)


def test_blank_lines_of_a_record_stay_blank() -> None:
    cover = covered()
    cover.record(2, 5)
    assert counts(cover) == (3, 3, 2, 0)


def test_blank_lines_of_an_issue_belong_to_it() -> None:
    cover = covered()
    cover.issue(2, 4)
    assert counts(cover) == (0, 4, 1, 3)


def test_shared_lines_count_once() -> None:
    cover = covered()
    cover.record(2, 2)
    cover.record(2, 2)
    cover.record(2, 4)
    cover.issue(4, 5)
    assert counts(cover) == (2, 3, 2, 1)


def test_a_line_with_a_record_is_no_issue() -> None:
    cover = covered()
    cover.issue(2, 2)
    cover.record(2, 4)
    cover.forget(5)
    cover.issue(5, 6)
    assert counts(cover) == (2, 3, 1, 2)
