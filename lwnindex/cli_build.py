"""What `build` may do beside building: say what it would do."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

import click

from lwnindex.config import Found
from lwnindex.printing import printable, printable_json

Command = Callable[..., None]
Progress = Callable[[str, int, int], None]


class Means(NamedTuple):
    """What `build` has at hand: the options of a build, its progress, and what tells problems."""

    how: Callable[[dict[str, Any]], Any]
    progress: Callable[[dict[str, Any]], AbstractContextManager[Progress | None]]
    tell: Callable[[Any, dict[str, Any]], None]


def more(command: Command) -> Command:
    """Give `build` these options."""
    return click.option("--plan", is_flag=True, help="Tell what would change and why, and write nothing.")(
        command
    )


def plan(found: Found, options: dict[str, Any], means: Means) -> None:
    """Tell what a build would do, and end as it would."""
    from lwnindex import planned, planning

    with means.progress(options) as told:
        done = planning.plan(found, means.how(options)._replace(progress=told))
    means.tell(done.report, options)
    if options["as_json"]:
        for each in planned.as_json(done):
            click.echo(printable_json(each))
    else:
        _show(planned.lines(done, whole=options["verbose"]), planned.summary(done), options)
    sys.exit(1 if done.report.errors or (options["strict"] and done.report.warnings) else 0)


def _show(lines: Any, summary: str, options: dict[str, Any]) -> None:
    for line in lines:
        click.echo(printable(line))
    if not options["quiet"]:
        click.echo(summary)
