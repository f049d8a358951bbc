"""Topics whose names differ in case alone become one: `python one_spelling.py >> content/topics.toml`.

The one with most articles keeps its name, and the others become other names of it.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict

from lwnindex import Archive, Topic, load


def spellings(archive: Archive) -> list[list[Topic]]:
    """Return the topics of one place that only case tells apart, the one with most articles first."""
    found: dict[tuple[str, ...], list[Topic]] = defaultdict(list)
    for topic in archive.topics:
        found[(*topic.entry[:-1], topic.entry[-1].casefold())].append(topic)
    several = [topics for topics in found.values() if len(topics) > 1]
    return [sorted(topics, key=lambda one: one.count, reverse=True) for topics in several]


if __name__ == "__main__":
    with load(*sys.argv[1:2]) as archive:
        for first, *others in spellings(archive):
            names = ["/".join(one.entry) for one in (first, *others)]
            print(f"[{json.dumps(names[0], ensure_ascii=False)}]")
            print(f"aliases = {json.dumps(names[1:], ensure_ascii=False)}")
