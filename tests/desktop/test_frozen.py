"""In a bundle with its own Python, the program is started again for each process that helps it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from db.services.parsing import OWN_PROCESS_BYTES

if TYPE_CHECKING:
    from pathlib import Path

BUNDLE = """#!{python}
# What a bundler makes of the program: it has no interpreter, so it is also what helpers are started as.
import multiprocessing.spawn
import sys
sys.frozen, sys.executable = True, __file__
multiprocessing.set_executable(__file__)
multiprocessing.freeze_support = multiprocessing.spawn.freeze_support
if "-c" in sys.argv:
    sys.exit(exec(sys.argv[-1]))
with open({log!r}, "a") as log:
    print(sys.argv[1], file=log)
sys.path.insert(0, {folder!r})
from desktop.__main__ import main
sys.exit(main())
"""


def test_a_big_file_is_read_in_another_process_of_the_bundle(tmp_path: Path, pytestconfig) -> None:
    bundle, log, papers = tmp_path / "sheaf", tmp_path / "log", tmp_path / "papers.bib"
    bundle.write_text(BUNDLE.format(python=sys.executable, log=str(log), folder=str(pytestconfig.rootpath)))
    bundle.chmod(0o755)
    filler = "kites " * 2_000
    entries = [f"@misc{{k{n}, title = {{Kites {n}}}, abstract = {{{filler}}}}}\n" for n in range(340)]
    papers.write_text("".join(entries))
    assert papers.stat().st_size > OWN_PROCESS_BYTES
    done = subprocess.run([bundle, "parse", papers], capture_output=True, text=True, check=False, timeout=200)
    assert "340" in done.stdout, done.stderr
    assert log.read_text().split() == ["parse", "--multiprocessing-fork"]
