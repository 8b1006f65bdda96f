"""Every text colour on every background that the window uses can be read; icons and dots can be seen."""

from __future__ import annotations

import itertools

import pytest

from desktop.style_sheet import style_sheet
from desktop.tokens import DARK, LIGHT, Tokens, contrast, luminance

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
BACKGROUNDS = ("window", "base", "alternate", "selection")
TEXTS = ("text", "muted", "accent", "warning", "danger", "good", "people")
TEXT, PICTURE = 4.5, 3.0


@BOTH
@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_can_be_read(tokens: Tokens, text: str, background: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, background)) >= TEXT


@BOTH
@pytest.mark.parametrize(("text", "background"), [("on_accent", "accent"), ("text", "hover"), ("accent", "hover")])
def test_text_on_buttons_can_be_read(tokens: Tokens, text: str, background: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, background)) >= TEXT


@BOTH
def test_tag_dots_can_be_seen_on_every_background(tokens: Tokens) -> None:
    assert len(tokens.tags) == 8
    for tag in tokens.tags:
        assert all(contrast(tag, getattr(tokens, background)) >= PICTURE for background in BACKGROUNDS)


@BOTH
def test_tag_colours_differ_in_lightness(tokens: Tokens) -> None:
    steps = sorted(luminance(tag) for tag in tokens.tags)
    assert all(after > before * 1.03 for before, after in itertools.pairwise(steps))


@BOTH
def test_the_style_sheet_has_every_colour_filled_in(tokens: Tokens) -> None:
    sheet = style_sheet(tokens)
    assert "$" not in sheet
    assert tokens.accent in sheet


def test_contrast_of_black_and_white_is_the_greatest() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
