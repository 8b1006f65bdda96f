"""A library that is read-only, full, locked, newer or damaged: each says so in its own words and offers a way on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from db import services
from db.services.library import Library
from db.store import engine
from desktop.views.failure import FailureDialog
from tests.desktop.conftest import dump_text, settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app import App

    Start = Callable[[Path], App]


@pytest.fixture
def kept(tmp_path: Path, dump: Path) -> Path:
    """A library of five papers, closed."""
    path = tmp_path / "kept.sheaf"
    library = Library.open(path)
    services.importing.import_files(library, [dump], lambda _progress: None)
    library.close()
    return path


def opened(app: App, qtbot: QtBot) -> App:
    qtbot.waitUntil(lambda: app.window.table.model.rowCount() == 5, timeout=20_000)
    settle(app.window, qtbot)
    return app


def refused(app: App, qtbot: QtBot) -> str:
    """Star a paper and return what the window says of it; nothing may have changed."""
    ids = app.window.table.shown_ids()[:1]
    app.window.table.select_ids(ids)
    qtbot.waitUntil(app.window.registry["star"].isEnabled)
    with qtbot.waitSignal(app.window.context.failed, timeout=20_000) as told:
        app.window.registry["star"].trigger()
    assert app.context.library is not None
    assert not services.reading.rows(app.context.library, ids)[0].starred
    dialogs = app.window.findChildren(FailureDialog)
    assert len(dialogs) == 1
    dialogs[0].close()
    assert told.args is not None
    return str(told.args[0].message)


def not_opened(app: App, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: app.start_failure is not None, timeout=20_000)
    assert app.start_failure is not None
    return app.start_failure.error.message


def test_a_read_only_library_is_read_searched_and_exported(
    start: Start, kept: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "is_at_rest", lambda _path: True)
    app = opened(start(kept), qtbot)
    assert "read-only" in app.window.status.library.text()
    assert "reading only" in app.window.toast.text.text()
    told: list[object] = []
    app.window.context.failed.connect(told.append)
    app.context.look_for_other_writers()
    settle(app.window, qtbot)
    assert told == []
    assert "Make the file and its folder writable" in refused(app, qtbot)
    assert app.context.library is not None
    out = services.exporting.export(app.context.library, None, tmp_path / "out.bib", lambda _progress: None)
    assert out.written == 5


def test_a_full_disk_keeps_what_was_saved(start: Start, kept: Path, qtbot: QtBot, tmp_path: Path) -> None:
    app = opened(start(kept), qtbot)
    assert app.context.library is not None
    with app.context.library.writing("", journalled=False) as write:
        write.session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
    big = tmp_path / "big.txt"
    big.write_text(
        dump_text(tuple(f"Study {number:o} of {number * 7919:x}" for number in range(300))), encoding="utf-8"
    )
    with qtbot.waitSignal(app.window.context.failed, timeout=20_000) as told:
        app.window.import_paths([big])
    assert told.args is not None
    assert "The disk is full" in told.args[0].message
    settle(app.window, qtbot)
    assert app.window.table.model.rowCount() == 5
    for dialog in app.window.findChildren(FailureDialog):
        dialog.close()


def test_a_library_that_another_program_holds_is_said_to_be_busy(
    start: Start, kept: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.services.library.LOCK_SECONDS", 0.3)
    app = opened(start(kept), qtbot)
    with FileLock(f"{kept}.lock"):
        assert "Another Sheaf" in refused(app, qtbot)
    app.window.registry["star"].trigger()
    settle(app.window, qtbot)
    assert app.context.library is not None
    assert any(row.starred for row in services.reading.rows(app.context.library, app.window.table.shown_ids()))


def test_a_locked_library_opens_when_tried_again(
    start: Start, kept: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.services.library.LOCK_SECONDS", 0.3)
    with closing(sqlite3.connect(kept)) as connection, connection:  # else nothing is to be written at the start
        connection.execute("DELETE FROM setting WHERE name = 'trigger_signature'")
    with FileLock(f"{kept}.lock"):
        app = start(kept)
        assert "Another Sheaf" in not_opened(app, qtbot)
    assert app.start_failure is not None
    app.start_failure.again_button.click()
    opened(app, qtbot)
    assert app.start_failure is None


def test_a_library_of_a_newer_version_is_left_alone(start: Start, kept: Path, qtbot: QtBot) -> None:
    with sqlite3.connect(kept) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = kept.read_bytes()
    assert "newer" in not_opened(start(kept), qtbot)
    assert kept.read_bytes() == before


def test_a_backup_takes_the_place_of_a_damaged_library(start: Start, kept: Path, tmp_path: Path, qtbot: QtBot) -> None:
    backup = tmp_path / "backup.sheaf"
    kept.rename(backup)
    kept.write_bytes(b"not a library at all" * 100)
    app = start(kept)
    assert "not a Sheaf library" in not_opened(app, qtbot)
    app.restore(str(backup))
    opened(app, qtbot)
    assert list(tmp_path.glob("kept-before-restore-*"))


def test_closing_waits_for_no_other_program(
    start: Start, kept: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.services.library.CLOSING_SECONDS", 0.1)
    app = opened(start(kept), qtbot)
    with FileLock(f"{kept}.lock"):
        assert app.window.close()
        assert app.context.library is None
    with sqlite3.connect(kept) as connection:
        assert connection.execute("SELECT count(*) FROM paper").fetchone() == (5,)
    connection.close()
