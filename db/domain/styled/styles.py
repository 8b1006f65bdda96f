"""Citation styles: what a .csl file is called, and the style that is made from it.

`describe` is light; `load` imports citeproc-py.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from db.domain.errors import LibraryError

CSL = "{http://purl.org/net/xbiblio/csl}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
FALLBACK = "en-US"
LARGEST = 5_000_000
"""Bytes of a style file; the largest of the public ones has some 200,000."""


@dataclass(frozen=True, slots=True)
class About:
    """What a style file says of itself; `parent` is the id of the style that a dependent one stands for."""

    title: str
    parent: str = ""


@dataclass(slots=True)
class Style:
    """A style ready to be used, by one thread at a time."""

    title: str
    root: Any
    elements: list[Any]
    """Every element: they remember what they looked up for as long as they are held."""


def describe(data: bytes, name: str) -> About:
    """Return what a style file says of itself; LibraryError when it is no style. `name` is what to call the file."""
    root = _parsed(data, name, _parser())
    title = " ".join((root.findtext(f"{CSL}info/{CSL}title") or "").split())
    links = root.iterfind(f"{CSL}info/{CSL}link[@rel='independent-parent']")
    parent = next((link.get("href", "") for link in links), "")
    return About(title or name, parent.rstrip("/").rpartition("/")[2])


def load(data: bytes, name: str) -> Style:
    """Return the style of a file; LibraryError when it is no style or stands for another one only."""
    from db.domain.styled.basics import Marking
    from db.domain.styled.elements import CLASSES

    about = describe(data, name)
    parser = _parser()
    lookup = etree.ElementNamespaceClassLookup()
    space = lookup.get_namespace(CSL.strip("{}"))
    space.update(CLASSES)
    parser.set_element_class_lookup(lookup)
    root = _parsed(data, name, parser)
    if root.find(f"{CSL}citation/{CSL}layout") is None:
        raise LibraryError(
            f"The citation style {name} stands for another one, {about.parent}. Add {about.parent}.csl, too."
            if about.parent
            else f"The citation style {name} does not say how to cite. Get it again from where it came from."
        )
    root.locales = _locales(root, parser)
    for locale in root.locales:
        locale.style = root
    _complete(root)
    root.formatter = Marking
    kept = [one for tree in (root, *root.locales) for one in tree.iter()]
    root.__dict__["places_suffix"] = bool(root.xpath(".//*[@variable='year-suffix']"))
    return Style(about.title, root, kept)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        remove_comments=True, remove_pis=True, no_network=True, resolve_entities=False, load_dtd=False
    )


def _parsed(data: bytes, name: str, parser: etree.XMLParser) -> Any:
    try:
        root = etree.fromstring(data[:LARGEST], parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 1
        raise LibraryError(
            f"{name} is no citation style: its XML breaks off or is wrong at line {line}. Get it again from where it "
            "came from.",
            details=str(error),
        ) from error
    if root is None or root.tag != f"{CSL}style":
        raise LibraryError(f"{name} is no citation style: it does not begin with a <style> of CSL.")
    return root


def _locales(root: Any, parser: etree.XMLParser) -> list[Any]:
    """Return where terms are looked up, the nearest first: within the style, then the files of citeproc-py."""
    from citeproc import LANGUAGE_NAMES, LOCALES_PATH, PRIMARY_DIALECTS

    wanted = root.get("default-locale") or FALLBACK
    language = wanted.split("-")[0]
    inside = root.findall(f"{CSL}locale")
    found = [one for place in (wanted, language, None) for one in inside if one.get(LANGUAGE) == place]
    names = [wanted] if wanted in LANGUAGE_NAMES else []
    names += [PRIMARY_DIALECTS[language]] if language in PRIMARY_DIALECTS else []
    for name in dict.fromkeys([*names, FALLBACK]):
        data = (Path(LOCALES_PATH) / f"locales-{name}.xml").read_bytes()
        found.append(etree.fromstring(data, parser))
    return list(dict.fromkeys(found))


def _complete(root: Any) -> None:
    """Give `names` the `name` that CSL takes for granted: citeproc-py would add one each time it looks."""
    for names in root.iter(f"{CSL}names"):
        if names.find(f"{CSL}name") is None and names.getparent().tag != f"{CSL}substitute":
            names.insert(0, names.makeelement(f"{CSL}name"))
