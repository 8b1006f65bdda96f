"""Reading and grouping texts in a process of its own: the window neither waits for it nor holds the texts."""

from __future__ import annotations

import multiprocessing
import os
import signal
import traceback
from typing import TYPE_CHECKING, Any

from db.domain.errors import LibraryError
from db.services.progress import Progress
from db.services.spawning import no_interrupts

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

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
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, address, ids), daemon=True, name="sheaf-explorer")
    at = Progress(0, 0, STARTING)
    try:
        with no_interrupts():
            process.start()
        theirs.close()
        while True:
            report(at)
            if not ours.poll(POLL_SECONDS):
                continue
            kind, value = ours.recv()
            if kind == "at":
                at = value
            elif kind == "done":
                survey: Survey = value
                return survey
            else:
                raise value if kind == "error" else RuntimeError(f"exploring failed:\n{value}")
    except (EOFError, ConnectionError) as error:
        raise LibraryError(
            "Looking at the papers stopped halfway: the process that did it ended unexpectedly, perhaps for want of "
            "memory. Nothing was changed; try it with fewer papers, such as one dump or tag."
        ) from error
    finally:
        ours.close()
        if process.pid is not None:
            process.kill()
            process.join()
            process.close()


def _work(pipe: Connection, address: str, ids: array[int]) -> None:
    """Send how far it is and at last the answer; runs in the child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pipe.send(("done", explore(address, ids, lambda at: pipe.send(("at", at)))))
    except LibraryError as error:
        pipe.send(("error", error))
    except BrokenPipeError:
        os._exit(1)  # nobody listens any more
    except Exception:
        pipe.send(("bug", traceback.format_exc()))


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
