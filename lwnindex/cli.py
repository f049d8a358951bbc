"""The command line: results on stdout, talk on stderr; exit 0 done, 1 problems, 2 usage, 3 failed."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec

from lwnindex import (
    cli_build,
    cli_check,
    cli_completion,
    cli_due,
    cli_export,
    cli_new,
    cli_serve,
    cli_sources,
    cli_topics,
    cli_version,
)
from lwnindex import config as configuration
from lwnindex.cli_manners import Commands, coloured, say
from lwnindex.printing import printable
from lwnindex.problems import SiteError, verdict

_PATIENT = 1.0
"""Seconds of a build that pass without a word."""

_FREQUENT = 0.1
"""Seconds between two looks of a bar."""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show where in the program an error came from.")
@click.version_option(package_name="lwnindex", message="lwnindex %(version)s")
def main(debug: bool) -> None:
    """Build a cross-linked site from a news archive and its index entries.

    \b
    lwnindex build                                  the site that lwnindex.toml describes
    lwnindex build --content DUMPS --output SITE    a folder of articles, with no configuration
    """  # noqa: D301 - click takes the control character as "leave as it is"


def _places(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say which site it works on."""
    for option in (
        click.option("--store", metavar="DIR", help="Where to keep what a build found out, for the next."),
        click.option(
            "--content", metavar="DIR", multiple=True, help="A folder of articles; may be repeated."
        ),
        click.option("--config", metavar="FILE", type=click.Path(dir_okay=False), help="The configuration."),
    ):
        command = option(command)
    return command


def _fresh(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say on what day it works, and what it may use of earlier builds."""
    for option in (
        click.option("--now", metavar="DATE", default="", help="The day of the build; today without it."),
        click.option("--no-stat", is_flag=True, help="Read every file, whatever its size and time say."),
        click.option("--clean", is_flag=True, help="Forget what earlier builds found out."),
    ):
        command = option(command)
    return command


def _who(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say who does the work."""
    for option in (
        click.option("--jobs", metavar="N", type=click.IntRange(1), help="How many processes work at once."),
        click.option(
            "--executor",
            default="processes",
            show_default=True,
            type=click.Choice(["serial", "processes"]),
            help="Who works.",
        ),
    ):
        command = option(command)
    return command


def _found(options: dict[str, Any]) -> configuration.Found:
    """Return the configuration that the options lead to.

    Without --config it is looked for upwards from the first --content folder, else from here: a
    configuration belongs to the archive that it stands above.
    """
    content = [Path(each).resolve() for each in options["content"]]
    named = options["config"]
    if named and not Path(named).is_file():
        raise SiteError(f"there is no configuration {named}.", exit_code=2)
    file = Path(named) if named else configuration.find(content[0] if content else Path())
    root = _root(file, content)
    said: dict[str, Any] = {"content": _seen_from(root, content)} if content else {}
    # Where a site is a link to a tree, it is the link that is meant.
    if options.get("output"):
        said["output"] = str(Path(options["output"]).absolute())
    if options.get("store"):
        said["store"] = str(Path(options["store"]).resolve())
    found = configuration.load(file, os.environ, said)._replace(root=root)
    return found if file else _without_file(found, said)


def _root(file: Path | None, content: list[Path]) -> Path:
    """Return the folder of a site: that of its configuration, else the one its first content folder is in."""
    if file:
        return file.parent
    return content[0].parent if content else Path()


def _seen_from(root: Path, content: list[Path]) -> tuple[str, ...]:
    """Return the content folders as seen from the site's folder, those in it by their short names."""
    whole = root.resolve()
    return tuple(str(each.relative_to(whole) if each.is_relative_to(whole) else each) for each in content)


def _without_file(found: configuration.Found, said: dict[str, Any]) -> configuration.Found:
    """Return a site without a configuration: its output is here, and its store beside that, if not told."""
    told = {name for name in ("output", "store") if os.environ.get(configuration.ENVIRONMENT + name.upper())}
    told.update(said)
    output = found.config.publishing.folder
    output = output if "output" in told else str(Path(output).absolute())
    store = found.config.store if "store" in told else str(Path(output).parent / found.config.store)
    return found._replace(config=msgspec.structs.replace(found.config, output=output, store=store))


@main.command()
@_places
@_fresh
@click.option("--output", metavar="DIR", help="Where the site is written.")
@_who
@click.option("--strict", is_flag=True, help="End with 1 after warnings too.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON, last on stdout.")
@click.option("-q", "--quiet", is_flag=True, help="Tell errors alone.")
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Tell every problem, the kinds of feeds and the seconds of stages too.",
)
@cli_build.more
def build(**options: Any) -> None:
    """Build the site: read what changed, write what changed.

    \b
    lwnindex build
    lwnindex build --plan
    lwnindex build --content DUMPS --output SITE --strict
    lwnindex build --changed-files upload.txt
    """  # noqa: D301 - click takes the control character as "leave as it is"
    # A build holds many values and makes few cycles: looking for those takes a tenth of its time.
    gc.set_threshold(100_000, 20, 20)
    from lwnindex import report as reports
    from lwnindex import site

    found = _found(options)
    lister = cli_build.lister(found, options)
    if options["plan"]:
        cli_build.plan(found, options, cli_build.Means(_how, _progress, _tell))
    with _progress(options) as told:
        report = site.build(found, _how(options)._replace(progress=told), lister)
    _tell(report, options)
    cli_build.told(lister, options)
    if options["as_json"]:
        click.echo(reports.as_json(report))
    elif not options["quiet"]:
        click.echo(reports.summary(report), err=options["changed_files"] == "-")
    sys.exit(verdict(report.problems, strict=options["strict"]))


def _how(options: dict[str, Any]) -> Any:
    from lwnindex.options import Options

    found = Options(options["executor"], options["jobs"], options["clean"], not options["no_stat"])
    return found._replace(waiting=say, now=options["now"])


@contextmanager
def _progress(options: dict[str, Any]) -> Iterator[Callable[[str, int, int], None] | None]:
    """Give what shows the progress of a long build, if somebody is there to see it."""
    if options["quiet"] or not sys.stderr.isatty():
        yield None
        return
    bars = _Bars()
    try:
        yield bars
    except KeyboardInterrupt:
        # A bar may be that of a process that is gone: the cursor comes back, on a line of its own.
        click.echo("\x1b[?25h", err=True)
        raise
    finally:
        bars.end()


class _Bars:
    """A bar for each task of a build that has lasted a second."""

    def __init__(self) -> None:
        self._begun = self._since = self._shown = time.monotonic()
        self._task = ""
        self._bar: Any = None

    def __call__(self, task: str, done: int, of: int) -> None:
        """Show that so many are done."""
        now = time.monotonic()
        if task != self._task:
            self.end()
            self._task, self._since = task, now
        if now - self._begun < _PATIENT or (now - self._shown < _FREQUENT and done < of):
            return
        self._shown = now
        if self._bar is None:
            self._bar = click.progressbar(
                length=of, label=task, show_pos=True, item_show_func=self._rate, file=sys.stderr
            )
        self._bar.update(done - self._bar.pos, done)
        if done >= of:
            self.end()

    def _rate(self, done: int | None) -> str | None:
        seconds = time.monotonic() - self._since
        return f"{done / seconds:,.0f}/s" if done and seconds else None

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None


def _tell(report: Any, options: dict[str, Any]) -> None:
    from lwnindex import report as reports

    # A file, or another program, is told all; who sits before a terminal would not read a thousand lines.
    is_short = sys.stderr.isatty() and not options["verbose"]
    for line in reports.short_lines(report) if is_short else reports.problem_lines(report):
        if line.startswith("error") or not options["quiet"]:
            click.echo(coloured(printable(line)), err=True)
    if options["quiet"]:
        return
    for line in reports.count_lines(report):
        click.echo(line, err=True)
    if options["verbose"]:
        for line in reports.feed_lines(report):
            click.echo(line, err=True)
        for stage, seconds in report.stages.items():
            click.echo(f"{seconds:>7.2f} s {stage}", err=True)


@main.command("config")
@_places
def show_config(**options: Any) -> None:
    """Print every key of the configuration with the value in force.

    \b
    lwnindex config
    """  # noqa: D301 - click takes the control character as "leave as it is"
    found = _found(options)
    click.echo(printable(f"# from {found.file}") if found.file else "# no configuration file: all defaults")
    click.echo(configuration.described(found.config), nl=False)


cli_due.add_to(main, _places, _found, say)
cli_new.add_to(main, _places, _found, say)
_called = cli_export.Called(_places, _fresh, _who, _found, _how, _progress, _tell)
cli_export.add_to(main, _called)
cli_check.add_to(main, _called, say)
cli_serve.add_to(main, _called)
cli_sources.add_to(main, _places, _found, lambda line: click.echo(printable(line), err=True), say)
cli_topics.add_to(main, _places, _found, lambda line: click.echo(coloured(printable(line), sys.stdout)), say)
cli_version.add_to(main)
cli_completion.add_to(main, _found)  # the last one: it looks at all verbs
