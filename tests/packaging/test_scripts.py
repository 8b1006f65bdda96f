"""The two commands of the README: shell that runs everywhere, exact versions for everything, a wheel that is whole."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ("packaging/run", "packaging/test", "packaging/prepare.sh", "packaging/build", "packaging/try-deb", ".ci/run")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def constraints() -> list[Requirement]:
    lines = (ROOT / "packaging/constraints.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]


def applies(requirement: Requirement, python: str, extra: str = "") -> bool:
    environment = {"python_version": python, "python_full_version": f"{python}.0", "extra": extra}
    return requirement.marker is None or requirement.marker.evaluate(environment)


def skip_without_sh() -> None:
    if not Path("/bin/sh").exists():
        pytest.skip("there is no /bin/sh")


def shell(
    script: str, *, path: Path | None = None, cwd: Path = ROOT, **variables: str
) -> subprocess.CompletedProcess[str]:
    skip_without_sh()
    environment = {**os.environ, **variables}
    if path is not None:
        environment["PATH"] = str(path)
    return subprocess.run(
        ["/bin/sh", "-c", script], cwd=cwd, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_shell_at_hand_can_read_the_script(script: str) -> None:
    for name in ("sh", "dash", "bash"):
        if found := shutil.which(name):
            result = subprocess.run([found, "-n", script], cwd=ROOT, capture_output=True, text=True, check=False)
            assert (result.returncode, result.stderr) == (0, ""), name


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_is_plain_posix_shell(script: str) -> None:
    text = (ROOT / script).read_text(encoding="utf-8")
    assert not re.search(r"\[\[|\blocal \b|\bfunction \b|<<<|pipefail|readlink -f|realpath|sed -i|=\(", text)
    if script != "packaging/prepare.sh":
        assert text.startswith("#!/bin/sh\n")
        assert os.access(ROOT / script, os.X_OK), "not executable"


@pytest.mark.parametrize("script", SCRIPTS)
def test_lines_end_as_shells_read_them(script: str) -> None:
    assert b"\r" not in (ROOT / script).read_bytes(), "Git changed it: see .gitattributes"


def test_git_changes_no_file() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a checkout")
    asked = ["git", "check-attr", "text", "packaging/build", "tests/golden/any.bib", "resources/help/index.md"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [line.rpartition(" ")[2] for line in told.splitlines()] == ["unset"] * 3


def test_shellcheck_is_content() -> None:
    if not (found := shutil.which("shellcheck")):
        pytest.skip("shellcheck is not installed")
    subprocess.run([found, "-s", "sh", "-x", "-P", ".", *SCRIPTS], cwd=ROOT, check=True)


def with_tools(folder: Path, *tools: str) -> Path:
    """A folder for PATH that holds nothing but these tools."""
    skip_without_sh()
    folder.mkdir()
    for tool in tools:
        found = shutil.which(tool)
        assert found, tool
        (folder / tool).symlink_to(found)
    return folder


def test_an_old_python_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = with_tools(tmp_path / "bin", "sh", "cat", "dirname")
    old = path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)
    result = shell(". packaging/prepare.sh; find_python", path=path, PYTHON="")
    assert result.returncode == 1
    assert "needs Python 3.11 or newer; here is Python 3.9.2." in result.stderr
    assert "PYTHON=/path/to/" in result.stderr


def test_no_python_at_all_is_said_too(tmp_path: Path) -> None:
    result = shell(". packaging/prepare.sh; find_python", path=with_tools(tmp_path / "bin", "sh", "cat"), PYTHON="")
    assert result.returncode == 1
    assert "here is no Python 3." in result.stderr


def test_the_named_python_is_taken() -> None:
    result = shell(". packaging/prepare.sh; find_python", PYTHON=sys.executable)
    assert result.stdout.strip() == sys.executable


@pytest.mark.parametrize("folder", ["bin", "Scripts"])
def test_the_programs_of_an_environment_are_found_on_windows_too(folder: str, tmp_path: Path) -> None:
    (tmp_path / "an environment" / folder).mkdir(parents=True)
    found = shell(f'. packaging/prepare.sh; programs_in "{tmp_path}/an environment"')
    assert found.stdout.strip() == f"{tmp_path}/an environment/{folder}"


def test_the_one_command_to_type_is_complete(tmp_path: Path) -> None:
    path = with_tools(tmp_path / "bin", "sh", "cat")
    fake = path / "id"
    fake.write_text("#!/bin/sh\necho 1000\n")
    fake.chmod(0o755)
    result = shell(". packaging/prepare.sh; install_system_packages ' libegl1 libgl1'", path=path)
    command = "apt-get update && apt-get install -y --no-install-recommends libegl1 libgl1"
    assert f"    su - -c '{command}'\n" in result.stderr
    sudo = path / "sudo"
    sudo.write_text("#!/bin/sh\nexit 1\n")
    sudo.chmod(0o755)
    result = shell(". packaging/prepare.sh; install_system_packages ' libegl1 libgl1'", path=path)
    assert f"    {command.replace('apt-get', 'sudo apt-get')}\n" in result.stderr


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the scripts read, with an environment that looks installed."""
    folder = tmp_path / "a checkout"
    shutil.copytree(ROOT / "packaging", folder / "packaging", ignore=shutil.ignore_patterns("dist"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    python = folder / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "3.11.7 (main)"\n')
    python.chmod(0o755)
    shell('. packaging/prepare.sh; { describe && echo run; } >"$STAMP"', cwd=folder)
    return folder


def state(folder: Path, wanted: str = "run") -> str:
    steps = f"if installed_for {wanted}; then echo ready; elif venv_is_usable; then echo update; else echo anew; fi"
    return shell(f". packaging/prepare.sh; {steps}", cwd=folder).stdout.strip()


def test_the_same_again_installs_nothing(checkout: Path) -> None:
    assert state(checkout) == "ready"
    assert state(checkout, "dev") == "update"


def test_an_environment_for_the_tests_serves_the_window(checkout: Path) -> None:
    stamp = checkout / ".venv/sheaf-installed"
    stamp.write_text(stamp.read_text().removesuffix("run\n") + "dev\n")
    assert state(checkout) == state(checkout, "dev") == "ready"


@pytest.mark.parametrize("file", ["pyproject.toml", "packaging/constraints.txt"])
def test_a_changed_requirement_is_installed(checkout: Path, file: str) -> None:
    (checkout / file).write_text("# changed\n" + (checkout / file).read_text())
    assert state(checkout) == "update"


def test_a_changed_setting_of_a_tool_is_not(checkout: Path) -> None:
    with (checkout / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    assert state(checkout) == "ready"


def test_a_moved_checkout_gets_a_new_environment(checkout: Path) -> None:
    moved = checkout.rename(checkout.with_name("moved"))
    assert state(moved) == "anew"


def test_an_interrupted_or_broken_environment_is_made_anew(checkout: Path) -> None:
    unfinished = checkout / ".venv/sheaf-unfinished"
    unfinished.write_text("")
    assert state(checkout) == "anew"
    unfinished.unlink()
    (checkout / ".venv/bin/python").write_text("#!/bin/sh\nexit 1\n")
    assert state(checkout) == "anew"


def direct(python: str) -> list[Requirement]:
    """What pyproject.toml asks for, the tests' extra and the build included."""
    project = PROJECT["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"], *PROJECT["build-system"]["requires"]]
    asked.append("editables")  # hatchling asks for it when it builds an editable install
    return [each for each in map(Requirement, asked) if applies(each, python)]


def reachable(python: str) -> dict[str, Requirement]:
    """Every distribution that an install with the tests' extra pulls in on this machine, by canonical name."""
    found: dict[str, Requirement] = {}
    todo = [(each, "") for each in direct(python)]
    while todo:
        requirement, extra = todo.pop()
        name = canonicalize_name(requirement.name)
        if not applies(requirement, python, extra) or name in found:
            continue
        found[name] = requirement
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # what builds Sheaf lives in an environment of its own
        for asked in {"", *requirement.extras}:
            todo += [(Requirement(text), asked) for text in needs]
    return found


@pytest.mark.parametrize("python", PYTHONS)
def test_constraints_name_everything_that_is_installed(python: str) -> None:
    fixed = {canonicalize_name(each.name) for each in constraints() if applies(each, python)}
    assert not set(reachable(python)) - fixed


@pytest.mark.parametrize("python", PYTHONS)
def test_constraints_are_exact_and_within_what_is_asked(python: str) -> None:
    # What the packages ask of each other is known for the versions installed here; for other Pythons, our own wishes.
    wanted = reachable(python) if python == HERE else {canonicalize_name(each.name): each for each in direct(python)}
    for each in constraints():
        assert re.fullmatch(r"==[\w.]+", str(each.specifier)), each
        name = canonicalize_name(each.name)
        if applies(each, python) and name in wanted:
            version = str(each.specifier).removeprefix("==")
            assert wanted[name].specifier.contains(version, prereleases=True), each


def test_this_environment_is_the_constrained_one() -> None:
    other = {
        each.name: found
        for each in constraints()
        if applies(each, HERE)
        for found in [installed(each.name)]
        if found is not None and not each.specifier.contains(found, prereleases=True)
    }
    if other:
        pytest.skip(f"not installed by packaging/test; other versions here: {other}")


def installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


@pytest.mark.parametrize("python", PYTHONS)
def test_pyside_is_one_that_does_not_abort_on_this_python(python: str) -> None:
    def rules(requirements: list[Requirement]) -> list[Requirement]:
        return [r for r in requirements if r.name == "PySide6-Essentials" and applies(r, python)]

    (asked,) = rules([Requirement(text) for text in PROJECT["project"]["dependencies"]])
    (fixed,) = rules(constraints())
    # 6.12 loses references to None on 3.10 and 3.11, and 6.11 is the last tested there.
    assert asked.specifier.contains("6.12.0") == (python != "3.11")
    assert asked.specifier.contains("6.11.3") == (python == "3.11")
    (version,) = (s.version for s in fixed.specifier)
    assert asked.specifier.contains(version)
    (shiboken,) = (r for r in constraints() if r.name == "shiboken6" and applies(r, python))
    assert str(shiboken.specifier) == f"=={version}", "it comes in step with PySide6"


def test_the_wheel_holds_what_the_program_reads(tmp_path: Path) -> None:
    builder = pytest.importorskip("hatchling.builders.wheel", reason="hatchling is not in this environment")
    source = tmp_path / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, source)
    for name in ("db", "desktop", "resources"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    (wheel,) = builder.WheelBuilder(str(source)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
        (entry_points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        programs = archive.read(entry_points).decode()
        assert "sheaf = desktop.__main__:main" in programs
        assert "[gui_scripts]\nsheaf-window = desktop.__main__:window" in programs
    there = {
        path.relative_to(source).as_posix()
        for top in ("db", "desktop", "resources")
        for path in (source / top).rglob("*")
        if path.is_file()
    }
    assert packed == there
    assert any(re.fullmatch(r"db/store/migrations/versions/\w+\.py", name) for name in packed)
    assert {
        "db/store/migrations/newest.sql",
        "resources/icons/sheaf.svg",
        "resources/help/index.md",
        "resources/samples/sample-dump.txt",
    } <= packed
