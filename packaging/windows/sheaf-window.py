"""What the program without a console runs; its name in the folder is that of pyproject.toml's gui-scripts."""

import sys

from desktop.__main__ import window

sys.exit(window())
