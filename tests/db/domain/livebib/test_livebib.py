"""What Sheaf does to a .bib file, and above all what it does not do to it."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.errors import LibraryError
from db.domain.livebib import Kind, Owned, Plan, State, compose, entries, mark, read, reduced, rows, survey
from db.domain.livebib.composing import needed, other_names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OWN = """% my bibliography
@string{venue = "Proceedings of Nowhere"}
@preamble{"\\newcommand{\\noop}[1]{}"}

@article{mine2001,
  title = {Wooden {Bridges} and @ Signs},
  journal = venue
}
"""


def entry(key: str, title: str = "Slow Lanterns") -> str:
    return f"@misc{{{key},\n  title = {{{title}}},\n  year = {{2024}},\n}}"


def put(data: bytes, owned: Mapping[str, Owned], wanted: Mapping[str, str], **answers: str) -> tuple[bytes, Plan]:
    """Write all wanted entries, by key, as a service does it."""
    file = read(data)
    found = survey(file.text, owned)
    asked = {key: (number, file.fit(text)) for number, (key, text) in enumerate(wanted.items(), 1)}
    plan = compose(file, found, owned, asked, answers)
    return file.encode(plan.text), plan


def test_entries_stand_where_they_stand() -> None:
    text = OWN + entry("a") + '@book(round, title = {(}, note = ") ")  ' + entry("b") + "\n%" + entry("c")
    found = entries(text)
    assert [one.key for one in found] == ["mine2001", "a", "round", "b"]
    assert text[found[1].start : found[1].end] == entry("a")
    assert text[found[2].start : found[2].end] == '@book(round, title = {(}, note = ") ")'
    assert [text[one.start : one.end] for one in entries(text, strings=True)] == [OWN.split("\n")[1]]


def test_a_broken_entry_costs_no_other_one() -> None:
    text = "@misc{broken,\n  title = {Never closed,\n}\n\n" + entry("whole") + "\n"
    assert [one.key for one in entries(text)] == ["whole"]


def test_many_broken_entries_take_no_longer_than_whole_ones() -> None:
    text = "@misc{broken,\n  title = {Never {closed,\n" * 20_000
    assert entries(text) == []


def test_a_whole_bibliography_on_one_line() -> None:
    text = "".join(entry(f"k{number}").replace("\n", " ") for number in range(20_000))
    assert len(entries(text)) == 20_000


def test_braces_as_deep_as_anybody_nests_them() -> None:
    deep = "{" * 40 + "x" + "}" * 40
    text = entry("deep", deep) + "\n" + entry("next")
    assert [one.key for one in entries(text)] == ["deep", "next"]


@pytest.mark.parametrize(
    "own", [OWN, OWN.rstrip("\n"), OWN.replace("\n", "\r\n"), "\ufeff" + OWN, "", "\ufeff", "\n\n"]
)
def test_new_entries_come_behind_and_go_again(own: str) -> None:
    before = own.encode()
    one, plan = put(before, {}, {"k1": entry("k1")})
    assert plan.added == ["k1"]
    assert one.startswith(before)
    two, plan = put(one, plan.owned, {"k1": entry("k1"), "k2": entry("k2")})
    eol = b"\r\n" if b"\r\n" in before else b"\n"
    assert entry("k1").encode().replace(b"\n", eol) + eol * 2 + entry("k2").encode().replace(b"\n", eol) in two
    back, plan = put(two, plan.owned, {"k1": entry("k1")})
    assert back == one
    assert plan.removed == ["k2"]
    gone, plan = put(back, plan.owned, {})
    assert gone.strip() == before.strip()
    assert plan.owned == {}
    if own.strip("\ufeff\n"):
        assert gone == before


def test_a_changed_entry_is_replaced_in_its_place() -> None:
    text = entry("k1") + "\n% between\n" + entry("k2") + " % beside\n\n" + OWN
    owned = {key: Owned(key, 1, (mark(entry(key)),)) for key in ("k1", "k2")}
    new, plan = put(text.encode(), owned, {"k1": entry("k1", "Quick"), "k2": entry("k2")})
    assert new.decode() == text.replace(entry("k1"), entry("k1", "Quick"))
    assert plan.changed == ["k1"]
    assert plan.owned["k1"].marks == (mark(entry("k1", "Quick")), mark(entry("k1")))


def test_what_stands_beside_a_removed_entry_in_its_line_stays() -> None:
    text = "@misc{x, note = {y}} " + entry("k1") + " % mine\n\nend"
    new, _plan = put(text.encode(), {"k1": Owned("k1", 1, (mark(entry("k1")),))}, {})
    assert new == b"@misc{x, note = {y}}  % mine\n\nend"


def test_new_ones_take_the_place_of_the_last_that_goes() -> None:
    text = entry("old") + "\n\n" + OWN
    new, _plan = put(text.encode(), {"old": Owned("old", 1, (mark(entry("old")),))}, {"new": entry("new")})
    assert new.decode() == text.replace(entry("old"), entry("new"))


def test_an_entry_of_the_person_is_never_overwritten() -> None:
    text = OWN + "\n" + entry("K1", "Mine")
    new, plan = put(text.encode(), {}, {"k1": entry("k1", "Theirs")})
    assert new == text.encode()
    assert [(one.kind, one.key, one.in_file) for one in plan.questions] == [(Kind.OWN, "k1", entry("K1", "Mine"))]
    assert plan.owned == {}


def test_an_entry_that_says_the_same_is_taken_over_as_it_is() -> None:
    loose = '@MISC{k1, Title = "Slow   Lanterns", YEAR = 2024}'
    new, plan = put(loose.encode(), {}, {"k1": entry("k1")})
    assert new == loose.encode()
    assert plan.owned["k1"].marks == (mark(loose),)
    again, plan = put(new, plan.owned, {"k1": entry("k1", "Another")})
    assert again.decode() == entry("k1", "Another")


def test_an_edit_by_hand_is_asked_about_and_an_answer_holds_for_what_was_seen() -> None:
    edited = entry("k1", "By hand")
    owned = {"k1": Owned("k1", 1, (mark(entry("k1")),))}
    new, plan = put(edited.encode(), owned, {"k1": entry("k1")})
    assert new == edited.encode()
    assert plan.owned == owned
    (question,) = plan.questions
    assert question.kind is Kind.EDITED
    other = edited.replace("hand", "another hand")
    assert put(other.encode(), owned, {"k1": entry("k1")}, k1=question.seen)[0] == other.encode()
    new, plan = put(edited.encode(), owned, {"k1": entry("k1")}, k1=question.seen)
    assert new.decode() == entry("k1")
    assert not plan.questions


def test_an_edited_entry_that_is_no_longer_wanted_is_the_persons() -> None:
    edited = entry("k1", "By hand") + "\n"
    new, plan = put(edited.encode(), {"k1": Owned("k1", 1, (mark(entry("k1")),))}, {})
    assert new == edited.encode()
    assert (plan.released, plan.owned) == (["k1"], {})


def test_an_entry_taken_out_by_hand_is_asked_about() -> None:
    owned = {"k1": Owned("k1", 1, (mark(entry("k1")),))}
    new, plan = put(OWN.encode(), owned, {"k1": entry("k1")})
    assert new == OWN.encode()
    assert [one.kind for one in plan.questions] == [Kind.GONE]
    new, plan = put(OWN.encode(), owned, {"k1": entry("k1")}, k1=plan.questions[0].seen)
    assert new.decode() == OWN + "\n" + entry("k1") + "\n"


def test_going_back_to_an_older_state_of_the_file_is_no_edit() -> None:
    owned = {"k1": Owned("k1", 1, (mark(entry("k1", "New")), mark(entry("k1", "Old"))))}
    found = survey(entry("k1", "Old"), owned)
    assert found.owned["k1"].state is State.OLDER
    assert needed(found, owned, {"k1": 1}) == {"k1"}
    new, plan = put(entry("k1", "Old").encode(), owned, {"k1": entry("k1", "New")})
    assert new.decode() == entry("k1", "New")
    assert not plan.questions


def test_turned_line_ends_are_no_edit() -> None:
    owned = {"k1": Owned("k1", 1, (mark(entry("k1")),))}
    text = entry("k1").replace("\n", "\r\n").encode()
    assert put(text, owned, {"k1": entry("k1")})[0] == text
    new, _plan = put(text, owned, {"k1": entry("k1", "Other")})
    assert new.decode() == entry("k1", "Other").replace("\n", "\r\n")


def test_an_entry_left_to_the_person_is_left() -> None:
    owned = {"k1": Owned("k1", 1, (mark(entry("k1")),), left=True)}
    for text in (entry("k1", "By hand"), OWN):
        new, plan = put(text.encode(), owned, {"k1": entry("k1")})
        assert new == text.encode()
        assert plan.owned == owned


def test_bytes_of_an_older_encoding_come_back() -> None:
    text = "% Größe\n@misc{x, title = {naïve}}\n".encode("latin-1")
    new, plan = put(text, {}, {"k1": entry("k1", "Größe und Łódź")})
    assert new.startswith(text)
    assert "Größe".encode("latin-1") in new
    assert "{\\L}ód{\\'{z}}".encode("latin-1") in new
    assert put(new, plan.owned, {"k1": entry("k1", "Größe und Łódź")})[0] == new


def test_a_few_broken_bytes_stay_as_they_are() -> None:
    text = "% Ünïcödé façade".encode() + b"\xff" + b" end\n"
    new, _plan = put(text, {}, {"k1": entry("k1", "量子")})
    assert new == text + b"\n" + entry("k1", "量子").encode() + b"\n"


def test_what_latex_cannot_read_is_refused() -> None:
    with pytest.raises(LibraryError, match="UTF-8"):
        read(OWN.encode("utf-16"))


def test_the_rows_of_a_question() -> None:
    there = '@article{k1, title = {Slow {L}anterns}, year = 2024, pages = "1--2", author = {A} # " and B"}'
    ours = entry("k1") + ""
    found = rows(there, ours)
    assert found is not None
    assert [(one.field, one.in_file, one.in_library) for one in found] == [
        ("entry type", "article", "misc"),
        ("title", "Slow {L}anterns", "Slow Lanterns"),
        ("pages", "1--2", ""),
        ("author", '{A} # " and B"', ""),
    ]
    assert rows("@misc{k1, title = {x}, title = {y}}", ours) is None
    assert reduced(OWN, OWN[OWN.index("@article") :], ["journal"]) == (
        '@string{venue = "Proceedings of Nowhere"}\n@article{mine2001,\n  journal = venue,\n}\n'
    )


def test_further_names_of_an_entry() -> None:
    assert other_names("@misc{k,\n  ids = {old, older},\n}") == {"old", "older"}
    assert other_names(entry("k")) == frozenset()


# Properties ---------------------------------------------------------------------------------------------

KEYS = st.sampled_from([f"k{number}" for number in range(6)])
TITLES = st.sampled_from(["One", "Two {B}races", "Zwölf", "量子 rot", "at @ sign", "back \\{ slash \\}"])
GAPS = st.sampled_from(
    ["\n", "\n\n", "\n\n\n", "\n% note\n", "\n@comment{x}\n\n", " % beside\n", "\n\n@string{s={v}}\n"]
)
OWNS = st.sampled_from(["@book{own, title={X}}", "text\nof mine", "@article(r, note = {)})", "@misc{bad, title = {x"])
Parts = list[tuple[str, str, str]]


@st.composite
def files(draw: st.DrawFn) -> tuple[str, dict[str, Owned], str]:
    """A file of a person's with entries of Sheaf's in it, as something would have written them."""
    eol = draw(st.sampled_from(["\n", "\r\n"]))
    keys = draw(st.lists(KEYS, unique=True))
    parts, owned = [draw(st.sampled_from(["", "\ufeff", "% head\n", "\n"]))], {}
    for number, key in enumerate(keys, 1):
        text = entry(key, draw(TITLES))
        owned[key] = Owned(key, number, (mark(text),))
        parts += [text, draw(GAPS), *draw(st.lists(st.one_of(OWNS, GAPS).map(lambda one: one + "\n\n"), max_size=2))]
    text = "".join(parts).replace("\n", eol)
    return text.rstrip() if draw(st.booleans()) else text, owned, eol


def outside(text: str, keys: set[str]) -> list[str]:
    """Return what stands between the entries with these keys, without white space at the seams."""
    at, found = 0, []
    for one in entries(text):
        if one.key in keys:
            found.append(text[at : one.start])
            at = one.end
    return [part.strip() for part in [*found, text[at:]] if part.strip()]


@given(files(), st.lists(st.tuples(KEYS, TITLES), unique_by=lambda pair: pair[0]))
def test_nothing_outside_owned_entries_is_touched(made: tuple[str, dict[str, Owned], str], wishes: Parts) -> None:
    text, owned, eol = made
    wanted = {key: entry(key, title) for key, title in wishes}  # type: ignore[misc]
    before = text.encode()
    after, plan = put(before, owned, wanted)
    assert not plan.questions
    keys = owned.keys() | wanted.keys()
    joined = "\n".join(outside(after.decode(), keys)).replace("\r", "").replace("\ufeff", "").split()
    assert joined == "\n".join(outside(text, keys)).replace("\r", "").replace("\ufeff", "").split()
    found = {one.key: after.decode()[one.start : one.end] for one in entries(after.decode()) if one.key in keys}
    assert {key: one.replace("\r\n", "\n") for key, one in found.items()} == wanted
    assert plan.owned.keys() == wanted.keys()
    assert after.startswith(b"\xef\xbb\xbf") == text.startswith("\ufeff")
    if eol == "\r\n" and "\r\n" in text:
        assert not re.search(rb"(?<!\r)\n", after)
    # Once more changes nothing.
    again, plan = put(after, plan.owned, wanted)
    assert again == after
    assert [plan.added, plan.changed, plan.removed] == [[], [], []]


@given(files(), st.lists(st.tuples(KEYS, TITLES), unique_by=lambda pair: pair[0]))
def test_line_ends_make_no_difference(made: tuple[str, dict[str, Owned], str], wishes: Parts) -> None:
    text, owned, _eol = made
    plain, wanted = text.replace("\r\n", "\n"), {key: entry(key, title) for key, title in wishes}  # type: ignore[misc]
    new = put(plain.encode(), owned, wanted)[0].decode()
    for eol in ("\r\n", "\r"):
        turned = put(plain.replace("\n", eol).encode(), owned, wanted)[0].decode()
        assert turned.replace(eol, "\n") == new


@given(files(), TITLES)
def test_a_change_of_one_entry_changes_its_bytes_alone(made: tuple[str, dict[str, Owned], str], title: str) -> None:
    text, owned, eol = made
    wanted: dict[str, str] = {}
    for one in entries(text):
        if one.key in owned:
            wanted[one.key] = text[one.start : one.end].replace("\r\n", "\n")
    assert put(text.encode(), owned, wanted)[0] == text.encode()
    if not wanted:
        return
    key = next(iter(wanted))
    was = wanted[key].replace("\n", eol)
    wanted[key] = entry(key, title)
    new = put(text.encode(), owned, wanted)[0].decode()
    assert new == text.replace(was, entry(key, title).replace("\n", eol))


def test_git_sees_the_changed_lines_alone(tmp_path: Path) -> None:
    def git(*words: str) -> str:
        said = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words]
        return subprocess.run(said, cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    wanted = {f"k{number}": entry(f"k{number}", f"Title {number}") for number in range(50)}
    data, plan = put(OWN.encode(), {}, wanted)
    path = tmp_path / "refs.bib"
    path.write_bytes(data)
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    wanted["k7"] = entry("k7", "Other")
    wanted["k50"] = entry("k50")
    del wanted["k20"]
    path.write_bytes(put(data, plan.owned, wanted)[0])
    lines = [line for line in git("diff", "-U0").splitlines() if re.match(r"[+-](?![+-])", line)]
    assert [line for line in lines if line.startswith("-")] == [
        "-  title = {Title 7},",
        *_lines("-", entry("k20", "Title 20")),
    ]
    assert [line for line in lines if line.startswith("+")] == ["+  title = {Other},", *_lines("+", entry("k50"))]


def _lines(sign: str, text: str) -> list[str]:
    lines = [sign + line for line in text.split("\n")]
    return [*lines, "-"] if sign == "-" else ["+", *lines]


def test_a_file_of_entries_that_are_never_closed_takes_no_longer_than_another() -> None:
    assert entries("@a{\n" * 100_000) == []
    deep = "@a{k, t = " + "{" * 50 + "}" * 51
    assert [(one.key, one.end) for one in entries("@a{\n" * 1_000 + deep)] == [("k", 4_000 + len(deep))]
