"""Filling in what papers lack: services or a file are looked through first, and what they know is taken over then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from db import lookup
from db.domain.errors import LibraryError
from db.domain.records import Record
from db.lookup import Unreachable
from db.services import fromfile, importing, lookups, recognising, sweeping
from db.services.intake import LOOKUP, Incoming
from db.services.lookedup import Change, Finding, Found, Known, Trouble, finding_of
from db.services.parsing import hashed_text, text_lines
from db.services.preparing import prepare
from db.services.progress import Progress, silent
from db.services.recognising import Choice
from db.services.wording import papers
from db.services.works import Beside, candidate_of
from db.store import imports
from db.store import papers as store

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

    from db.lookup import Service
    from db.lookup.web import Web
    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.lookedup import Hit
    from db.services.lookups import Subject
    from db.services.meter import Meter
    from db.services.preparing import Ready
    from db.services.progress import Report

__all__ = ["Change", "Finding", "Found", "Known", "Trouble", "apply", "find", "find_in_file", "services", "unnamed"]

ROUND = 200
"""Papers that are asked for together: every service sees a round before the next one begins."""
NOBODY = "None of the services could be reached, so nothing was looked up. {} Nothing was changed."


def services() -> tuple[Known, ...]:
    """Return the services that can be asked, in the order in which they are."""
    return tuple(Known(one.name, one.label, one.base) for one in lookup.SERVICES)


def unnamed(library: Library, ids: Sequence[int]) -> list[int]:
    """Return those of the papers whose authors nobody named, or whose year nobody stated."""
    with library.reading() as session:
        return store.unnamed(session, ids)


def find(
    library: Library,
    ids: Sequence[int],
    report: Report = silent,
    *,
    among: Sequence[str] = (),
    on_found: Callable[[Finding], None] | None = None,
) -> Found:
    """Ask services for what these papers lack: authors, the year, a number, the abstract. Nothing is changed.

    `among` names the services, all without it; `on_found` is told of each finding as it comes. Only titles, arXiv ids
    and DOIs leave the computer. Raises LibraryError when no service can be reached, and whatever `report` raises.
    """
    from db.lookup.web import Web  # loads httpx

    asking = _Asking([_service(name) for name in among] or list(lookup.SERVICES), report, len(ids), on_found)
    with Web(asking.tick) as web:
        rest = iter(ids)
        while some := list(islice(rest, ROUND)):
            asking.round(web, _subjects(library, some))
    return asking.found()


def find_in_file(library: Library, ids: Sequence[int], path: Path, report: Report = silent) -> Found:
    """Look into a file of any format for what it knows of these papers. Nothing is changed.

    Raises LibraryError when the file cannot be read, and whatever `report` raises.
    """
    with sweeping.rarely():
        subjects = {int(one.columns["id"]): one for one in _subjects(library, ids)}
        return fromfile.find(library, subjects, path, report)


def apply(library: Library, findings: Sequence[Finding], report: Report = silent) -> Changes:
    """Take findings over in one step: each service becomes a source, each finding a sighting of its paper.

    What a person typed stays, as in every import.
    """
    chosen: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        chosen.setdefault((one.source, one.form), []).append(one)
    several = len({one.paper_id for one in findings})
    sources = [_incoming(source, form, some) for (source, form), some in chosen.items()]
    return importing.bring(library, sources, f"Look up {papers(several)}", report).changes


def _service(name: str) -> Service:
    service = lookup.by_name(name)
    if service is None:
        known = ", ".join(one.name for one in lookup.SERVICES)
        raise LibraryError(f"There is no service called {name}. Sheaf asks: {known}. Nothing was looked up.")
    return service


def _subjects(library: Library, ids: Sequence[int]) -> list[Subject]:
    with library.reading() as session:
        loaded = imports.load_papers(session, ids)
        beside = Beside(session, ids)
        return [
            lookups.Subject(loaded[one], beside.forms(one, candidate_of(loaded[one]))[1:])
            for one in ids
            if one in loaded
        ]


def _incoming(source: str, form: str, findings: Sequence[Finding]) -> Incoming:
    text = lookup.joined(form, [one.text for one in findings])
    name = f"{source} {datetime.now(UTC):%Y-%m-%d}"

    def items(_meter: Meter, choice: Choice) -> Generator[tuple[Ready, int]]:
        for item, done in recognising.read(text_lines(text), name, replace(choice, format=form), keep=True):
            yield (prepare(lookups.plain(item)) if isinstance(item, Record) else item), done

    return Incoming(
        name,
        name,
        LOOKUP,
        "",
        len(text),
        Choice(),
        lambda _meter: hashed_text(text),
        items,
        meant={number: one.paper_id for number, one in enumerate(findings, 1)},
    )


class _Asking:
    """One look-up: what was found so far, how far it is, and which services do not answer."""

    def __init__(
        self,
        among: Sequence[Service],
        report: Report,
        total: int,
        on_found: Callable[[Finding], None] | None,
    ) -> None:
        self._among, self._report, self._on_found = among, report, on_found
        self._total, self._done = total * len(among), 0
        self._label = ""
        self._findings: list[Finding] = []
        self._asked = self._whole = 0
        self._troubles: dict[str, Trouble] = {}

    def tick(self) -> None:
        """Report how far the look-up is; this is where it is cancelled."""
        self._report(Progress(self._done, self._total, self._label))

    def round(self, web: Web, subjects: Sequence[Subject]) -> None:
        """Ask all services for some papers."""
        open_ones = [one for one in subjects if one.lacks()]
        self._asked += len(open_ones)
        self._whole += len(subjects) - len(open_ones)
        for service in self._among:
            self._label, before = f"Asking {service.label}", self._done
            if service.name not in self._troubles:
                self._ask(web, service, open_ones)
            self._done = before + len(subjects)  # those that were not asked for too
            self.tick()
        for one in open_ones:
            if one.maybe is not None:
                service, hit = one.maybe
                self._tell(service, one, hit)

    def _ask(self, web: Web, service: Service, subjects: Sequence[Subject]) -> None:
        try:
            lookups.ask(web, service, subjects, lambda one, hit: self._tell(service, one, hit), self._pass)
        except Unreachable as error:
            self._troubles[service.name] = Trouble(service.label, error.message, service.name)

    def _pass(self, number: int) -> None:
        self._done += number

    def _tell(self, service: Service, one: Subject, hit: Hit) -> None:
        finding = finding_of(one.columns, hit, service.label, service.form)
        self._findings.append(finding)
        if self._on_found is not None:
            self._on_found(finding)

    def found(self) -> Found:
        """Return what came of it; LibraryError when nobody answered."""
        if len(self._troubles) == len(self._among) and self._asked and not self._findings:
            raise LibraryError(NOBODY.format(next(iter(self._troubles.values())).words))
        return Found(tuple(self._findings), self._asked, self._whole, tuple(self._troubles.values()))
