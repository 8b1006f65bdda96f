"""How papers are cited by copy and drag: one remembered choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import services

if TYPE_CHECKING:
    from db.services.cite_commands import CiteStyle
    from desktop.settings import Settings

FORM, COMMAND = "cite/form", "cite/command"
COMMANDS = ("cite", "citep", "citet", "parencite", "textcite", "autocite", "footcite")
"""The commands of LaTeX, natbib and biblatex that are offered; any other can be typed."""


def style(settings: Settings, prenote: str = "", postnote: str = "") -> CiteStyle:
    r"""Return the remembered choice, `\cite` at first."""
    form, command = settings.get(FORM, "latex"), settings.get(COMMAND, COMMANDS[0])
    return services.cite_commands.CiteStyle(form, command, prenote, postnote)


def remember(settings: Settings, form: str, command: str) -> None:
    """Cite like this from now on."""
    settings.set(FORM, form)
    if form == "latex":
        settings.set(COMMAND, command)
