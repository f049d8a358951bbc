"""The verbs that begin something: `new site`, `new article`, `new topic`, `new theme`."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from lwnindex.config import Found
from lwnindex.printing import printable
from lwnindex.problems import SiteError

Finder = Callable[[dict[str, Any]], Found]
Speaker = Callable[[str], None]


def add_to(main: click.Group, places: Callable[..., Any], find: Finder, wait: Speaker) -> None:
    """Give the program these verbs; `places` gives a command the options that say which site it works on.

    `wait` tells what is no result.
    """

    @main.group("new")
    def new() -> None:
        """Begin a site, an article, a topic or a theme."""

    _add_whole(new, places, find, wait)
    _add_article(new, places, find, wait)
    _add_topic(new, places, find, wait)


def _add_whole(new: click.Group, places: Callable[..., Any], find: Finder, wait: Speaker) -> None:
    """Give the group the verbs that begin a folder."""

    @new.command("site", short_help="Begin a site that builds, in an empty or new folder.")
    @click.option("--title", default="A new index", show_default=True, help="What the site is called.")
    @click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
    def site_command(folder: Path, title: str) -> None:
        """Begin a site that builds, in a folder that is empty or not there yet.

        \b
        lwnindex new site news
        lwnindex new site news --title "Daily news"
        """  # noqa: D301 - click takes the control character as "leave as it is"
        from lwnindex import starting

        _show(starting.site(folder, title))
        config = shlex.quote(str(folder / "lwnindex.toml"))
        wait(f"build it with `lwnindex build --config {config}`; it begins in {folder / 'site/index.html'}.")

    @new.command("theme", short_help="Begin a theme that inherits from the default one.")
    @places
    @click.argument("name")
    def theme_command(name: str, **options: Any) -> None:
        """Begin a theme that inherits from the default one, in the site's `themes/`.

        \b
        lwnindex new theme evening
        """  # noqa: D301 - click takes the control character as "leave as it is"
        from lwnindex import starting

        found = find(options)
        _show(starting.theme(found.root, name))
        wait(f'use it with `name = "{name}"` under [theme] in {found.file or "lwnindex.toml"}.')


def _add_article(new: click.Group, places: Callable[..., Any], find: Finder, wait: Speaker) -> None:
    """Give the group the verb that begins an article."""

    @new.command("article")
    @places
    @click.option("--edit", is_flag=True, help="Open the file in $VISUAL or $EDITOR.")
    @click.option("--new-topic", is_flag=True, help="Take entries as typed, also those that may be slips.")
    @click.option("--draft", is_flag=True, help="Keep it off the site.")
    @click.option("--lang", metavar="TAG", default="", help="The language it is written in.")
    @click.option("--author", "authors", metavar="NAME", multiple=True, help="May be repeated.")
    @click.option("--date", metavar="DATE", default="", help="Its date, or date and time; today without it.")
    @click.option("--in", "entries", metavar="ENTRY", multiple=True, help="Its entry; may be repeated.")
    @click.argument("title")
    def article_command(**options: Any) -> None:
        """Begin an article, in the folder of its year; print its file.

        \b
        lwnindex new article "Ceph at twenty" --in Kernel/Filesystems/Ceph --author "Kernel desk"
        lwnindex new article "Ahead of time" --date 2030-01-01 --draft --edit
        """  # noqa: D301 - click takes the control character as "leave as it is"
        from lwnindex import starting
        from lwnindex.options import Options

        names = ("title", "entries", "date", "authors", "lang", "draft")
        options["date"] = _date(options["date"])
        if not options["title"].strip():
            raise SiteError("an article needs a title.", exit_code=2)
        asked = starting.Asked(**{name: options[name] for name in names}, new_topics=options["new_topic"])
        done = starting.article(find(options), asked, Options(waiting=wait))
        _tell(done.remarks, wait)
        _show([done.place])
        if options["edit"]:
            starting.edit(done.place, os.environ)


def _date(text: str) -> str:
    """Return the date that somebody typed as headers have it."""
    from lwnindex.readers.dates import read_date

    try:
        return read_date(text) or ""
    except ValueError as error:
        message = f"--date: {str(error).rstrip('.')}. Write it as in --date 2009-12-22."
        raise SiteError(message, exit_code=2) from error


def _add_topic(new: click.Group, places: Callable[..., Any], find: Finder, wait: Speaker) -> None:
    """Give the group the verb that describes a topic."""

    @new.command("topic", short_help="Describe a topic: add its table to the file of topics.")
    @places
    @click.option("--see-also", metavar="ENTRY", multiple=True, help="A related topic; may be repeated.")
    @click.option("--alias", "aliases", metavar="ENTRY", multiple=True, help="Another name; may be repeated.")
    @click.option("--note", metavar="TEXT", default="", help="What stands on its page.")
    @click.argument("entry")
    def topic_command(**options: Any) -> None:
        """Describe a topic: add its table to the file of topics, of which all else stays as it is.

        \b
        lwnindex new topic Kernel/Filesystems/Ceph --note "A file system over many machines."
        lwnindex new topic Kernel/BPF --alias Kernel/eBPF --see-also Kernel/Networking/Netfilter
        """  # noqa: D301 - click takes the control character as "leave as it is"
        from lwnindex import starting
        from lwnindex.options import Options

        names = ("entry", "note", "aliases", "see_also")
        saying = starting.Saying(**{name: options[name] for name in names})
        done = starting.topic(find(options), saying, Options(waiting=wait))
        _tell(done.remarks, wait)
        _show([done.place])


def _tell(remarks: Iterable[str], wait: Speaker) -> None:
    for remark in remarks:
        wait(remark)


def _show(places: Iterable[Path]) -> None:
    """Print files as seen from where the command was typed."""
    for place in places:
        here = Path.cwd()
        near = place.relative_to(here) if place.is_relative_to(here) else place
        click.echo(printable(str(near)))
