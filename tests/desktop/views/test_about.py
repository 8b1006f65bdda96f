"""What the program says of itself."""

from __future__ import annotations

import platform
import sqlite3

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.services.parts import parts
from db.store.upgrade import HEAD
from desktop.views.about import AboutDialog, versions


def test_it_names_what_runs_and_the_library(qtbot: QtBot) -> None:
    about = AboutDialog("/my/thesis.sheaf")
    qtbot.addWidget(about)
    shown = "\n".join(label.text() for label in about.findChildren(QLabel))
    for name, version in versions():
        assert f"{name} {version}" in shown
    assert "/my/thesis.sheaf" in shown
    known = dict(versions())
    assert (known["Qt"], known["Python"]) == (qVersion(), platform.python_version())
    assert (known["SQLite"], known["library schema"]) == (sqlite3.sqlite_version, HEAD)


def test_the_command_line_says_the_same_without_loading_qt() -> None:
    assert dict(parts())["Qt and PySide6"] == dict(versions())["PySide6"] == qVersion()


def test_the_versions_can_be_copied(qtbot: QtBot) -> None:
    about = AboutDialog("")
    qtbot.addWidget(about)
    about.copy()
    assert f"Qt {qVersion()}\n" in QGuiApplication.clipboard().text()
