"""Preprint and published version of one work: what kind a record tells of, what sightings make, which one is cited."""

from db.domain.versions.citing import chosen, cited
from db.domain.versions.kinds import Told, kind, kinds
from db.domain.versions.settling import settled, shown

__all__ = ["Told", "chosen", "cited", "kind", "kinds", "settled", "shown"]
