"""The values that every layer passes around: what a source says, and what the library keeps."""

from db.domain.records.kept import (
    Collection,
    Origin,
    Paper,
    PaperRow,
    SeenAgain,
    Sighting,
    Source,
    Step,
    Tag,
    TwinSet,
)
from db.domain.records.read import (
    Attachment,
    Date,
    Issue,
    Json,
    JsonValue,
    Ledger,
    Person,
    Record,
    Status,
    Verdict,
)

__all__ = [
    "Attachment",
    "Collection",
    "Date",
    "Issue",
    "Json",
    "JsonValue",
    "Ledger",
    "Origin",
    "Paper",
    "PaperRow",
    "Person",
    "Record",
    "SeenAgain",
    "Sighting",
    "Source",
    "Status",
    "Step",
    "Tag",
    "TwinSet",
    "Verdict",
]
