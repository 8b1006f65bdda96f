"""Packages for macOS and Windows, as far as they can be looked at on any machine."""

from __future__ import annotations

import plistlib
import re
import struct
import sys
import tomllib
import types
import uuid
from importlib import metadata
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest
from making import freezing, icons, leaving, macos, notices, windows
from making.project import NAME, WINDOW, version
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PySide6.QtGui import QImageReader

from db.services import citing, home
from desktop.arguments import OF_A_LIBRARY

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SPEC = ROOT / "packaging/making/sheaf.spec"
MAKING = "packaging/making/constraints.txt"
INNO = windows.SCRIPT.read_text(encoding="utf-8")


def sides(file: Path) -> list[int]:
    """The pictures in a file, as Qt reads them."""
    reader = QImageReader(str(file))
    found = []
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        picture = reader.read()
        assert not picture.isNull()
        assert picture.pixelColor(0, 0).alpha() == 0
        found.append(picture.width())
    return found


def test_the_icon_of_windows_holds_every_size(qapp: object, tmp_path: Path) -> None:
    made = icons.ico(tmp_path / "sheaf.ico")
    assert sides(made) == list(icons.ICO_SIZES)
    content = made.read_bytes()
    _, kind, count = struct.unpack_from("<HHH", content)
    assert (kind, count) == (1, len(icons.ICO_SIZES))
    *_, length, place = struct.unpack_from("<BBBBHHII", content, 6 + 16 * (count - 1))
    assert place + length == len(content), "the last one ends the file"


def test_the_icon_of_macos_holds_every_kind(qapp: object, tmp_path: Path) -> None:
    made = icons.icns(tmp_path / "sheaf.icns")
    content = made.read_bytes()
    assert content[:8] == struct.pack(">4sI", b"icns", len(content))
    assert sorted(sides(made)) == sorted(icons.ICNS_KINDS.values())
    place, kinds = 8, {}
    while place < len(content):
        kind, length = struct.unpack_from(">4sI", content, place)
        (kinds[kind],) = struct.unpack_from(">I", content, place + 8 + 16)  # the width that the PNG says
        place += length
    assert kinds == icons.ICNS_KINDS


class Made(dict[str, Any]):
    """What a call of the spec was given by name, and by position."""


def run_spec(monkeypatch: pytest.MonkeyPatch, work: Path, system: str) -> dict[str, list[Made]]:
    """Run the spec as PyInstaller does, on a system by its name; return what was called with what."""
    calls: dict[str, list[Made]] = {}

    def maker(name: str) -> Any:
        def make(*given: Any, **named: Any) -> Any:
            calls.setdefault(name, []).append(Made(named, given=given))
            return types.SimpleNamespace(
                pure=[],
                scripts=[(Path(one).stem, one, "PYSOURCE") for one in given[0]] if name == "Analysis" else [],
                binaries=[(one, str(SPEC), "BINARY") for one in ("PySide6/plugins/tls/qschannelbackend.dll", "a")],
                datas=[("resources/help/index.md", "index.md", "DATA")],
            )  # fmt: skip

        return make

    hooks = types.ModuleType("PyInstaller.utils.hooks")
    hooks.collect_submodules = lambda name: [name]  # type: ignore[attr-defined]
    hooks.copy_metadata = lambda name: [(name, name)]  # type: ignore[attr-defined]
    for name in ("PyInstaller", "PyInstaller.utils"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.setitem(sys.modules, hooks.__name__, hooks)
    # The licences of what a real build holds are another test's; here the dependencies of this environment do.
    monkeypatch.setattr(notices, "distributions", lambda: [])
    monkeypatch.setattr(sys, "path", list(sys.path))
    tools = {name: maker(name) for name in ("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE")}
    code = compile(SPEC.read_text(encoding="utf-8"), SPEC, "exec")
    monkeypatch.setattr(sys, "platform", system)
    try:
        exec(code, {**tools, "SPECPATH": str(SPEC.parent), "workpath": str(work)})
    finally:
        monkeypatch.undo()
    return calls


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_the_spec_runs_on_every_system(
    qapp: object, system: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calls = run_spec(monkeypatch, tmp_path, system)
    (asked,), (folder,) = calls["Analysis"], calls["COLLECT"]
    assert all(Path(script).is_file() for script in asked["given"][0])
    assert all(Path(source).exists() for source, _ in asked["datas"] if "/" in source)
    assert [name for name, *_ in folder["given"][-2]] == ["a"], "what is left out is left out"
    assert (tmp_path / "left-out.json").is_file()
    programs = {one["name"]: one["console"] for one in calls["EXE"]}
    expected = {"linux": {NAME: True}, "darwin": {NAME: False}, "win32": {NAME: True, WINDOW: False}}
    assert programs == expected[system]
    assert ("BUNDLE" in calls) == (system == "darwin")
    assert (tmp_path / "licences/licences.txt").is_file() == (system != "linux")


def test_each_program_of_windows_runs_its_own_script(
    qapp: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calls = run_spec(monkeypatch, tmp_path, "win32")
    run = {one["name"]: [script[0] for script in one["given"][1]] for one in calls["EXE"]}
    assert run == {NAME: ["__main__"], WINDOW: [WINDOW]}
    assert {WINDOW} == set(PROJECT["gui-scripts"]), "as when pip installs it"
    for one in calls["EXE"]:
        assert sides(Path(one["icon"])) == list(icons.ICO_SIZES)
        assert f"'{one['name']}.exe'" in Path(one["version"]).read_text(encoding="utf-8")


def test_the_version_resource_can_be_read() -> None:
    def note(kind: str) -> Any:
        return lambda *given, **named: (kind, given, named)

    names = "VSVersionInfo FixedFileInfo StringFileInfo StringTable StringStruct VarFileInfo VarStruct".split()
    _, _, whole = eval(windows.resource(NAME), {name: note(name) for name in names})
    _, _, fixed = whole["ffi"]
    assert ".".join(map(str, fixed["filevers"])).startswith(f"{version()}.")
    assert len(fixed["filevers"]) == 4


def test_macos_is_told_what_sheaf_opens(qapp: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (bundle,) = run_spec(monkeypatch, tmp_path, "darwin")["BUNDLE"]
    told = plistlib.loads(plistlib.dumps(bundle["info_plist"]))
    library, *texts = told["CFBundleDocumentTypes"]
    (kind,) = told["UTExportedTypeDeclarations"]
    assert library["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]
    assert kind["UTTypeIdentifier"].startswith(f"{bundle['bundle_identifier']}.")
    assert kind["UTTypeTagSpecification"]["public.filename-extension"] == [OF_A_LIBRARY.removeprefix(".")]
    assert library["CFBundleTypeIconFile"] == Path(bundle["icon"]).name
    assert {(one["CFBundleTypeRole"], one["LSHandlerRank"]) for one in texts} == {("Viewer", "Alternate")}
    assert {"bib", "ris", "txt", "md", "html", "json"} <= {
        end for one in texts for end in one["CFBundleTypeExtensions"]
    }
    assert bundle["name"].endswith(".app")
    assert told["NSHighResolutionCapable"]


PREPROCESSED = {"Version", "Folder", "Out", "Name", "Icon", "Kind", "Program"}


def test_the_installer_names_only_what_is_there() -> None:
    assert f'"{WINDOW}.exe"' in INNO
    assert set(re.findall(r"\{#(\w+)\}", INNO)) <= PREPROCESSED
    (licence,) = re.findall(r"^LicenseFile=(\S+)$", INNO, re.MULTILINE)
    assert windows.SCRIPT.parent.joinpath(*PureWindowsPath(licence).parts).is_file()
    sections = re.findall(r"^\[(\w+)\]$", INNO, re.MULTILINE)
    assert len(set(sections)) == len(sections)
    assert {"Setup", "Files", "Icons", "Registry"} <= set(sections)
    assert uuid.UUID(re.findall(r"^AppId=\{\{(.+)\}$", INNO, re.MULTILINE)[0])
    tasks = set(re.findall(r"^Name: (\w+); Description", INNO, re.MULTILINE))
    assert set(re.findall(r"Tasks: (\w+)", INNO)) == tasks


def test_every_line_of_the_installer_is_whole() -> None:
    for line in INNO.partition("[Code]")[0].splitlines():
        if re.match(r"(Root|Name|Source|Filename|Type): ", line):
            assert line.count('"') % 2 == 0, line
            words = re.sub(r'"(?:[^"]|"")*"', '""', line)
            assert all(re.fullmatch(r"\s*\w+: [^:]+", part) for part in words.rstrip(";").split(";")), line
    for line in re.findall(r"^\[Setup\]$(.*?)^\[", INNO, re.MULTILINE | re.DOTALL)[0].strip().splitlines():
        assert re.fullmatch(r";.*|\w+=.+", line), line


def test_the_installer_takes_no_default_away_and_needs_no_administrator() -> None:
    assert "PrivilegesRequired=lowest" in INNO
    taken = re.findall(r'Subkey: "Software\\Classes\\(\.\w+)"', INNO)
    assert set(taken) == {OF_A_LIBRARY}
    offered = re.findall(r'SupportedTypes"; ValueType: string; ValueName: "(\.\w+)"', INNO)
    assert {".bib", ".txt", ".md", ".ris"} <= set(offered)
    assert "[UninstallDelete]" not in INNO, "libraries, settings and styles stay"


def test_a_key_of_windows_goes_after_those_within_it() -> None:
    keys = re.findall(r'Subkey: "(Software\\Classes\\\.[^"]+)".*uninsdeletekeyifempty', INNO)
    assert keys == sorted(keys), "what is listed last goes first"
    assert set(keys) == set(re.findall(r'Subkey: "(Software\\Classes\\\.[^"]+)"', INNO))


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/plugins/platforms/libqoffscreen.dylib",
        "PySide6/Qt/plugins/styles/libqmacstyle.dylib",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.dylib",
        "PySide6/Qt/plugins/imageformats/libqsvg.dylib",
        "PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui",
        "PySide6/Qt/lib/QtDBus.framework/Versions/A/QtDBus",
        "python3.11/lib-dynload/_ssl.cpython-311-darwin.so",
        "libcrypto.3.dylib",
        r"PySide6\plugins\platforms\qwindows.dll",
        r"PySide6\plugins\styles\qmodernwindowsstyle.dll",
        r"PySide6\plugins\iconengines\qsvgicon.dll",
        r"PySide6\plugins\imageformats\qsvg.dll",
        r"PySide6\Qt6Gui.dll",
        r"PySide6\msvcp140.dll",
        "python311.dll",
        "libcrypto-3.dll",
    ],
)
def test_what_is_needed_elsewhere_is_taken(path: str) -> None:
    assert leaving.rule_for(path) is None


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/plugins/platforms/libqminimal.dylib",
        "PySide6/Qt/plugins/imageformats/libqmacheif.dylib",
        "PySide6/Qt/plugins/tls/libqsecuretransportbackend.dylib",
        "PySide6/Qt/plugins/networkinformation/libqapplenetworkinformation.dylib",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.dylib",
        "PySide6/Qt/lib/QtOpenGL.framework/Versions/A/QtOpenGL",
        "PySide6/Qt/translations/qtbase_de.qm",
        r"PySide6\plugins\platforms\qdirect2d.dll",
        r"PySide6\plugins\imageformats\qjpeg.dll",
        r"PySide6\plugins\tls\qschannelbackend.dll",
        r"PySide6\plugins\platforminputcontexts\qtvirtualkeyboardplugin.dll",
        r"PySide6\translations\qtbase_de.qm",
        r"PySide6\opengl32sw.dll",
        r"PySide6\Qt6OpenGL.dll",
        r"numpy\tests\test_lazyloading.py",
    ],
)
def test_what_is_not_needed_elsewhere_is_left_out(path: str) -> None:
    assert leaving.rule_for(path) is not None


def named_for(system: str, *files: str) -> set[str]:
    """The distributions that the lists of exact versions name on a system."""
    lines = [line for file in files for line in (ROOT / file).read_text(encoding="utf-8").splitlines()]
    each = [Requirement(line) for line in lines if line and not line.startswith("#")]
    here = {"sys_platform": system}
    return {canonicalize_name(one.name) for one in each if one.marker is None or one.marker.evaluate(here)}


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_everything_that_is_installed_there_has_its_exact_version(system: str) -> None:
    fixed = named_for(system, "packaging/constraints.txt", MAKING)
    asked = [*PROJECT["dependencies"], *(one for extra in PROJECT["optional-dependencies"].values() for one in extra)]
    todo, found = [(Requirement(one), "") for one in asked], set[str]()
    while todo:
        need, extra = todo.pop()
        there = {"sys_platform": system, "os_name": "nt" if system == "win32" else "posix", "extra": extra}
        name = canonicalize_name(need.name)
        if name in found or (need.marker is not None and not need.marker.evaluate(there)):
            continue
        found.add(name)
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # not in this environment
        todo += [(Requirement(one), asked) for asked in ("", *need.extras) for one in needs]
    assert found - fixed == set()


def test_what_is_installed_to_freeze_has_its_exact_version_too() -> None:
    for system in ("linux", "darwin", "win32"):  # as the metadata of PyInstaller say, which only the build installs
        assert {"altgraph", "pyinstaller-hooks-contrib", "setuptools"} <= named_for(system, MAKING)
    assert "macholib" in named_for("darwin", MAKING)
    assert {"pefile", "pywin32-ctypes"} <= named_for("win32", MAKING)


@pytest.mark.parametrize(
    ("wheels", "python", "expected"),
    [
        (["Tag: cp310-abi3-macosx_13_0_universal2"], "10.9", "13.0"),
        (["Tag: cp310-abi3-macosx_13_0_universal2", "Tag: cp311-cp311-macosx_14_0_arm64"], "", "14.0"),
        (["Tag: cp311-cp311-macosx_15_0_arm64\nTag: cp311-cp311-macosx_10_9_x86_64"], "11.0", "13.0"),
        (["Tag: cp310-abi3-manylinux_2_34_x86_64", "Tag: py3-none-any", ""], "", macos.OLDEST),
        ([], "15.1", "15.1"),
        ([], "26", "26.0"),
    ],
)
def test_macos_is_as_old_as_everything_that_is_packed_allows(wheels: list[str], python: str, expected: str) -> None:
    assert macos.oldest(wheels, python) == expected


def test_the_newest_compiler_of_installers_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in windows.USUAL:
        monkeypatch.setenv(name, str(tmp_path / name))
    with pytest.raises(FileNotFoundError, match=r"Inno Setup 6\.3"):
        windows.compiler()
    for version_of in ("5", "10", "6"):
        made = tmp_path / windows.USUAL[0] / f"Inno Setup {version_of}" / windows.COMPILER
        made.parent.mkdir(parents=True)
        made.touch()
    assert windows.compiler() == str(tmp_path / windows.USUAL[0] / "Inno Setup 10" / windows.COMPILER)


def test_the_licence_of_python_is_found_where_windows_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(tmp_path / "Lib"))
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="Python's own licence"):
        notices.texts([])
    (tmp_path / "LICENSE.txt").write_text("The licence of Python", encoding="utf-8")
    assert "The licence of Python" in notices.texts([])


def test_measuring_a_start_does_not_touch_what_is_the_persons(tmp_path: Path) -> None:
    given = freezing.environment(tmp_path)
    for name in (home.LIBRARY_VARIABLE, home.CONFIG_VARIABLE, citing.FOLDER_VARIABLE, "HOME"):
        assert Path(given[name]).is_relative_to(tmp_path), name
