"""`python -m db.cli` is `sheaf` with a sub-command, where no script of that name is installed."""

from __future__ import annotations

import sys

from db.cli import main

if __name__ == "__main__":
    sys.exit(main())
