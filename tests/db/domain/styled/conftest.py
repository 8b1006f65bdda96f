"""Styles as they come with Sheaf, each loaded once."""

from functools import cache
from pathlib import Path

import pytest

from db.domain.styled.styles import Style, load

STYLES = Path(__file__).resolve().parents[4] / "resources" / "styles"


@cache
def _style(name: str) -> Style:
    return load((STYLES / f"{name}.csl").read_bytes(), name)


@pytest.fixture(scope="session")
def style():
    """Give a style by the name of its file."""
    return _style
