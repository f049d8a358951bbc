"""How the program behaves at a terminal: whatever goes wrong is a sentence and an exit code."""

from __future__ import annotations

import errno
import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

import click

from lwnindex.printing import printable
from lwnindex.problems import CODES, SiteError

_REFUSALS = frozenset(
    {
        *(errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM),
        *(errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EINTR, errno.ESTALE),
        *(errno.ENAMETOOLONG, errno.ELOOP),
    }
)
"""What a system says that cannot, or may not, do what it does at other times: that is no fault of ours."""

_LOOP = "Symlink loop from "
"""How pathlib begins to say that links lead round in a circle; from Python 3.13 on the system says it."""


class Verbs(click.Group):
    """A group that says which verb may be meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the verb that is named first, and what follows it."""
        name = args[0]
        if not (ctx.resilient_parsing or name.startswith("-") or self.get_command(ctx, name)):
            from difflib import get_close_matches

            close = get_close_matches(name, self.list_commands(ctx), n=2)
            offered = " or ".join(f'"{one}"' for one in close)
            way = f"Did you mean {offered}?" if close else f"There are: {', '.join(self.list_commands(ctx))}."
            ctx.fail(f'there is no verb "{name}". {way}')
        return super().resolve_command(ctx, args)


Verbs.group_class = Verbs


class Commands(Verbs):
    """A group whose commands end in an exit code and one sentence, whatever went wrong."""

    def main(self, *args: Any, **more: Any) -> Any:
        """Run a command."""
        _speak_utf8()
        return super().main(*args, **more)

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Return what a command is run with; an interruption ends it here as it does later."""
        try:
            return super().make_context(*args, **more)
        except KeyboardInterrupt:
            say("interrupted")
            sys.exit(130)

    def invoke(self, ctx: click.Context) -> Any:
        """Run it, and end as it went."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            say("interrupted")
            ctx.exit(130)
        except BrokenPipeError:
            _leave_pipe()
            ctx.exit(141)
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            say(_sentence(error))
            ctx.exit(error.exit_code if isinstance(error, SiteError) else 3)


def _speak_utf8() -> None:
    """Start this program again where Python could not give a file any name, whatever the locale is called."""
    if sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        words = [sys.executable, *sys.orig_argv[1:]]
        os.execve(sys.executable, words, {**os.environ, "PYTHONUTF8": "1"})  # noqa: S606 - no shell is wanted


def say(message: str) -> None:
    """Tell what is no result."""
    for line in message.splitlines():
        click.echo(printable(f"lwnindex: {line}"), err=True)


def _sentence(error: Exception) -> str:
    if isinstance(error, SiteError):
        return "\n".join(map(_near, str(error).splitlines()))
    if isinstance(error, OSError) and error.errno in _REFUSALS:
        place = f" ({error.filename})" if error.filename else ""
        return f"the system failed: {error.strerror}{place}. See to that, and do it again."
    if isinstance(error, RuntimeError) and str(error).startswith(_LOOP):
        return f"links lead round in a circle: {str(error).removeprefix(_LOOP)}. Remove one of them."
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return f"a fault of the program: {what}. `lwnindex --debug ...` shows where; please report it."


def _near(line: str) -> str:
    """Return a line that begins with a file as it is named from the folder one is in, if it is below that."""
    try:
        return line.removeprefix(f"{Path.cwd()}{os.sep}")
    except OSError:
        return line


def _leave_pipe() -> None:
    """Let what is still to be written go nowhere, since nobody reads it any more."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())


_PROBLEM = re.compile(rf"(error|warning)(: .*?: )({'|'.join(sorted(CODES))})(?=: )")
_COLOURS = {"error": "red", "warning": "yellow"}


def coloured(line: str, stream: TextIO | None = None) -> str:
    """Return a problem's line with its severity and its code in colour, if the stream is to have colours.

    That is stderr where none is named. It has some on a terminal that can show them, unless NO_COLOR is set
    (no-color.org).
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not (stream or sys.stderr).isatty():
        return line
    return _PROBLEM.sub(_painted, line, count=1)


def _painted(found: re.Match[str]) -> str:
    severity, place, code = found.groups()
    return click.style(severity, fg=_COLOURS[severity], bold=True) + place + click.style(code, bold=True)
