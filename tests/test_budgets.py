"""Length budgets: what separates admired code is its longest file."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULE_LINES = 300
FUNCTION_LINES = 40
MODULES = sorted(p for top in ("db", "desktop", "packaging") for p in (ROOT / top).rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_module_and_functions_are_within_budget(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    assert lines <= MODULE_LINES, f"{lines} lines: split it by meaning"
    # A migration is written once and frozen; it lists a whole schema in one function.
    limit = 10_000 if path.parent.name == "versions" else FUNCTION_LINES
    long = {
        f"{node.name} (line {node.lineno})": node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > limit
    }
    assert not long
    assert ast.get_docstring(ast.parse(text)) or not text.strip(), "the module has no docstring"


def test_top_level_is_the_six_folders() -> None:
    names = {p.name for p in ROOT.iterdir() if not p.name.startswith(".")}
    allowed = {"pyproject.toml", "desktop", "db", "resources", "tests", "packaging"}
    prose = {"README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"}
    assert names - {"__pycache__"} <= allowed | prose
