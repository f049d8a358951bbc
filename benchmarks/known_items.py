"""How well a site's search finds an article that one knows: by three words of its title, or of its text.

`python -m benchmarks.known_items SITE` asks the search of a built site for 300 articles by three words from
the middle of their titles, and for 300 by three of their rare words, and tells how many came up in front.
A query that more titles have than can stand in front ("one of 33") counts as missed for the rest of them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import zlib
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from lwnindex.tokens import tokens

TITLE_WITHIN, TEXT_WITHIN = 3, 5
"""Among how many hits in front the article has to be."""

_RAREST = 40
_WORDS = 3
_CALL = re.compile(r'^lwnindexSearch\("[a-z]+","[^"]*",(.*)\);?\s*$', re.DOTALL | re.MULTILINE)


class Known(NamedTuple):
    """An article that one looks for: its path, its title, its text."""

    path: str
    title: str
    text: str


class Asked(NamedTuple):
    """A query, and the path of the article that it is for."""

    query: str
    path: str


class Score(NamedTuple):
    """How many of the articles asked for came up in front, and the queries of those that did not."""

    found: int
    asked: int
    missed: tuple[Asked, ...]


def articles(site: Path) -> list[Known]:
    """Return the articles of a built site, as its search has them."""
    return [one for file in sorted((site / "search" / "docs").glob("*.js")) for one in _month(file)]


def _month(file: Path) -> Iterator[Known]:
    held = _said(file)
    folder = file.parent.parent / "texts"
    texts = [
        text
        for number in range(len(held["texts"]))
        for text in _inflated(_said(folder / f"{file.stem}-{number}.js"))
    ]
    for (title, path, *_), text in zip(held["docs"], texts, strict=True):
        yield Known(path, title, text)


def _said(file: Path) -> Any:
    """Return what a file of the search hands over."""
    found = _CALL.search(file.read_text("utf-8"))
    if found is None:
        raise ValueError(f"{file}: no file of a search")
    return json.loads(found[1])


def _inflated(packed: str) -> list[str]:
    found: list[str] = json.loads(zlib.decompress(b64decode(packed), wbits=-15))
    return found


def by_title(known: Sequence[Known], count: int, chance: random.Random) -> list[Asked]:
    """Return queries of three words from the middle of a title, for articles whose titles have so many."""
    worded = [(one, [word for word in one.title.split() if tokens(word)]) for one in known]
    long = [(one, words) for one, words in worded if len(words) >= _WORDS]
    return [
        Asked(" ".join(words[(len(words) - _WORDS) // 2 :][:_WORDS]), one.path)
        for one, words in chance.sample(long, min(count, len(long)))
    ]


def by_text(known: Sequence[Known], count: int, chance: random.Random) -> list[Asked]:
    """Return queries of three rare words of a text, whole ones."""
    words = {one.path: {word for word in tokens(one.text) if len(word) > 2} for one in known}
    spread = Counter(word for each in words.values() for word in each)
    long = [one for one in known if len(words[one.path]) >= _WORDS]
    return [
        Asked(" ".join(_rare(words[one.path], spread, chance)) + " ", one.path)
        for one in chance.sample(long, min(count, len(long)))
    ]


def _rare(words: set[str], spread: Mapping[str, int], chance: random.Random) -> list[str]:
    rarest = sorted(words, key=lambda word: (spread[word], word))[:_RAREST]
    return chance.sample(rarest, _WORDS)


def titled(known: Sequence[Known], query: str) -> int:
    """Return how many titles have the words of a query in a row; no order of hits has them all in front."""
    row = f" {' '.join(tokens(query))} "
    return sum(row in f" {' '.join(tokens(one.title))} " for one in known)


def score(site: Path, asked: Sequence[Asked], within: int, node: str = "node") -> Score:
    """Return how many of the articles asked for are among the first hits."""
    program = Path(__file__).with_name("ask.js")
    queries = "\n".join(json.dumps(one.query) for one in asked)
    run = subprocess.run(  # noqa: S603 - the program is the benchmark's own
        [node, program, site], input=queries, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    hits = [json.loads(line) for line in run.stdout.splitlines()]
    missed = tuple(one for one, paths in zip(asked, hits, strict=True) if one.path not in paths[:within])
    return Score(len(asked) - len(missed), len(asked), missed)


def main() -> None:
    """Ask the search of a site, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, help="the folder of a built site with a search")
    parser.add_argument("--count", type=int, default=300, help="articles to ask for, each way")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--node", default="node", help="the node program")
    given = parser.parse_args()
    known, chance = articles(given.site), random.Random(given.seed)
    for name, asked, within in (
        ("three words of the title", by_title(known, given.count, chance), TITLE_WITHIN),
        ("three rare words of the text", by_text(known, given.count, chance), TEXT_WITHIN),
    ):
        found = score(given.site, asked, within, given.node)
        share = 100 * found.found / max(1, found.asked)
        sys.stdout.write(f"{name}: {found.found} of {found.asked} in the first {within} ({share:.1f} %)\n")
        for one in found.missed:
            told = f", one of {alike}" if (alike := titled(known, one.query)) > within else ""
            sys.stdout.write(f"  not for {one.query!r}: {one.path}{told}\n")


if __name__ == "__main__":
    main()
