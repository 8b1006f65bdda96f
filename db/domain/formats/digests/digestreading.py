"""Reading a digest one line at a time: where an entry begins, and what belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.formats import arxiv, inline
from db.domain.formats.account import Account
from db.domain.formats.digests.digestlines import ARXIV_LINE, BULLET, HEADING, MAIL_RULE, NUMBER, RULE, TAGS, URL
from db.domain.formats.digests.entry import LABEL, Entry
from db.domain.formats.digests.item import identified, is_paper, item, sentences, without
from db.domain.formats.digests.tablerows import columns, is_delimiter, is_row, row
from db.domain.formats.lines import clean
from db.domain.names import normal_title
from db.domain.records import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.digests.item import Item
    from db.domain.formats.survey import Survey
    from db.domain.records import Ledger, Record

NO_TITLE = "This line leads to a paper, but no title stands with it, so it became no paper."


class Reading:
    """The state of one reading: the open entry, the short paragraph before it, and the columns of the table."""

    def __init__(self, survey: Survey, name: str) -> None:
        self.survey, self.name = survey, name
        self.account = Account()
        self.out: list[Record | Issue] = []
        self.entry: Entry | None = None
        self.prior: Entry | None = None
        self.row = ""
        self.columns: dict[int, str] = {}
        self.index = 0
        self.gap = True

    def run(self, lines: Iterable[str]) -> Iterator[Record | Issue | Ledger]:
        """Go through the lines once."""
        for raw in lines:
            self.account.number += 1
            text = clean(TAGS.sub(" ", raw) if "<" in raw and len(raw) < inline.LONGEST else raw)
            if not raw.strip():
                self.account.blank += 1
                self.gap = True
                continue
            self._line(raw, text)
            self.gap = False
            if self.out:
                yield from self.out
                self.out.clear()
        self._finish()
        self._drop_prior()
        yield from self.out
        yield self.account.ledger(self.name, self.survey)

    def _line(self, raw: str, text: str) -> None:
        if not text or RULE.match(raw):
            self._rule(text)
        elif is_row(text):
            self._table(text)
            return
        elif len(raw) < inline.LONGEST and (heading := HEADING.match(text)):
            self._heading(len(heading["level"]), heading["text"])
        elif len(raw) < inline.LONGEST and (bullet := BULLET.match(raw.replace("\t", "    "))):
            self._bullet(len(bullet["indent"]), clean(TAGS.sub(" ", bullet["text"])))
        elif label := (LABEL.match(inline.parts(text).text) if len(text) < inline.LONGEST else None):
            self._label(label["name"], label["value"], text)
        else:
            self._text(raw, text)
        self.row, self.columns = "", {}

    # Tables

    def _table(self, text: str) -> None:
        if is_delimiter(text):
            self.columns = columns(self.row) if self.row else {}
            self._furniture()
            return
        if entry := row(text, self.columns, self.account.number):
            self._new(entry)
            self._finish()
        else:
            self._finish()
            self._furniture()
        self.row = text

    # Sections and items

    def _heading(self, level: int, text: str) -> None:
        if label := LABEL.match(text + ":") if self.entry is not None and self.entry.sure else None:
            self._label(label["name"], "", text)
            return
        entry = Entry("heading", level=level)
        self._new(entry)
        found = item(NUMBER.sub("", text))
        entry.linked(found.links)
        title = found.title if found.linked or found.bold else without(NUMBER.sub("", text))
        if title:
            entry.title.append(title)
        entry.dated(found.when) if found.when else None

    def _bullet(self, indent: int, text: str) -> None:
        open_ = self.entry
        found = item(text)
        label = LABEL.match(inline.parts(text).text)
        paper = any(is_paper(link.url) for link in found.links)
        inner = open_ is not None and (open_.kind == "heading" or indent > open_.indent or open_.kind == "plain")
        if label and open_ is not None and label["name"].lower() != "title" and not found.linked:
            self._label(label["name"], label["value"], text)
        elif inner and open_ is not None and self._detail(open_, found, paper):
            open_.take(self.account.number)
            open_.linked(found.links)
            if open_.sure or not paper:
                open_.said(without(text), self.account.number)
        else:
            self._item(indent, text, found)

    def _detail(self, entry: Entry, found: Item, paper: bool) -> bool:
        """Say whether a list below an entry speaks of the entry's paper rather than of another one."""
        other = identified(found.links)
        if entry.sure:
            return not (found.linked and (other is None or other != entry.arxiv_id))
        return paper and not found.linked and not found.bold and len(found.title) < 15

    def _item(self, indent: int, text: str, found: Item) -> None:
        entry = Entry("bullet", indent=indent)
        self._new(entry)
        entry.linked(found.links)
        bare = URL.match(text)
        if bare:
            entry.linked([inline.Link("", bare["url"])])
            return
        if found.title:
            entry.title.append(found.title)
        if found.when:
            entry.dated(found.when)
        entry.behind(without(found.rest), self.account.number)

    # Lines of text

    def _label(self, name: str, value: str, text: str) -> None:
        entry = self.entry
        if entry is None or (name.lower() == "title" and entry.title):
            entry = Entry("plain")
            self._new(entry, keep_prior=True)
        else:
            entry.take(self.account.number)
        if not entry.sure and name.lower() not in ("title", "abstract"):
            self._adopt(entry)
        entry.linked(inline.parts(text).links)
        entry.labelled(name, value, self.account.number)

    def _text(self, raw: str, text: str) -> None:
        if len(text) > inline.LONGEST:
            self._said(text, text)
            return
        links = inline.parts(text).links
        bare = URL.match(text)
        if bare and not links:
            links = (inline.Link("", bare["url"]),)
        identifier = arxiv.find(text) if ARXIV_LINE.match(text) or text.startswith(MAIL_RULE) else None
        found = item(NUMBER.sub("", text))
        if identifier or ((links and not found.linked and not without(text).strip(" .:")) or bare):
            self._address(links, identifier)
        elif (found.linked and text.startswith(("[", "**[", "*[", "__["))) or (found.linked and NUMBER.match(text)):
            self._item(0, text, found)
        else:
            self._said(raw, text)

    def _said(self, raw: str, text: str) -> None:
        entry = self.entry
        if entry is None or (self.gap and self._complete(entry, raw)) or (NUMBER.match(text) and entry.kind == "plain"):
            self._plain(text)
            return
        entry.take(self.account.number)
        entry.linked(inline.parts(text).links)
        entry.into = "" if self.gap else entry.into
        if entry.into == "other" and raw[:1] in " \t":
            return
        if not entry.title:
            entry.title.append(inline.parts(NUMBER.sub("", text)).text)
        else:
            entry.said(without(text), self.account.number)

    def _complete(self, entry: Entry, raw: str) -> bool:
        """Say whether a paragraph after a blank line can belong to the entry no more."""
        if entry.kind == "heading" or raw[:1] in " \t":
            return False
        if not entry.title:
            return False
        return not entry.sure or bool(entry.abstract or entry.summary)

    def _plain(self, text: str) -> None:
        """A paragraph begins that may be the title of a paper: what follows tells."""
        entry = Entry("plain")
        self._new(entry, keep_prior=True)
        parts = inline.parts(NUMBER.sub("", text))
        entry.linked(parts.links)
        entry.title.append(parts.text)

    def _address(self, links: Iterable[inline.Link], identifier: str | None) -> None:
        """A line with a link alone: the title stands before it, at once or before the abstract."""
        entry = self.entry
        links = tuple(links)
        found = identifier or identified(links)
        paper = found is not None or any(is_paper(link.url) for link in links)
        if entry is None:
            if not paper:
                self._furniture()
                return
            entry = Entry("plain")
            self._new(entry)
        elif entry.kind == "plain" and paper and entry.sure and found != entry.arxiv_id and len(entry.abstract) > 1:
            entry = self._split(entry)
        else:
            entry.take(self.account.number)
        if entry.kind == "plain" and not entry.sure and paper:
            self._adopt(entry)
        entry.linked(links)
        entry.arxiv_id = entry.arxiv_id or found
        entry.sure = entry.sure or found is not None

    def _split(self, entry: Entry) -> Entry:
        """Where no blank lines stand, the last line before a link is the title of the next paper."""
        title = entry.abstract.pop()
        entry.last, entry.lines = self.account.number - 1, entry.lines - 1
        entry.last = max(entry.line_title, self.account.number - 2)
        fresh = Entry("plain")
        self._new(fresh)
        fresh.line_title, fresh.lines = self.account.number - 1, 2
        fresh.title.append(NUMBER.sub("", title))
        return fresh

    def _adopt(self, entry: Entry) -> None:
        """A link below a paragraph of sentences belongs to the short paragraph before it."""
        prior = self.prior
        if prior is None or not prior.title or entry.kind != "plain":
            return
        if entry.title and not sentences(" ".join([*entry.title, *entry.abstract])):
            return
        text = [*entry.title, *entry.abstract]
        entry.abstract, entry.line_abstract = text, entry.line_title if text else entry.line_abstract
        entry.title, entry.line_title, entry.lines = prior.title, prior.line_title, entry.lines + prior.lines
        entry.authors = prior.authors + entry.authors
        self.prior = None

    # Beginning and end of an entry

    def _rule(self, text: str) -> None:
        """A rule ends an entry; in mails of arXiv a line of two backslashes stands before the abstract."""
        entry = self.entry
        if entry is not None and (not text or (text == MAIL_RULE and entry.title)):
            entry.take(self.account.number)
            entry.into, entry.own = ("abstract", True) if text else (entry.into, entry.own)
        else:
            self._finish()
            self._furniture()

    def _furniture(self) -> None:
        self.account.furniture += 1

    def _new(self, entry: Entry, *, keep_prior: bool = False) -> None:
        self._finish(keep_prior=keep_prior)
        self.entry = entry
        entry.take(self.account.number)

    def _finish(self, *, keep_prior: bool = False) -> None:
        """Close the open entry: a record when it leads to a paper, else a line of the page around the list."""
        entry, self.entry = self.entry, None
        if entry is None:
            return
        if not entry.sure:
            self._drop_prior()
            if keep_prior and entry.kind == "plain" and len(entry.title) == 1 and not sentences(entry.title[0]):
                self.prior = entry
            else:
                self.account.furniture += entry.lines
            return
        self._drop_prior()
        if not entry.title or not normal_title(entry.title[0]):
            self.account.issues += entry.lines
            self.out.append(Issue(entry.line_title, entry.links[0].url if entry.links else "", NO_TITLE))
            return
        self.index += 1
        self.out.append(entry.record(self.index))

    def _drop_prior(self) -> None:
        prior, self.prior = self.prior, None
        if prior is not None:
            self.account.furniture += prior.lines
