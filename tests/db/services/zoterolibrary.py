"""Makes libraries of Zotero: the tables and columns of its database that hold what people put in, filled by hand."""

from __future__ import annotations

import itertools
import sqlite3
from pathlib import Path

SCHEMA = """
CREATE TABLE version (schema TEXT PRIMARY KEY, version INT NOT NULL);
CREATE TABLE settings (setting TEXT, key TEXT, value, PRIMARY KEY (setting, key));
CREATE TABLE libraries (
    libraryID INTEGER PRIMARY KEY, type TEXT NOT NULL, editable INT NOT NULL, filesEditable INT NOT NULL,
    version INT NOT NULL DEFAULT 0, storageVersion INT NOT NULL DEFAULT 0, lastSync INT NOT NULL DEFAULT 0,
    archived INT NOT NULL DEFAULT 0);
CREATE TABLE groups (
    groupID INTEGER PRIMARY KEY, libraryID INT NOT NULL UNIQUE, name TEXT NOT NULL, description TEXT NOT NULL,
    version INT NOT NULL);
CREATE TABLE feeds (libraryID INTEGER PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL UNIQUE);
CREATE TABLE itemTypesCombined (itemTypeID INT PRIMARY KEY, typeName TEXT NOT NULL, display INT, custom INT NOT NULL);
CREATE TABLE fields (fieldID INTEGER PRIMARY KEY, fieldName TEXT, fieldFormatID INT);
CREATE TABLE fieldsCombined (
    fieldID INT PRIMARY KEY, fieldName TEXT NOT NULL, label TEXT, fieldFormatID INT, custom INT NOT NULL);
CREATE TABLE baseFieldMappingsCombined (
    itemTypeID INT, baseFieldID INT, fieldID INT, PRIMARY KEY (itemTypeID, baseFieldID, fieldID));
CREATE TABLE creatorTypes (creatorTypeID INTEGER PRIMARY KEY, creatorType TEXT);
CREATE TABLE items (
    itemID INTEGER PRIMARY KEY, itemTypeID INT NOT NULL, dateAdded TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    dateModified TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    clientDateModified TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, libraryID INT NOT NULL, key TEXT NOT NULL,
    version INT NOT NULL DEFAULT 0, synced INT NOT NULL DEFAULT 0, UNIQUE (libraryID, key));
CREATE TABLE itemDataValues (valueID INTEGER PRIMARY KEY, value UNIQUE);
CREATE TABLE itemData (itemID INT, fieldID INT, valueID, PRIMARY KEY (itemID, fieldID));
CREATE TABLE creators (
    creatorID INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT, fieldMode INT,
    UNIQUE (lastName, firstName, fieldMode));
CREATE TABLE itemCreators (
    itemID INT NOT NULL, creatorID INT NOT NULL, creatorTypeID INT NOT NULL DEFAULT 1,
    orderIndex INT NOT NULL DEFAULT 0, PRIMARY KEY (itemID, creatorID, creatorTypeID, orderIndex),
    UNIQUE (itemID, orderIndex));
CREATE TABLE collections (
    collectionID INTEGER PRIMARY KEY, collectionName TEXT NOT NULL, parentCollectionID INT DEFAULT NULL,
    clientDateModified TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, libraryID INT NOT NULL, key TEXT NOT NULL,
    version INT NOT NULL DEFAULT 0, synced INT NOT NULL DEFAULT 0, UNIQUE (libraryID, key));
CREATE TABLE collectionItems (
    collectionID INT NOT NULL, itemID INT NOT NULL, orderIndex INT NOT NULL DEFAULT 0,
    PRIMARY KEY (collectionID, itemID));
CREATE TABLE tags (tagID INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE itemTags (itemID INT NOT NULL, tagID INT NOT NULL, type INT NOT NULL, PRIMARY KEY (itemID, tagID));
CREATE TABLE itemNotes (itemID INTEGER PRIMARY KEY, parentItemID INT, note TEXT, title TEXT);
CREATE TABLE itemAttachments (
    itemID INTEGER PRIMARY KEY, parentItemID INT, linkMode INT, contentType TEXT, charsetID INT, path TEXT,
    syncState INT DEFAULT 0, storageModTime INT, storageHash TEXT, lastProcessedModificationTime INT);
CREATE TABLE itemAnnotations (
    itemID INTEGER PRIMARY KEY, parentItemID INT NOT NULL, type INTEGER NOT NULL, authorName TEXT, text TEXT,
    comment TEXT, color TEXT, pageLabel TEXT, sortIndex TEXT NOT NULL, position TEXT NOT NULL, isExternal INT NOT NULL);
CREATE TABLE deletedItems (itemID INTEGER PRIMARY KEY, dateDeleted DEFAULT CURRENT_TIMESTAMP NOT NULL);
CREATE TABLE deletedCollections (collectionID INTEGER PRIMARY KEY, dateDeleted DEFAULT CURRENT_TIMESTAMP NOT NULL);
CREATE TABLE relationPredicates (predicateID INTEGER PRIMARY KEY, predicate TEXT UNIQUE);
CREATE TABLE itemRelations (
    itemID INT NOT NULL, predicateID INT NOT NULL, object TEXT NOT NULL, PRIMARY KEY (itemID, predicateID, object));
CREATE TABLE savedSearches (
    savedSearchID INTEGER PRIMARY KEY, savedSearchName TEXT NOT NULL, libraryID INT NOT NULL, key TEXT NOT NULL);
INSERT INTO relationPredicates VALUES (1, 'owl:sameAs'), (2, 'dc:relation');
"""
TYPES = (
    "annotation attachment note journalArticle conferencePaper book bookSection thesis report preprint webpage podcast "
    "case computerProgram"
).split()
FIELDS = (
    "title abstractNote date DOI url publicationTitle proceedingsTitle conferenceName bookTitle publisher university "
    "repository archiveID number volume issue pages place ISBN ISSN language shortTitle accessDate extra citationKey "
    "websiteTitle seriesTitle caseName thesisType type reportNumber institution series"
).split()
BASES = (
    ("conferencePaper", "publicationTitle", "proceedingsTitle"), ("bookSection", "publicationTitle", "bookTitle"),
    ("thesis", "publisher", "university"), ("thesis", "type", "thesisType"), ("preprint", "publisher", "repository"),
    ("preprint", "number", "archiveID"), ("webpage", "publicationTitle", "websiteTitle"), ("case", "title", "caseName"),
    ("report", "number", "reportNumber"), ("report", "publisher", "institution"),
)  # fmt: skip
ROLES = "author contributor editor bookAuthor translator podcaster programmer".split()
MY_LIBRARY, GROUP, FEED = 1, 2, 3


class ZoteroLibrary:
    """A library in `folder`, in which items are made one after another."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.path = folder / "zotero.sqlite"
        self.db = sqlite3.connect(self.path)
        self.db.executescript(SCHEMA)
        self._numbers = itertools.count(1)
        self._places: dict[int, int] = {}
        self.types = {name: at for at, name in enumerate(TYPES, 1)}
        fields = {name: at for at, name in enumerate(FIELDS, 1)}
        self._fields = fields
        insert = self.db.executemany
        insert("INSERT INTO itemTypesCombined VALUES (?, ?, 1, 0)", [(at, name) for name, at in self.types.items()])
        insert("INSERT INTO fields VALUES (?, ?, NULL)", [(at, name) for name, at in fields.items()])
        insert("INSERT INTO fieldsCombined VALUES (?, ?, NULL, NULL, 0)", [(at, name) for name, at in fields.items()])
        bases = [(self.types[kind], fields[base], fields[own]) for kind, base, own in BASES]
        insert("INSERT INTO baseFieldMappingsCombined VALUES (?, ?, ?)", bases)
        insert("INSERT INTO creatorTypes VALUES (?, ?)", list(enumerate(ROLES, 1)))
        libraries = [(MY_LIBRARY, "user"), (GROUP, "group"), (FEED, "feed")]
        insert("INSERT INTO libraries (libraryID, type, editable, filesEditable) VALUES (?, ?, 1, 1)", libraries)
        self.db.execute("INSERT INTO groups VALUES (4711, ?, 'Reading group', '', 1)", (GROUP,))
        self.db.execute("INSERT INTO version VALUES ('userdata', 123)")
        self.db.commit()

    def close(self) -> Path:
        """Close the database and return its path."""
        self.db.commit()
        self.db.close()
        return self.path

    def __enter__(self) -> ZoteroLibrary:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _made(self, kind: str, library: int, added: str) -> int:
        number = next(self._numbers)
        row = (number, self.types[kind], added or f"2021-03-{number % 28 + 1:02d} 10:00:00", library, key_of(number))
        self.db.execute("INSERT INTO items (itemID, itemTypeID, dateAdded, libraryID, key) VALUES (?, ?, ?, ?, ?)", row)
        return number

    def item(self, kind: str = "journalArticle", *, library: int = MY_LIBRARY, added: str = "", **fields: str) -> int:
        """Make an item with these fields; return its number."""
        number = self._made(kind, library, added)
        self.set(number, **fields)
        return number

    def set(self, item: int, **fields: str) -> None:
        """Set fields of an item."""
        for name, value in fields.items():
            self.db.execute("INSERT OR IGNORE INTO itemDataValues (value) VALUES (?)", (value,))
            (value_id,) = self.db.execute("SELECT valueID FROM itemDataValues WHERE value = ?", (value,)).fetchone()
            self.db.execute("INSERT OR REPLACE INTO itemData VALUES (?, ?, ?)", (item, self._fields[name], value_id))
        self.db.commit()

    def creator(self, item: int, last: str, first: str = "", role: str = "author") -> None:
        """Add a person to an item; without a first name it is a name in one field."""
        values = (first, last, 0 if first else 1)
        self.db.execute("INSERT OR IGNORE INTO creators (firstName, lastName, fieldMode) VALUES (?, ?, ?)", values)
        found = self.db.execute(
            "SELECT creatorID FROM creators WHERE firstName = ? AND lastName = ? AND fieldMode = ?", values
        ).fetchone()
        place = self._places[item] = self._places.get(item, -1) + 1
        self.db.execute("INSERT INTO itemCreators VALUES (?, ?, ?, ?)", (item, found[0], ROLES.index(role) + 1, place))

    def collection(self, name: str, inside: int | None = None, *, library: int = MY_LIBRARY) -> int:
        """Make a collection; return its number."""
        number = next(self._numbers)
        self.db.execute(
            "INSERT INTO collections (collectionID, collectionName, parentCollectionID, libraryID, key) "
            "VALUES (?, ?, ?, ?, ?)",
            (number, name, inside, library, key_of(number)),
        )
        return number

    def put(self, collection: int, *items: int) -> None:
        """Put items into a collection."""
        rows = [(collection, item) for item in items]
        self.db.executemany("INSERT INTO collectionItems (collectionID, itemID) VALUES (?, ?)", rows)

    def tag(self, item: int, name: str, *, automatic: bool = False) -> None:
        """Give an item a tag."""
        self.db.execute("INSERT OR IGNORE INTO tags (name) VALUES (?)", (name,))
        (tag,) = self.db.execute("SELECT tagID FROM tags WHERE name = ?", (name,)).fetchone()
        self.db.execute("INSERT INTO itemTags VALUES (?, ?, ?)", (item, tag, int(automatic)))

    def note(self, html: str, item: int | None = None, title: str = "", library: int = MY_LIBRARY) -> int:
        """Make a note, of an item or by itself."""
        number = self._made("note", library, "")
        self.db.execute("INSERT INTO itemNotes VALUES (?, ?, ?, ?)", (number, item, html, title))
        return number

    def stored(self, item: int | None, name: str, *, there: bool = True, title: str = "") -> int:
        """Make a file in Zotero's folder, of an item or by itself; it may be missing."""
        number = self.attached(item, f"storage:{name}", mode=0, title=title)
        if there:
            folder = self.folder / "storage" / key_of(number)
            folder.mkdir(parents=True)
            (folder / name).write_bytes(b"%PDF-1.4 invented")
        return number

    def attached(self, item: int | None, path: str, *, mode: int = 2, title: str = "", url: str = "") -> int:
        """Make a file that lies elsewhere (mode 2) or an address (mode 3)."""
        number = self._made("attachment", MY_LIBRARY, "")
        self.db.execute(
            "INSERT INTO itemAttachments (itemID, parentItemID, linkMode, contentType, path) VALUES (?, ?, ?, ?, ?)",
            (number, item, mode, "application/pdf", path or None),
        )
        self.set(number, **({"title": title} if title else {}), **({"url": url} if url else {}))
        return number

    def marked(self, file: int, text: str, comment: str = "", page: str = "", kind: int = 1) -> int:
        """Mark a passage in a file."""
        number = self._made("annotation", MY_LIBRARY, "")
        self.db.execute(
            "INSERT INTO itemAnnotations VALUES (?, ?, ?, '', ?, ?, '#ffd400', ?, ?, '{}', 0)",
            (number, file, kind, text, comment, page, f"{number:05d}"),
        )
        return number

    def relate(self, item: int, other: int) -> None:
        """Say of an item that another one is related to it."""
        address = f"http://zotero.org/users/local/abc/items/{key_of(other)}"
        self.db.execute("INSERT INTO itemRelations VALUES (?, 2, ?)", (item, address))

    def search(self, name: str) -> None:
        """Save a search."""
        number = next(self._numbers)
        self.db.execute("INSERT INTO savedSearches VALUES (?, ?, ?, ?)", (number, name, MY_LIBRARY, key_of(number)))

    def trash(self, item: int) -> None:
        """Move an item to Zotero's trash."""
        self.db.execute("INSERT INTO deletedItems (itemID) VALUES (?)", (item,))


def key_of(number: int) -> str:
    """Return the key that an item with this number gets: eight letters and digits."""
    letters = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ"
    text = ""
    for _place in range(8):
        number, at = divmod(number * 7 + 3, len(letters))
        text += letters[at]
    return text


def better_bibtex(folder: Path, keys: dict[int, str], library: int = MY_LIBRARY) -> Path:
    """Write the keys of items as Better BibTeX keeps them."""
    path = folder / "better-bibtex.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE citationkey (itemID, itemKey, libraryID, citationKey, pinned)")
        rows = [(item, key_of(item), library, key) for item, key in keys.items()]
        db.executemany("INSERT INTO citationkey VALUES (?, ?, ?, ?, 0)", rows)
    db.close()
    return path


def filled(folder: Path) -> Path:
    """Make a small library with one of each of what an import has to bring; return its database."""
    with ZoteroLibrary(folder) as zotero:
        amber = zotero.item(
            title="Amber lanterns over quiet rivers",
            abstractNote="We count amber lanterns along nine rivers, and find that quiet ones carry more of them.",
            date="2021-05-03 3 May 2021",
            publicationTitle="Journal of Invented Lights",
            volume="7",
            issue="2",
            pages="11-29",
            DOI="10.5555/amber.2021",
            ISSN="1234-5678",
            url="https://example.org/amber",
            accessDate="2021-06-01 12:00:00",
            language="en",
            extra="Citation Key: amber-lanterns\nPMID: 12345\nread on the train",
        )
        for last, first in (("Quill", "Ada"), ("van der Ember", "Bo"), ("Lantern Consortium", "")):
            zotero.creator(amber, last, first)
        zotero.creator(amber, "Moss", "Cy", role="editor")
        velvet = zotero.item(
            "conferencePaper",
            title="Velvet compasses point <i>inward</i>",
            date="2019-00-00 2019",
            proceedingsTitle="Proceedings of the Compass Meeting",
            conferenceName="Compass 2019",
            place="Lund",
        )
        zotero.creator(velvet, "Fern", "Di")
        cobalt = zotero.item(
            "preprint", title="Cobalt kettles learn to sing", repository="arXiv", archiveID="arXiv:2103.01234"
        )
        zotero.creator(cobalt, "Reed", "Eli")
        page = zotero.item(
            "webpage", title="A page about kettles", websiteTitle="Kettles weekly", url="https://example.org/k"
        )
        zotero.item("podcast", title="Talking lanterns", seriesTitle="Evening lights")
        shared = zotero.item(title="Thistle maps of the delta", library=GROUP, date="2018-00-00 2018")
        gone = zotero.item(title="A paper that was thrown away")
        zotero.trash(gone)
        zotero.item(title="News of the day", library=FEED)
        lights = zotero.collection("Lights")
        inner = zotero.collection("Rivers", lights)
        zotero.collection("Nothing in here")
        delta = zotero.collection("Delta", library=GROUP)
        zotero.put(lights, amber, page)
        zotero.put(inner, amber)
        zotero.put(delta, shared)
        zotero.tag(amber, "to read")
        zotero.tag(amber, "Physics - Optics", automatic=True)
        zotero.note("<h1>First look</h1><p>Count <b>again</b> &amp; compare.</p>", amber)
        zotero.note("<p>An idea about kettles</p><ul><li>boil</li></ul>", title="An idea about kettles")
        pdf = zotero.stored(amber, "amber.pdf", title="Full text")
        zotero.marked(pdf, "quiet rivers carry more", "why?", "12")
        zotero.stored(velvet, "lost.pdf", there=False)
        zotero.attached(cobalt, "", mode=3, url="https://example.org/cobalt")
        zotero.stored(None, "alone.pdf", title="A report by itself")
        return zotero.path
