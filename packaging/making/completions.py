"""What makes the Tab key work: shells ask `sheaf` itself how a command goes on, so this cannot be out of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.shell_completion import get_completion_class

from db.cli import sheaf
from desktop.__main__ import COMPLETING
from making.project import NAME

if TYPE_CHECKING:
    from pathlib import Path

PLACES = {
    "bash": f"bash-completion/completions/{NAME}",
    "zsh": f"zsh/vendor-completions/_{NAME}",
    "fish": f"fish/vendor_completions.d/{NAME}.fish",
}
"""Where each shell looks, below /usr/share."""


def script(shell: str) -> str:
    """Return what a shell has to read."""
    kind = get_completion_class(shell)
    if kind is None:
        raise ValueError(f"There is no completion for {shell}.")
    return kind(sheaf, {}, NAME, COMPLETING).source().strip() + "\n"


def write(share: Path) -> None:
    """Write the scripts of all shells below a folder such as /usr/share."""
    for shell, place in PLACES.items():
        target = share / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(script(shell), encoding="utf-8")
