"""The verb `next-due`: when the site changes next though no file does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click
import msgspec

from lwnindex.config import Found
from lwnindex.printing import printable, printable_json

if TYPE_CHECKING:
    from lwnindex.due import Turn
    from lwnindex.visits import Look

Finder = Callable[[dict[str, Any]], Found]
Speaker = Callable[[str], None]


def add_to(main: click.Group, places: Callable[..., Any], find: Finder, wait: Speaker) -> None:
    """Give the program this verb; `places` gives it the options that say which site it works on.

    `wait` tells what is no result.
    """

    @main.command("next-due", short_help="Tell the next day on which an article comes in or goes.")
    @places
    @click.option("--now", metavar="DATE", default="", help="The day after which to look; today without it.")
    @click.option("--json", "as_json", is_flag=True, help="Print an object.")
    def next_due(**options: Any) -> None:
        """Tell the next day on which an article dated ahead comes in or one expires; end with 1 for none.

        \b
        lwnindex next-due
        lwnindex next-due --now 2026-12-24 --json | jq -r .moment
        """  # noqa: D301 - click takes the control character as "leave as it is"
        found = find(options)
        zone = found.config.site.timezone
        turns = _turns(found, options["now"], wait)
        if options["as_json"]:
            click.echo(printable_json(msgspec.json.encode(_object(turns, zone))))
        else:
            _tell(turns, zone, wait)
        sys.exit(0 if turns else 1)


def _turns(found: Found, now: str, wait: Speaker) -> tuple[Turn, ...]:
    """Return what the next day brings and takes that brings or takes anything."""
    from lwnindex.due import next_turns
    from lwnindex.options import Options
    from lwnindex.visits import look

    def turns(seen: Look) -> tuple[Turn, ...]:
        cards = [article.card for one in seen.parsed for article in one.articles]
        return next_turns(cards, seen.gathered.today, found.config.site.timezone)

    return look(found, Options(waiting=wait, now=now), turns)


def _tell(turns: Sequence[Turn], zone: str, wait: Speaker) -> None:
    from lwnindex.times import first_moment

    if not turns:
        wait("nothing is due: no article is dated ahead, and none expires.")
        return
    day = turns[0].day
    click.echo(day)
    click.echo(f"  from {first_moment(day, zone)} ({zone})")
    for one in turns:
        change = "comes in" if one.comes else "expires"
        click.echo(printable(f"  {change}: {one.card.file}: {one.card.title}"))


def _object(turns: Sequence[Turn], zone: str) -> dict[str, Any]:
    from lwnindex.times import first_moment

    day = turns[0].day if turns else None
    articles = [
        {
            "id": one.card.id,
            "title": one.card.title,
            "file": one.card.file,
            "change": "in" if one.comes else "out",
        }
        for one in turns
    ]
    moment = first_moment(day, zone) if day else None
    return {"day": day, "moment": moment, "timezone": zone, "articles": articles}
