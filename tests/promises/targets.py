"""What is fuzzed, what with, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tests.fuzzing import LARGEST, Run
from tests.promises import namings, readings, seeds


class Target(NamedTuple):
    """Something that is fuzzed: its name, how it is run, what with, and how often at most in a soak."""

    name: str
    run: Run
    seeds: tuple[bytes, ...]
    tokens: tuple[bytes, ...] = ()
    corpus: tuple[str, ...] = ()
    largest: int = LARGEST
    long: int = 2_000


def _as_bytes(*texts: Sequence[str]) -> tuple[bytes, ...]:
    return tuple(one.encode("utf-8", "surrogatepass") for some in texts for one in some)


TARGETS = (
    Target("texts of bytes", readings.texts, _as_bytes(seeds.DUMPS, seeds.PAGES, seeds.FEEDS), long=4_000),
    Target(
        "dumps",
        readings.read("367787.md", readings.LWN),
        _as_bytes(seeds.DUMPS),
        _as_bytes(seeds.BLOCK_WORDS, seeds.WORDS_OF_MARKS),
        ("lwn-kernel-2009-2012", "seed"),
    ),
    Target(
        "headers by every preset",
        readings.headers,
        _as_bytes(seeds.HEADERS),
        _as_bytes(seeds.HEADER_WORDS),
        ("archives",),
    ),
    Target(
        "saved pages", readings.pages, _as_bytes(seeds.PAGES), _as_bytes(seeds.WORDS_OF_HTML), ("lwn-html",)
    ),
    Target(
        "feeds",
        readings.read("feeds/a.xml", readings.OF_PRESETS["plain"]),
        _as_bytes(seeds.FEEDS),
        _as_bytes(seeds.WORDS_OF_XML),
        ("feeds",),
    ),
    Target("files of topics", readings.topics, _as_bytes(seeds.TOPICS), _as_bytes(seeds.WORDS_OF_TOML)),
    Target(
        "templates' tags",
        readings.foreign,
        _as_bytes(seeds.FOREIGN, seeds.HEADERS),
        _as_bytes(seeds.WORDS_OF_TAGS),
        ("archives",),
    ),
    Target(
        "bylines",
        readings.heads,
        _as_bytes(seeds.HEADS),
        _as_bytes(("By ", "[Posted ", "] ", "and ", "contributed by ", "**", "  \n")),
    ),
    Target(
        "dates",
        readings.dates,
        _as_bytes(seeds.DATES),
        _as_bytes(("T", "Z", "+01:00", "10:00", "Dec", "年", "¹", "٣", "am")),
    ),
    Target(
        "bodies of HTML",
        readings.body("html"),
        _as_bytes(seeds.PAGES),
        _as_bytes(seeds.WORDS_OF_HTML),
        ("lwn-html",),
    ),
    Target(
        "bodies of CommonMark",
        readings.body("commonmark"),
        _as_bytes(seeds.HEADERS, seeds.FOREIGN),
        _as_bytes(seeds.WORDS_OF_MARKS, seeds.WORDS_OF_HTML),
        ("archives/rust-blog",),
    ),
    Target(
        "index blocks",
        readings.blocks,
        _as_bytes(seeds.BLOCKS),
        _as_bytes(seeds.BLOCK_WORDS),
        ("index-block-variants",),
    ),
    Target(
        "the accelerator",
        readings.accelerated,
        _as_bytes(seeds.DUMPS, seeds.FOREIGN),
        _as_bytes(seeds.WORDS_OF_MARKS),
        ("lwn-kernel-2009-2012",),
        4_096,
    ),
    Target(
        "names",
        namings.named,
        _as_bytes(seeds.NAMES),
        _as_bytes(("/", "..", "~", "CON", "%2f", "/Articles/", "é", "e\u0301", "\ud800")),
        largest=4_096,
    ),
    Target(
        "refiling",
        namings.refiled,
        _as_bytes(seeds.BLOCKS, seeds.HEADERS, seeds.PAGES),
        _as_bytes(seeds.BLOCK_WORDS, seeds.HEADER_WORDS),
        (),
        16_384,
    ),
    Target(
        "configurations", namings.configured, _as_bytes(seeds.CONFIGURATIONS), _as_bytes(seeds.WORDS_OF_TOML)
    ),
)
