"""What real files of LaTeX documents cite, held against a real library."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from db.domain.errors import Cancelled, LibraryError
from db.services import docfiles, documents, editing, keys, merging, reading, undoing
from db.services.library import Library
from db.services.progress import Progress, silent

TITLES = (
    "Copper lanterns for slow routing in flooded valleys",
    "Velvet rivers and the folding of northern plains",
    "Thistle meadows planned at the scale of a county",
)


@pytest.fixture
def ids(library: Library) -> list[int]:
    return [
        editing.add_paper(library, {"title": title, "authors": f"Okafor{n}, Ada", "date": f"202{n}"})[0]
        for n, title in enumerate(TITLES)
    ]


def key_of(library: Library, paper_id: int) -> str:
    return reading.rows(library, [paper_id])[0].citation_key


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_known_unknown_and_not_cited(library: Library, ids: list[int], tmp_path: Path) -> None:
    first, second = key_of(library, ids[0]), key_of(library, ids[1])
    write(
        tmp_path,
        "refs.bib",
        f"@misc{{{first}, title={{{TITLES[0]}}}}}\n"
        f"@article{{mine24,\n title={{{TITLES[2]}}}, author={{Okafor2, Ada}}}}\n"
        f"@misc{{rest, title={{Something else altogether}}}}\n@misc{{{second}, title={{Velvet}}}}\n",
    )
    path = write(tmp_path, "p.tex", f"\\bibliography{{refs}}\n\\cite{{{first},mine24}}\n\\cite{{nowhere1999}}")
    found = documents.look(library, path)
    assert [(one.key, one.paper_id, one.citation_key, one.file, one.line) for one in found.known] == [
        (first, ids[0], first, "p.tex", 2)
    ]
    mine, nowhere = found.unknown
    assert (mine.key, mine.entry, mine.title) == ("mine24", "refs.bib:2", TITLES[2])
    assert [(one.paper_id, one.likeness) for one in mine.suggestions] == [(ids[2], documents.Likeness.SAME)]
    assert (nowhere.key, nowhere.line, nowhere.suggestions, nowhere.entry) == ("nowhere1999", 3, (), "")
    assert [(one.key, one.paper_id, one.file, one.line) for one in found.uncited] == [
        ("rest", None, "refs.bib", 4),
        (second, ids[1], "refs.bib", 5),
    ]
    assert not found.troubles
    assert set(found.files) == {str(path), str(tmp_path / "refs.bib")}


def test_an_alike_key_is_suggested(library: Library, ids: list[int], tmp_path: Path) -> None:
    keys.set_key(library, ids[1], "Okafor2021Velvet")
    path = write(tmp_path, "p.tex", "\\cite{velvet-okafor-2021}\\cite{okafor02020copper}")
    alike, usual = documents.look(library, path).unknown
    assert [(one.paper_id, one.likeness) for one in alike.suggestions][:1] == [(ids[1], documents.Likeness.KEY)]
    assert alike.suggestions[0].score == 1.0
    assert ids[0] in [one.paper_id for one in usual.suggestions]


def test_old_keys_and_merged_papers_are_known(library: Library, ids: list[int], tmp_path: Path) -> None:
    keys.set_key(library, ids[0], "old")
    keys.set_key(library, ids[0], "new")
    keys.set_key(library, ids[2], "other")
    merging.merge(library, [ids[1], ids[2]])
    path = write(tmp_path, "p.tex", "\\cite{old,other}")
    found = documents.look(library, path)
    assert ("old", "new") in {(one.key, one.citation_key) for one in found.known}
    assert {one.key for one in found.known} == {"old", "other"}
    assert not found.unknown


def test_export_writes_each_paper_under_the_key_that_is_cited(library: Library, ids: list[int], tmp_path: Path) -> None:
    keys.set_key(library, ids[0], "old")
    keys.set_key(library, ids[0], "new")
    document = write(tmp_path, "p.aux", "\\citation{old}\n\\citation{gone}\n\\@input{missing.aux}\n")
    done = documents.export(library, document, tmp_path / "out.bib", silent)
    text = (tmp_path / "out.bib").read_text(encoding="utf-8")
    assert "{old," in text
    assert "{new," not in text
    assert done.exported.written == 1
    assert [(one.key, one.file, one.line) for one in done.unknown] == [("gone", "p.aux", 2)]
    assert [(one.file, one.line) for one in done.troubles] == [("p.aux", 3)]


def test_a_trashed_paper_is_written_and_said(library: Library, ids: list[int], tmp_path: Path) -> None:
    editing.trash(library, [ids[0]])
    document = write(tmp_path, "p.tex", f"\\cite{{{key_of(library, ids[0])}}}")
    done = documents.export(library, document, tmp_path / "out.bib", silent)
    assert done.exported.written == 1
    assert [one.paper_id for one in done.trashed] == [ids[0]]


def test_export_of_everything(library: Library, ids: list[int], tmp_path: Path) -> None:
    first = key_of(library, ids[0])
    write(tmp_path, "refs.bib", f"@misc{{{first}, title={{x}}}}\n@misc{{y, title={{y}}}}")
    document = write(tmp_path, "p.tex", "\\nocite{*}\\addbibresource{refs.bib}")
    done = documents.export(library, document, tmp_path / "out.bib", silent)
    assert (done.exported.written, [one.key for one in done.unknown]) == (1, ["y"])
    alone = write(tmp_path, "q.tex", "\\nocite{*}")
    assert "names none" in documents.look(library, alone).troubles[0].why


@pytest.mark.parametrize("text", ["no citation", "\\cite{gone}"])
def test_nothing_to_export_leaves_the_file_alone(library: Library, ids: list[int], tmp_path: Path, text: str) -> None:
    target = write(tmp_path, "out.bib", "mine")
    with pytest.raises(LibraryError, match="nothing was written"):
        documents.export(library, write(tmp_path, "p.tex", text), target, silent)
    assert target.read_text(encoding="utf-8") == "mine"


def test_a_document_that_is_not_there(library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"p\.tex.*there is no such file"):
        documents.export(library, tmp_path / "p.tex", tmp_path / "out.bib", silent)
    found = documents.look(library, tmp_path / "p.tex")
    assert not found.readable
    assert found.files == (str(tmp_path / "p.tex"),)


def test_what_cannot_be_read_is_a_finding(library: Library, tmp_path: Path) -> None:
    write(tmp_path, "latin.tex", "one\nM\u00fcller \\cite{a}".encode("latin-1"))
    write(tmp_path, "declared.tex", "\\usepackage[latin1]{inputenc}\nM\u00fcller \\cite{m\u00fcller}".encode("latin-1"))
    write(tmp_path, "binary.tex", bytes(range(256)) * 50)
    write(tmp_path, "wide.tex", "\\cite{wide}".encode("utf-16"))
    (tmp_path / "dir.tex").mkdir()
    os.mkfifo(tmp_path / "pipe.tex")
    lines = ["latin", "declared", "binary", "wide", "dir", "pipe", "gone", "a" * 300, "../../../etc/hostname"]
    names = "\n".join(f"\\input{{{one}}}" for one in lines)
    path = write(tmp_path, "p.tex", f"{names}\n\\bibliography{{none,binary}}\n\\addbibresource{{http://127.0.0.1:1/x}}")
    found = documents.look(library, path)
    assert [one.key for one in found.unknown] == ["a", "m\u00fcller", "wide"]
    said = {(one.file, one.line): one.why for one in found.troubles}
    assert "not UTF-8" in said["latin.tex", 2]
    assert "not text" in said["p.tex", 3]
    assert "dir.tex is not there" in said["p.tex", 5]
    assert "not a regular file" in said["p.tex", 6]
    assert "gone.tex is not there" in said["p.tex", 7]
    assert ("p.tex", 8) in said
    assert "the bibliography none is not there" in {one.why for one in found.troubles if one.line == 10}
    assert "not read" in said["p.tex", 11]


def test_files_that_never_end_are_not_read(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path, "p.tex", "\\input{/proc/kmsg}\\input{/dev/zero}\\addbibresource{/dev/zero}\\cite{a}")
    assert [one.key for one in documents.look(library, path).unknown] == ["a"]


def test_broken_bibliographies_are_findings(library: Library, tmp_path: Path) -> None:
    write(tmp_path, "bad.bib", b"@misc{ok, title={Fine}}\n@misc{bad, title={never ends\n\n@misc{next, title={Next}}\n")
    write(tmp_path, "binary.bib", b"PK\x03\x04" + bytes(200))
    path = write(tmp_path, "p.tex", "\\bibliography{bad}\n\\bibliography{binary}\\cite{x}")
    found = documents.look(library, path)
    assert "ok" in {one.key for one in found.uncited}
    assert {one.file for one in found.troubles} == {"bad.bib", "p.tex"}


def test_biblatex_names_its_bibliographies_in_the_bcf(library: Library, ids: list[int], tmp_path: Path) -> None:
    write(tmp_path, "refs.bib", "@misc{rest, title={Rest}}")
    bcf = (
        '<bcf:controlfile xmlns:bcf="https://sourceforge.net/projects/biblatex"><bcf:bibdata section="0">'
        '<bcf:datasource type="file" datatype="bibtex">refs.bib</bcf:datasource></bcf:bibdata></bcf:controlfile>'
    )
    write(tmp_path, "build/p.bcf", bcf)
    aux = write(tmp_path, "build/p.aux", f"\\abx@aux@cite{{0}}{{{key_of(library, ids[0])}}}\n")
    found = documents.look(library, aux)
    assert len(found.known) == 1
    assert [one.key for one in found.uncited] == ["rest"]
    assert not found.troubles


def test_taking_a_match(library: Library, ids: list[int], tmp_path: Path) -> None:
    before = key_of(library, ids[0])
    changes = documents.take(library, "cited1", ids[0], as_alias=False)
    assert changes.step is not None
    assert key_of(library, ids[0]) == "cited1"
    undoing.undo(library)
    assert key_of(library, ids[0]) == before
    documents.take(library, "cited2", ids[0], as_alias=True)
    assert key_of(library, ids[0]) == before
    path = write(tmp_path, "p.tex", "\\cite{cited2}")
    assert [one.paper_id for one in documents.look(library, path).known] == [ids[0]]
    with pytest.raises(LibraryError, match="belongs to"):
        documents.take(library, "cited2", ids[1], as_alias=True)
    with pytest.raises(LibraryError, match="cannot hold"):
        documents.take(library, "a b", ids[1], as_alias=True)
    with pytest.raises(LibraryError, match="no longer"):
        documents.take(library, "cited3", 999, as_alias=True)


def test_an_alias_lasts_through_undo_and_leads_to_heirs(library: Library, ids: list[int], tmp_path: Path) -> None:
    documents.add_alias(library, ids[2], "cited")
    merging.merge(library, [ids[0], ids[2]])
    path = write(tmp_path, "p.tex", "\\cite{cited}")
    assert len(documents.look(library, path).known) == 1
    undoing.undo(library)
    assert [one.paper_id for one in documents.look(library, path).known] == [ids[2]]


def test_many_unknown_keys_can_be_cancelled_and_are_bounded(library: Library, ids: list[int], tmp_path: Path) -> None:
    path = write(tmp_path, "p.tex", "".join(f"\\cite{{copper{n}lantern}}" for n in range(2_000)))
    seen: list[Progress] = []
    start = time.process_time()
    found = documents.look(library, path, seen.append)
    assert len(found.unknown) == 2_000
    assert seen
    assert time.process_time() - start < 10


def test_reading_can_be_cancelled_at_every_file(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path, "p.tex", "\\input{a}\\input{b}")
    write(tmp_path, "a.tex", "")
    asked: list[str] = []

    def report(progress: Progress) -> None:
        asked.append(progress.label)
        if len(asked) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        documents.look(library, path, report)
    assert asked == ["Reading p.tex", "Reading a.tex"]


def test_a_replaced_file_has_another_stamp(tmp_path: Path) -> None:
    path = write(tmp_path, "p.tex", "a")
    before = documents.stamp([str(path), str(tmp_path / "none")])
    write(tmp_path, "draft", "b").replace(path)
    after = documents.stamp([str(path), str(tmp_path / "none")])
    assert before[0] != after[0]
    assert before[1] == after[1] == docfiles.NOT_THERE
