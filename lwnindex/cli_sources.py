"""The verbs that bring articles in: `fetch` and `import`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any, get_args

import click
import msgspec

from lwnindex.config import Found
from lwnindex.presets import PresetName
from lwnindex.printing import printable_json
from lwnindex.problems import SiteError, counted, sentence

Finder = Callable[[dict[str, Any]], Found]
Speaker = Callable[[str], None]


def _web(found: Found, options: dict[str, Any]) -> Any:
    from lwnindex.web import USUAL, Web

    return Web(USUAL._replace(private=frozenset(options["allow_private"])), found.config.site.url)


def fetch(found: Found, options: dict[str, Any], tell: Speaker, waiting: Speaker) -> None:
    """Fetch feeds, tell what became of them, and end with 1 if one failed."""
    from lwnindex import fetch as fetching

    order = fetching.Order(options["names"], options["dry_run"], waiting)
    report = fetching.fetch(found, _web(found, options), order)
    for line in fetch_lines(report):
        if not options["quiet"]:
            tell(line)
    click.echo(fetch_json(report) if options["as_json"] else fetch_summary(report))
    sys.exit(1 if report.count("failed") else 0)


def fetch_lines(report: Any) -> Iterator[str]:
    """Yield what people are told of each feed."""
    for one in report.feeds:
        counted = ", ".join(f"{count} {what}" for what, count in sorted(one.counts.items()))
        yield f"{one.name}: {one.state}" + (f": {counted}" if counted else "")
        yield from (f"{one.name}: {each}" for each in one.news)


def fetch_summary(report: Any) -> str:
    """Return the one line that a fetch ends with."""
    return (
        f"feeds: {len(report.feeds) - report.count('skipped')} asked, {report.count('unchanged')} unchanged, "
        f"{report.count('failed')} failed; "
        f"items: {report.count('new')} new, {report.count('changed')} changed, {report.count('kept')} kept"
    )


def fetch_json(report: Any) -> bytes:
    """Return the report of a fetch as one line of JSON."""
    told = ("unchanged", "skipped", "failed", "new", "changed", "kept")
    counts = {what: report.count(what) for what in told}
    asked = len(report.feeds) - counts["skipped"]
    said = {"asked": asked, **counts, "feeds": [one._asdict() for one in report.feeds]}
    return printable_json(msgspec.json.encode(said))


def import_(found: Found, options: dict[str, Any], tell: Speaker, waiting: Speaker) -> None:
    """Import what is named, and pictures if asked; end with 1 if that has errors, or no article is in it."""
    from lwnindex import importing, pictures
    from lwnindex.intake import Report

    if not options["what"] and not options["assets"]:
        raise SiteError(
            "there is nothing to import. Name a file, a folder or an address, or add --assets.", 2
        )
    web = _web(found, options)
    report = Report()
    if options["what"]:
        order = importing.Order(
            options["what"], options["preset"], options["to"], options["dry_run"], waiting
        )
        report = importing.import_(found, order, web)
    images = pictures.Fetched()
    if options["assets"]:
        bodies = report.bodies if options["what"] else tuple(_bodies(found))
        folder = found.root / found.config.content[0]
        images = pictures.bring(pictures.remote(bodies), folder, web, dry_run=options["dry_run"])
    for line in import_lines(report, images, dry_run=options["dry_run"]):
        if not options["quiet"]:
            tell(line)
    click.echo(import_json(report, images) if options["as_json"] else import_summary(report, images))
    is_faulty = any(one.severity == "error" for one in report.problems)
    is_nothing = bool(options["what"]) and not report.bodies
    sys.exit(1 if is_faulty or is_nothing or images.failed else 0)


def _bodies(found: Found) -> Iterator[str]:
    """Yield the texts of all articles of a site."""
    from lwnindex import loading
    from lwnindex.manuscripts import manuscripts
    from lwnindex.reading import readings

    rules = readings(found.config)
    loaded = loading.sources(found.config, found.root, {})
    for source in loaded.sources:
        content = loading.whole(loaded.way(source.file))
        yield from (one.text for one in manuscripts(source, content, rules[source.rules]).manuscripts)


def import_lines(report: Any, images: Any, *, dry_run: bool) -> Iterator[str]:
    """Yield what people are told of an import."""
    yield from (f"{one.severity}: {sentence(one)}" for one in report.problems)
    told = {one.message for one in report.problems}
    yield from (f"skipped: {what}: {why}." for what, why in report.skipped if why not in told)
    yield from (f'missing: {file}: there is no file "{href}".' for file, href in report.files.missing)
    yield from (f"not copied: {path}: {why}." for path, why in report.files.refused)
    yield from (f"picture: {url}: {why}" for url, why in images.failed)
    if dry_run:
        yield from (f"would write: {path}" for path in report.written)
        yield from (f"would copy: {path}" for path in report.files.copied)
        yield from (f"would fetch: {url}" for url in images.new)
    yield from (f"{count:>7} {counted(name, count)}" for name, count in report.lost.items())


def import_summary(report: Any, images: Any) -> str:
    """Return the one line that an import ends with."""
    found = (
        f"{report.read} read, {len(report.written)} written, {len(report.kept)} kept, "
        f"{len(report.skipped)} skipped; {len(report.problems)} problems"
    )
    if any(report.files):
        counts = ", ".join(f"{len(paths)} {what}" for what, paths in report.files._asdict().items())
        found += f"; files: {counts}"
    if any(images):
        found += f"; pictures: {len(images.new)} new, {len(images.held)} held, {len(images.failed)} failed"
    return found


def import_json(report: Any, images: Any) -> bytes:
    """Return the report of an import as one line of JSON."""
    told = {name: value for name, value in report._asdict().items() if name != "bodies"}
    told["problems"] = [sentence(one) for one in report.problems]
    told["files"] = report.files._asdict()
    return printable_json(msgspec.json.encode({**told, "pictures": images._asdict()}))


_PRIVATE = click.option(
    "--allow-private",
    metavar="HOST",
    multiple=True,
    help="A host that may be asked although its address is not public; may be repeated.",
)
_COMMON = (
    _PRIVATE,
    click.option("-q", "--quiet", is_flag=True, help="Tell no more than the last line."),
    click.option("--json", "as_json", is_flag=True, help="Print the report as JSON, last on stdout."),
    click.option("--dry-run", is_flag=True, help="Write nothing, and tell what would be."),
)


def add_to(main: click.Group, places: Callable[..., Any], find: Finder, tell: Speaker, wait: Speaker) -> None:
    """Give the program these verbs; `places` gives a command the options that say which site it works on."""

    @main.command("fetch", short_help="Fetch feeds into article files.")
    @places
    @_common
    @click.argument("names", metavar="[NAME]...", nargs=-1)
    def fetch_command(**options: Any) -> None:
        """Fetch the feeds that the configuration names, or those NAMEd, into article files.

        \b
        lwnindex fetch
        lwnindex fetch kernel --dry-run
        """  # noqa: D301 - click takes the control character as "leave as it is"
        fetch(_completed(find(options)), options, tell, wait)

    @main.command("import", short_help="Turn dumps, saved pages and others' articles into article files.")
    @places
    @_common
    @click.option(
        "--assets", is_flag=True, help="Bring in remote pictures; without PATH, those of all articles."
    )
    @click.option(
        "--to", metavar="DIR", default="", help="Where articles are written; the first content folder."
    )
    @click.option(
        "--as", "preset", type=click.Choice(get_args(PresetName)), help="How the archive is written."
    )
    @click.argument("what", metavar="[PATH|URL]", default="")
    def import_command(**options: Any) -> None:
        """Turn dumps, saved pages, feeds and other generators' articles into article files.

        \b
        lwnindex import old-site --to content/old
        lwnindex import https://example.org/feed.xml --to content/news
        """  # noqa: D301 - click takes the control character as "leave as it is"
        import_(_completed(find(options)), options, tell, wait)


def _completed(found: Found) -> Found:
    """Return a configuration whose articles are whole: what a rewriting left when it was killed is done."""
    from lwnindex import rewriting

    return rewriting.completed(found)


def _common(command: Callable[..., None]) -> Callable[..., None]:
    for option in _COMMON:
        command = option(command)
    return command
