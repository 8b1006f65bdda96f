"""What Zotero calls things, and what they are called in a bibliography."""

from __future__ import annotations

import re

TYPES = {
    "journalArticle": "article", "magazineArticle": "article", "newspaperArticle": "article",
    "conferencePaper": "inproceedings", "bookSection": "incollection", "encyclopediaArticle": "incollection",
    "dictionaryEntry": "incollection", "book": "book", "thesis": "phdthesis", "report": "techreport",
    "manuscript": "unpublished", "presentation": "unpublished", "webpage": "online", "blogPost": "online",
    "forumPost": "online", "computerProgram": "software", "dataset": "dataset", "audioRecording": "audio",
    "podcast": "audio", "radioBroadcast": "audio", "videoRecording": "video", "film": "video", "tvBroadcast": "video",
    "patent": "patent", "artwork": "artwork", "letter": "letter", "email": "letter", "instantMessage": "letter",
    "case": "jurisdiction", "statute": "legislation", "bill": "legislation", "hearing": "legal", "standard": "standard",
}  # fmt: skip
"""The type of a bibliography for each type of item; others are `misc`."""
PLAIN = frozenset("journalArticle conferencePaper bookSection book thesis report manuscript preprint document".split())
"""Types that the type of the bibliography says as well; of all others the name is kept."""
FIELDS = {
    "issue": "number", "place": "address", "shortTitle": "shorttitle", "journalAbbreviation": "shortjournal",
    "numPages": "pagetotal", "numberOfVolumes": "volumes", "conferenceName": "eventtitle", "meetingName": "eventtitle",
    "seriesNumber": "number", "ISBN": "isbn", "ISSN": "issn", "versionNumber": "version", "seriesTitle": "series",
    "publicationTitle": "maintitle",
}  # fmt: skip
"""The field of a bibliography for a field of Zotero; others keep their names, in small letters."""
PRIMARY = (
    "author", "artist", "cartographer", "director", "interviewee", "inventor", "performer", "podcaster", "presenter",
    "programmer", "sponsor",
)  # fmt: skip
"""Who made an item, whatever its kind calls them."""
ROLES = {"editor": "editor", "bookAuthor": "bookauthor", "translator": "translator", "seriesEditor": "series-editor"}
_CAPITALS = re.compile(r"(?<=[a-z])([A-Z])")


def field_name(name: str) -> str:
    """Return what a field or role is called in a bibliography."""
    return FIELDS.get(name) or _CAPITALS.sub(r"-\1", name).lower()


def entry_type(kind: str, genre: str) -> str:
    """Return the type of an item in a bibliography; `genre` is what it says of itself, such as Master's thesis."""
    if kind == "thesis" and re.search(r"master|diplom|magist|\bm\.?sc", genre, re.IGNORECASE):
        return "mastersthesis"
    return TYPES.get(kind, "misc")
