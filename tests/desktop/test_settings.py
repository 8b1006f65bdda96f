"""Settings live in a file of their own, keep their types, and forgive a broken file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray

from db.services.home import config_folder
from desktop.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def test_values_keep_their_types(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    values = {"a/flag": True, "a/number": 3, "a/text": "ä, =;\n", "a/list": [1, "x"], "a/map": {"k": None}}
    for key, value in values.items():
        settings.set(key, value)
    settings.set_bytes("a/bytes", QByteArray(b"\x00\xff"))
    settings.save()
    again = Settings(tmp_path)
    assert {key: again.get(key) for key in values} == values
    assert again.get_bytes("a/bytes") == QByteArray(b"\x00\xff")


@pytest.mark.parametrize("broken", ["not json", "[1,", "3"])
def test_a_broken_value_counts_as_absent(tmp_path: Path, broken: str) -> None:
    (tmp_path / "sheaf.ini").write_text(f"[layout]\npanes={broken}\n", encoding="utf-8")
    settings = Settings(tmp_path)
    assert settings.get("layout/panes", {"as": "it comes"}) == {"as": "it comes"}
    assert settings.get_bytes("layout/panes").isEmpty()


def test_a_group_can_be_forgotten(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings.set("layout/a", 1)
    settings.set("layouts", 2)
    settings.forget("layout")
    assert settings.get("layout/a") is None
    assert settings.get("layouts") == 2


def test_tests_write_into_their_own_home(own_home: Path) -> None:
    assert config_folder() == own_home / "config"
