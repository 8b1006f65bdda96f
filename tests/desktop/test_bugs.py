"""A bug is told in words, with a terminal and without one."""

from __future__ import annotations

import sys

import pytest

from desktop.bugs import unexpected


@pytest.mark.parametrize("has_terminal", [True, False])
def test_a_bug_is_told_where_there_is_no_terminal_too(
    has_terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not has_terminal:  # as Windows starts a program that has a window
        monkeypatch.setattr(sys, "stderr", None)
    assert "ValueError: odd" in (unexpected(ValueError("odd")).details or "")
    assert ("ValueError: odd" in capsys.readouterr().err) == has_terminal
