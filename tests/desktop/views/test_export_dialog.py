"""Export, paste, key pattern and tag picker: small windows over the real library."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from db import services
from db.domain.records import CiteRule, VersionKind
from desktop.views.export_dialog import ExportDialog
from desktop.views.paste_dialog import PasteDialog
from desktop.views.tag_picker import TagPicker

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from db.services.library import Library
    from desktop.context import AppContext


Keep = Callable[["QWidget"], None]


@pytest.fixture
def two(add_paper: Callable[..., int]) -> list[int]:
    """Two papers of three."""
    add_paper("Not among them")
    return [add_paper("Aligning Models: A Survey", date="2024-03"), add_paper("On Rewards", tags=("dpo",))]


@pytest.fixture
def export(qtbot: QtBot, opened: AppContext, two: list[int], keep: Keep) -> ExportDialog:
    """The export of two papers."""
    made = ExportDialog(opened, two, "2 selected papers")
    keep(made)
    made.show()
    qtbot.waitUntil(lambda: "3" in made.all.text())
    return made


def test_an_ampersand_in_what_is_exported_is_shown_and_names_no_key(
    opened: AppContext, two: list[int], keep: Keep
) -> None:
    made = ExportDialog(opened, two, "R&D")
    keep(made)
    assert made.these.text() == "R&&D"
    assert made.these.shortcut().isEmpty()


DOUBLED = QSize(384, 270)
"""What a window has of 800 x 600 pixels when everything is twice as large."""


def test_it_fits_a_small_screen_where_everything_is_doubled(export: ExportDialog, qtbot: QtBot) -> None:
    def columns() -> int:
        return len({box.x() for box in export.parts.boxes.values() if box.isVisible()})

    assert columns() == 2
    export.resize(DOUBLED)
    assert export.size() == DOUBLED
    qtbot.waitUntil(lambda: columns() == 1)
    parts = [export.format, *(box for box in export.parts.boxes.values() if box.isVisible())]
    right = [part.mapTo(export.form, part.rect().topRight()).x() for part in parts]
    assert max(right) <= export.form.viewport().width()
    assert export.rect().contains(export.export_button.mapTo(export, export.export_button.rect().bottomRight()))
    export.resize(export.sizeHint())
    qtbot.waitUntil(lambda: columns() == 2)


def test_a_file_is_chosen_in_a_dialog_that_fits_the_screen(export: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "chosen"
    sizes: list[QSize] = []

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        sizes.append(dialog.size())
        assert dialog.selectedFiles() == [export.file.text()]
        dialog.selectFile(str(path))
        dialog.accept()

    QTimer.singleShot(0, choose)
    export._choose()
    assert export.file.text() == f"{path}.bib"
    room = export.screen().availableGeometry()
    assert sizes[0].boundedTo(room.size()) == sizes[0]


def test_the_selection_is_written_and_what_lacks_something_listed(
    qtbot: QtBot, export: ExportDialog, tmp_path: Path
) -> None:
    path = tmp_path / "out.bib"
    export.file.setText(str(path))
    with qtbot.waitSignal(export.exported):
        export.export_button.click()
    assert path.read_text(encoding="utf-8").count("@misc{") == 2
    assert export.outcome.line.text().startswith("2 papers written to")
    assert export.outcome.list.isVisible()


def listed(export: ExportDialog) -> list[tuple[str, str]]:
    """The lines below the result."""
    tree = export.outcome.list
    items = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    return [(item.text(0), item.text(1)) for item in items if item]


def test_what_latex_cannot_print_is_listed_with_a_way_to_the_paper(
    qtbot: QtBot, opened: AppContext, add_paper: Callable[..., int], tmp_path: Path, keep: Keep
) -> None:
    odd = add_paper("On ℝ and ✓", date="2024", authors="Doe, Jane", abstract="学")
    add_paper("Größe", date="2024", authors="Doe, Jane")
    export = ExportDialog(opened, None, "")
    keep(export)
    export.show()
    export.file.setText(str(tmp_path / "out.bib"))
    with qtbot.waitSignal(export.exported):
        export.export_button.click()
    result = export.outcome
    ((key, what),) = listed(export)
    assert what == "title: ℝ DOUBLE-STRUCK CAPITAL R, ✓ CHECK MARK"
    assert "2 characters in 1 paper." in result.replaced.text()
    assert "LuaLaTeX or XeLaTeX" in result.replaced.text()
    assert not result.missing.isVisible()
    with qtbot.waitSignal(export.show_paper) as shown:
        result.show_button.click()
    assert shown.args == [odd]
    result.copy_button.click()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == f"{key}: {what}")
    export.parts.boxes["unicode"].setChecked(True)
    with qtbot.waitSignal(export.exported):
        export.export_button.click()
    assert not result.replaced.isVisible()
    assert not result.list.isVisible()


def test_everything_can_be_written_instead(qtbot: QtBot, export: ExportDialog, tmp_path: Path) -> None:
    path = tmp_path / "all.bib"
    export.all.setChecked(True)
    export.file.setText(str(path))
    with qtbot.waitSignal(export.exported):
        export.export_button.click()
    assert path.read_text(encoding="utf-8").count("@misc{") == 3


def test_a_folder_that_does_not_exist_is_said_in_the_dialog(qtbot: QtBot, export: ExportDialog, tmp_path: Path) -> None:
    export.file.setText(str(tmp_path / "no" / "such" / "out.bib"))
    export.export_button.click()
    qtbot.waitUntil(lambda: export.error.isVisible())
    assert export.export_button.isEnabled()


def test_the_options_are_remembered(
    qtbot: QtBot, export: ExportDialog, opened: AppContext, tmp_path: Path, keep: Keep
) -> None:
    export.parts.boxes["abstract"].setChecked(True)
    export.file.setText(str(tmp_path / "out.bib"))
    with qtbot.waitSignal(export.exported):
        export.export_button.click()
    again = ExportDialog(opened, None, "")
    keep(again)
    assert again.parts.boxes["abstract"].isChecked()
    assert again.all.isChecked()
    assert again.these.isHidden()


def choose(export: ExportDialog, name: str) -> None:
    """Choose a format as the person would: by its line in the list."""
    export.format.setCurrentIndex(export.format.findData(name))


@pytest.mark.parametrize(
    ("name", "suffix", "begins"),
    [("ris", ".ris", "TY  - "), ("csl-json", ".json", "["), ("csv", ".csv", "\ufeffTitle"), ("markdown", ".md", "- ")],
)
def test_another_format_is_written_under_its_own_suffix(
    qtbot: QtBot, export: ExportDialog, tmp_path: Path, name: str, suffix: str, begins: str
) -> None:
    export.file.setText(str(tmp_path / "out.bib"))
    choose(export, name)
    assert export.file.text() == str(tmp_path / f"out{suffix}")
    assert export.format.file_filter().endswith(f"(*{suffix})")
    with qtbot.waitSignal(export.exported):
        export.export_button.click()
    assert (tmp_path / f"out{suffix}").read_text(encoding="utf-8").startswith(begins)
    assert not (tmp_path / "out.bib").exists()


def test_what_came_from_a_bibliography_stays_as_it_stood_unless_she_wants_it_anew(
    qtbot: QtBot, opened: AppContext, library: Library, tmp_path: Path, keep: Keep
) -> None:
    bib, path = tmp_path / "refs.bib", tmp_path / "out.bib"
    bib.write_bytes(b"% mine\r\n@Misc(k, title={Amber}, abstract={Long.})\r\n")
    (result,) = services.importing.import_files(library, [bib], lambda _progress: None).files
    dialog = ExportDialog(opened, list(result.new_ids), "1 paper", scope=f"dump:#{result.source_id}")
    keep(dialog)
    assert dialog.parts.boxes["keep"].isChecked()
    dialog.file.setText(str(path))
    with qtbot.waitSignal(dialog.exported):
        dialog.export_button.click()
    assert path.read_bytes() == bib.read_bytes()
    assert dialog.outcome.line.text().endswith(", 1 of them as they stood in a .bib file")
    dialog.parts.boxes["keep"].setChecked(False)
    with qtbot.waitSignal(dialog.exported):
        dialog.export_button.click()
    assert path.read_text(encoding="utf-8") == "@misc{k,\n  title = {Amber},\n}\n\n"
    assert "as they stood" not in dialog.outcome.line.text()


def test_what_needs_a_look_in_entries_that_stay_is_listed(
    qtbot: QtBot, opened: AppContext, library: Library, tmp_path: Path, keep: Keep
) -> None:
    bib = tmp_path / "refs.bib"
    bib.write_text("@misc{k, title={Amber \\input{/etc/x}}, date={2020}}\n@misc{l, title={Ж}, year=2020}\n", "utf-8")
    (result,) = services.importing.import_files(library, [bib], lambda _progress: None).files
    dialog = ExportDialog(opened, list(result.new_ids), "2 papers")
    keep(dialog)
    dialog.file.setText(str(tmp_path / "out.bib"))
    with qtbot.waitSignal(dialog.exported):
        dialog.export_button.click()
    assert dialog.outcome.concerns.text().startswith("2 entries that stay as in a .bib file need a look.")
    assert dialog.outcome.replaced.text() == ""
    listed = [dialog.outcome.list.topLevelItem(row).text(1) for row in range(3)]
    assert [text.partition(": kept; ")[0] for text in listed] == ["\\input", "date", "Ж CYRILLIC CAPITAL LETTER ZHE"]
    dialog.parts.boxes["keep"].setChecked(False)
    with qtbot.waitSignal(dialog.exported):
        dialog.export_button.click()
    assert dialog.outcome.concerns.text() == ""
    assert dialog.outcome.replaced.text() != ""


def test_only_the_options_that_the_format_heeds_are_shown(export: ExportDialog) -> None:
    assert all(box.isVisible() for box in export.parts.boxes.values())
    choose(export, "markdown")
    shown = {name for name, box in export.parts.boxes.items() if box.isVisible()}
    assert shown == {"abstract", "keywords", "url", "personal"}


def test_the_format_is_remembered(
    qtbot: QtBot, export: ExportDialog, opened: AppContext, tmp_path: Path, keep: Keep
) -> None:
    choose(export, "ris")
    export.file.setText(str(tmp_path / "out.ris"))
    with qtbot.waitSignal(export.exported):
        export.export_button.click()
    again = ExportDialog(opened, None, "")
    keep(again)
    assert (again.format.writer().name, again.file.text()) == ("ris", str(tmp_path / "out.ris"))


@pytest.mark.parametrize(
    ("typed", "named"),
    [("/a/b.bib", "/a/b.md"), ("/a/b", "/a/b.md"), ("/a/b.txt", "/a/b.txt"), ("/a/v1.2", "/a/v1.2"), ("", "")],
)
def test_a_suffix_of_her_own_stays(export: ExportDialog, typed: str, named: str) -> None:
    export.file.setText(typed)
    choose(export, "markdown")
    assert export.file.text() == named


def test_pasted_text_is_counted_before_it_is_imported(qtbot: QtBot, opened: AppContext, dump: Path, keep: Keep) -> None:
    QGuiApplication.clipboard().setText(dump.read_text(encoding="utf-8"))
    dialog = PasteDialog(opened)
    keep(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.state.text().startswith("5 papers recognised"), timeout=10_000)
    with qtbot.waitSignal(dialog.accepted):
        dialog.import_button.click()
    assert dialog.text().startswith("new")
    dialog.area.clear()
    assert not dialog.import_button.isEnabled()


@pytest.fixture
def picker(qtbot: QtBot, opened: AppContext, two: list[int], keep: Keep) -> TagPicker:
    """The tag picker for two papers, one of them tagged."""
    made = TagPicker(opened, two)
    keep(made)
    made.open()
    qtbot.waitUntil(lambda: len(made.model.lines) == 1)
    return made


def tags_of(library: Library, ids: list[int]) -> list[set[str]]:
    return [{tag.name for tag in paper.tags} for paper in services.reading.papers(library, ids)]


def test_the_picker_makes_a_new_tag(qtbot: QtBot, picker: TagPicker, library: Library, two: list[int]) -> None:
    QTest.keyClicks(picker.line, "survey")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tags_of(library, two) == [{"survey"}, {"dpo", "survey"}])


def test_the_picker_finds_by_letters_puts_on_and_takes_off(
    qtbot: QtBot, picker: TagPicker, library: Library, two: list[int]
) -> None:
    assert picker.model.lines[0].text == "– dpo"
    QTest.keyClicks(picker.line, "dp")
    assert picker.model.lines[0].text == "– dpo"
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tags_of(library, two) == [{"dpo"}, {"dpo"}])
    qtbot.waitUntil(lambda: picker.model.lines and picker.model.lines[0].text == "✓ dpo")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tags_of(library, two) == [set(), set()])


def test_escape_closes_the_picker(qtbot: QtBot, picker: TagPicker) -> None:
    with qtbot.waitSignal(picker.closed):
        QTest.keyClick(picker.line, Qt.Key.Key_Escape)


def test_one_selected_paper_is_offered_beside_what_is_shown(
    qtbot: QtBot, opened: AppContext, two: list[int], keep: Keep, tmp_path: Path
) -> None:
    made = ExportDialog(opened, two[:1], "1 selected paper", shown=two)
    keep(made)
    made.show()
    assert made.shown.isChecked()
    assert made.shown.text() == "2 shown papers"
    made.these.setChecked(True)
    made.file.setText(str(tmp_path / "one.bib"))
    with qtbot.waitSignal(made.exported):
        made.export_button.click()
    assert (tmp_path / "one.bib").read_text(encoding="utf-8").count("@misc{") == 1


def test_an_export_asks_for_the_version_where_papers_have_several(
    qtbot: QtBot, opened: AppContext, add_paper: Callable[..., int], keep: Keep, tmp_path: Path
) -> None:
    library = opened.library
    assert library is not None
    paper_id = add_paper("Velvet kettles for slow harbours", arxiv_id="2403.01234")
    services.versioning.add(library, paper_id, VersionKind.PUBLISHED, {"venue": "Kettle Letters", "date": "2025"})
    found = services.reading.paper(library, paper_id)
    assert found is not None
    preprint = next(one for one in found.versions if one.kind is VersionKind.PREPRINT)
    services.versioning.mark_read(library, paper_id, preprint.id)
    made = ExportDialog(opened, [paper_id], "1 selected paper")
    keep(made)
    made.show()
    qtbot.waitUntil(made.cited.isVisible)
    qtbot.waitUntil(lambda: made.cited.currentText() == "Versions: as the library says (the published one)")
    texts = {}
    for choice in (0, 2):
        made.cited.setFocus()
        made.cited.setCurrentIndex(choice)
        made.file.setText(str(tmp_path / f"{choice}.bib"))
        with qtbot.waitSignal(made.exported):
            made.export_button.click()
        texts[choice] = (tmp_path / f"{choice}.bib").read_text(encoding="utf-8")
        made.again_button.click()
    assert "Kettle Letters" in texts[0]
    assert "Kettle Letters" not in texts[2]
    assert services.versioning.library_rule(library) is CiteRule.PUBLISHED


def test_no_version_is_asked_for_where_every_paper_has_one(export: ExportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "the published one" in export.cited.itemText(0))
    assert not export.cited.isVisible()
