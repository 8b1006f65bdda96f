"""`sheaf enrich`: what it prints, what it changes and when, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.lookup import web
from tests.db.test_cli import TITLES, Shell, shell
from tests.localservices import Services, Told, running

__all__ = ["shell"]


@pytest.fixture
def services(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Services that know the papers of the imported page."""
    assert shell.run("import", shell.page) == 0
    works = [
        Told(row["title"], (("Ada", "Reed"),), f"2501.0000{number}", abstract=row["abstract"])
        for number, row in enumerate(shell.rows("list"), 1)
    ]
    with running(Services(works)) as serving:
        monkeypatch.setenv(web.AT, serving.address)
        yield serving


def test_without_apply_it_only_shows(shell: Shell, services: Services) -> None:
    before = shell.rows("list")
    lines = shell.rows("enrich")
    assert shell.status == 0
    assert [set(line) for line in lines] == [{"id", "source", "score", "changes"}] * 3
    assert {line["source"] for line in lines} == {"Hugging Face"}
    assert all(line["changes"]["authors"] == {"old": None, "new": "Reed, Ada"} for line in lines)
    assert "something to fill in for 3 papers" in shell.err
    assert shell.rows("list") == before


def test_apply_fills_in_and_undo_takes_it_back(shell: Shell, services: Services) -> None:
    before = shell.rows("list")
    assert shell.run("enrich", "--apply") == 0
    assert "authors: Reed, Ada" in shell.out
    assert "Filled in 3 papers" in shell.err
    assert all(row["authors"] == [{"family": "Reed", "given": "Ada"}] for row in shell.rows("list"))
    assert shell.run("enrich", "--apply") == 0
    assert "lack nothing" in shell.err
    assert shell.run("undo") == 0
    assert shell.rows("list") == before


def test_a_search_narrows_it(shell: Shell, services: Services) -> None:
    word = max(TITLES[0].split(), key=len)
    matching = {row["id"] for row in shell.rows("list", word)}
    assert {line["id"] for line in shell.rows("enrich", word)} == matching
    assert shell.run("enrich", "year:x") == 2


def test_one_service_alone(shell: Shell, services: Services) -> None:
    assert {line["source"] for line in shell.rows("enrich", "--service", "arxiv")} == {"arXiv"}
    assert {one.split("/")[1] for one in services.asked} == {"arxiv"}
    assert shell.run("enrich", "--service", "scholar") == 3
    assert "no service called scholar" in shell.err


def test_a_file_is_looked_into_without_asking_anybody(shell: Shell, services: Services) -> None:
    services.asked.clear()
    row = shell.rows("list")[0]
    bib = shell.folder / "mine.bib"
    bib.write_text(f"@misc{{k, title={{{row['title']}}}, abstract={{{row['abstract']}}}, author={{Elm, Di}}}}")
    (line,) = shell.rows("enrich", "--from", str(bib), "--apply")
    assert (line["id"], line["source"]) == (row["id"], "mine.bib")
    assert shell.rows("list")[0]["authors"] == [{"family": "Elm", "given": "Di"}]
    assert services.asked == []
    assert shell.run("enrich", "--from", str(bib), "--service", "arxiv") == 2
    assert shell.run("enrich", "--from", str(shell.folder / "gone.bib")) == 3


def test_a_service_that_is_down_needs_a_look(shell: Shell, services: Services) -> None:
    services.instead["huggingface"] = [(503, {"Retry-After": "0"}, "")]
    assert shell.run("enrich") == 1
    assert "Hugging Face has no time for more questions" in shell.err
    assert "from arXiv" in shell.out


def test_offline_fails_and_changes_nothing(shell: Shell, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(web.AT, "http://127.0.0.1:9")
    assert shell.run("enrich", "--apply") == 3
    assert "Nothing was changed" in shell.err
    assert all(not row["authors"] for row in shell.rows("list"))
