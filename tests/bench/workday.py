"""A day of work in a real window, each kind of step measured: searching, sorting, moving about, filtering, writing."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from db import services
from tests.bench.facetday import Facetday
from tests.bench.loopwatch import LoopWatch, Measured, prefixes, processor

if TYPE_CHECKING:
    from db.services.changes import Changes
    from desktop.app import App

TAGGED = 10_000
COLUMNS = "title authors date tags status comments dumps key added rating starred".split()
FILTERS = ("tag:agents", "is:unread", "dump:#2", "is:published", "tag:dpo year:2020-", "")
TYPED, PAGES = 12, 60


class Workday:
    """Drives a window that shows its papers; `done` is what was measured."""

    def __init__(self, app: App, watch: LoopWatch) -> None:
        self._app, self._watch, self._window = app, watch, app.window
        self._table = app.window.table
        self.done: list[Measured] = []
        self._resets: list[int] = []
        self._answers: list[None] = []
        self._table.model.modelReset.connect(lambda: self._resets.append(watch.paints))
        self._table.answered.connect(lambda: self._answers.append(None))

    def whole(self) -> list[Measured]:
        """Do all of it."""
        self._watch.wait(lambda: self._table.answers.found and self._window.sidebar.lists is not None)
        self._watch.settle(500)
        texts = self._texts()
        self._type(texts)
        self._pick(texts[: TYPED // 2])
        self._sort()
        self._move()
        self._filter()
        self.done += Facetday(self._app, self._watch).whole()
        self._count()
        self._choose_all()
        self._write()
        return self.done

    def _measured(self, name: str) -> Measured:
        self.done.append(Measured(name))
        return self.done[-1]

    def _is_shown(self) -> bool:
        """Whether the newest question shows its first rows, or was answered without a change of rows."""
        if self._resets:
            return self._watch.paints > self._resets[-1]
        return bool(self._answers)

    def _show(self, into: Measured, act: Callable[[], object], *, whole: bool = True) -> None:
        self._resets.clear()
        self._answers.clear()
        self._watch.step(into, act, self._is_shown)
        if whole:
            self._watch.wait(lambda: bool(self._answers))
            self._watch.settle()

    def _texts(self) -> list[str]:
        """Return the first word, or the first two, of papers' titles."""
        library, ids, dice = self._app.context.library, self._table.model.ids, random.Random(4)
        assert library is not None
        rows = services.reading.rows(library, [dice.choice(ids) for _ in range(TYPED)])
        return [" ".join(row.title.lower().split()[: 1 + n % 2]) for n, row in enumerate(rows)]

    def _type(self, texts: list[str]) -> None:
        field, one = self._window.search, self._measured("search, first rows, each key")
        for text in prefixes(texts):
            self._show(one, lambda text=text: (field.setText(text), field.flush()), whole=False)  # type: ignore[misc]
        self._show(self._measured("search cleared"), field.clear_search)

    def _pick(self, texts: list[str]) -> None:
        library, one = self._app.context.library, self._measured("ranked search of the picker")
        assert library is not None
        for text in prefixes(texts):
            begun, used = time.perf_counter(), processor()
            services.picking.hits(library, text)
            one.wall.append((time.perf_counter() - begun) * 1e3)
            one.processor.append((processor() - used) * 1e3)

    def _sort(self) -> None:
        header = self._table.view.header
        for name in COLUMNS:
            one = self._measured(f"sort by {name}")
            for way in (False, True):
                self._show(one, lambda name=name, way=way: header.sort_by(name, way))  # type: ignore[misc]
        self._show(self._measured("sort as they came"), lambda: header.sort_by("added", True))

    def _move(self) -> None:
        bar = self._table.view.verticalScrollBar()
        one = self._measured("scroll by a page")
        for _page in range(PAGES):
            self._scroll(one, bar.value() + bar.pageStep())
        one = self._measured("jump to the end and about")
        for part in (1, 0, 0.5, 0.9, 0.1, 0.7):
            self._scroll(one, int(bar.maximum() * part))

    def _scroll(self, into: Measured, value: int) -> None:
        bar, paints = self._table.view.verticalScrollBar(), self._watch.paints
        if min(value, bar.maximum()) != bar.value():
            self._watch.step(into, lambda: bar.setValue(value), lambda: self._watch.paints > paints)

    def _filter(self) -> None:
        one = self._measured("filter by a tag, a status, a dump")
        for scope in FILTERS:
            self._show(one, lambda scope=scope: self._window.sidebar.set_scope(scope))  # type: ignore[misc]

    def _count(self) -> None:
        sidebar, fresh = self._window.sidebar, list[None]()
        sidebar.refreshed.connect(lambda: fresh.append(None))
        every, some = self._measured("all counts of the sidebar"), self._measured("counts after a change of papers")
        for one in (every, some) * 3:
            fresh.clear()
            if one is every:
                sidebar.lists = None
            self._watch.step(one, lambda: self._refresh({"paper"}), lambda: bool(fresh))

    def _refresh(self, parts: set[str]) -> None:
        from db.services.changes import Changes

        self._window.sidebar.refresh(Changes("", frozenset(parts), None))

    def _choose_all(self) -> None:
        chosen: list[None] = []
        self._table.selection_changed.connect(lambda _ids: chosen.append(None))
        self._watch.step(self._measured("select all"), self._table.select_all, lambda: bool(chosen))

    def _write(self) -> None:
        library, ids = self._app.context.library, self._table.model.ids
        assert library is not None
        some, every = ids[:TAGGED], ids
        self._change("star one paper", lambda: services.editing.set_fields(library, ids[:1], {"starred": True}))
        self._change(f"tag {len(some):,}", lambda: services.tagging.tag(library, some, add=["bulk"]))
        self._change("tag all", lambda: services.tagging.tag(library, every, add=["bulk too"]))

    def _change(self, name: str, change: Callable[[], Changes]) -> None:
        library = self._app.context.library
        assert library is not None
        self._step(name, change)
        self._step(f"undo of {name}", lambda: services.undoing.undo(library))

    def _step(self, name: str, change: Callable[[], Changes]) -> None:
        ended: list[Changes] = []
        self._answers.clear()
        self._watch.step(
            self._measured(name),
            lambda: self._app.context.run(name, lambda _library: change(), ended.append),
            lambda: bool(ended),
        )
        self._watch.wait(lambda: bool(self._answers))
        self._watch.settle(300)
