"""The Qt binding itself: what it must survive before the window can be trusted for a day."""

from __future__ import annotations

import subprocess
import sys

MANY_CALLS = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
for _ in range(50_000):
    label.setText("x")
print("alive")
"""


def test_fifty_thousand_calls_do_not_abort_the_process() -> None:
    """PySide6 6.12 on Python 3.11 loses a reference to None a call and aborts after some 5,300."""
    done = subprocess.run([sys.executable, "-c", MANY_CALLS], capture_output=True, text=True, timeout=200, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr
