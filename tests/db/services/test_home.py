"""Where a program that was delivered whole stands, and that a folder beside it makes it portable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from db.services import citing, home
from db.services.home import config_folder


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The top of an unpacked Sheaf whose binary is the program that runs, and no variable says otherwise."""
    binary = tmp_path / "Sheaf here/usr/lib/sheaf/sheaf"
    binary.parent.mkdir(parents=True)
    binary.touch()
    (tmp_path / "Sheaf here/sheaf").symlink_to("usr/lib/sheaf/sheaf")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(binary))
    for name in ("SHEAF_LIBRARY", "SHEAF_CONFIG", "SHEAF_STYLES", "APPIMAGE", "APPDIR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "Sheaf here"


def test_an_installed_program_does_not_look_beside_its_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    (tmp_path / home.PORTABLE).mkdir()
    assert home.program() is None
    assert home.data_folder() == Path(platformdirs.user_data_dir("sheaf", appauthor=False))


def test_the_program_of_an_unpacked_folder_is_what_stands_at_its_top(top: Path) -> None:
    assert home.program() == top / "sheaf"


def test_without_such_a_link_it_is_the_binary(top: Path) -> None:
    (top / "sheaf").unlink()
    assert home.program() == top / "usr/lib/sheaf/sheaf"


def test_an_appimage_is_the_file_and_not_where_it_is_mounted(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPDIR", str(top))
    monkeypatch.setenv("APPIMAGE", "/media/stick/Sheaf.AppImage")
    assert home.program() == Path("/media/stick/Sheaf.AppImage")


def test_the_variables_of_another_appimage_are_not_believed(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPDIR", str(top.parent / "other"))
    monkeypatch.setenv("APPIMAGE", "/media/stick/Other.AppImage")
    assert home.program() == top / "sheaf"


def test_a_folder_beside_the_program_holds_everything(top: Path) -> None:
    beside = top / home.PORTABLE
    assert home.library() != beside / "library.sheaf"
    beside.mkdir()
    assert home.library() == beside / "library.sheaf"
    assert config_folder() == beside
    assert citing.styles_folder() == beside / "styles"


def test_on_macos_it_stands_beside_the_bundle_not_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "Sheaf.app/Contents/MacOS/sheaf"))
    (tmp_path / "Sheaf.app/Contents/MacOS" / home.PORTABLE).mkdir(parents=True)
    assert home.portable_folder() is None
    (tmp_path / home.PORTABLE).mkdir()
    assert home.portable_folder() == tmp_path / home.PORTABLE


def test_what_is_named_wins_over_the_folder_beside(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (top / home.PORTABLE).mkdir()
    monkeypatch.setenv("SHEAF_LIBRARY", "/elsewhere/mine.sheaf")
    assert home.library() == Path("/elsewhere/mine.sheaf")


def test_a_library_may_be_named_below_home_or_by_its_address(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    monkeypatch.setenv("SHEAF_LIBRARY", "~/papers/mine.sheaf")
    assert home.library() == own_home / "papers/mine.sheaf"
    monkeypatch.setenv("SHEAF_LIBRARY", "postgresql+psycopg://me@host/papers")
    assert home.library() == "postgresql+psycopg://me@host/papers"
    monkeypatch.setenv("SHEAF_LIBRARY", "")
    assert home.library() == home.unnamed_library() == home.usual_library()


def test_where_the_library_is_can_be_said_before_the_engine_is_loaded() -> None:
    code = (
        "import sys; from db.services import home; from desktop.arguments import read; "
        "print(read([]).library == str(home.library()), sorted({'sqlalchemy', 'PySide6'} & set(sys.modules)))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "True []\n"
    )


@pytest.mark.parametrize("before", [None, "/opt/mine"])
def test_other_programs_get_the_search_path_that_was_before(
    before: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/inside/the/program")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    if before:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    monkeypatch.setenv("QT_PLUGIN_PATH", "/inside/the/program/plugins")
    home.leave_environment()
    assert os.environ.get("LD_LIBRARY_PATH") == before
    assert not {"LD_LIBRARY_PATH_ORIG", "QT_PLUGIN_PATH"} & set(os.environ)
