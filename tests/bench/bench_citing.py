"""How fast references are formatted; run by hand: python tests/bench/bench_citing.py."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from db.services import citing  # noqa: E402
from tests.bench.bench_export import filled  # noqa: E402

PAPERS = 200


def seconds(work: object) -> float:
    """Return how long some work takes."""
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


def main() -> None:
    """Print, for each style, the first preview, the next ones, and a list of 200 papers."""
    print(f"{'style':<44}{'first':>10}{'next':>10}{f'{PAPERS} papers':>14}")
    with tempfile.TemporaryDirectory() as folder:
        library, ids = filled(Path(folder), PAPERS)
        for style in citing.styles(Path(folder)):
            first = seconds(lambda s=style.id: citing.format_papers(library, ids[:1], s))
            following = seconds(lambda s=style.id: [citing.format_papers(library, [one], s) for one in ids[:10]]) / 10
            whole = seconds(lambda s=style.id: citing.format_papers(library, ids, s))
            print(f"{style.id:<44}{first * 1000:>7.0f} ms{following * 1000:>7.0f} ms{whole:>12.2f} s")
        library.close()


if __name__ == "__main__":
    main()
