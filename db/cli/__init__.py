"""The headless commands: `sheaf SUB-COMMAND`, for scripts, Makefiles and terminals without a display."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from db.cli import enrich, exports, journal, papers, reading, tags, upkeep
from db.cli.running import FAILED, WRONG_USAGE, Shared

if TYPE_CHECKING:
    from collections.abc import Sequence

ORDER = (
    reading.parse,
    reading.import_,
    papers.list_,
    papers.tag,
    tags.tags,
    papers.duplicates,
    exports.export,
    enrich.enrich,
    upkeep.check,
    upkeep.backup,
    upkeep.restore,
    journal.undo,
    journal.redo,
    journal.history,
)
COMMANDS = tuple(command.name for command in ORDER)
"""The words that make `sheaf WORD` a command instead of a file to open."""

EPILOG = """\b
Exit status: 0 done; 1 done, but something needs a look; 2 wrong usage;
3 failed, nothing was changed. `sheaf` alone opens the window; `sheaf FILE...`
opens it and imports the files; `sheaf --pick` opens its picker."""


class _InOrder(click.Group):
    """Lists the commands in the order of a day's work, and completes files, which the window opens."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Return the names of the offered commands."""
        return [name for name in self.commands if not self.commands[name].hidden]

    def shell_complete(self, context: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands and options that begin so, files when there are none."""
        return super().shell_complete(context, incomplete) or [CompletionItem(incomplete, type="file")]


def _tell_versions(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from db.services import parts

        click.echo(f"sheaf {parts.version()}")
        for name, version in parts.parts():
            click.echo(f"{name} {version}")
        context.exit()


@click.group(
    cls=_InOrder,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--library", metavar="PATH_OR_URL", help="The library to work on (default: your own).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines on stdout and nothing else there.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_tell_versions,
    help="Show the versions of Sheaf and of what it stands on, and exit.",
)  # fmt: skip
@click.pass_context
def sheaf(context: click.Context, library: str | None, as_json: bool) -> None:
    """Keep, tag, deduplicate and cite the papers that you scrape from listing pages."""
    context.obj = Shared(library, as_json)


for _command in ORDER:
    sheaf.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; never raises."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        return int(sheaf.main(None if arguments is None else list(arguments), "sheaf", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return WRONG_USAGE
    except click.Abort:
        click.echo("Stopped. Nothing was changed.", err=True)
        return FAILED
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else FAILED
