"""The tables of a library file, one module each."""

from db.store.schema.addedkey import AddedKey
from db.store.schema.attachment import AttachmentRow
from db.store.schema.base import Base
from db.store.schema.block import Block
from db.store.schema.collection import CollectionRow, PaperCollection
from db.store.schema.frozenkey import FrozenKey
from db.store.schema.issue import IssueRow
from db.store.schema.journal import ChangeRow, JournalState, StepRow
from db.store.schema.keyalias import KeyAlias
from db.store.schema.lastid import LastId
from db.store.schema.livefile import LiveEntryRow, LiveFileRow
from db.store.schema.mark import MarkRow
from db.store.schema.merge import MergeMember, MergeRow, MergeSighting
from db.store.schema.paper import PaperRecord
from db.store.schema.paperversion import PaperVersionRow
from db.store.schema.savedsearch import SavedSearchRow
from db.store.schema.setting import Setting
from db.store.schema.sighting import SightingRow
from db.store.schema.source import SourceChunk, SourceRow
from db.store.schema.tag import PaperTag, TagRefusal, TagRow
from db.store.schema.twin import TwinRow

__all__ = [
    "AddedKey",
    "AttachmentRow",
    "Base",
    "Block",
    "ChangeRow",
    "CollectionRow",
    "FrozenKey",
    "IssueRow",
    "JournalState",
    "KeyAlias",
    "LastId",
    "LiveEntryRow",
    "LiveFileRow",
    "MarkRow",
    "MergeMember",
    "MergeRow",
    "MergeSighting",
    "PaperCollection",
    "PaperRecord",
    "PaperTag",
    "PaperVersionRow",
    "SavedSearchRow",
    "Setting",
    "SightingRow",
    "SourceChunk",
    "SourceRow",
    "StepRow",
    "TagRefusal",
    "TagRow",
    "TwinRow",
]
