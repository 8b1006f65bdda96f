"""A second start hands its files to the first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.instance import Instance, hand_over, server_name, understood, without_console

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_the_name_is_one_for_every_spelling_of_a_path(tmp_path: Path) -> None:
    assert server_name(str(tmp_path / "x.sheaf")) == server_name(str(tmp_path / "y" / ".." / "x.sheaf"))
    assert server_name(str(tmp_path / "x.sheaf")) != server_name(str(tmp_path / "z.sheaf"))


def test_a_window_is_opened_without_a_console(tmp_path: Path) -> None:
    program = tmp_path / "sheaf.exe"
    assert without_console(program) == program
    (tmp_path / "sheaf-window.exe").touch()
    assert without_console(program) == tmp_path / "sheaf-window.exe"
    assert without_console(tmp_path / "sheaf") == tmp_path / "sheaf"


def test_nobody_there(tmp_path: Path) -> None:
    assert not hand_over(server_name(str(tmp_path / "lonely")), ["a.txt"])


def test_files_of_a_second_process_reach_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    name = server_name(str(tmp_path / "x.sheaf"))
    first = Instance(name)
    assert first.listen()
    code = "import sys; from desktop.instance import hand_over; sys.exit(not hand_over(sys.argv[1], sys.argv[2:]))"
    files = [str(tmp_path / "a b.txt"), str(tmp_path / "ü.txt")]
    with (
        qtbot.waitSignal(first.called, timeout=20_000) as heard,
        subprocess.Popen([sys.executable, "-c", code, name, *files]) as second,
    ):
        pass_on = second
        qtbot.waitUntil(lambda: pass_on.poll() is not None, timeout=20_000)
    assert heard.args == [[Path(file) for file in files]]
    assert second.returncode == 0
    first.close()


def test_the_picker_is_asked_for_alone_or_with_files(qtbot: QtBot, tmp_path: Path) -> None:
    name = server_name(str(tmp_path / "x.sheaf"))
    first = Instance(name)
    assert first.listen()
    call = "hand_over(sys.argv[1], sys.argv[2:], pick=True)"
    code = f"import sys; from desktop.instance import hand_over; sys.exit(not {call})"
    environment = {**os.environ, "XDG_ACTIVATION_TOKEN": "may-take-it"}
    called: list[list[Path]] = []
    first.called.connect(called.append)
    for files in ([], [str(tmp_path / "--pick")]):
        with qtbot.waitSignal(first.picker_wanted, timeout=20_000) as wanted:
            second = subprocess.Popen([sys.executable, "-c", code, name, *files], env=environment)
            qtbot.waitUntil(lambda second=second: second.poll() is not None, timeout=20_000)
        assert second.returncode == 0
        assert wanted.args == ["may-take-it"]
    assert called == [[tmp_path / "--pick"]]
    first.close()


def test_a_place_left_by_a_crash_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    name = server_name(str(tmp_path / "x.sheaf"))
    code = (
        "import os, sys; from desktop.instance import Instance; one = Instance(sys.argv[1]); one.listen(); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", code, name], check=False, timeout=100)
    assert not hand_over(name, [])
    second = Instance(name)
    assert second.listen()
    second.close()


def test_other_messages_are_ignored() -> None:
    assert understood(b'["/a"]\n') == ["/a"]
    assert understood(b"{}\n") is None
    assert understood(b"[1]\n") is None
    assert understood(b"\xff\n") is None
