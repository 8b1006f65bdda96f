"""What a Linux desktop is told about Sheaf is true of the program, and the tools that read it are content."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree as Xml

import click
import pytest
from making import completions, icons, leaving, manual, notices
from making.project import LINUX, SHARE
from packaging.requirements import Requirement
from PySide6.QtGui import QGuiApplication, QImage

from db.cli import COMMANDS, sheaf
from desktop.app import make_application
from desktop.arguments import OF_A_LIBRARY, PICK

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENTRY, METAINFO, KINDS = LINUX / "sheaf.desktop", LINUX / "sheaf.metainfo.xml", SHARE / "mime/packages/sheaf.xml"
KNOWN_ELSEWHERE = {"text/plain", "text/markdown", "text/x-bibtex"}
"""Kinds of files that every desktop knows."""
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def run(program: str, *words: str | Path) -> str:
    """Run a tool that may not be here; everything it prints counts."""
    found = shutil.which(program)
    if not found:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run([found, *words], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def entry() -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[method-assign, assignment]  # keys heed case here
    read.read_string(ENTRY.read_text(encoding="utf-8"))
    return read


def kinds() -> set[str]:
    return set(entry()["Desktop Entry"]["MimeType"].strip(";").split(";"))


def said(path: str) -> list[str]:
    return [one.text or "" for one in Xml.parse(METAINFO).getroot().iterfind(path)]


def test_the_desktop_entry_is_valid() -> None:
    assert run("desktop-file-validate", ENTRY) == ""


def test_the_metainfo_is_valid() -> None:
    run("appstreamcli", "validate", "--no-net", METAINFO)


def test_the_kinds_of_files_are_valid(tmp_path: Path) -> None:
    (tmp_path / "packages").mkdir()
    shutil.copy(KINDS, tmp_path / "packages")
    run("update-mime-database", tmp_path)
    assert f"application/x-sheaf-library:*{OF_A_LIBRARY}" in (tmp_path / "globs").read_text()


def test_the_entry_starts_the_program_that_is_installed() -> None:
    for group in ("Desktop Entry", "Desktop Action Pick"):
        assert entry()[group]["Exec"].split()[0] in PROJECT["scripts"]
    assert entry()["Desktop Entry"]["Exec"].endswith(" %F")
    assert entry()["Desktop Action Pick"]["Exec"].split()[1:] == [PICK]


def test_the_window_belongs_to_the_entry(qapp: object) -> None:
    make_application([])
    assert QGuiApplication.desktopFileName() == ENTRY.stem == entry()["Desktop Entry"]["StartupWMClass"]
    assert QGuiApplication.applicationDisplayName() == entry()["Desktop Entry"]["Name"]


def test_every_kind_that_is_opened_is_known_somewhere() -> None:
    ours = {one.get("type") for one in Xml.parse(KINDS).getroot().iter(f"{MIME}mime-type")}
    assert kinds() <= ours | KNOWN_ELSEWHERE
    assert "application/x-sheaf-library-log" not in kinds(), "it belongs to a library and is nothing by itself"


def test_entry_and_metainfo_say_the_same() -> None:
    assert set(said("provides/mediatype")) == kinds()
    assert said("launchable") == [ENTRY.name]
    assert said("name") == [entry()["Desktop Entry"]["Name"]]
    assert said("summary") == [entry()["Desktop Entry"]["Comment"]]
    assert set(said("categories/category")) <= set(entry()["Desktop Entry"]["Categories"].split(";"))
    assert set(said("provides/binary")) == set(PROJECT["scripts"])


def test_the_metainfo_knows_the_newest_version() -> None:
    releases = [one.get("version") for one in Xml.parse(METAINFO).getroot().iterfind("releases/release")]
    assert releases[0] == PROJECT["version"]
    assert f"\n## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_manual_page_tells_every_command_and_option() -> None:
    page = manual.page().replace("\\-", "-")
    top = click.Context(sheaf, info_name="sheaf")
    for name in COMMANDS:
        command = sheaf.commands[name]
        assert command.hidden or f'.SS "sheaf {name} ' in page, name
        for option in [] if command.hidden else command.get_params(click.Context(command, top, name)):
            if isinstance(option, click.Option):
                assert option.opts[0] in page, f"{name} {option.opts}"
                assert option.help, f"{name} {option.opts} does not say what it is for"
    assert "Exit status" not in page, "it has a section of its own"


def test_the_manual_page_can_be_read(tmp_path: Path) -> None:
    page = tmp_path / "sheaf.1"
    page.write_text(manual.page(), encoding="utf-8")
    assert run("mandoc", "-T", "lint", "-W", "warning", page) == ""


def test_no_line_of_a_text_becomes_a_request_of_the_manual() -> None:
    assert manual.escaped(".bib files\n'quoted'\na\\b-c") == "\\&.bib files\n\\&'quoted'\na\\eb\\-c"


@pytest.mark.parametrize("shell", completions.PLACES)
def test_the_shell_can_read_its_completion(shell: str, tmp_path: Path) -> None:
    completions.write(tmp_path)
    run(shell, "-n", tmp_path / completions.PLACES[shell])


def test_tab_in_bash_asks_the_program(tmp_path: Path) -> None:
    completions.write(tmp_path)
    program = tmp_path / "sheaf"
    program.write_text(f'#!/bin/sh\ncd "{ROOT}" && exec "{sys.executable}" -m desktop "$@"\n')
    program.chmod(0o755)
    script = (
        f"PATH={tmp_path}:$PATH; . {tmp_path}/bash-completion/completions/sheaf; "
        'COMP_WORDS=(sheaf export --format bib); COMP_CWORD=3; _sheaf_completion sheaf; echo "${COMPREPLY[@]}"'
    )
    assert run("bash", "-c", script).split() == ["bibtex", "biblatex"]


def test_the_icon_is_drawn_in_every_size(qapp: object, tmp_path: Path) -> None:
    icons.draw(tmp_path)
    for size in icons.SIZES:
        drawn = QImage(str(tmp_path / f"{size}x{size}/apps/sheaf.png"))
        assert (drawn.width(), drawn.height()) == (size, size)
        colours = {drawn.pixelColor(x, y).name() for x in range(size) for y in range(size)}
        assert len(colours) > 5, "there is something on it"
        assert drawn.pixelColor(0, 0).alpha() == 0
    assert (tmp_path / "scalable/apps/sheaf.svg").is_file()


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/lib/libQt6Gui.so.6",
        "sklearn/cluster/_k_means_lloyd.cpython-311-x86_64-linux-gnu.so",
        "resources/help/index.md",
        "libxcb-cursor.so.0",
        "libpython3.11.so.1.0",
    ],
)
def test_what_is_needed_is_taken(path: str) -> None:
    assert leaving.rule_for(path) is None


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "sheaf-0.1.0.dist-info/direct_url.json",
        "libstdc++.so.6",
        "libglib-2.0.so.0",
    ],
)
def test_what_is_not_needed_or_is_the_systems_is_left_out(path: str) -> None:
    rule = leaving.rule_for(path)
    assert rule is not None
    assert rule.why


def test_debian_brings_its_own_libraries_but_not_our_python() -> None:
    assert leaving.OF_DEBIAN.covers("libsqlite3.so.0")
    assert not leaving.OF_DEBIAN.covers("libpython3.11.so.1.0")


def test_what_freezes_the_program_is_one_exact_version() -> None:
    lines = (ROOT / "packaging/making/constraints.txt").read_text(encoding="utf-8").splitlines()
    fixed = {each.name: each for each in map(Requirement, (line for line in lines if not line.startswith("#")))}
    assert all(re.fullmatch(r"==[\w.]+", str(each.specifier)) for each in fixed.values())
    for asked in map(Requirement, PROJECT["optional-dependencies"]["packages"]):
        assert asked.specifier.contains(str(fixed[asked.name].specifier).removeprefix("=="))


def test_everybody_whose_work_is_packed_is_named() -> None:
    packed = notices.distributions(())
    named = notices.summary(packed)
    for asked in map(Requirement, PROJECT["dependencies"]):
        if asked.marker is None or asked.marker.evaluate():
            written = re.escape(asked.name).replace(r"\-", "[-_]")
            assert re.search(rf"^  {written} \d", named, re.IGNORECASE | re.MULTILINE), asked.name
    assert "Permission is hereby granted" in notices.texts(packed)
    assert os.fspath(ROOT) not in named + notices.texts(packed)
