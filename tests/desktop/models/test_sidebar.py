"""The sidebar's tree: what it lists, what can be dropped where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QModelIndex, Qt

from db.domain.records import Collection, Source, Tag
from db.domain.tags import nesting
from db.services.reading import Sidebar
from desktop.models.empty_words import sentence
from desktop.models.mime import COLLECTION, TAG, PapersMime
from desktop.models.scope_words import scope_words
from desktop.models.sidebar import SidebarModel
from desktop.models.sidebar_entry import Entry
from desktop.models.sidebar_narrow import narrowed
from desktop.models.sidebar_tree import sections

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

COPY = Qt.DropAction.CopyAction
DUMP = Source(3, "full.txt", "dump", "/x/full.txt", "", "", "", "", "2026-10-31T10:00:00Z", 9, 74, 74, 0)


def lists(*, tags: tuple[Tag, ...] = (), collections: tuple[Collection, ...] = ()) -> Sidebar:
    return Sidebar(
        all=9,
        unread=4,
        starred=0,
        review=0,
        trash=1,
        inferred=2,
        tags=tags,
        collections=collections,
        sources=(DUMP,),
        tree=nesting.tree(tags, {}),
    )


def shown(**data: Any) -> list[Entry]:
    return sections(lists(**data))


def model_of(data: Sidebar) -> SidebarModel:
    model = SidebarModel()
    model.show(sections(data))
    return model


def papers(*ids: int) -> QMimeData:
    return PapersMime(list(ids))


def bundle(number: int) -> QMimeData:
    mime = QMimeData()
    mime.setData(COLLECTION, str(number).encode())
    return mime


NESTED = (Collection(1, "Thesis", None, 4), Collection(2, "Chapter", 1, 2), Collection(7, "Lost", 99, 1))


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model_of(lists(tags=(Tag(1, "dpo", 2, 5),), collections=NESTED)))


def test_collections_nest_and_one_without_its_parent_is_at_the_top() -> None:
    model = model_of(lists(collections=NESTED))
    assert model.index_of_key("collection/2").parent() == model.index_of_key("collection/1")
    assert model.index_of_key("collection/7").parent() == model.index_of_key("collections")


def test_empty_sections_say_what_would_fill_them() -> None:
    model = model_of(lists())
    assert "drag papers in" in str(model.data(model.index_of_key("collections/hint")))
    assert "tag" in str(model.data(model.index_of_key("tags/hint")))
    assert not model.index_of_key("dumps/hint").isValid()


def test_counts_change_in_place_and_new_lines_start_afresh() -> None:
    model = model_of(lists(tags=(Tag(1, "dpo", 2, 5),)))
    index = model.index_of_key("tag/1")
    assert not model.show(shown(tags=(Tag(1, "dpo", 2, 6),)))
    assert model.entry(index).count == 6  # type: ignore[union-attr]
    assert model.show(shown(tags=(Tag(1, "dpo", 2, 6), Tag(2, "rlhf", 0, 1))))


def test_what_papers_can_be_dropped_on() -> None:
    model = model_of(lists(tags=(Tag(1, "dpo", 2, 5),), collections=NESTED))
    takes = [entry.key for index, entry in model.entries() if model.canDropMimeData(papers(1), COPY, -1, -1, index)]
    assert takes == ["starred", "trash", "collection/1", "collection/2", "collection/7", "tag/1"]


def test_a_collection_goes_into_another_but_never_into_itself() -> None:
    model = model_of(lists(collections=NESTED))

    def can(number: int, key: str) -> bool:
        return model.canDropMimeData(bundle(number), COPY, -1, -1, model.index_of_key(key))

    assert can(7, "collection/2")
    assert can(2, "collections")
    assert not can(1, "collection/2")
    assert not can(1, "collection/1")
    assert not can(1, "unread")


def test_drops_are_said(qtbot: QtBot) -> None:
    model = model_of(lists(collections=NESTED))
    with qtbot.waitSignal(model.papers_dropped) as heard:
        model.dropMimeData(papers(4, 5), COPY, -1, -1, model.index_of_key("collection/2"))
    assert heard.args[0].key == "collection/2"
    assert heard.args[1] == [4, 5]
    with qtbot.waitSignal(model.collection_dropped) as heard:
        model.dropMimeData(bundle(2), COPY, -1, -1, model.index_of_key("collections"))
    assert heard.args == [2, None]


def test_a_rename_asks_and_changes_nothing_itself(qtbot: QtBot) -> None:
    model = model_of(lists(tags=(Tag(1, "dpo", 2, 5),)))
    index = model.index_of_key("tag/1")
    with qtbot.waitSignal(model.renamed) as heard:
        assert not model.setData(index, "  preference ")
    assert heard.args[1] == "preference"
    with qtbot.assertNotEmitted(model.renamed):
        model.setData(index, " ")
        model.setData(index, "dpo")
    assert model.data(index) == "dpo"


def test_a_bad_index_is_answered_calmly() -> None:
    model = model_of(lists())
    assert model.data(QModelIndex()) is None
    assert not model.canDropMimeData(papers(1), COPY, -1, -1, QModelIndex())


def test_the_lists_of_versions_search_for_them_and_say_more_in_a_tip() -> None:
    entries = {entry.key: entry for _index, entry in model_of(lists()).entries()}
    published, preprint = entries["published"], entries["preprint"]
    assert (published.term, published.tip) == ("is:published", "A published version exists")
    assert (preprint.term, preprint.tip) == ("is:preprint", "No published version is known")
    assert sentence("", "is:published") == "No published version of any paper is known."
    assert scope_words("is:published -dump:#1", {1: "a.txt"}) == "A published version exists, not in a.txt"


NESTED_TAGS = (Tag(1, "nlp", 2, 5), Tag(2, "nlp/parsing", 3, 2, 7), Tag(3, "vision/video", 1, 1))


def test_tags_nest_by_their_names_and_say_their_key() -> None:
    model = model_of(lists(tags=NESTED_TAGS))
    parsing = model.index_of_key("tag/2")
    assert parsing.parent() == model.index_of_key("tag/1")
    assert model.data(parsing) == "parsing"
    assert model.data(parsing, Qt.ItemDataRole.EditRole) == "nlp/parsing"
    assert model.data(parsing, Qt.ItemDataRole.AccessibleTextRole) == "parsing, 2, 7"
    vision = model.entry(model.index_of_key("tags/vision"))
    assert vision is not None
    assert (vision.target, vision.term, vision.tip) == (None, 'tag:"vision"', "All tags inside vision")


def test_a_tag_goes_into_another_or_to_the_top_but_never_into_itself(qtbot: QtBot) -> None:
    model = model_of(lists(tags=NESTED_TAGS))

    def takes(name: str) -> list[str]:
        mime = QMimeData()
        mime.setData(TAG, name.encode())
        return [entry.key for index, entry in model.entries() if model.canDropMimeData(mime, COPY, -1, -1, index)]

    assert takes("nlp") == ["tags", "tags/vision", "tag/3"]
    assert takes("nlp/parsing") == ["tags", "tag/1", "tags/vision", "tag/3"]
    dragged = model.mimeData([model.index_of_key("tag/2")])
    with qtbot.waitSignal(model.tag_dropped) as heard:
        model.dropMimeData(dragged, COPY, -1, -1, model.index_of_key("tags/vision"))
    assert heard.args == ["nlp/parsing", "vision"]
    with qtbot.waitSignal(model.tag_dropped) as heard:
        model.dropMimeData(dragged, COPY, -1, -1, model.index_of_key("tags"))
    assert heard.args == ["nlp/parsing", None]


def labels(entries: list[Entry]) -> list[str]:
    return [entry.label for entry in entries]


def test_what_is_looked_for_stays_with_what_it_is_inside_of() -> None:
    _library, collections, searches, tags, dumps = narrowed(shown(tags=NESTED_TAGS, collections=NESTED), " PARS ")
    assert labels(tags.inside) == ["nlp"]
    assert labels(tags.inside[0].inside) == ["parsing"]
    assert labels(collections.inside) == labels(searches.inside) == labels(dumps.inside) == ["None is called so."]


def test_a_long_list_shows_its_beginning_and_says_how_many_more_there_are() -> None:
    many = tuple(Tag(number, f"t{number:03}", 0) for number in range(30))
    tags = narrowed(shown(tags=many), "", most=10)[3]
    assert labels(tags.inside) == [*(f"t{number:03}" for number in range(10)), "20 more: find them above"]
    tags = narrowed(shown(tags=many), "t02", most=4)[3]
    assert labels(tags.inside) == ["t020", "t021", "t022", "t023", "6 more: find them above"]
    assert narrowed(shown(tags=many), "")[3] == shown(tags=many)[3]
