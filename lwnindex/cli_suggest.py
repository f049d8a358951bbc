"""The verb `topics suggest`: entries proposed for an article, and how good such proposals are."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click
import msgspec

from lwnindex.config import Found
from lwnindex.printing import printable_json
from lwnindex.problems import SiteError

if TYPE_CHECKING:
    from lwnindex.model import Entry
    from lwnindex.suggest import Suggestion
    from lwnindex.suggesting import Suggested
    from lwnindex.trial import Figures

Finder = Callable[[dict[str, Any]], Found]
Speaker = Callable[[str], None]


def add_to(
    topics: click.Group, places: Callable[..., Any], find: Finder, show: Speaker, wait: Speaker
) -> None:
    """Give the group this verb; `places` gives it the options that say which site it works on."""

    @topics.command("suggest", short_help="Suggest index entries for an article.")
    @places
    @click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
    @click.option(
        "--seed",
        "seeds",
        metavar="N",
        type=int,
        multiple=True,
        help="With --evaluate: which articles are held out; may be repeated.",
    )
    @click.option(
        "--share",
        metavar="PART",
        type=click.FloatRange(0, 0.9, min_open=True),
        default=0.2,
        show_default=True,
        help="With --evaluate: how many are held out.",
    )
    @click.option("--evaluate", is_flag=True, help="Tell how good suggestions are for this archive.")
    @click.option("--all", "own", is_flag=True, help="Judge the entries that the article has, too.")
    @click.option(
        "--number",
        metavar="N",
        type=click.IntRange(1),
        default=5,
        show_default=True,
        help="How many entries to suggest.",
    )
    @click.argument("article", default="")
    def suggest_command(**options: Any) -> None:
        """Suggest index entries for an article; ARTICLE is its id or its file, filed or not.

        \b
        lwnindex topics suggest 367788
        lwnindex topics suggest drafts/ceph.md --number 3
        lwnindex topics suggest --evaluate
        """  # noqa: D301 - click takes the control character as "leave as it is"
        if bool(options["article"]) == options["evaluate"]:
            raise SiteError("name an article, or ask for --evaluate, and not for both.", exit_code=2)
        # The words of an archive are many values without cycles.
        gc.set_threshold(100_000, 20, 20)
        for line in (_evaluate if options["evaluate"] else _suggest)(find(options), options, wait):
            show(line)


def _suggest(found: Found, options: dict[str, Any], wait: Speaker) -> Iterator[str]:
    from lwnindex import suggesting
    from lwnindex.options import Options

    told = suggesting.suggested(
        found,
        options["article"],
        options["number"],
        own=options["own"],
        options=Options(waiting=wait),
    )
    return iter([as_json(told)]) if options["as_json"] else lines(told)


def _evaluate(found: Found, options: dict[str, Any], wait: Speaker) -> Iterator[str]:
    from lwnindex import suggesting
    from lwnindex.options import Options

    seeds = options["seeds"] or (1,)
    figures = suggesting.evaluated(found, seeds, options["share"], Options(waiting=wait))
    return iter([figures_as_json(figures)]) if options["as_json"] else figure_lines(figures)


def written(entry: Entry) -> str:
    """Return an entry as people read it: `Kernel / Filesystems/Ceph`."""
    return " / ".join((entry[0], "/".join(entry[1:]))) if len(entry) > 1 else entry[0]


def lines(told: Suggested) -> Iterator[str]:
    """Yield suggestions for people: each with its score, and below it what each part adds, and why."""
    own = told.profile
    yield f"{own.file}: {own.title}"
    if own.entries:
        yield f"  filed already: {'; '.join(map(written, own.entries))}"
    if not told.suggestions:
        yield "  nothing in the archive is like it"
    for one in told.suggestions:
        yield f"{one.score:.2f}  {written(one.entry)}{' (filed already)' if one.held else ''}"
        for part, reason in reasons(one).items():
            yield f"      {one.parts[part]:.2f} {reason}"


def reasons(one: Suggestion) -> dict[str, str]:
    """Return what speaks for a topic as sentences, by the parts that add to its score."""
    found = {
        "words": _near(one),
        "name": _named(one),
        "text": f"the words of its name count {one.often} in the text",
        "path": f"in the title: {', '.join(one.in_title)}",
        "references": _cited(one),
    }
    return {part: found[part] for part, points in one.parts.items() if points >= 0.005}


def _near(one: Suggestion) -> str:
    near = [f'{each.id} "{each.title}" ({", ".join(each.words)})' for each in one.near]
    return f"near {'; '.join(near)}"


def _named(one: Suggestion) -> str:
    said = f"the name stands in the {one.place}"
    if not one.named:
        return f"{said}, as in that of no other article"
    return f"{said}; of {one.named} others with it there, {one.filed} filed so"


def _cited(one: Suggestion) -> str:
    ways = (("cites", one.cites), ("cited by", one.cited_by), ("cites what is cited by", one.citing_alike))
    return "; ".join(f"{how} {', '.join(ids)}" for how, ids in ways if ids)


def as_json(told: Suggested) -> str:
    """Return suggestions as one line of JSON."""
    own = told.profile
    found = {
        "article": {"id": own.id, "file": own.file, "title": own.title, "entries": own.entries},
        "suggestions": [_row(one) for one in told.suggestions],
    }
    return printable_json(msgspec.json.encode(found)).decode()


def _row(one: Suggestion) -> dict[str, Any]:
    row = one._asdict()
    row["score"] = round(one.score, 4)
    row["parts"] = {part: round(points, 4) for part, points in one.parts.items()}
    row["near"] = [{**each._asdict(), "nearness": round(each.nearness, 4)} for each in one.near]
    return row | {"reasons": list(reasons(one).values())}


def figure_lines(figures: Sequence[Figures]) -> Iterator[str]:
    """Yield the figures of trials as tables, and of several their mean with the lowest and the highest."""
    from lwnindex.trial import AT

    for one in figures:
        yield f"seed {one.seed}: {one.held_out} of {one.articles} filed articles held out"
        yield f"{'':18}" + "".join(f"{f'at {number}':>8}" for number in AT)
        for name, row in _rows(one).items():
            yield f"{name:18}" + "".join(f"{each:8.3f}" for each in row)
    if len(figures) > 1:
        yield f"mean of {len(figures)} seeds (lowest to highest)"
        for name in _rows(figures[0]):
            columns = list(zip(*(_rows(one)[name] for one in figures), strict=True))
            told = (f"{sum(each) / len(each):8.3f} ({min(each):.3f} to {max(each):.3f})" for each in columns)
            yield f"{name:18}" + "".join(told)


def _rows(one: Figures) -> dict[str, tuple[float, ...]]:
    return {
        "precision": one.precision,
        "recall": one.recall,
        "precision ceiling": one.precision_ceiling,
        "recall ceiling": one.recall_ceiling,
    }


def figures_as_json(figures: Sequence[Figures]) -> str:
    """Return the figures of trials as one line of JSON, each by the number of suggestions looked at."""
    from lwnindex.trial import AT

    def row(one: Figures) -> dict[str, Any]:
        told = {name.replace(" ", "_"): dict(zip(AT, each, strict=True)) for name, each in _rows(one).items()}
        return {"seed": one.seed, "articles": one.articles, "held_out": one.held_out, **told}

    return msgspec.json.encode([row(one) for one in figures]).decode()
