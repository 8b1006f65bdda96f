"""Live .bib files in the real window: written after the last edit, watched, and never in the person's way."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from db import services
from desktop import export_options
from desktop.context import EVERYTHING
from desktop.models import live_files
from desktop.models.scope import among
from desktop.views.latex_words import LatexWords
from desktop.views.live_change import LiveChange
from desktop.views.live_dialog import LiveDialog
from desktop.views.live_item import WIDEST
from desktop.views.live_questions import LiveQuestions
from tests.desktop.conftest import settle
from tests.desktop.window.test_longer_texts import clipped, longer

__all__ = ["longer"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.services.library import Library
    from desktop.app import App
    from desktop.window.main_window import MainWindow

LONG = 20_000


def dialog_of(window: MainWindow, qtbot: QtBot) -> LiveDialog:
    window.registry["live_bib"].trigger()
    settle(window, qtbot)
    (dialog,) = window.findChildren(LiveDialog)
    return dialog


@pytest.fixture
def bib(full_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Path:
    """A file of a person's that follows the papers of a search, attached by the dialog."""
    path = tmp_path / "paper" / "refs.bib"
    path.parent.mkdir()
    path.write_text("@book{mine, title = {Mine}}\n")
    dialog = dialog_of(full_window, qtbot)
    assert dialog.list.isHidden()
    assert dialog.form.choice.of_search.isChecked()
    assert not dialog.form.attach_button.isEnabled()
    dialog.form.file.setText(str(path))
    dialog.form.attach_button.click()
    qtbot.waitUntil(lambda: path.read_text().count("@misc{") == 5, timeout=LONG)
    settled(full_window, qtbot)
    dialog.close()
    return path


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.live.is_pending and not window.context.tasks.busy, timeout=LONG)
    settle(window, qtbot)


def edit(window: MainWindow, title: str) -> int:
    paper = window.table.shown_ids()[0]
    window.context.run("Edit", lambda library: services.editing.set_fields(library, [paper], {"title": title}))
    return paper


def test_an_edit_is_written_a_second_later_and_once(
    full_window: MainWindow, bib: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_files, "AFTER_EDIT_MS", 4_000)  # longer than a busy machine takes for one edit
    window = full_window
    texts = []
    window.live.shown.connect(lambda: texts.append(window.status.live.text()))
    for number in range(3):
        edit(window, f"Copper lanterns {number}")
        settle(window, qtbot)
        assert "lanterns" not in bib.read_text()  # not before the person has finished
    assert window.status.live.text() == "refs.bib pending"
    qtbot.waitUntil(lambda: "Copper lanterns 2" in bib.read_text(), timeout=LONG)
    settled(window, qtbot)
    assert bib.read_text().startswith("@book{mine, title = {Mine}}\n")
    assert window.status.live.said.startswith("refs.bib written ")
    assert any(text == "refs.bib pending" for text in texts)
    window.context.undo()
    qtbot.waitUntil(lambda: "Copper lanterns 1" in bib.read_text(), timeout=LONG)
    settled(window, qtbot)


def test_a_file_that_is_written_is_announced_once(full_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    context, announced, done = full_window.context, list[str](), list[object]()
    context.changed.connect(lambda changes: announced.append(changes.label))
    follow, options = services.livefiles.of_search("", ""), export_options.options(context.settings)
    full_window.live.attach(tmp_path / "refs.bib", follow, options, done.append, then=done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=LONG)
    settled(full_window, qtbot)
    assert announced == ["Update refs.bib"]


def test_a_long_search_widens_no_window(full_window: MainWindow, bib: Path, qtbot: QtBot) -> None:
    dialog = dialog_of(full_window, qtbot)
    usual = dialog.minimumSizeHint().width()
    scope = among(range(1, 4_000, 2))
    dialog.offer("", scope)
    settle(full_window, qtbot)
    assert dialog.minimumSizeHint().width() == usual
    assert dialog.form.choice.shown.text() == scope  # whole, for whoever hears it
    dialog.close()


def test_a_star_writes_nothing(full_window: MainWindow, bib: Path, qtbot: QtBot) -> None:
    before = bib.stat().st_mtime_ns
    ids = full_window.table.shown_ids()
    full_window.context.run("Star", lambda library: services.editing.set_fields(library, ids, {"starred": True}))
    qtbot.wait(1_300)
    settled(full_window, qtbot)
    assert bib.stat().st_mtime_ns == before


def test_the_status_bar_opens_the_window(full_window: MainWindow, bib: Path, qtbot: QtBot) -> None:
    item = full_window.status.live
    assert item.isVisible()
    assert str(bib) in item.accessibleDescription()
    item.click()
    (dialog,) = full_window.findChildren(LiveDialog)
    assert dialog.isVisible()
    assert dialog.chosen() == full_window.live.files[0]
    dialog.close()


def test_a_failure_is_said_and_ends_by_itself(full_window: MainWindow, bib: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window = full_window
    bib.parent.rename(tmp_path / "away")
    edit(window, "Copper lanterns")
    qtbot.waitUntil(lambda: window.status.live.said.startswith("refs.bib failed: the folder"), timeout=LONG)
    settled(window, qtbot)
    assert window.status.live.property("tone") == "danger"
    assert "Put it back" in window.status.live.toolTip()
    window.resize(2_400, window.height())
    assert window.status.live.text().endswith("…") is (len(window.status.live.said) > WIDEST)
    window.resize(800, window.height())
    qtbot.waitUntil(lambda: window.status.live.width() < window.width() * 0.6, timeout=LONG)
    dialog = dialog_of(window, qtbot)
    assert "connect its drive" in dialog.detail.text()
    window.live._retry_timer.stop()
    (tmp_path / "away").rename(bib.parent)  # which is noticed at once
    qtbot.waitUntil(lambda: "Copper lanterns" in bib.read_text(), timeout=LONG)
    settled(window, qtbot)
    assert window.status.live.said.startswith("refs.bib written ")
    assert window.status.live.property("tone") == "muted"
    dialog.close()


@pytest.mark.parametrize("way", ["in place", "by another file"])
def test_an_edit_by_hand_is_noticed_and_answered(full_window: MainWindow, bib: Path, qtbot: QtBot, way: str) -> None:
    window = full_window
    for number in range(2):  # a file that was replaced is watched again
        text = bib.read_text().replace("Regulators", f"Wardens{number}").replace("Wardens0", f"Wardens{number}")
        if way == "in place":
            bib.write_text(text)
        else:
            other = bib.with_name("refs.bib~")
            other.write_text(text)
            other.replace(bib)
        qtbot.waitUntil(lambda: bool(window.live.files[0].questions), timeout=LONG)
        settled(window, qtbot)
        qtbot.wait(500)
    assert window.status.live.said.endswith(", 1 question")
    dialog = dialog_of(window, qtbot)
    dialog.ask_button.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(LiveQuestions)), timeout=LONG)
    (asked,) = dialog.findChildren(LiveQuestions)
    assert asked.where.text().startswith("1 of 1: ")
    assert asked.ticked() == ["title"]
    item = asked.fields.topLevelItem(0)
    assert item is not None
    assert "Wardens1" in item.text(1)
    item.setCheckState(0, Qt.CheckState.Unchecked)
    assert not asked.take_button.isEnabled()
    item.setCheckState(0, Qt.CheckState.Checked)
    asked.take_button.click()
    qtbot.waitUntil(lambda: window.live.files[0].questions == 0, timeout=LONG)
    settled(window, qtbot)
    library = library_of(window)
    assert services.searching.find(library, "Wardens1").total == 1
    assert services.undoing.next_labels(library)[0] == "Edit title"
    dialog.close()


def test_an_edited_entry_whose_paper_goes_is_left_and_said(full_window: MainWindow, bib: Path, qtbot: QtBot) -> None:
    window = full_window
    said: list[str] = []
    window.context.notified.connect(lambda notice: said.append(notice.text))
    (paper,) = services.searching.find(library_of(window), "Regulators").ids
    bib.write_text(bib.read_text().replace("Regulators", "Wardens"))
    window.context.run("Trash", lambda library: services.editing.trash(library, [paper]))
    qtbot.waitUntil(
        lambda: "1 paper left refs.bib; what you changed by hand in it stays, as yours." in said, timeout=LONG
    )
    settled(window, qtbot)
    assert "Wardens" in bib.read_text()
    assert window.live.files[0].entries == 4


def test_entries_taken_out_come_back_or_stay_out(full_window: MainWindow, bib: Path, qtbot: QtBot) -> None:
    window = full_window
    bib.write_text("@book{mine, title = {Mine}}\n")
    qtbot.waitUntil(lambda: window.live.files[0].questions == 5, timeout=LONG)
    settled(window, qtbot)
    dialog = dialog_of(window, qtbot)
    dialog.ask_button.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(LiveQuestions)), timeout=LONG)
    (asked,) = dialog.findChildren(LiveQuestions)
    assert asked.take_button.isHidden()
    assert asked.leave_button.text() == "&Leave it out"
    asked.leave_button.click()
    qtbot.waitUntil(lambda: asked.where.text().startswith("2 of 5"), timeout=LONG)
    assert asked.library_button.text() == "&Write it again"
    asked.library_button.click()
    qtbot.waitUntil(lambda: asked.where.text().startswith("3 of 5"), timeout=LONG)
    assert bib.read_text().count("@misc{") == 1
    asked.later_button.click()
    settled(window, qtbot)
    assert window.live.files[0].questions == 3
    dialog.ask_button.click()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in dialog.findChildren(LiveQuestions)), timeout=LONG)
    asked = next(one for one in dialog.findChildren(LiveQuestions) if one.isVisible())
    assert asked.alike.text() == "The &same for 2 more entries"
    assert clipped(asked) == []
    asked.alike.setChecked(True)
    asked.library_button.click()
    settled(window, qtbot)
    assert window.live.files[0].questions == 0
    assert bib.read_text().count("@misc{") == 4
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in dialog.findChildren(LiveQuestions)), timeout=LONG)
    dialog.close()


def test_a_file_is_let_go(full_window: MainWindow, bib: Path, qtbot: QtBot) -> None:
    dialog = dialog_of(full_window, qtbot)
    dialog.detach_button.click()
    qtbot.waitUntil(lambda: not full_window.live.files, timeout=LONG)
    assert full_window.status.live.isHidden()
    assert dialog.list.isHidden()
    assert bib.read_text().count("@misc{") == 5
    dialog.close()


def test_a_file_that_cannot_be_attached_is_said_in_the_form(full_window: MainWindow, bib: Path, qtbot: QtBot) -> None:
    dialog = dialog_of(full_window, qtbot)
    dialog.form.file.setText(str(bib))
    dialog.form.attach_button.click()
    qtbot.waitUntil(lambda: "already" in dialog.form.error.text(), timeout=LONG)
    assert dialog.form.file.text() == str(bib)  # nothing to be typed again
    dialog.form.choice.keys.setText(" , ")
    dialog.form.choice.of_keys.setChecked(True)
    dialog.form.file.setText(str(bib.with_name("other.bib")))
    dialog.form.attach()
    assert "citation keys" in dialog.form.error.text()
    assert not bib.with_name("other.bib").exists()
    dialog.form.choice.of_search.setChecked(True)
    dialog.form.file.setText("other.bib")
    dialog.form.attach()
    assert "whole path" in dialog.form.error.text()
    dialog.close()


def test_a_collection_that_is_shown_is_offered_as_such(full_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window, library = full_window, library_of(full_window)
    services.collecting.create(library, "Another")
    thesis = services.collecting.create(library, "Thesis")[0]
    services.collecting.add(library, thesis, window.table.shown_ids()[:2])
    window.context.announce(EVERYTHING)
    settle(window, qtbot)
    window.sidebar.set_scope("collection:Thesis")
    window.scope = "collection:Thesis"
    dialog = dialog_of(window, qtbot)
    qtbot.waitUntil(dialog.form.choice.of_collection.isChecked, timeout=LONG)
    assert dialog.form.choice.collections.currentText() == "Thesis"
    dialog.form.file.setText(str(tmp_path / "thesis.bib"))
    dialog.form.attach_button.click()
    qtbot.waitUntil(lambda: bool(window.live.files), timeout=LONG)
    settled(window, qtbot)
    assert (tmp_path / "thesis.bib").read_text().count("@misc{") == 2
    item = dialog.list.topLevelItem(0)
    assert item is not None
    assert item.text(1) == "Collection Thesis"
    dialog.close()


def test_quitting_writes_what_waits(full_window: MainWindow, bib: Path, qtbot: QtBot) -> None:
    edit(full_window, "Copper lanterns")  # not even done when the window closes
    full_window.close()
    assert "Copper lanterns" in bib.read_text()


def test_starting_writes_what_was_changed_elsewhere(start: Callable[..., App], tmp_path: Path, qtbot: QtBot) -> None:
    path, bib = tmp_path / "library.sheaf", tmp_path / "refs.bib"
    library = services.library.Library.open(path)
    paper = services.editing.add_paper(library, {"title": "Amber kettles"})[0]
    services.livefiles.attach(library, bib, services.livefiles.of_search(""), services.exporting.ExportOptions())
    services.editing.set_fields(library, [paper], {"title": "Copper lanterns"})
    library.close()
    app = start(path)
    qtbot.waitUntil(lambda: "Copper lanterns" in bib.read_text(), timeout=LONG)
    settled(app.window, qtbot)
    # And while the window is open: another program changes the library.
    qtbot.waitUntil(lambda: app.context._seen_version is not None, timeout=LONG)
    other = services.library.Library.open(path)
    services.editing.set_fields(other, [paper], {"title": "Velvet rivers"})
    other.close()
    qtbot.waitUntil(lambda: "Velvet rivers" in bib.read_text(), timeout=LONG)
    settled(app.window, qtbot)


def test_a_name_with_signs_is_shown_as_it_is(full_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "<b>R&D.bib"
    options = services.exporting.ExportOptions()
    full_window.live.attach(path, services.livefiles.of_search("x & y"), options, full_window.context.fail)
    qtbot.waitUntil(lambda: bool(full_window.live.files), timeout=LONG)
    settled(full_window, qtbot)
    assert full_window.status.live.text().startswith("<b>R&&D.bib written")
    assert "&lt;b&gt;R&amp;D.bib" in full_window.status.live.toolTip()


def test_longer_texts_fit(longer: None, full_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path, window = tmp_path / "refs.bib", full_window
    options = services.exporting.ExportOptions()
    window.live.attach(path, services.livefiles.of_search(""), options, window.context.fail)
    qtbot.waitUntil(lambda: bool(window.live.files), timeout=LONG)
    path.write_text(path.read_text().replace("Regulators", "Wardens"))
    qtbot.waitUntil(lambda: bool(window.live.files[0].questions), timeout=LONG)
    settled(window, qtbot)
    dialog = dialog_of(window, qtbot)
    dialog.form.error.say("x")
    dialog.ask_button.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(LiveQuestions)), timeout=LONG)
    qtbot.wait(50)
    assert clipped(dialog) == []
    assert clipped(dialog.findChildren(LiveQuestions)[0]) == []
    dialog.close()


def test_a_library_that_nobody_can_change_writes_nothing(
    full_window: MainWindow, bib: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = full_window
    library = library_of(window)
    before = bib.read_bytes()
    services.editing.set_fields(library, window.table.shown_ids()[:1], {"title": "Copper lanterns"})
    monkeypatch.setattr(library, "read_only", True)
    window.context.announce(EVERYTHING)
    assert not window.live.is_pending
    qtbot.wait(1_300)
    assert bib.read_bytes() == before


@pytest.mark.skipif(not (shutil.which("latexmk") and shutil.which("pdflatex")), reason="needs latexmk")
def test_latexmk_that_waits_for_changes_sees_one(full_window: MainWindow, bib: Path, qtbot: QtBot) -> None:
    window = full_window
    paper = window.table.shown_ids()[0]
    found = services.reading.paper(library_of(window), paper)
    assert found is not None
    cite = f"\\cite{{{found.citation_key}}}\\bibliographystyle{{plain}}\\bibliography{{refs}}"
    tex = f"\\documentclass{{article}}\\begin{{document}}{cite}\\end{{document}}"
    bib.with_name("paper.tex").write_text(tex)
    command = ["latexmk", "-pvc", "-view=none", "-pdf", "-interaction=nonstopmode", "paper.tex"]
    log = bib.with_name("out.txt")
    with log.open("w") as out:
        running = subprocess.Popen(command, cwd=bib.parent, stdout=out, stderr=subprocess.STDOUT)
        try:
            bbl = bib.with_name("paper.bbl")
            qtbot.waitUntil(lambda: bbl.exists() and "Aligning" in bbl.read_text(), timeout=50_000)
            assert "lanterns" not in bbl.read_text()
            edit(window, "Copper lanterns")
            qtbot.waitUntil(lambda: "Copper lanterns" in bbl.read_text(), timeout=50_000)
            settled(window, qtbot)
            assert window.live.files[0].state == "written"
        finally:
            running.terminate()
            running.wait(30)


def library_of(window: MainWindow) -> Library:
    assert window.context.library is not None
    return window.context.library


def test_what_a_file_follows_and_how_it_is_written_is_changed(full_window: MainWindow, bib: Path, qtbot: QtBot) -> None:
    window = full_window
    dialog = dialog_of(window, qtbot)
    dialog.change_button.click()
    (change,) = dialog.findChildren(LiveChange)
    assert change.choice.as_now.isChecked()
    assert change.choice.now.text() == "All papers"
    assert change.profile.chosen() == "bibtex"
    qtbot.waitUntil(lambda: clipped(change) == [], timeout=LONG)
    change.profile.setCurrentIndex(1)
    change.parts.boxes["abstract"].setChecked(True)
    qtbot.waitUntil(lambda: "5 entries written anew" in change.preview.said.text(), timeout=LONG)
    assert {"-   year = {2024},", "+   date = {2024-03-01},"} <= set(change.preview.lines.toPlainText().splitlines())
    assert "date = " not in bib.read_text()
    qtbot.waitUntil(lambda: change.choice.shown.text() == "all papers", timeout=LONG)
    key = next(line for line in bib.read_text().splitlines() if line.startswith("@misc{"))[6:-1]
    change.choice.keys.setText("")
    change.choice.of_keys.click()
    assert not change.save_button.isEnabled()
    assert change.preview.lines.toPlainText() == ""
    change.choice.keys.setText(key)
    change.save_button.click()
    qtbot.waitUntil(lambda: "date = " in bib.read_text(), timeout=LONG)
    settled(window, qtbot)
    text = bib.read_text()
    assert text.startswith("@book{mine, title = {Mine}}\n")
    assert (text.count("{" + key + ","), text.count("abstract = "), text.count("date = ")) == (1, 1, 1)
    qtbot.waitUntil(lambda: dialog.list.topLevelItem(0).text(1) == f"Keys {key}", timeout=LONG)
    qtbot.waitUntil(lambda: not dialog.findChildren(LiveChange), timeout=LONG)
    dialog.change_button.click()
    (again,) = dialog.findChildren(LiveChange)
    assert (again.profile.chosen(), again.parts.chosen()["abstract"]) == ("biblatex", True)
    assert again.choice.keys.text() == key
    again.choice.of_document.click()
    again.choice.document.setText(str(bib.parent / "missing.tex"))
    again.save_button.click()
    qtbot.waitUntil(again.error.isVisible, timeout=LONG)
    assert bib.read_text() == text
    again.offer("", "")
    settled(window, qtbot)
    assert again.error.isVisible()
    again.reject()
    dialog.close()


@pytest.mark.usefixtures("longer")
def test_changing_a_file_with_longer_texts(full_window: MainWindow, bib: Path, qtbot: QtBot) -> None:
    dialog = dialog_of(full_window, qtbot)
    dialog.change_button.click()
    (change,) = dialog.findChildren(LiveChange)
    qtbot.wait(50)
    assert clipped(change) == []
    change.reject()
    dialog.close()


def test_words_and_venues_reach_live_files_and_undo_does_too(full_window: MainWindow, bib: Path, qtbot: QtBot) -> None:
    window, library = full_window, library_of(full_window)
    paper = window.table.shown_ids()[0]
    values = {"title": "A Bayesian View of Kettles", "venue": "Journal of Amber Kettles"}
    window.context.run("Edit", lambda library: services.editing.set_fields(library, [paper], values))
    (file,) = services.livefiles.files(library)
    options = services.exportchoices.chosen({"abbreviate": True})
    window.live.change(file, file.follow, options, window.context.fail, then=lambda _done: None)
    qtbot.waitUntil(lambda: "journal = {Journal of Amber Kettles}" in bib.read_text(), timeout=LONG)
    settled(window, qtbot)
    words = LatexWords(window.context, window)
    words.open()
    qtbot.waitUntil(words.save_button.isEnabled)
    words.words.setPlainText("Bayesian")
    words.venues.setPlainText("Journal of Amber Kettles = J. Amb. Kett.")
    with qtbot.waitSignal(words.accepted):
        words.save_button.click()
    qtbot.waitUntil(lambda: "journal = {J. Amb. Kett.}" in bib.read_text(), timeout=LONG)
    assert "title = {A {Bayesian} View of Kettles}" in bib.read_text()
    settled(window, qtbot)
    window.context.undo()
    qtbot.waitUntil(lambda: "journal = {Journal of Amber Kettles}" in bib.read_text(), timeout=LONG)
    assert "title = {A Bayesian View of Kettles}" in bib.read_text()
    settled(window, qtbot)
