"""The verbs that tell what is wrong, and why things are as they are: `check`, `explain`."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from lwnindex.cli_export import Called, Progress
from lwnindex.cli_manners import coloured
from lwnindex.printing import printable, printable_json
from lwnindex.problems import verdict

if TYPE_CHECKING:
    from lwnindex.check import Checked
    from lwnindex.checking.findings import Finding
    from lwnindex.config import Found

FORMATS = ("text", "json", "sarif", "github")
_IN_REPOSITORIES = ("sarif", "github")
"""The formats whose readers look for files below the folder of a repository."""


def add_to(main: click.Group, called: Called, wait: Callable[[str], None]) -> None:
    """Give the program these verbs; `wait` tells that another build is waited for."""

    @main.command("check", short_help="Find all that is wrong with a site; write none.")
    @called.usual
    @click.option("--strict", is_flag=True, help="End with 1 after warnings too.")
    @click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help="How to tell it.",
    )
    @click.option(
        "--external", is_flag=True, help="Try links to the web, too; nothing else asks the network."
    )
    @click.option(
        "--allow-private", metavar="HOST", multiple=True, help="Ask this host though it is private."
    )
    @click.option("-q", "--quiet", is_flag=True, help="Tell errors alone.")
    @click.option("-v", "--verbose", is_flag=True, help="Tell every finding, on a terminal, too.")
    def check_command(**options: Any) -> None:
        """Find all that is wrong with a site, and write none; end with 1 if there are errors.

        \b
        lwnindex check
        lwnindex check --strict --format github
        lwnindex check --external
        """  # noqa: D301 - click takes the control character as "leave as it is"
        _check(called, options)

    @main.command("explain", short_help="Tell what a code means, or why an article or page is as it is.")
    @called.places
    @click.option("--now", metavar="DATE", default="", help="The day of the build; today without it.")
    @click.argument("name", metavar="CODE|ARTICLE|PATH")
    def explain_command(name: str, **options: Any) -> None:
        """Tell what a code means, how an article was read, or why a page is as it is.

        \b
        lwnindex explain dead-link
        lwnindex explain content/2009/alacrityvm.md
        lwnindex explain Kernel/Filesystems/
        """  # noqa: D301 - click takes the control character as "leave as it is"
        gc.set_threshold(100_000, 20, 20)
        from lwnindex.explaining import explain
        from lwnindex.options import Options

        for line in explain(lambda: called.find(options), name, Options(waiting=wait, now=options["now"])):
            click.echo(printable(line))


def _check(called: Called, options: dict[str, Any]) -> None:
    gc.set_threshold(100_000, 20, 20)
    from lwnindex.check import check

    found = called.find(options)
    with called.progress(options) as told:
        checked = check(found, called.how(options)._replace(progress=told))
        if options["external"]:
            checked = _asked(found, checked, options, told)
    shown = [one for one in checked.findings if not options["quiet"] or one.problem.severity == "error"]
    is_short = sys.stdout.isatty() and not options["verbose"]
    if options["form"] in _IN_REPOSITORIES:
        inner = _inner(found.root.resolve())
        shown = [_placed(one, inner) for one in shown]
    _tell(shown, checked, options["form"], is_short=is_short)
    sys.exit(verdict((one.problem for one in checked.findings), strict=options["strict"]))


def _inner(root: Path) -> Path:
    """Return where a site's folder is in its repository; the folder itself where it is in none."""
    repository = next((each for each in (root, *root.parents) if (each / ".git").exists()), root)
    return root.relative_to(repository)


def _placed(one: Finding, inner: Path) -> Finding:
    """Return a finding whose file is named from the folder of the repository."""
    file = one.problem.file
    place = os.path.normpath(inner / file).replace(os.sep, "/") if file else ""
    return one._replace(problem=replace(one.problem, file=place))


def _asked(found: Found, checked: Checked, options: dict[str, Any], told: Progress | None) -> Checked:
    """Return a check with what the addresses of the web answered."""
    from lwnindex import outbound
    from lwnindex.checking.findings import joined
    from lwnindex.web import Web

    web = Web(outbound.LIMITS._replace(private=frozenset(options["allow_private"])), found.config.site.url)
    order = outbound.Order(checked.today, found.config.check, progress=told)
    report = outbound.ask(checked.outward, found.root / found.config.store, web, order)
    left = f", {report.left:,} left for another day" if report.left else ""
    click.echo(f"addresses: {report.asked:,} asked, {report.known:,} known{left}", err=True)
    return checked._replace(findings=joined(checked.findings, report.findings))


def _tell(shown: list[Finding], checked: Checked, form: str, *, is_short: bool) -> None:
    """Print findings in a format."""
    from lwnindex.checking import told

    if form == "sarif":
        click.echo(printable_json(_sarif(shown)), nl=False)
    else:
        text = told.short_text if is_short else told.text
        for line in {"text": text, "json": told.json, "github": told.github}[form](shown):
            click.echo(coloured(line, sys.stdout) if form == "text" else line)
    click.echo(printable(told.summary(checked.findings, checked.pages)), err=form != "text")


def _sarif(shown: list[Finding]) -> bytes:
    from importlib.metadata import version

    from lwnindex.advice import helps
    from lwnindex.checking.sarif import sarif

    return sarif(shown, version("lwnindex"), helps())
