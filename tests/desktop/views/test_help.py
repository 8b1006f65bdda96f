"""The help shows its pages and loads nothing from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl

from desktop.views import help as help_view
from desktop.views.help import HelpBrowser, HelpDialog, page_title, pages

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot


def test_html_is_text_and_pictures_are_not_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"x")
    browser = HelpBrowser()
    qtbot.addWidget(browser)
    browser.show_markdown(f"# Head\n\n<b>bold</b>\n\n![picture]({secret.as_uri()})\n\n![p](http://127.0.0.1:1/x.png)")
    assert "<b>bold</b>" in browser.toPlainText()
    assert browser.loadResource(2, QUrl.fromLocalFile(str(secret))) is None
    assert browser.document().loadResource(2, QUrl.fromLocalFile(str(secret))) is None


def test_links_to_files_are_not_followed(qtbot: QtBot) -> None:
    browser = HelpBrowser()
    qtbot.addWidget(browser)
    wanted: list[str] = []
    browser.page_wanted.connect(wanted.append)
    for address in ("file:///etc/passwd", "../x.md", "/etc/x.md", "javascript:1", "import.md"):
        browser.anchorClicked.emit(QUrl(address))
    assert wanted == ["import.md"]


def test_pages_open_by_name(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "zebra.md").write_text("# Zebra\n\nstripes", encoding="utf-8")
    (tmp_path / "index.md").write_text("# Welcome\n\nhello", encoding="utf-8")
    texts = pages(tmp_path)
    monkeypatch.setattr(help_view, "pages", lambda: texts)
    dialog = HelpDialog()
    qtbot.addWidget(dialog)
    assert dialog.list.item(0).text() == "Welcome"
    dialog.open_page("zebra.md")
    assert "stripes" in dialog.browser.toPlainText()
    assert page_title("no heading", "x.md") == "x"
