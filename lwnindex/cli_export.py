"""The verbs that write the archive for other programs, or the site as one file: `export`."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

import click

from lwnindex.config import Found
from lwnindex.printing import printable_json
from lwnindex.problems import SiteError, verdict

Command = Callable[..., None]
Progress = Callable[[str, int, int], None]


class Called(NamedTuple):
    """What these verbs share with `build`.

    `places`, `fresh` and `who` give a command the options that say which site it works on, on what day and
    with what it may use of earlier builds, and who does the work. From these `find` makes the
    configuration and `how` the options of a build. `progress` shows how far it is, `tell` tells a report.
    """

    places: Callable[[Command], Command]
    fresh: Callable[[Command], Command]
    who: Callable[[Command], Command]
    find: Callable[[dict[str, Any]], Found]
    how: Callable[[dict[str, Any]], Any]
    progress: Callable[[dict[str, Any]], AbstractContextManager[Progress | None]]
    tell: Callable[[Any, dict[str, Any]], None]

    def usual(self, command: Command) -> Command:
        """Give a command all these options."""
        return self.places(self.fresh(self.who(command)))


def _excerpt(command: Command) -> Command:
    """Give a command the options that say what it writes where, and of which articles."""
    for option in (
        click.option(
            "-v", "--verbose", is_flag=True, help="Tell every problem, and the seconds of each stage, too."
        ),
        click.option("-q", "--quiet", is_flag=True, help="Tell errors alone."),
        click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON, last on stdout."),
        click.option("--strict", is_flag=True, help="End with 1 after warnings too."),
        click.option("--output", metavar="FILE", default="", help="The file to write."),
        click.option("--year", "years", metavar="YYYY", multiple=True, help="Articles of this year."),
        click.option("--author", "authors", metavar="NAME", multiple=True, help="Articles by this author."),
        click.option("--topic", "topics", metavar="PATH", multiple=True, help="Articles of this topic."),
        click.option("--index", "indexes", metavar="NAME", multiple=True, help="Articles of this index."),
    ):
        command = option(command)
    return command


def _export_json(called: Called, options: dict[str, Any]) -> None:
    from lwnindex import handover

    target = _file(options.pop("output"))
    content = handover.json_object(called.find(options), target, called.how(options))
    _print(printable_json(content))


def _file(target: str) -> str:
    """Return the file that an option names, nothing where it names stdout."""
    return "" if target == "-" else target


def _print(content: bytes) -> None:
    """Write bytes to stdout; SiteError where they have no room there."""
    try:
        click.echo(content, nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise SiteError(f"stdout cannot be written: {error.strerror or error}.") from error


def _told(command: Command) -> Command:
    """Give a command the options that say what is told of the archive's problems, and how it ends then."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Tell every problem, on a terminal, too."),
        click.option("-q", "--quiet", is_flag=True, help="Tell errors alone."),
        click.option("--strict", is_flag=True, help="End with 1 after warnings too."),
    ):
        command = option(command)
    return command


def _export_csv(called: Called, options: dict[str, Any]) -> None:
    from lwnindex import handover

    folder, name = options.pop("output"), options.pop("table")
    if folder == "-":
        raise click.UsageError("Stdout takes one table: --table NAME, without --output.")
    if bool(folder) == bool(name):
        raise click.UsageError("Name either a folder, --output DIR, or one table, --table NAME.")
    found, how = called.find(options), called.how(options)
    if name and name not in handover.NAMES:
        raise SiteError(f'there is no table "{name}". There are: {", ".join(handover.NAMES)}.', exit_code=2)
    made = handover.csv_table(found, name, how) if name else handover.csv_files(found, folder, how)
    _end(made, called, options)


def _export_sqlite(called: Called, options: dict[str, Any]) -> None:
    gc.set_threshold(100_000, 20, 20)
    from lwnindex import handover

    file = options.pop("output")
    if not _file(file):
        raise click.UsageError("A database cannot go to stdout: name a file, --output FILE.")
    _end(handover.sqlite_file(called.find(options), file, called.how(options)), called, options)


def _export_skos(called: Called, options: dict[str, Any]) -> None:
    from lwnindex import handover

    file, kind = _file(options.pop("output")), options.pop("kind")
    kind = kind or _GRAPHS.get(Path(file or "stdout.ttl").suffix.lower())
    if not kind:
        raise click.UsageError(f"What is {file} to be? Say it with --format turtle or --format jsonld.")
    _end(handover.skos_graph(called.find(options), kind, file, called.how(options)), called, options)


_GRAPHS: dict[str, Any] = {".ttl": "turtle", ".turtle": "turtle", ".jsonld": "jsonld", ".json": "jsonld"}


def _end(made: Any, called: Called, options: dict[str, Any]) -> None:
    """Tell what is to be told of what was handed over, and end with 1 after errors."""
    called.tell(made, options)
    _print(made.content)
    sys.exit(verdict(made.problems, strict=options["strict"]))


def _export_as(kind: Any, called: Called, options: dict[str, Any]) -> None:
    gc.set_threshold(100_000, 20, 20)
    from lwnindex import exporting
    from lwnindex import report as reports
    from lwnindex.excerpt import Wanted

    wanted = Wanted(*(options[name] for name in Wanted._fields))
    order = exporting.Order(kind, wanted, options.pop("output"))
    found = called.find(options)
    with called.progress(options) as told:
        how = called.how(options)._replace(progress=told)
        exported = exporting.export(found, order, os.environ, how)
    called.tell(exported, options)
    if options["as_json"]:
        click.echo(printable_json(reports.export_as_json(exported)))
    elif not options["quiet"]:
        click.echo(reports.export_summary(exported))
    sys.exit(verdict(exported.problems, strict=options["strict"]))


class _Exporters(click.Group):
    """A group that takes a name which is none of its verbs for an exporter of a plug-in."""

    called: Called

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or self._of_a_plugin(cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of our verbs, then those of the exporters that plug-ins of the site here add."""
        return [*super().list_commands(ctx), *sorted(self._added())]

    def _added(self) -> Mapping[str, Callable[..., Any]]:
        """Return the exporters of plug-ins; none where there is no site, or a plug-in of it is broken."""
        try:
            found = self.called.find({"content": (), "config": None})
            if not found.config.plugins:
                return {}
            from lwnindex.plugins import loaded

            return loaded(found).exporters
        except SiteError:
            return {}

    def _of_a_plugin(self, name: str) -> click.Command:
        """Return the verb that asks the plug-ins of a site for an exporter of this name."""

        @click.command(name, short_help="Write what an exporter of a plug-in makes.")
        @self.called.usual
        @_told
        @click.option("--output", metavar="FILE", default="", help="The file to write; stdout without it.")
        def export_by_plugin(**options: Any) -> None:
            """Write what an exporter of a plug-in makes of the archive."""
            from lwnindex import handover

            file = _file(options.pop("output"))
            found = self.called.find(options)
            _end(handover.plugin_file(found, name, file, self.called.how(options)), self.called, options)

        return export_by_plugin


def add_to(main: click.Group, called: Called) -> None:
    """Give the program these verbs."""

    @main.group(cls=_Exporters)
    def export() -> None:
        """Write the archive for other programs, or the site as one file.

        Any other name is that of an exporter which a plug-in of the site adds.
        """

    assert isinstance(export, _Exporters)
    export.called = called

    @export.command("json", short_help="Write articles, topics and problems as one JSON object.")
    @called.usual
    @click.option("--output", metavar="FILE", default="", help="The file to write; stdout without it.")
    def export_json(**options: Any) -> None:
        """Write articles, topics, references and problems as one JSON object.

        \b
        lwnindex export json --output archive.json
        lwnindex export json | jq .articles[0]
        """  # noqa: D301 - click takes the control character as "leave as it is"
        _export_json(called, options)

    @export.command("csv", short_help="Write articles, topics and more as tables in CSV.")
    @called.usual
    @_told
    @click.option("--table", metavar="NAME", default="", help="Write this table to stdout.")
    @click.option("--output", metavar="DIR", default="", help="The folder in which each table is a file.")
    def export_csv(**options: Any) -> None:
        """Write articles, topics, entries, citations and more as tables in CSV.

        \b
        lwnindex export csv --output tables
        lwnindex export csv --table topics
        """  # noqa: D301 - click takes the control character as "leave as it is"
        _export_csv(called, options)

    @export.command("sqlite", short_help="Write the same tables as a database of SQLite.")
    @called.usual
    @_told
    @click.option("--output", metavar="FILE", required=True, help="The file to write.")
    def export_sqlite(**options: Any) -> None:
        """Write the same tables as a database of SQLite, with a full-text index.

        \b
        lwnindex export sqlite --output archive.db
        """  # noqa: D301 - click takes the control character as "leave as it is"
        _export_sqlite(called, options)

    @export.command("skos", short_help="Write the thesaurus in SKOS: its indexes and topics.")
    @called.usual
    @_told
    @click.option("--format", "kind", type=click.Choice(["turtle", "jsonld"]), help="How it is written.")
    @click.option("--output", metavar="FILE", default="", help="The file to write; stdout without it.")
    def export_skos(**options: Any) -> None:
        """Write the thesaurus in SKOS: its indexes, and its topics with their names, notes and places.

        \b
        lwnindex export skos --output thesaurus.ttl
        lwnindex export skos --format jsonld
        """  # noqa: D301 - click takes the control character as "leave as it is"
        _export_skos(called, options)

    @export.command("zip", short_help="Write the site, or a part of it, as a zip archive.")
    @called.usual
    @_excerpt
    def export_zip(**options: Any) -> None:
        """Write the site, or a part of it, as a zip archive to be read from disk.

        \b
        lwnindex export zip --output site.zip
        lwnindex export zip --topic Kernel/Filesystems/Ceph --year 2009 --year 2010
        """  # noqa: D301 - click takes the control character as "leave as it is"
        _export_as("zip", called, options)

    @export.command("zim", short_help="Write the site, or a part of it, for Kiwix.")
    @called.usual
    @_excerpt
    def export_zim(**options: Any) -> None:
        """Write the site, or a part of it, as a ZIM file for Kiwix and other readers.

        \b
        lwnindex export zim --output site.zim
        """  # noqa: D301 - click takes the control character as "leave as it is"
        _export_as("zim", called, options)
