"""Try one reader on texts that hypothesis makes: python tests/fuzz/with_hypothesis.py FORMAT [EXECUTIONS [SEED]].

Run by hand. A text is made of lines, words and marks of tests/fuzz/corpus/FORMAT and of free text, or is a piece of
the corpus with changes; each is read in several forms (other line ends, halves, twice), and every reading counts as an
execution. What must hold is what `account.check` says, and a bound on the processor time. The default is 1,000,000
executions and a seed of the clock; it is printed, and with it the same texts come again. `all` tries every reader.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from db.domain import formats  # noqa: E402
from tests.fuzz.account import check, check_time  # noqa: E402

ROUND = 2_000
"""Examples of one run of hypothesis: it keeps what it has tried in memory, and repeats itself less in a new run."""
LONGEST_PIECE = 300


def texts(name: str) -> st.SearchStrategy[str]:
    """Return texts that look like files of a format, more or less."""
    whole = [file.read_text(encoding="utf-8", errors="replace") for file in (HERE / "corpus" / name).glob("*")]
    lines = sorted({line[:LONGEST_PIECE] for text in whole for line in text.splitlines(keepends=True)})
    marks = sorted({mark[:40] for text in whole for mark in re.findall(r"\w+|\s+|[^\w\s]+", text)})
    piece = st.one_of(st.sampled_from(lines), st.sampled_from(marks), st.text(max_size=12))
    soup = st.lists(piece, max_size=9).map("".join)
    return st.one_of(soup, st.builds(_changed, st.sampled_from(whole), _cut(), st.lists(_change(piece), max_size=3)))


def _cut() -> st.SearchStrategy[tuple[float, int]]:
    return st.tuples(st.floats(0, 1), st.integers(0, 400))


def _change(piece: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[float, int, str]]:
    return st.tuples(st.floats(0, 1), st.integers(0, 40), piece | st.just(""))


def _changed(whole: str, cut: tuple[float, int], changes: list[tuple[float, int, str]]) -> str:
    begin = int(cut[0] * len(whole))
    text = whole[begin : begin + cut[1]]
    for place, length, new in changes:
        at = int(place * len(text))
        text = text[:at] + new + text[at + length :]
    return text


def forms(text: str) -> Iterator[str]:
    """Yield a text as it is and as other programs and cut connections would have saved it."""
    half = len(text) // 2
    yield text
    yield text.replace("\n", "\r\n")
    yield text.replace("\n", "\r")
    yield text.replace("\n", "\n\n")
    yield text.replace("\n", " ")
    yield text[:half]
    yield text[half:]
    yield f"{text}\n{text}"


def attempt(name: str, executions: int, begin: int) -> None:
    """Read at least so many texts as a format.

    Raises:
        AssertionError: a line was lost or an item stands out of place; hypothesis prints the text.
        TimeoutError: a text took longer than the bound.
    """
    fmt = formats.by_name(name)
    assert fmt is not None
    done = 0

    def one(text: str) -> None:
        nonlocal done
        tries = [form.encode("utf-8", "replace") for form in forms(text)]
        started = time.process_time()
        for data in tries:
            check(fmt, data)
        check_time(started, sum(map(len, tries)), f"the forms of {text!r}")
        done += len(tries)

    tried = settings(
        max_examples=ROUND, database=None, deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink), print_blob=True,
    )  # fmt: skip
    started = time.monotonic()
    while done < executions:
        seed(begin)(tried(given(texts(name))(one)))()
        begin += 1
    print(f"{name:22} {done:>10,} executions, seeds up to {begin - 1}, {time.monotonic() - started:,.0f} s", flush=True)


def main() -> None:
    """Try the reader that the first argument names, or all."""
    names = [fmt.name for fmt in formats.FORMATS]
    if len(sys.argv) < 2 or sys.argv[1] not in {"all", *names}:
        sys.exit(f"{__doc__}\nFORMAT is all or one of: {', '.join(names)}")
    executions = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    begin = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
    for name in names if sys.argv[1] == "all" else sys.argv[1:2]:
        print(f"{name}, seed {begin}", flush=True)
        attempt(name, executions, begin)


if __name__ == "__main__":
    main()
