"""The peer that benchmarks of twins compare with, run by an interpreter of its own that has bib-dedupe installed."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

PEER = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
import pandas
from bib_dedupe.bib_dedupe import block, cluster, match, prep
table = pandas.read_csv(sys.argv[1])
table["ID"] = table["ID"].astype(str)
ids = list(table["ID"])
if sys.argv[2] == "some":
    table = table[[name for name in ("ID", "ENTRYTYPE", "title", "abstract", "year") if name in table]]
for name in ("author", "title", "year", "journal"):
    if name not in table:
        table[name] = pandas.Series([""] * len(table), dtype="object")
if (table["author"] == "").all():
    table.loc[0, "author"] = "Nobody, N."  # without any author it raises TypeError
start = time.perf_counter()
matched = match(block(prep(table, verbosity_level=0), verbosity_level=0), verbosity_level=0)
found = cluster(matched, verbosity_level=0) if len(matched) else []
took = time.perf_counter() - start
place = {one: at for at, one in enumerate(ids)}
print(json.dumps([took, [[place[str(one)] for one in members] for members in found]]))
"""


def run(python: str, table: Path, fields: Literal["all", "some"]) -> tuple[float, list[list[int]]]:
    """Return the seconds that the peer took, its start left out, and the sets that it found in a CSV file of records.

    The records are numbered by their place; `some` leaves it title, abstract and year alone.
    """
    command = [python, "-c", PEER, str(table), fields]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, sets = json.loads(answer.splitlines()[-1])
    return seconds, sets
