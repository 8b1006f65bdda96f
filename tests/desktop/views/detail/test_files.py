"""Files of a paper, and what pages say of it, in the pane."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from db.services import importing
from db.services.progress import silent
from desktop.views.detail.extras import LONGEST
from desktop.views.detail.files import file_label
from desktop.views.plain import Label

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.context import AppContext
    from desktop.views.detail import DetailPane

ENTRIES = r"""
@article{a, title={Amber lanterns over rivers}, author={Doe, J.}, year={2020}, abstract={We look at lanterns.},
  file={Full <b>text</b>:files/a.pdf:application/pdf;missing.pdf:missing.pdf:application/pdf;x:run.sh:text/plain},
  submitted_by={kettle}, github={https://github.com/x/y?a=1&b=2}, github_stars={3.2k},
  project_page={javascript:alert(1)}, summary={Lanterns <i>float</i>.}, volume={3}}
@article{b, title={Velvet maps of harbours}, author={Roe, A.}, year={2021}}
"""


@pytest.fixture
def opened_files(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """What was opened by the desktop."""
    found: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(url) or True)
    return found


@pytest.fixture
def imported(opened: AppContext, tmp_path: Path) -> Path:
    """A folder with a bibliography that is imported, and one of its files."""
    folder = tmp_path / "papers"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "a.pdf").write_text("pdf")
    (folder / "run.sh").write_text("echo")
    (folder / "refs.bib").write_text(ENTRIES)
    assert opened.library is not None
    (result,) = importing.import_files(opened.library, [folder / "refs.bib"], silent).files
    assert result.records == 2
    return folder


def test_files_are_listed_and_open(
    pane: DetailPane, imported: Path, opened_files: list[QUrl], opened: AppContext, qtbot: QtBot
) -> None:
    pane.show_papers([1])
    section = pane.paper.abstract.files
    assert section.isVisible()
    names = [section.list.item(row).text() for row in range(section.list.count())]
    assert names == ["Full <b>text</b>", "missing.pdf", "x"]
    assert "files/a.pdf" in section.list.item(0).toolTip()
    QTest.keyClick(section.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened_files))
    assert Path(opened_files[0].toLocalFile()) == imported / "files" / "a.pdf"
    said: list[str] = []
    opened.notified.connect(lambda notice: said.append(notice.text))
    for row in (1, 2):
        section.list.setCurrentRow(row)
        QTest.keyClick(section.list, Qt.Key.Key_Enter)
        qtbot.waitUntil(lambda expected=row: len(said) == expected)
    assert "missing.pdf" in said[0]
    assert "program" in said[1]
    assert len(opened_files) == 1
    pane.show_papers([2])
    assert not section.isVisible()


@pytest.mark.usefixtures("imported")
def test_summary_submitter_and_links(pane: DetailPane, opened_files: list[QUrl]) -> None:
    pane.show_papers([1])
    summary = pane.paper.abstract.summary
    assert summary.isVisible()
    assert summary.text.text() == "Lanterns <i>float</i>."
    assert summary.text.textFormat() == Qt.TextFormat.PlainText
    extras = pane.paper.details.extras
    (link,) = extras.findChildren(QPushButton)
    link.click()
    assert [url.toString() for url in opened_files] == ["https://github.com/x/y?a=1&b=2"]
    texts = {label.text() for label in extras.findChildren(Label)}
    assert {"kettle", "javascript:alert(1)", "GitHub, 3.2k stars"} <= texts
    assert pane.paper.details.rest.text() == "volume: 3"
    pane.show_papers([2])
    assert summary.isHidden()
    assert extras.isHidden()
    assert not extras.findChildren(QPushButton)


def test_a_file_without_title_goes_by_its_name() -> None:
    from db.domain.records import Attachment

    assert file_label(Attachment(r"C:\papers\a.pdf")) == "a.pdf"
    assert file_label(Attachment("x/b.pdf", " ")) == "b.pdf"
    assert file_label(Attachment("x/b.pdf", "Full text")) == "Full text"


def test_long_values_do_not_widen_the_pane(pane: DetailPane, opened: AppContext, tmp_path: Path, qtbot: QtBot) -> None:
    address = "https://example.org/" + "x" * 300
    source = tmp_path / "long.bib"
    source.write_text(f"@misc{{a, title={{Amber kettles}}, page={{{address}}}, kept={{{'n' * 5_000}}}}}")
    assert opened.library is not None
    importing.import_files(opened.library, [source], silent)
    pane.show_papers([1])
    details = pane.paper.details
    pane.paper.tabs.setCurrentWidget(details)
    pane.show()
    (link,) = details.extras.findChildren(QPushButton)
    qtbot.waitUntil(lambda: link.isVisible() and "…" in link.text())
    assert link.accessibleName() == address.removeprefix("https://")
    assert len(details.rest.text()) < 2 * LONGEST
    assert details.rest.minimumSizeHint().width() < details.width()
    assert details.horizontalScrollBar().maximum() == 0
