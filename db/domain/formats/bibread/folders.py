"""Where a bibliography of JabRef keeps its files: `@comment{jabref-meta: fileDirectory:papers;}`."""

from __future__ import annotations

import re

_META = re.compile(
    r"@comment\s*[{(]\s*jabref-meta\s*:\s*fileDirectory(?:-[^:\\]*)?:((?:[^;\\]|\\.)+);?\s*[})]?\s*$", re.IGNORECASE
)
_LONGEST = 2_000


def folder(line: str) -> str:
    """Return the folder that a line names, for all computers or for one of them; "" when it names none."""
    if "jabref-meta" not in line or len(line) > _LONGEST:
        return ""
    match = _META.match(line.strip())
    return re.sub(r"\\(.)", r"\1", match[1]).strip() if match else ""
