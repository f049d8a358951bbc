"""The ten articles of an archive that others refer to most: `python most_cited.py [lwnindex.toml]`."""

from __future__ import annotations

import sys

from lwnindex import Archive, Article, load


def most_cited(archive: Archive, count: int = 10) -> list[Article]:
    """Return the articles to which most others refer, the newest first among equals."""
    return sorted(archive.articles, key=lambda one: len(one.cited_by), reverse=True)[:count]


if __name__ == "__main__":
    with load(*sys.argv[1:2]) as archive:
        for article in most_cited(archive):
            print(f"{len(article.cited_by):>3}  {article.title}")
