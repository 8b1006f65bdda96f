"""The metadata services on 127.0.0.1, speaking HTTP as the real ones do, about invented works.

`python -m tests.localservices PORT FILE` serves the records of a file that Sheaf reads, so that look-ups can be tried
in the window: start that with SHEAF_LOOKUP_AT=http://127.0.0.1:PORT.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

ATOM = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
    ' xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">\n'
    "<title>arXiv Query</title>\n"
)
KNOWN_ID = re.compile(r"\d{4}\.\d{4,5}|[a-z.-]+/\d{7}")
HITS = 5


@dataclass(frozen=True)
class Told:
    """A work as services know it; authors are (given, family), the date is YYYY-MM-DD."""

    title: str
    authors: tuple[tuple[str, str], ...] = ()
    arxiv_id: str = ""
    doi: str = ""
    day: str = "2024-05-06"
    abstract: str = ""
    venue: str = ""

    @property
    def names(self) -> list[str]:
        """The authors as one string each."""
        return [f"{given} {family}".strip() for given, family in self.authors]


Answer = tuple[int, dict[str, str], str | bytes]


@dataclass
class Services:
    """What the services know, what they were asked, and what goes wrong: answers that come before the real ones."""

    works: Sequence[Told] = ()
    asked: list[str] = field(default_factory=list)
    instead: dict[str, list[Answer]] = field(default_factory=dict)
    delay: float = 0.0
    address: str = ""

    def answer(self, target: str) -> Answer:
        """Return status, headers and text for a path with its query."""
        self.asked.append(unquote(target).replace("+", " "))
        time.sleep(self.delay)
        parts = urlsplit(target)
        service, _slash, path = parts.path.lstrip("/").partition("/")
        if waiting := self.instead.get(service):
            return waiting.pop(0) if len(waiting) > 1 else waiting[0]
        known: dict[str, Callable[[str, dict[str, str]], Answer]] = {
            "arxiv": self._arxiv,
            "huggingface": self._huggingface,
            "crossref": self._crossref,
            "dblp": self._dblp,
            "datacite": self._datacite,
        }
        values = {name: several[0] for name, several in parse_qs(parts.query).items()}
        return known[service](path, values)

    def _like(self, words: str, works: Sequence[Told]) -> list[Told]:
        """Return the works that share most words with these, as a search does: always some."""
        wanted = set(re.findall(r"\w+", words.lower()))
        return sorted(works, key=lambda one: -len(wanted & set(re.findall(r"\w+", one.title.lower()))))[:HITS]

    def _arxiv(self, path: str, values: dict[str, str]) -> Answer:
        assert path == "api/query", path
        have = [one for one in self.works if one.arxiv_id]
        if "id_list" in values:
            ids = values["id_list"].split(",")
            if wrong := [one for one in ids if not KNOWN_ID.fullmatch(one)]:
                error = f"<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title><summary>{wrong}</summary>"
                return 400, {}, f"{ATOM}{error}</entry></feed>"
            found = [one for one in have if one.arxiv_id in ids][: int(values["max_results"])]
        else:
            (phrase,) = re.findall(r'^ti:"([\w ]+)"$', values["search_query"])
            flat = [(re.sub(r"\W+", " ", one.title.lower()), one) for one in have]
            found = [one for title, one in flat if phrase.lower() in title]
        return 200, {"Content-Type": "application/atom+xml"}, ATOM + "".join(map(_entry, found)) + "</feed>\n"

    def _huggingface(self, path: str, values: dict[str, str]) -> Answer:
        have = [one for one in self.works if one.arxiv_id and one.abstract]
        if path == "api/papers/search":
            if len(values["q"]) > 250:
                return 400, {}, json.dumps({"error": "too long"})
            return (
                200,
                {},
                json.dumps([{"paper": _paper(one), "title": one.title} for one in self._like(values["q"], have)]),
            )
        number = path.removeprefix("api/papers/")
        found = next((one for one in have if one.arxiv_id == number), None)
        return (200, {}, json.dumps(_paper(found))) if found else (404, {}, json.dumps({"error": "Paper not found"}))

    def _crossref(self, path: str, values: dict[str, str]) -> Answer:
        assert path == "works", path
        have = [one for one in self.works if one.doi]
        if "filter" in values:
            dois = [one.removeprefix("doi:").lower() for one in values["filter"].split(",")]
            found = [one for one in have if one.doi.lower() in dois]
        else:
            found = self._like(values["query.bibliographic"], have)
        items = [_work(one) for one in found[: int(values["rows"])]]
        message = {"total-results": len(items), "items": items}
        return 200, {}, json.dumps({"status": "ok", "message-type": "work-list", "message": message})

    def _dblp(self, path: str, values: dict[str, str]) -> Answer:
        assert (path, values["format"]) == ("search/publ/api", "json")
        words = set(values["q"].lower().split())
        found = [one for one in self.works if words <= set(re.findall(r"\w+", one.title.lower()))]
        hits: dict[str, object] = {"@total": str(len(found))}
        if found:
            hits["hit"] = [{"@score": "2", "info": _publication(one)} for one in found]
        return 200, {}, json.dumps({"result": {"status": {"@code": "200"}, "hits": hits}})

    def _datacite(self, path: str, values: dict[str, str]) -> Answer:
        assert path == "dois", path
        have = {f"10.48550/arxiv.{one.arxiv_id}" if one.arxiv_id else one.doi.lower(): one for one in self.works}
        query, size = values["query"], int(values["page[size]"])
        if title := re.fullmatch(r'titles\.title:"([^"\\]+)" AND types\.resourceTypeGeneral:\([\w ]+\)', query):
            words = set(re.findall(r"\w+", title[1].lower()))
            found = [doi for doi, one in have.items() if words <= set(re.findall(r"\w+", one.title.lower()))]
        else:
            (listed,) = re.findall(r'^id:\(("[^"\\]+"(?: OR "[^"\\]+")*)\)$', query)
            found = [one.strip('"') for one in listed.split(" OR ") if one.strip('"') in have]
        data = [{"id": doi, "type": "dois", "attributes": _attributes(doi, have[doi])} for doi in found[:size]]
        return 200, {}, json.dumps({"data": data, "meta": {"total": len(found), "totalPages": 1, "page": 1}})


def _entry(one: Told) -> str:
    authors = "".join(f"<author><name>{escape(name)}</name></author>\n" for name in one.names)
    doi = f"<arxiv:doi>{escape(one.doi)}</arxiv:doi>\n" if one.doi else ""
    return (
        f"<entry>\n<id>http://arxiv.org/abs/{one.arxiv_id}v1</id>\n<title>{escape(one.title)}</title>\n"
        f"<published>{one.day}T10:00:00Z</published>\n<summary>{escape(one.abstract)}</summary>\n"
        f'<arxiv:primary_category term="cs.LG"/>\n{doi}{authors}</entry>\n'
    )


def _paper(one: Told) -> dict[str, object]:
    return {
        "id": one.arxiv_id,
        "title": one.title,
        "summary": one.abstract,
        "publishedAt": f"{one.day}T10:00:00.000Z",
        "upvotes": 3,
        "authors": [{"_id": str(number), "name": name, "hidden": False} for number, name in enumerate(one.names)],
    }


def _work(one: Told) -> dict[str, object]:
    parts = [int(part) for part in one.day.split("-")]
    return {
        "DOI": one.doi,
        "type": "journal-article",
        "title": [one.title],
        "container-title": [one.venue],
        "issued": {"date-parts": [parts]},
        "author": [{"given": given, "family": family, "sequence": "first"} for given, family in one.authors],
    }


def _publication(one: Told) -> dict[str, object]:
    authors = {"authors": {"author": [{"@pid": "1/1", "text": name} for name in one.names]}} if one.authors else {}
    number = {"doi": one.doi} if one.doi else {"volume": f"abs/{one.arxiv_id}"}
    return authors | number | {"title": f"{one.title}.", "venue": one.venue or "CoRR", "year": one.day[:4]}


def _attributes(doi: str, one: Told) -> dict[str, object]:
    return {
        "doi": doi,
        "creators": [
            {"name": f"{family}, {given}", "nameType": "Personal", "givenName": given, "familyName": family}
            for given, family in one.authors
        ],
        "titles": [{"title": one.title}],
        "publicationYear": int(one.day[:4]),
        "dates": [{"date": one.day, "dateType": "Issued"}],
        "descriptions": [{"description": one.abstract, "descriptionType": "Abstract"}] if one.abstract else [],
        "types": {"resourceTypeGeneral": "Preprint"},
    }


def _handler(services: Services) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, text = services.answer(self.path)
            body = text.encode() if isinstance(text, str) else text
            self.send_response(status)
            for name, value in ({"Content-Type": "application/json"} | headers).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *words: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(ConnectionError):  # who asked has gone
                super().handle()

    return Handler


@contextmanager
def running(services: Services, port: int = 0) -> Iterator[Services]:
    """Serve until the block ends; `address` is where."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(services))
    server.daemon_threads = False
    server.block_on_close = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    services.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield services
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _from_file(path: str) -> list[Told]:
    from pathlib import Path

    from db.domain.records import Record
    from db.services import parsing
    from db.services.progress import silent

    records = [one for one in parsing.parse(Path(path), silent) if isinstance(one, Record)]
    return [
        Told(
            one.title,
            tuple((person.given, person.family) for person in one.authors) or (("Ada", f"Invented{number}"),),
            one.arxiv_id or f"2501.{number:05d}",
            one.doi or "",
            one.date.iso() if one.date.day else "2025-01-02",  # type: ignore[arg-type]
            one.abstract,
        )
        for number, one in enumerate(records, 1)
    ]


if __name__ == "__main__":
    with running(Services(_from_file(sys.argv[2])), int(sys.argv[1])) as serving:
        print(serving.address, flush=True)
        threading.Event().wait()
