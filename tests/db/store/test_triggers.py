"""What is noted of the triggers is what they are."""

from __future__ import annotations

import hashlib
import importlib

import pytest

from db.store.triggers import SIGNED


@pytest.mark.parametrize("engine", SIGNED)
def test_the_triggers_of_an_engine_have_the_sum_that_is_noted(engine: str) -> None:
    made = importlib.import_module(f"db.store.engines.{engine}").triggers()
    total = hashlib.sha256("\n".join(made).encode()).hexdigest()
    assert SIGNED[engine] == total, "the triggers are others now: write the new sum into SIGNED of db/store/triggers.py"
