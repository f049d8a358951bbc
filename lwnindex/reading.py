"""The part of a configuration that decides how a source is read.

A configuration comes in, the rules of its sources go out; with a source's digest they name its result.
"""

from __future__ import annotations

from lwnindex.model import Dialect, Value
from lwnindex.presets import PRESETS, PresetName
from lwnindex.settings import Config, SelectSettings, SourceSettings


class Reading(Value, frozen=True, kw_only=True):
    """All that decides how a source is read; part of the name of every parsed result.

    `fields` gives each of our fields the names that it may have in a header, the first that is there counts.
    `index` gives `tags` and `categories` the index in which they are entries, if they are any; `base` is
    where the archive was published, `permalink` the pattern of its addresses, `lang` its language.
    """

    source: str
    url: str
    index_names: tuple[str, ...]
    slash_names: tuple[str, ...]
    nicks: tuple[tuple[str, str], ...]
    title_suffixes: tuple[str, ...]
    strip_quotes: tuple[str, ...]
    strip_lines: tuple[str, ...]
    strip_rest: tuple[str, ...]
    extensions: tuple[str, ...]
    accelerate: bool
    preset: PresetName
    markdown: Dialect
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    index: tuple[tuple[str, str], ...]
    entries: tuple[str, ...]
    categories: tuple[tuple[str, str], ...]
    select: SelectSettings
    base: str
    permalink: str
    lang: str
    timezone: str


DEFAULT = SourceSettings()
"""How files are read for which the configuration has no table of their own."""


def readings(config: Config) -> dict[str, Reading]:
    """Return the rules of all sources by their paths; by the empty path, those of all others."""
    return {one.path: reading(config, one) for one in (DEFAULT, *config.sources)}


def reading(config: Config, source: SourceSettings = DEFAULT) -> Reading:
    """Return the rules by which this site's sources, or those of one of its tables, are read."""
    preset = PRESETS[source.preset]
    own = {name: (said,) if isinstance(said, str) else said for name, said in source.fields.items()}
    return Reading(
        source=config.site.source.rstrip("/"),
        url=config.site.url,
        index_names=tuple(sorted(config.indexes)),
        slash_names=config.index.slash_names,
        nicks=tuple(sorted(config.bylines.nicks.items())),
        title_suffixes=config.bylines.title_suffixes,
        strip_quotes=config.strip.quotes,
        strip_lines=config.strip.lines,
        strip_rest=config.strip.rest,
        extensions=config.markdown.extensions,
        accelerate=config.markdown.accelerate,
        preset=source.preset,
        markdown=source.markdown or preset.markdown,
        fields=tuple(sorted({**preset.fields, **own}.items())),
        index=_indexes_of(source),
        entries=source.entries,
        categories=tuple(sorted(source.categories.items())),
        select=source.select,
        base=source.url,
        permalink=source.permalink,
        lang=source.lang,
        timezone=config.site.timezone,
    )


def _indexes_of(source: SourceSettings) -> tuple[tuple[str, str], ...]:
    """Return the index of each field that holds entries; files without a table of their own have none."""
    if source is DEFAULT:
        return ()
    said = source.index
    if isinstance(said, str):
        return (("categories", said or "Categories"), ("tags", said or "Tags"))
    return tuple(sorted(said.items()))
