"""What every command shares: its two options, its output, and how it ends."""

from __future__ import annotations

import errno
import functools
import json
import os
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import click

from db.domain.errors import Cancelled, LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from db.services.library import Library
    from db.services.progress import Progress

DONE, LOOK, WRONG_USAGE, FAILED = 0, 1, 2, 3
REDRAW_SECONDS = 0.1

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Shared:
    """The options that may stand before or after the command."""

    library: str | None = None
    as_json: bool = False


class Run:
    """One run of a command: the library it works on and where its output goes."""

    def __init__(self, shared: Shared) -> None:
        self.json = shared.as_json
        self._library = shared.library
        self._drawn = 0.0
        self._line = False

    def path(self) -> Path | str:
        """Return the library's path or URL."""
        from db.services import home

        if self._library is None:
            return home.library()
        return self._library if "://" in self._library else Path(self._library)

    @contextmanager
    def library(self) -> Iterator[Library]:
        """Open the library for one command."""
        from db.services import home
        from db.services.library import Library

        path = self.path()
        library = Library.open(path, create=home.may_make(path))
        try:
            yield library
        finally:
            library.close()

    def emit(self, values: Mapping[str, Any]) -> None:
        """Print a line of JSON, if JSON was asked for."""
        if self.json:
            click.echo(json.dumps(values, ensure_ascii=False))

    def say(self, text: str = "") -> None:
        """Print a line for a person, unless JSON was asked for."""
        if not self.json:
            self.clear()
            click.echo(text)

    def warn(self, text: str) -> None:
        """Print a message on stderr."""
        self.clear()
        click.echo(text, err=True)

    def report(self, progress: Progress) -> None:
        """Draw the progress on stderr if a person sits there."""
        now = time.monotonic()
        if not sys.stderr.isatty() or now - self._drawn < REDRAW_SECONDS:
            return
        self._drawn, self._line = now, True
        share = f"{100 * progress.done // progress.total:3d} % " if progress.total else ""
        click.echo(f"\r\x1b[K{share}{progress.label[:60]}", nl=False, err=True)

    def clear(self) -> None:
        """Wipe the progress line."""
        if self._line:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._line = False


def command(name: str, **settings: Any) -> Callable[[Callable[Concatenate[Run, P], int]], click.Command]:
    """Make a command of a function that takes a Run and returns an exit status."""

    def wrap(function: Callable[Concatenate[Run, P], int]) -> click.Command:
        @functools.wraps(function)
        def call(library: str | None, as_json: bool, **values: Any) -> int:
            context = click.get_current_context()
            above = context.obj if isinstance(context.obj, Shared) else Shared()
            run = Run(Shared(library or above.library, as_json or above.as_json))
            return _guarded(run, functools.partial(function, run, **values))

        make: Callable[[Callable[..., int]], click.Command] = click.command(name, **settings)
        made = make(call)
        made.params += [
            click.Option(["--library"], metavar="PATH_OR_URL", help="The library to work on (default: your own)."),
            click.Option(["--json", "as_json"], is_flag=True, help="Print JSON Lines on stdout."),
        ]
        return made

    return wrap


def _guarded(run: Run, function: Callable[[], int]) -> int:
    """Run a command; whatever goes wrong becomes a message and an exit status."""
    if run.json:
        with suppress(AttributeError, ValueError):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        status = function()
        run.clear()
        if sys.stdout is not None:  # closed by the caller
            sys.stdout.flush()
    except LibraryError as error:
        run.warn(error.message)
        return FAILED
    except (Cancelled, KeyboardInterrupt):
        run.warn("Stopped. Nothing was changed.")
        return FAILED
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        return _ended(run, error)
    return status


def _ended(run: Run, error: Exception) -> int:
    if not _has_seen_enough(error):
        return _bug(run, error)
    # The reader (head, less) has seen enough; the interpreter's last flush must not fail either.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _has_seen_enough(error: Exception) -> bool:
    """Tell whether nobody reads what is printed any more; Windows then calls the output invalid."""
    if sys.platform == "win32":
        return isinstance(error, OSError) and error.errno in (errno.EPIPE, errno.EINVAL) and error.filename is None
    return isinstance(error, BrokenPipeError)


def _bug(run: Run, error: Exception) -> int:
    if os.environ.get("SHEAF_DEBUG"):
        raise error
    run.warn(
        f"Sheaf ran into an error of its own ({type(error).__name__}: {error}). Nothing was changed. "
        "With SHEAF_DEBUG=1 in the environment it says where; please report that."
    )
    return FAILED
