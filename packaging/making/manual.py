"""The manual page, written from the commands themselves, so that it says what they take."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from db.cli import sheaf
from making.project import NAME, moment, version

if TYPE_CHECKING:
    from collections.abc import Iterator

WAYS = """\
.B sheaf
.RI [ FILE ...]
.br
.B sheaf \\-\\-pick
.br
.B sheaf
.RB [ \\-\\-library
.IR PATH_OR_URL ]
.I COMMAND
.RI [ ARGUMENTS ]"""
WINDOW = """\
Without a command,
.B sheaf
opens the window; files that are named are imported into the library, and a single library file is opened.
A second start hands its files to the window that is open.
With
.B \\-\\-pick
the picker opens, which cites into the editor that one came from.
A file that is called like a command needs a slash, as in
.IR ./list ."""
LAST = """\
.SH FILES
.TP
.I ~/.local/share/sheaf/library.sheaf
The library, unless another one is named. Backups of before an upgrade stand beside it.
.TP
.I ~/.local/share/sheaf/styles
Citation styles (CSL) of your own.
.TP
.I ~/.config/sheaf/sheaf.ini
The settings of the window.
.TP
.I sheaf\\-data
A folder beside a Sheaf that was unpacked, which then holds all of these.
.SH ENVIRONMENT
.TP
.B SHEAF_LIBRARY
The library to work on: a path, or the address of a database.
.TP
.B SHEAF_CONFIG
The folder of the settings.
.TP
.B SHEAF_STYLES
The folder of the citation styles of your own."""


def page() -> str:
    """Return the manual page in the language of man."""
    top = click.Context(sheaf, info_name=NAME, **sheaf.context_settings)
    day = time.strftime("%Y-%m-%d", time.gmtime(moment()))
    lines = [
        f'.TH SHEAF 1 "{day}" "Sheaf {version()}" "User Commands"',
        ".SH NAME",
        "sheaf \\- keep, tag, deduplicate and cite papers",
        ".SH SYNOPSIS",
        WAYS,
        ".SH DESCRIPTION",
        escaped(sheaf.help or ""),
        ".PP",
        WINDOW,
        ".SH OPTIONS",
        *_options(sheaf, top),
        ".SH COMMANDS",
    ]
    for name in sheaf.list_commands(top):
        lines += _command(sheaf.commands[name], click.Context(sheaf.commands[name], top, name))
    return "\n".join([*lines, LAST, ".SH EXIT STATUS", *_status(), ""])


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f'.SS "{escaped(" ".join([context.command_path, *command.collect_usage_pieces(context)]))}"'
    for number, paragraph in enumerate((command.help or "").split("\n\n")):
        yield from [".PP"] * (number > 0)
        yield escaped(" ".join(paragraph.split()))
    yield from _options(command, context)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for option in command.get_params(context):
        record = option.get_help_record(context)
        if record is not None and isinstance(option, click.Option):
            yield ".TP"
            yield f".B {escaped(record[0])}"
            yield escaped(record[1])


def _status() -> Iterator[str]:
    meanings = (
        "Done.",
        "Done, but something needs a look, such as lines that were not understood.",
        "Wrong usage.",
        "Failed; nothing was changed.",
    )
    for status, meaning in enumerate(meanings):
        yield f".TP\n.B {status}\n{meaning}"


def escaped(text: str) -> str:
    """Return text as man prints it as it stands: dashes that can be copied, no line that looks like a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in text.splitlines())
