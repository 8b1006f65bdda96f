"""What clicks in the sidebar make of the search."""

from __future__ import annotations

import pytest

from desktop.models.scope import Scope, read_scope, term

A, B, C = 'tag:"a b"', 'collection:"c"', "is:unread"


def test_a_name_is_quoted_and_cannot_break_out() -> None:
    assert term("tag", 'say "hi"') == 'tag:"say  hi"'


def test_ctrl_narrows_and_takes_back() -> None:
    scope = Scope().only(A).narrowed(B)
    assert scope.text() == f"{A} {B}"
    assert scope.narrowed(A) == Scope().only(B)


def test_shift_widens_the_last_group_only() -> None:
    scope = Scope().only(C).narrowed(A).widened(B)
    assert scope.text() == f"{C} ({A} OR {B})"
    assert scope.widened(B).text() == f"{C} {A}"


def test_alt_excludes_and_a_term_is_never_on_both_sides() -> None:
    scope = Scope().only(A).excluded(A)
    assert scope.text() == f"-{A}"
    assert scope.narrowed(A).text() == A
    assert scope.excluded(A) == Scope()


def test_all_papers_ends_every_choice() -> None:
    scope = Scope().only(A).excluded(B)
    assert scope.narrowed("") == scope.widened("") == scope.only("") == Scope()
    assert scope.excluded("") == scope


@pytest.mark.parametrize(
    "scope",
    [
        Scope(),
        Scope().only(A),
        Scope().only(C).narrowed(A).widened(B).excluded('dump:"x.txt"'),
        Scope().excluded(A).excluded(B),
    ],
)
def test_the_text_reads_back(scope: Scope) -> None:
    assert read_scope(scope.text()) == scope


def test_words_that_are_no_terms_are_left_out() -> None:
    assert read_scope("hello (world) is:unread ) (") == Scope((("is:unread",),))


def test_a_renamed_tag_stays_chosen() -> None:
    scope = Scope().only(A).widened(B).excluded(C)
    assert scope.renamed(A, "tag:x").renamed(C, "is:read").text() == f"(tag:x OR {B}) -is:read"
