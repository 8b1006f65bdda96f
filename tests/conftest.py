"""Fixtures for all tests; nothing here may touch the person's own library, settings or network."""

from __future__ import annotations

import itertools
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.cluster import ENGINE, Cluster, lacking

if TYPE_CHECKING:
    from db.services.library import Library
    from tests.db.services.running_editors import Recorder

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]
HOMES = (
    ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA")  # the last is platformdirs'
    if sys.platform == "win32"
    else ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
)
"""Variables by which a person's own folders are found."""

settings.register_profile(
    "sheaf", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
# Where nobody waits to debug, an example as it was found says more than one whose shrinking was ended as a hang.
settings.register_profile("ci", settings.get_profile("sheaf"), phases=(Phase.explicit, Phase.reuse, Phase.generate))
settings.load_profile("ci" if os.environ.get("CI") else "sheaf")


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One folder after another, not made yet; to number each, pytest would look through all that are there."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def own_home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has a home of its own, so that a slip cannot reach the person's files."""
    home = next(homes)
    home.mkdir()
    for name in HOMES:
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("SHEAF_LIBRARY", str(home / "library.sheaf"))
    monkeypatch.setenv("SHEAF_CONFIG", str(home / "config"))
    monkeypatch.setenv("SHEAF_LOOKUP_AT", "http://127.0.0.1:9")  # where nobody answers
    return home


@pytest.fixture(autouse=sys.platform == "win32")
def what_windows_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave a test out that needs a pipe in a folder, which is not there, or a link, which few may make."""
    make_link = Path.symlink_to

    def link(path: Path, *given: Any, **named: Any) -> None:
        try:
            make_link(path, *given, **named)
        except OSError as error:
            pytest.skip(str(error))

    monkeypatch.setattr(Path, "symlink_to", link)
    monkeypatch.setattr(os, "mkfifo", lambda *_given: pytest.skip("no pipes in folders here"), raising=False)


@pytest.fixture(autouse=True)
def no_threads_left() -> Iterator[None]:
    """A thread that outlives its test is a bug."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 2
    while left := [t for t in threading.enumerate() if t not in before and t.is_alive()]:
        if time.monotonic() > deadline:
            pytest.fail(f"threads left running: {left}")
        time.sleep(0.01)


@pytest.fixture(scope="session")
def dumps() -> Path:
    """The folder of the three real dumps with their truth files."""
    folder = Path(os.environ.get("SHEAF_DUMPS", ROOT.parent / "shared" / "dumps"))
    if not (folder / "twins.json").is_file():
        pytest.skip(f"the real dumps are not at {folder}: set SHEAF_DUMPS to their folder")
    return folder


@pytest.fixture(scope="session")
def qapp_cls() -> type[object]:
    """The application of the tests is the one of the program."""
    from desktop.application import Application

    return Application


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty open library in a folder of its own."""
    from db.services.library import Library

    opened = Library.open(tmp_path / "library.sheaf")
    yield opened
    opened.close()


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Programs that write down what they were told."""
    if sys.platform == "win32":
        pytest.skip("they are scripts of a shell")
    from tests.db.services.running_editors import Recorder

    folder = tmp_path / "bin"
    folder.mkdir()
    return Recorder(folder, monkeypatch)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the tests of the SQLite file out when libraries are on a server."""
    if ENGINE != "sqlite":
        for item in items:
            if item.get_closest_marker("file"):
                item.add_marker(pytest.mark.skip(reason="about the library as an SQLite file"))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of the tests' own."""
    if missing := lacking():
        pytest.skip(missing)
    server = Cluster()
    yield server
    server.stop()


@pytest.fixture(autouse=ENGINE == "postgresql")
def on_the_server(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let each path that a test opens a library by stand for a database, empty at first."""
    from db.store import places

    def place(address: Path | str) -> places.Place:
        return places.ServerPlace(str(address) if "://" in str(address) else cluster.database(address))

    monkeypatch.setattr("db.services.library.where", place)
    yield
    cluster.drop_all()
