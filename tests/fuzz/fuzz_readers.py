"""Fuzz one reader, guided by coverage: python tests/fuzz/fuzz_readers.py FORMAT [-runs=1000000 and other flags].

Run by hand, with `pip install atheris` in the environment. Starts from pieces of tests/fuzz/corpus/FORMAT no longer
than -max_len (default 4096; short inputs run more often, and 300 still holds a whole small record); new inputs go to a
folder of yours (second argument, default: a temporary one). Every input must end in time, without an exception, and
with each of its lines accounted for. `all` runs every reader, one process each.
"""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

import atheris  # noqa: E402
from atheris.import_hook import HookManager  # noqa: E402

PACKAGES = {
    "search-page": "plain", "search-page-markdown": "linked", "search-page-refs": "linked",
    "search-page-urls": "linked",
    "trending": "cards", "paper-page": "sheets", "digest": "digests", "mixed": "parts mixed", "bibtex": "bibread",
    "ris": "ris", "csv": "tables", "html": "html", "mhtml": "html", "json": "jsonfiles", "json-lines": "jsonfiles",
    "csl-json": "jsonfiles", "arxiv-atom": "arxivatom",
}  # fmt: skip
"""The modules and packages of each reader: only they are watched, for watching costs most of the time."""


def _unwatched(name: str) -> set[str]:
    own = tuple(f"db.domain.formats.{package}" for package in PACKAGES.get(name, "").split())
    files = (HERE.parents[1] / "db").rglob("*.py")
    modules = {".".join(file.relative_to(HERE.parents[1]).with_suffix("").parts) for file in files}
    return {one.removesuffix(".__init__") for one in modules if not one.startswith(own)}


# What the public instrument_imports does, but for watching comparisons, which costs half of the executions: the words
# that readers look for are in the corpus.
with HookManager({"db"}, _unwatched(sys.argv[1] if len(sys.argv) > 1 else ""), False, trace_dataflow=False):
    from db.domain import formats

    # Readers load parts of themselves when they are first used; what is loaded later is not watched.
    for module in pkgutil.walk_packages(formats.__path__, "db.domain.formats."):
        importlib.import_module(module.name)
    from tests.fuzz.account import check, check_time

MOST_BYTES = 4_096


def main() -> None:
    """Fuzz the reader that the first argument names."""
    if len(sys.argv) < 2 or (sys.argv[1] != "all" and formats.by_name(sys.argv[1]) is None):
        names = ", ".join(fmt.name for fmt in formats.FORMATS)
        sys.exit(f"{__doc__}\nFORMAT is all or one of: {names}")
    if sys.argv[1] == "all":
        for fmt in formats.FORMATS:
            print(f"== {fmt.name}", flush=True)
            subprocess.run([sys.executable, __file__, fmt.name, *sys.argv[2:]], check=True)
        return
    _fuzz(sys.argv[1], [one for one in sys.argv[2:] if one.startswith("-")], [a for a in sys.argv[2:] if a[0] != "-"])


def _fuzz(name: str, flags: list[str], folders: list[str]) -> None:
    fmt = formats.by_name(name)
    assert fmt is not None

    def one(data: bytes) -> None:
        started = time.process_time()
        check(fmt, data)
        check_time(started, len(data), f"{len(data)} bytes")

    longest = next((int(flag[9:]) for flag in flags if flag.startswith("-max_len=")), MOST_BYTES)
    with tempfile.TemporaryDirectory() as fresh, tempfile.TemporaryDirectory() as seeds:
        _cut_seeds(HERE / "corpus" / name, Path(seeds), longest)
        args = [sys.argv[0], f"-max_len={longest}", "-timeout=20", *flags, *(folders or [fresh]), seeds]
        atheris.Setup(args, one)
        atheris.Fuzz()


def _cut_seeds(corpus: Path, folder: Path, longest: int) -> None:
    """Write runs of lines of the corpus, each from another line on: the fuzzer would keep their beginnings only."""
    for file in corpus.glob("*"):
        lines = file.read_bytes().splitlines(keepends=True)
        for begin in range(len(lines)):
            piece = b"".join(lines[begin:])[:longest]
            (folder / f"{file.stem}-{begin}").write_bytes(piece)
            if begin + len(piece.splitlines()) >= len(lines):
                break


if __name__ == "__main__":
    main()
