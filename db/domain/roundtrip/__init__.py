"""Bibliographies that come out as they went in: entries whose paper is what it was stand byte for byte as they stood.

`aspects` tells what an entry says and whether that is still so, `anatomy` takes its text apart, `patching` writes
single fields anew, and `rewriting` puts this together: what it patched it reads again, and writes the entry anew when
that does not say what it should. `macros` and `parents` know what an entry needs from elsewhere in its file, `wholes`
what stands between entries; `standing` keeps account of what was kept, and of what in it needs a look.
"""

from db.domain.roundtrip.aspects import arxiv_url, digests, entry_of, private, private_of, state, venue_renamed
from db.domain.roundtrip.rewriting import Kept, Rewriter, Written
from db.domain.roundtrip.standing import Concern, Standing

__all__ = [
    "Concern",
    "Kept",
    "Rewriter",
    "Standing",
    "Written",
    "arxiv_url",
    "digests",
    "entry_of",
    "private",
    "private_of",
    "state",
    "venue_renamed",
]
