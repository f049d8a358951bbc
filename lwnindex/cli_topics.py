"""The verbs of the thesaurus: `topics`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from lwnindex import cli_refiling, cli_suggest
from lwnindex.config import Found
from lwnindex.printing import printable_json

if TYPE_CHECKING:
    from lwnindex.model import Problem
    from lwnindex.visits import Look

Finder = Callable[[dict[str, Any]], Found]
Speaker = Callable[[str], None]
T = TypeVar("T")

_SORTS = ("name", "count", "date")
_KINDS = ("cited", "unfiled", "single", "outgrown")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON: one object a line.")
_INDEX = click.option("--index", metavar="NAME", help="Only this index.")


def add_to(main: click.Group, places: Callable[..., Any], find: Finder, show: Speaker, wait: Speaker) -> None:
    """Give the program these verbs; `places` gives a command the options that say which site it works on.

    `show` prints a line of a result, `wait` tells that another build is waited for.
    """

    @main.group("topics")
    def topics() -> None:
        """Look at the topics of an archive, and rework them."""

    _add_lists(topics, places, find, show, wait)
    _add_checks(topics, places, find, show, wait)
    cli_refiling.add_to(topics, places, find, show, wait)
    cli_suggest.add_to(topics, places, find, show, wait)


def _add_lists(
    topics: click.Group, places: Callable[..., Any], find: Finder, show: Speaker, wait: Speaker
) -> None:
    """Give the group the verbs that show what there is."""

    @topics.command("list", short_help="List the topics, with how many articles they have.")
    @places
    @_INDEX
    @click.option(
        "--sort",
        type=click.Choice(_SORTS),
        default="name",
        show_default=True,
        help="In which order: the most articles, or the latest, first.",
    )
    @click.option(
        "--min", "least", metavar="N", type=click.IntRange(0), default=0, help="With at least N articles."
    )
    @_JSON
    def list_command(**options: Any) -> None:
        """List the topics: articles, those of its own, the latest, the name.

        \b
        lwnindex topics list --index Kernel --sort count --min 10
        lwnindex topics list --json | jq .topic
        """  # noqa: D301 - click takes the control character as "leave as it is"
        for line in _looked(find(options), wait, lambda look: _list(look, options)):
            show(line)

    @topics.command("tree", short_help="Show the topics as a tree.")
    @places
    @_INDEX
    @click.option("--depth", metavar="N", type=click.IntRange(1), help="No more than N levels.")
    @_JSON
    def tree_command(**options: Any) -> None:
        """Show the topics as a tree; "->" leads from a further place to a topic's own.

        \b
        lwnindex topics tree --index Kernel --depth 1
        """  # noqa: D301 - click takes the control character as "leave as it is"
        for line in _looked(find(options), wait, lambda look: _tree(look, options)):
            show(line)

    @topics.command("show")
    @places
    @_JSON
    @click.argument("topic")
    def show_command(**options: Any) -> None:
        """Tell all that is known of a topic, named by its path or an alias.

        \b
        lwnindex topics show Kernel/Filesystems/Ceph
        lwnindex topics show "kernel/block layer/i/o scheduling"
        """  # noqa: D301 - click takes the control character as "leave as it is"
        remark, lines = _looked(find(options), wait, lambda look: _shown(look, options))
        if remark:
            wait(remark)
        for line in lines:
            show(line)


def _add_checks(
    topics: click.Group, places: Callable[..., Any], find: Finder, show: Speaker, wait: Speaker
) -> None:
    """Give the group the verbs that show what is amiss."""

    @topics.command("lint", short_help="Find the faults of the thesaurus and of the filing.")
    @places
    @click.option("--all", "hints", is_flag=True, help="Tell hints, too, of which many need no mending.")
    @_JSON
    def lint_command(**options: Any) -> None:
        """Find the faults of the thesaurus and of the filing; end with 1 if there are any.

        \b
        lwnindex topics lint
        lwnindex topics lint --all --json | jq -r .fix
        """  # noqa: D301 - click takes the control character as "leave as it is"
        lines, summary, is_faulty = _looked(find(options), wait, lambda look: _linted(look, options))
        for line in lines:
            show(line)
        if not options["as_json"]:
            show(summary)
        sys.exit(1 if is_faulty else 0)

    @topics.command("gaps", short_help="Tell what the archive lacks.")
    @places
    @click.option(
        "--kind", "kinds", type=click.Choice(_KINDS), multiple=True, help="Only this; may be repeated."
    )
    @click.option(
        "--limit",
        metavar="N",
        type=click.IntRange(0),
        default=20,
        show_default=True,
        help="No more than N of a kind; 0 for all.",
    )
    @click.option(
        "--over",
        metavar="N",
        type=click.IntRange(1),
        default=40,
        show_default=True,
        help="A topic has outgrown a list with more than N articles.",
    )
    @_JSON
    def gaps_command(**options: Any) -> None:
        """Tell what the archive lacks: articles cited and not held, unfiled ones, topics too small or large.

        \b
        lwnindex topics gaps --kind cited --limit 50
        lwnindex topics gaps --kind unfiled --limit 0
        """  # noqa: D301 - click takes the control character as "leave as it is"
        for line in _looked(find(options), wait, lambda look: _gaps(look, options)):
            show(line)


def _looked(found: Found, wait: Speaker, use: Callable[[Look], T]) -> T:
    """Return what is made of an archive's catalog."""
    from lwnindex.options import Options
    from lwnindex.visits import look

    return look(found, Options(waiting=wait), use)


def _json(objects: Iterable[dict[str, Any]]) -> list[str]:
    return [printable_json(msgspec.json.encode(one)).decode() for one in objects]


def _list(look: Look, options: dict[str, Any]) -> list[str]:
    from lwnindex import topiclists
    from lwnindex.topicnames import index_named

    index = index_named(look.catalog, options["index"]) if options["index"] else None
    found = topiclists.rows(look.catalog, index, options["sort"], options["least"])
    if options["as_json"]:
        return _json(map(topiclists.row_object, found))
    return list(topiclists.row_lines(found))


def _tree(look: Look, options: dict[str, Any]) -> list[str]:
    from lwnindex import topiclists
    from lwnindex.topicnames import index_named

    indexes = [one.name for one in look.catalog.indexes]
    lines = []
    for name in [index_named(look.catalog, options["index"])] if options["index"] else indexes:
        found = list(topiclists.tree(look.catalog, name, options["depth"]))
        if options["as_json"]:
            lines += _json(map(topiclists.row_object, found))
        else:
            lines += [name, *topiclists.tree_lines(found)]
    return lines


def _shown(look: Look, options: dict[str, Any]) -> tuple[str, list[str]]:
    """Return what is to be said of how a topic was named, and the lines that tell of it."""
    from lwnindex import topiclists
    from lwnindex.topicnames import meant

    entry, remark = meant(look.catalog, options["topic"])
    found = topiclists.shown(look.catalog, entry, _note(look, entry))
    lines = _json([topiclists.shown_object(found)]) if options["as_json"] else topiclists.shown_lines(found)
    return remark, list(lines)


def _note(look: Look, entry: tuple[str, ...]) -> str:
    """Return the text of a topic's note."""
    from lwnindex.plaintext import plain_text

    said = look.catalog.described.get(entry)
    if said is None or not said.note.digest:
        return ""
    return plain_text(msgspec.msgpack.decode(look.store.blob(said.note.digest), type=list[str]))


def _linted(look: Look, options: dict[str, Any]) -> tuple[list[str], str, bool]:
    """Return the findings as lines, how many there are, and whether one is more than a hint."""
    from lwnindex import lint
    from lwnindex.near import similar
    from lwnindex.settings import describes_topics

    files = {one.file for one in look.gathered.sources.sources if describes_topics(one.path)}
    problems = (*look.problems, *similar(look.catalog), *_linked(look))
    found = lint.lint(look.catalog, problems, files, hints=options["hints"])
    lines = _json(map(lint.finding_object, found)) if options["as_json"] else lint.finding_lines(found)
    return list(lines), lint.summary(found), any(one.severity != "hint" for one in found)


def _linked(look: Look) -> Iterator[Problem]:
    """Yield what linking finds: dead links of notes, other names of topics at taken addresses."""
    from lwnindex.link import link
    from lwnindex.views.search import PAGE

    inputs, catalog = look.gathered.inputs, look.catalog
    if not catalog.described:
        return
    assets = dict.fromkeys((*inputs.theme.assets, PAGE), "")
    plan = link(
        *(catalog, look.parsed, inputs.files, assets, inputs.config),
        words=inputs.words,
        beside=inputs.beside,
    )
    yield from plan.problems
    for entry, said in catalog.described.items():
        if said.note.digest:
            yield from plan.made(catalog.topics[entry].path).problems


def _gaps(look: Look, options: dict[str, Any]) -> list[str]:
    from lwnindex import gaps

    found = gaps.gaps(look.catalog, options["over"])
    wanted = [kind for kind in gaps.KINDS if not options["kinds"] or kind in options["kinds"]]
    limit = options["limit"]
    if options["as_json"]:
        return _json(gaps.gap_object(one) for kind in wanted for one in found[kind][: limit or None])
    return [line for kind in wanted for line in gaps.gap_lines(kind, found[kind], limit)]
