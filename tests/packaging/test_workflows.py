"""The workflows for public runners: they start what is there, may do little, and make what a release consists of."""

from __future__ import annotations

import os
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


@pytest.mark.skipif(sys.platform == "win32", reason="sh is not at hand")
@pytest.mark.parametrize(
    ("tag", "heading", "goes"),
    [
        (f"v{VERSION}", f"## {VERSION} (2026-12-01)", True),
        (f"v{VERSION}", f"## {VERSION} (unreleased)", False),
        (f"v{VERSION}", f"## {VERSION}1 (2026-12-01)", False),
        (f"v{VERSION}1", f"## {VERSION}1 (2026-12-01)", False),
        (VERSION, f"## {VERSION} (2026-12-01)", False),
    ],
)
def test_a_release_needs_one_version_in_all_places(tag: str, heading: str, goes: bool, tmp_path: Path) -> None:
    text = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
    (script,) = re.findall(r"name one version\n\s+run: \|\n((?: {10}.*\n)+)", text)
    (tmp_path / "CHANGELOG.md").write_text(f"# Changes\n\n{heading}\n\n- New.\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=tmp_path, env={**os.environ, "GITHUB_REF_NAME": tag}, capture_output=True
    )
    assert (done.returncode == 0) == goes


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
