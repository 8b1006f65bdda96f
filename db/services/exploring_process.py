"""Reading and grouping texts in a process of its own: the window neither waits for it nor holds the texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.domain.errors import LibraryError
from db.services import beside
from db.services.progress import Progress

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterator

    from db.domain.terms import Bags, Term
    from db.services.exploring import Survey
    from db.services.progress import Report

POLL_SECONDS = 0.1
LEARNT_FROM = 5_000
"""Papers, evenly spread, that say which terms there are."""
TERMS = 300
TICK = 500
STARTING, READING = "Starting", "Reading titles and abstracts"


def run(address: str, ids: array[int], report: Report) -> Survey:
    """Return what another process makes of these papers; an error in `report` kills it."""
    at: Any = Progress(0, 0, STARTING)
    try:
        with beside.working("the explorer", 0, _work, address, ids) as explorer:
            while isinstance(at, Progress):
                report(at)
                if explorer.ready(POLL_SECONDS):
                    at = explorer.take()
            survey: Survey = at
            return survey
    except beside.StoppedError as error:
        raise LibraryError(
            "Looking at the papers stopped halfway: the process that did it ended unexpectedly, perhaps for want of "
            "memory. Nothing was changed; try it with fewer papers, such as one dump or tag."
        ) from error


def _work(desk: beside.Desk, address: str, ids: array[int]) -> None:
    """Hand over how far it is and at last the answer; runs in the other process."""
    desk.put(explore(address, ids, desk.put))


def explore(address: str, ids: array[int], report: Report) -> Survey:
    """Return what these papers are about."""
    from db.domain import terms
    from db.services.exploring import Frequent, Survey, has_map
    from db.services.library import Library

    library = Library.beside(address)
    try:
        step = max(1, -(-len(ids) // LEARNT_FROM))
        vocabulary = terms.learn((title, abstract) for title, abstract in _texts(library, ids[::step], report))
        bags, abstracts = terms.Bags(vocabulary), 0
        for title, abstract in _texts(library, ids, report):
            bags.add(title, abstract)
            abstracts += bool(abstract)
    finally:
        library.close()
    often = tuple(Frequent(term.label, papers, search_text(term)) for term, papers in terms.frequent(bags, TERMS))
    made = _map(bags, report) if has_map() else None
    wordless = sum(1 for at in range(len(bags)) if bags.starts[at] == bags.starts[at + 1])
    return Survey(ids, often, made, abstracts, wordless)


def search_text(term: Term) -> str:
    """Return what finds a term in all its spellings."""
    quoted = [f'"{form}"' for form in term.forms]
    return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"


def _map(bags: Bags, report: Report) -> Any:
    from db.services.exploring import how_to_get

    report(Progress(0, 0, STARTING))
    try:
        from db.domain.topics.finding import find_topics
    except ImportError as error:
        raise LibraryError(
            f"The map of topics cannot be made: scikit-learn is there but does not load ({error}). "
            f"Nothing was changed. Install it anew:\n{how_to_get()} --force-reinstall"
        ) from error

    return find_topics(bags, lambda label: report(Progress(0, 0, label)))


def _texts(library: Any, ids: array[int], report: Callable[[Progress], None]) -> Iterator[tuple[str, str]]:
    from db.store.texts import texts

    with library.reading() as session:
        for done, (_id, title, abstract) in enumerate(texts(session, ids)):
            if done % TICK == 0:
                report(Progress(done, len(ids), READING))
            yield title, abstract
