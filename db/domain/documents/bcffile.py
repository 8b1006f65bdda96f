"""One .bcf file: XML that biblatex writes for biber. Entities are not resolved, nothing is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.documents.found import Broken, Cites, Lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.domain.documents.found import Event


def events(text: str) -> Iterator[Event]:
    """Yield what a text says in the order in which it does; one that is no XML is broken at the line that says why."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        # As bytes: a declaration of another encoding speaks of the file, which is decoded by now.
        root = etree.fromstring(_without_declaration(text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        yield Broken(f"this is not the XML that biblatex writes: {error.msg}", line)
        return
    if root.getroottree().docinfo.doctype:
        yield Broken("a .bcf file of biblatex has no DOCTYPE; nothing of it was read", 1)
        return
    for element in root.iter("{*}citekey", "{*}datasource"):
        yield _event(element, etree.QName(element).localname)


def _event(element: object, name: str) -> Event:
    get = element.get  # type: ignore[attr-defined]
    line = element.sourceline or 0  # type: ignore[attr-defined]
    text = (element.text or "").strip()  # type: ignore[attr-defined]
    if name == "citekey":
        # A set is a name that only the document knows: its members are entries.
        keys = (get("members") or "").split(",") if get("type") == "set" else [text]
        return Cites(tuple(key for one in keys if (key := one.strip())), line)
    is_file = (get("type") or "file") == "file" and (get("datatype") or "bibtex") in ("bibtex", "biblatex")
    return Lists((text,) if is_file and text else (), line)


def _without_declaration(text: str) -> str:
    if not text.startswith("<?xml"):
        return text
    end = text.find("?>")
    return text if end < 0 else text[end + 2 :]
