"""What `build` may do beside building: say what it would do, list what is to be uploaded."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from lwnindex.config import Found
from lwnindex.printing import printable, printable_json
from lwnindex.problems import SiteError, verdict

if TYPE_CHECKING:
    from lwnindex.uploads import Lister

Command = Callable[..., None]
Progress = Callable[[str, int, int], None]


class Means(NamedTuple):
    """What `build` has at hand: the options of a build, its progress, and what tells problems."""

    how: Callable[[dict[str, Any]], Any]
    progress: Callable[[dict[str, Any]], AbstractContextManager[Progress | None]]
    tell: Callable[[Any, dict[str, Any]], None]


def more(command: Command) -> Command:
    """Give `build` these options."""
    for option in (
        click.option("-0", "--null", is_flag=True, help="End each path of that list with a zero byte."),
        click.option(
            "--changed-files",
            metavar="FILE",
            default="",
            help="List what has to be uploaded: + and - with paths; - for stdout.",
        ),
        click.option("--plan", is_flag=True, help="Tell what would change and why, and write nothing."),
    ):
        command = option(command)
    return command


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
    sys.exit(verdict(done.report.problems, strict=options["strict"]))


def lister(found: Found, options: dict[str, Any]) -> Lister | None:
    """Return what lists the changes once the site is published, if that is asked for."""
    name = options["changed_files"]
    if not name:
        return None
    if options["plan"]:
        raise SiteError("a plan changes no files. Leave out --plan or --changed-files.", exit_code=2)
    if name == "-" and options["as_json"]:
        raise SiteError("a list and JSON cannot both go to stdout. Name a file: --changed-files FILE.", 2)
    place = None if name == "-" else Path(name).absolute()
    if place and place.resolve().is_relative_to(found.output.resolve()):
        raise SiteError(f"{name} would be published. Name a file elsewhere: --changed-files FILE.", 2)
    if place:
        _refuse_folder(place, (found.root / found.config.store).absolute())
    from lwnindex.uploads import Lister, write

    return Lister(partial(write, place) if place else _print, null=options["null"])


def _refuse_folder(place: Path, store: Path) -> None:
    """Refuse a file whose folder is not there, but for the store's, which a build makes."""
    missing = [each for each in (place.parent, *place.parent.parents) if not each.is_dir()]
    if missing and place.parent != store:
        said = f"there is no folder {missing[-1]}, so {place.name} cannot be put into {place.parent}"
        raise SiteError(f"{said}. Make it, or name another: --changed-files FILE.", exit_code=2)


def _print(content: bytes) -> None:
    click.echo(content, nl=False)


def told(lister: Lister | None, options: dict[str, Any]) -> None:
    """Say so where a list names the whole site for it is the first one."""
    if lister and lister.listed.whole and not options["quiet"]:
        click.echo("lwnindex: no earlier list of this site is known, so it names every file.", err=True)


def _show(lines: Any, summary: str, options: dict[str, Any]) -> None:
    for line in lines:
        click.echo(printable(line))
    if not options["quiet"]:
        click.echo(summary)
