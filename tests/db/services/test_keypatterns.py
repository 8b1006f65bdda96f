"""Patterns of citation keys on a library: unique whatever the case, tried before they are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.domain.errors import Cancelled, LibraryError
from db.services import editing, exportchoices, exporting, importing, keypatterns, keys, merging, reading
from db.services.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from db.services.library import Library
    from db.services.progress import Progress


def add(library: Library, title: str, **values: object) -> int:
    return editing.add_paper(library, {"title": title, **values})[0]


def key(library: Library, paper_id: int) -> str:
    return reading.papers(library, [paper_id])[0].citation_key


def all_keys(library: Library) -> list[str]:
    with library.reading() as session:
        sql = "SELECT citation_key FROM paper WHERE state <> 'merged' ORDER BY id"
        return [row[0] for row in session.connection().exec_driver_sql(sql)]


def bring(library: Library, file: Path, text: str, **options: bool) -> None:
    file.write_text(text, encoding="utf-8")
    importing.import_files(library, [file], silent, **options)


def test_keys_with_capitals_are_unique_too(library: Library) -> None:
    editing.set_key_pattern(library, "{auth}{year}")
    ids = [add(library, f"Kettles {number}", authors="LeCun, Yann", date="2015") for number in range(28)]
    found = [key(library, one) for one in ids]
    assert found[:3] == ["LeCun2015", "LeCun2015a", "LeCun2015b"]
    assert found[26:] == ["LeCun2015z", "LeCun2015aa"]
    editing.regenerate_keys(library, ids)
    assert [key(library, one) for one in ids] == found


def test_capitals_alone_tell_no_two_keys_apart(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path / "a.bib", "@misc{DOE2024, title = {Amber Rivers}, author = {Doe, Jane}, year = 2024}\n")
    editing.set_key_pattern(library, "{auth.lower}{year}")
    second = add(library, "Velvet Kettles", authors="Doe, Jane", date="2024")
    assert key(library, second) == "doe2024a"
    rows = ", ".join(
        f'{{"title": "Hollow Harbours {n}", "authors": ["Jane {name}"], "year": 2024}}'
        for n, name in enumerate(["Doe", "DOE", "Roe", "Doe"])
    )
    bring(library, tmp_path / "b.json", f"[{rows}]", keep_twins=True)
    assert all_keys(library) == ["DOE2024", "doe2024a", "doe2024b", "doe2024c", "roe2024", "doe2024d"]
    editing.set_key_pattern(library, "{auth}{year}")
    assert all_keys(library) == ["DOE2024", "Doe2024a", "Doe2024b", "Doe2024c", "Roe2024", "Doe2024d"]


def test_a_large_library_is_renamed_as_a_small_one_is(library: Library, tmp_path: Path) -> None:
    rows = ", ".join(f'{{"title": "Kettle Number{n} Rivers", "authors": ["A. Doe"]}}' for n in range(320))
    bring(library, tmp_path / "a.json", f"[{rows}]", keep_twins=True)
    keys.pin_key(library, [1])
    editing.set_key(library, 2, "DOE")
    editing.set_key_pattern(library, "{auth}")
    found = all_keys(library)
    assert len({one.lower() for one in found}) == len(found) == 320
    assert found[1:4] == ["DOE", "Doea", "Doeb"]


def test_the_key_of_a_pinned_paper_that_was_merged_is_nobody_elses(library: Library) -> None:
    first, second = add(library, "Amber Kettles"), add(library, "Velvet Rivers")
    keys.pin_key(library, [second])
    merging.merge(library, [first, second], into=first)
    assert reading.papers(library, [first])[0].key_aliases == ("velvet-rivers",)
    assert key(library, add(library, "Velvet Rivers")) == "velvet-riversa"


def test_unfrozen_keys_follow_what_their_pattern_names(library: Library, tmp_path: Path) -> None:
    editing.set_key_pattern(library, "{arxiv|auth.lower|title.first}{venue}")
    paper = add(library, "Amber Kettles")
    assert key(library, paper) == "amber"
    editing.set_fields(library, [paper], {"venue": "International Conference on Machine Learning"})
    assert key(library, paper) == "amberICML"
    editing.set_fields(library, [paper], {"arxiv_id": "2401.00001"})
    assert key(library, paper) == "2401.00001ICML"
    keys.freeze(library, [paper])
    editing.set_fields(library, [paper], {"arxiv_id": "", "venue": ""})
    assert key(library, paper) == "2401.00001ICML"


def test_an_import_that_brings_the_authors_moves_a_key_that_is_not_frozen(library: Library, tmp_path: Path) -> None:
    title = "Amber Kettles and the Rivers They Keep"
    loose, held = add(library, title), add(library, "Velvet Lanterns in the Harbours of Night")
    keys.freeze(library, [held])
    rows = [
        f'{{"title": "{one}", "authors": ["Jane Doe"]}}' for one in (title, "Velvet Lanterns in the Harbours of Night")
    ]
    bring(library, tmp_path / "a.json", f"[{', '.join(rows)}]")
    assert key(library, loose) == "doe-amber-kettles-rivers"
    assert key(library, held) == "velvet-lanterns-harbours"


def test_editors_and_own_short_names_of_venues_are_known(library: Library, tmp_path: Path) -> None:
    exportchoices.change(library, [], {"Meeting of Kettles": "MoK"})
    editing.set_key_pattern(library, "{editors2}{venue}{yy}")
    bring(
        library,
        tmp_path / "a.ris",
        "TY  - CONF\nTI  - Amber Kettles\nA2  - Doe, Jane\nA2  - Roe, Sam\nT2  - Meeting of Kettles\nPY  - 2024\n"
        "ER  - \n",
    )
    assert all_keys(library) == ["DoeRoeMoK24"]


def test_a_stored_pattern_of_a_newer_sheaf_stops_no_import(library: Library, tmp_path: Path) -> None:
    with library.writing("From the future") as write:
        write.session.connection().exec_driver_sql("INSERT INTO setting VALUES ('key_pattern', '{orcid}{year}')")
    assert editing.key_pattern(library) == "{orcid}{year}"
    assert key(library, add(library, "Amber Kettles", date="2024")) == "amber-kettles-2024"
    bring(library, tmp_path / "a.json", '[{"title": "Velvet Rivers", "year": 2023}]')
    assert all_keys(library) == ["amber-kettles-2024", "velvet-rivers-2023"]


def test_a_wrong_pattern_leaves_the_last_good_one(library: Library) -> None:
    editing.set_key_pattern(library, "{title.first}")
    for wrong in ("{nonsense}", "{auth", "", "text"):
        with pytest.raises(LibraryError):
            editing.set_key_pattern(library, wrong)
        with pytest.raises(LibraryError):
            keypatterns.preview(library, wrong)
    assert editing.key_pattern(library) == "{title.first}"


def test_a_preview_says_what_saving_does_and_changes_nothing(library: Library) -> None:
    ids = [add(library, f"Quiet Harbours {n}", authors="Doe, Jane", date="2024") for n in range(3)]
    ids += [add(library, "Velvet Kettles"), add(library, "慢速路由", authors="王, 伟"), add(library, "Frozen Lanterns")]
    exporting.cite(library, ids[-1:])
    before = all_keys(library)
    seen = keypatterns.preview(library, "{auth|title.first}{year}")
    assert all_keys(library) == before
    editing.set_key_pattern(library, "{auth|title.first}{year}")
    after = dict(zip(ids, all_keys(library), strict=True))
    assert {one.paper_id: one.new for one in seen.examples}.items() <= after.items()
    assert (seen.changes, seen.loose, seen.frozen) == (5, 5, 1)
    kinds = {one.paper_id: one.kind for one in seen.examples}
    assert kinds[ids[3]] == "no-authors"
    assert kinds[ids[4]] == "letters"
    assert kinds[ids[5]] == "frozen"
    assert [one.new for one in seen.examples if one.kind == "collides"] == ["Doe2024", "Doe2024b"]
    assert keypatterns.preview(library, "{auth|title.first}{year}").changes == 0


def test_a_preview_can_be_cancelled(library: Library) -> None:
    add(library, "Amber Kettles")

    def stop(_progress: Progress) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        keypatterns.preview(library, "{title}{year}", stop)


def test_ready_made_patterns_are_known_by_their_text() -> None:
    for preset in keypatterns.PRESETS:
        assert keypatterns.preset_of(f" {preset.pattern} ") == preset
    assert keypatterns.preset_of("{auth}") is None
