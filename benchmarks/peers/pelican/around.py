"""What Pelican does not do by itself: an article's neighbours in time, and a page for each index."""

from __future__ import annotations

from typing import Any

from pelican import signals


def neighbours(generator: Any) -> None:
    """Give each article the one before it and the one after."""
    newest_first = generator.articles
    for newer, older in zip([None, *newest_first], [*newest_first, None], strict=True):
        if newer:
            newer.older = older
        if older:
            older.newer = newer


def indexes(generator: Any, writer: Any) -> None:
    """Write the page of each index: its topics, with the number of articles of each."""
    template = generator.get_template("topics")
    topics = sorted(generator.tags.items())
    for name in generator.settings["INDEXES"]:
        own = [(tag, len(found)) for tag, found in topics if tag.name.startswith(f"{name}: ")]
        path = f"{name.lower()}/index.html"
        writer.write_file(path, template, generator.context, index=name, topics=own, relative_urls=False)


def register() -> None:
    """Tell Pelican when to call these."""
    signals.article_generator_finalized.connect(neighbours)
    signals.article_writer_finalized.connect(indexes)
