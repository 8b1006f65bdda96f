"""The workflows for public runners: they start what is there, may do little, and make what a release consists of."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_a_workflow_may_only_read_and_names_what_it_takes(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "\npermissions:\n  contents: read\n" in text
    actions = re.findall(r"uses: (\S+)", text)
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+|\./\.github/workflows/\w+\.yml", one) for one in actions)
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    for script in re.findall(r"(?<![\w/])packaging/\w+(?=$| )", text, re.MULTILINE):
        assert (ROOT / script).is_file(), script
    for local in re.findall(r"\./(\.github/\S+)", text):
        assert (ROOT / local).is_file(), local
    assert "\t" not in text


def test_only_the_draft_of_a_release_may_write() -> None:
    texts = {file.stem: file.read_text(encoding="utf-8") for file in WORKFLOWS}
    assert set(texts) == {"tests", "release"}
    assert "write" not in texts["tests"]
    assert re.findall(r"\n  (\w+):\n(?:(?!\n  \w).)*contents: write", texts["release"], re.DOTALL) == ["draft"]
    assert "--draft" in texts["release"]


def test_every_system_and_python_is_tried() -> None:
    text = (ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8")
    assert re.findall(r"system: \[(.*)\]", text) == ["ubuntu-latest, macos-latest, windows-latest"]
    (pythons,) = re.findall(r"python: \[(.*)\]", text)
    assert pythons.replace('"', "").split(", ")[0] == "3.11", "the oldest that pyproject.toml allows"


def test_the_notes_of_a_release_are_its_part_of_the_changelog() -> None:
    text = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
    (script,) = re.findall(r"awk -v wanted=\"\$version\" '(.*)' CHANGELOG\.md", text)
    if sys.platform == "win32":
        pytest.skip("awk is not at hand")
    told = subprocess.run(
        ["awk", "-v", f"wanted={VERSION}", script, "CHANGELOG.md"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert told.strip()
    assert not re.search("^## ", told, re.MULTILINE)
    assert told.strip() in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
