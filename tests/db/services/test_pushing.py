"""Pushing through programs that write down what they were told, and pipes with nobody or somebody behind them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from db import services
from db.domain.documents import CiteStyle
from db.domain.errors import LibraryError
from db.services import lyxpipe
from db.services import programs as running
from db.services.pushing import BY_NAME, CitedKeys, Editor, Outcome, found, push
from tests.db.domain.editors.test_quoting import HOSTILE
from tests.db.services.running_editors import Recorder, need, started, until

if TYPE_CHECKING:
    from pathlib import Path

    from db.services.library import Library

CITED = CitedKeys(("a", "b"), CiteStyle("latex", "citep", "see", "p. 3"))
TEXT = r"\citep[see][p. 3]{a,b}"
ANSWERING = r"""
import os, select, sys
base, kind = sys.argv[1:]
os.mkfifo(base + ".in"); os.mkfifo(base + ".out")
into = os.open(base + ".in", os.O_RDONLY | os.O_NONBLOCK)
out = os.open(base + ".out", os.O_RDWR)
os.write(out, b"INFO:somebody:citation-insert:\n")
keep = os.open(base + ".in", os.O_WRONLY)
open(base + ".ready", "w").close()
heard = b""
while True:
    select.select([into], [], [])
    heard += os.read(into, 4096)
    while b"\n" in heard:
        line, heard = heard.split(b"\n", 1)
        with open(base + ".heard", "ab") as file:
            file.write(line + b"\n")
        word, client, command, _argument = line.split(b":", 3)
        answers = {"yes": b"INFO:%s:%s:\n", "no": b"NOTIFY:F1\nERROR:%s:%s:No document\n"}
        if kind in answers:
            os.write(out, answers[kind] % (client, command))
"""


def refused(cited: CitedKeys, editor: Editor) -> LibraryError:
    """Return why a push failed; the first line always says to which editor."""
    with pytest.raises(LibraryError) as raised:
        push(cited, editor)
    assert raised.value.message.startswith(f"The citation was not pushed to {BY_NAME[editor.kind].title}\n")
    return raised.value


def test_no_editor_is_chosen() -> None:
    with pytest.raises(LibraryError, match="No editor is chosen"):
        push(CITED, Editor(""))


def test_a_push_freezes_the_keys(library: Library) -> None:
    ids = [services.editing.add_paper(library, {"title": "Pushing lanterns"})[0]]
    cited, changes = services.cite_commands.cited_keys(library, ids, CITED.style)
    (row,) = services.reading.rows(library, ids)
    assert cited.keys == (row.citation_key,)
    assert row.key_frozen
    assert changes.ids == frozenset(ids)


def test_papers_that_are_gone() -> None:
    assert "no longer in the library" in refused(CitedKeys((), CITED.style), Editor("kile")).message


# Programs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [*HOSTILE, "--line"])
def test_texstudio_gets_the_citation_as_one_argument(programs: Recorder, key: str) -> None:
    programs.make("texstudio")
    assert push(CitedKeys((key,), CiteStyle()), Editor("texstudio")) == Outcome("sent")
    assert programs.calls("texstudio") == [["--insert-cite", f"\\cite{{{key}}}"]]


def test_texstudio_that_is_started(programs: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.services.pushing.START", 0.3)
    pid = tmp_path / "pid"
    programs.make("texstudio", then=f"echo $$ > '{pid}'; exec sleep 60")
    assert push(CITED, Editor("texstudio")) == Outcome("started")
    number = int(pid.read_text())
    os.kill(number, 0)  # it was left running
    os.kill(number, signal.SIGKILL)
    programs.make("texstudio")
    until(lambda: push(CITED, Editor("texstudio")) == Outcome("sent") and not _exists(number), "the end of it")


def _exists(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_texstudio_that_fails(programs: Recorder) -> None:
    programs.make("texstudio", complains="cannot connect to display", status=3)
    error = refused(CITED, Editor("texstudio"))
    assert "status 3" in error.message
    assert error.details == "cannot connect to display"


def test_texstudio_takes_latex_only(programs: Recorder) -> None:
    programs.make("texstudio")
    error = refused(CitedKeys(("a",), CiteStyle("pandoc")), Editor("texstudio"))
    assert "LaTeX only" in error.message
    assert programs.calls("texstudio") == []


def test_vscode_is_brought_to_the_front(programs: Recorder) -> None:
    named = programs.make("some-code")
    assert push(CITED, Editor("vscode", str(named))) == Outcome("shown")
    assert programs.calls("some-code") == [["--reuse-window"]]


@pytest.mark.parametrize("kind", ["texstudio", "vscode", "emacs", "vim", "neovim"])
def test_a_program_that_is_not_there(kind: str) -> None:
    error = refused(CITED, Editor(kind, "no-such-editor-here"))
    assert "no-such-editor-here" in error.message
    assert "Preferences" in error.message


def test_no_program_on_the_search_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "code or codium" in refused(CITED, Editor("vscode")).message
    assert "dbus-send" in refused(CITED, Editor("kile")).message


def test_an_editor_off_the_search_path_is_found_where_it_usually_lies(
    programs: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = programs.make("emacsclient")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "emacsclient" in refused(CITED, Editor("emacs")).message
    monkeypatch.setitem(running.MORE_PLACES, sys.platform, (str(named.parent),))
    assert found(Editor("emacs")) == str(named)


@pytest.mark.parametrize("text", ["\\cite{a&calc}", "\\cite{%PATH%}", '\\cite{"a}', "\\cite{a|b}"])
def test_nothing_is_handed_to_the_shell_of_windows_that_it_would_run(text: str, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="is a script"):
        running.run([str(tmp_path / "Editor.CMD"), text], 1)
    running.refuse_script(["code.cmd", "--reuse-window", "\\cite{smith-2024,_b.c}"])
    running.refuse_script(["texstudio.exe", text])


def test_a_file_that_is_no_program(tmp_path: Path) -> None:
    odd = tmp_path / "odd"
    odd.write_bytes(b"\x7fELF nothing")
    odd.chmod(0o755)
    assert "could not be started" in refused(CITED, Editor("emacs", str(odd))).message


def test_emacs_answers(programs: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALTERNATE_EDITOR", "touch pwned")
    programs.make("emacsclient", says='"ok a \\"b\\".tex"\n')
    assert push(CITED, Editor("emacs", server="work")) == Outcome("inserted", 'a "b".tex')
    ((server, option, _expression),) = programs.calls("emacsclient")
    assert (server, option) == ("--socket-name=work", "--eval")
    assert "ALTERNATE_EDITOR" not in programs.environment("emacsclient")


@pytest.mark.parametrize(
    ("says", "complains", "words"),
    [
        ('"locked notes.org"\n', "", "notes.org is read-only"),
        ('"hidden"\n', "", "emacsclient -c"),
        ("", "emacsclient: can't find socket; have you started the server?", "M-x server-start"),
        ("", "*ERROR*: Text is read-only", "refused"),
    ],
)
def test_emacs_refuses(programs: Recorder, says: str, complains: str, words: str) -> None:
    programs.make("emacsclient", says=says, complains=complains, status=int(not says))
    assert words in refused(CITED, Editor("emacs")).message


@pytest.mark.parametrize("kind", ["emacs", "vim", "neovim"])
def test_an_editor_that_does_not_answer(programs: Recorder, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.services.pushing.PATIENCE", 0.3)
    monkeypatch.setattr("db.services.vimservers.PATIENCE", 0.3)
    made = programs.make("slow", then="sleep 60; echo late")
    before = time.monotonic()
    assert "did not answer" in refused(CITED, Editor(kind, str(made), "there")).message
    assert time.monotonic() - before < 10


@pytest.mark.parametrize(
    ("complains", "words"),
    [
        ('Unknown option argument: "--servername"', "+clientserver"),
        ("No display: Send expression failed.", "X display"),
        ('E247: No registered server named "X"', "None of this name"),
        ("E449: Invalid expression received", "did not take"),
    ],
)
def test_vim_says_why_not(programs: Recorder, complains: str, words: str) -> None:
    programs.make("vim", complains=complains)  # whose status is that of success
    assert words in refused(CITED, Editor("vim", server="X")).message


def test_one_of_several_vims_is_to_be_chosen(programs: Recorder) -> None:
    programs.make("vim", then='case "$1" in --serverlist) printf "ONE\\nTWO\\n" ;; *) echo "file /tmp/$2.tex" ;; esac')
    outcome = push(CITED, Editor("vim"))
    assert outcome.state == "choose"
    assert [(one.address, one.title) for one in outcome.servers] == [("ONE", "/tmp/ONE.tex"), ("TWO", "/tmp/TWO.tex")]


def test_no_vim_listens(programs: Recorder) -> None:
    programs.make("vim")
    assert "--servername PAPER" in refused(CITED, Editor("vim")).message


def test_kile_is_called_by_both_its_names(programs: Recorder) -> None:
    programs.make("dbus-send", complains="Error org.freedesktop.DBus.Error.ServiceUnknown: no", status=1)
    assert "Kile is not running" in refused(CITED, Editor("kile")).message
    assert [call[-1] for call in programs.calls("dbus-send")] == [f"string:{TEXT}"] * 2
    assert {call[3] for call in programs.calls("dbus-send")} == {"--dest=org.kde.kile", "--dest=net.sourceforge.kile"}
    programs.make("dbus-send")
    assert push(CITED, Editor("kile")) == Outcome("sent")
    programs.make("dbus-send", complains="Failed to open connection to session message bus", status=1)
    assert "over D-Bus" in refused(CITED, Editor("kile")).message


# Pipes of LyX -------------------------------------------------------------------------------------


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """Where a LyX listens, or not."""
    return tmp_path / "lyxpipe"


def lyx_cites(pipe: Path) -> Outcome:
    return push(CITED, Editor("lyx", server=str(pipe)))


@pytest.mark.parametrize(("kind", "state"), [("yes", "inserted"), ("silent", "sent")])
def test_lyx_takes_keys_and_says_what_it_left_out(
    pipe: Path, kind: str, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.services.lyxpipe.PATIENCE", 5.0 if kind == "yes" else 0.5)
    with started(sys.executable, "-c", ANSWERING, str(pipe), kind):
        until(lambda: pipe.with_name("lyxpipe.ready").exists(), "the pipe")
        for _ in range(3):
            assert lyx_cites(pipe) == Outcome(state, left_out="p. 3")
        assert push(CITED, Editor("lyx", server=f"{pipe}.in")).state == state
    lines = pipe.with_name("lyxpipe.heard").read_text().splitlines()
    assert [line.split(":", 2)[2] for line in lines] == ["citation-insert:a,b|see"] * 4
    assert len({line.split(":")[1] for line in lines}) == 4


def test_lyx_refuses(pipe: Path) -> None:
    with started(sys.executable, "-c", ANSWERING, str(pipe), "no"):
        until(lambda: pipe.with_name("lyxpipe.ready").exists(), "the pipe")
        assert "LyX refused: No document" in refused(CITED, Editor("lyx", server=str(pipe))).message


def test_a_pipe_that_nobody_reads_does_not_hang(pipe: Path) -> None:
    os.mkfifo(f"{pipe}.in")
    os.mkfifo(f"{pipe}.out")
    before = time.monotonic()
    message = refused(CITED, Editor("lyx", server=str(pipe))).message
    assert "nobody reads" in message
    assert "LyXServer pipe" in message
    assert time.monotonic() - before < lyxpipe.PATIENCE  # at once, if not on a busy machine


def test_a_reader_that_takes_nothing_does_not_hang(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.services.lyxpipe.PATIENCE", 0.3)
    os.mkfifo(f"{pipe}.in")
    reader = os.open(f"{pipe}.in", os.O_RDONLY | os.O_NONBLOCK)
    writer = os.open(f"{pipe}.in", os.O_WRONLY | os.O_NONBLOCK)
    try:
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(writer, b"x" * 4096)
        assert "does not take" in refused(CITED, Editor("lyx", server=str(pipe))).message
    finally:
        os.close(reader)
        os.close(writer)


def test_a_file_in_the_place_of_the_pipe_is_not_written(pipe: Path) -> None:
    file = pipe.with_name("lyxpipe.in")
    file.write_text("mine")
    assert "no pipe" in refused(CITED, Editor("lyx", server=str(pipe))).message
    assert file.read_text() == "mine"


def test_no_pipe_and_one_that_lyx_names_itself(own_home: Path) -> None:
    assert str(own_home / ".lyx" / "lyxpipe.in") in refused(CITED, Editor("lyx")).message
    (own_home / ".lyx").mkdir()
    (own_home / ".lyx" / "preferences").write_text(f'Format 21\n\\serverpipe "{own_home}/elsewhere"\n')
    assert f"{own_home}/elsewhere.in" in refused(CITED, Editor("lyx")).message


# A real bus ---------------------------------------------------------------------------------------

KILE = """
import sys
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusConnection

@ClassInfo(**{"D-Bus Interface": "net.sourceforge.kile.main"})
class Main(QObject):
    @Slot(str)
    def insertText(self, text):
        with open(sys.argv[1], "a", encoding="utf-8") as file:
            file.write(text + "\\n")

app = QCoreApplication([])
main = Main()
bus = QDBusConnection.sessionBus()
assert bus.registerObject("/main", main, QDBusConnection.RegisterOption.ExportAllSlots)
assert bus.registerService("net.sourceforge.kile")
print("ready", flush=True)
app.exec()
"""


def test_kile_on_a_real_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("dbus-daemon", "dbus-send")
    wanted = [CitedKeys((key, "b"), CiteStyle()) for key in HOSTILE]
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert bus.stdout is not None
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.stdout.readline().strip())
        assert "Kile is not running" in refused(CITED, Editor("kile")).message
        heard = tmp_path / "heard"
        command = [sys.executable, "-c", KILE, str(heard)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as kile:
            try:
                assert kile.stdout is not None
                assert kile.stdout.readline() == "ready\n"
                assert all(push(cited, Editor("kile")) == Outcome("sent") for cited in wanted)
            finally:
                kile.terminate()
        assert heard.read_text(encoding="utf-8").splitlines() == [cited.text for cited in wanted]
    finally:
        bus.terminate()
        bus.communicate()
