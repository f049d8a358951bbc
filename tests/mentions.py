"""Every path that a view mentions, found by walking it, and every anchor that its page has."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from lwnindex.articleviews import ArticleView, PlainView
from lwnindex.indexviews import IndexView, TopicView, WordsView, YearsView
from lwnindex.model import Badge
from lwnindex.viewmodel import AnyView, SiteView
from lwnindex.viewparts import IndexTopic, Link

PATHS = frozenset({"path", "home", "newer", "older", "target"})
"""The fields that hold an output path; empty where there is nothing to lead to."""


def mentions(value: object) -> Iterator[str]:
    """Yield the output paths, some with a fragment, that a value holds at any depth, its own too."""
    if isinstance(value, tuple):
        for each in value:
            yield from mentions(each)
    elif isinstance(value, Link):
        yield from [value.href] if value.local and not value.href.startswith("#") else []
    elif isinstance(value, msgspec.Struct) and not isinstance(value, Badge):
        yield from _fields(value)


def _fields(value: msgspec.Struct) -> Iterator[str]:
    for field in value.__struct_fields__:
        found = getattr(value, field)
        is_place = field in PATHS or (field == "anchor" and not isinstance(value, IndexTopic))
        if isinstance(found, str) and is_place and found:
            yield found
        else:
            yield from mentions(found)


def site_mentions(site: SiteView) -> Iterator[str]:
    """Yield the output paths that every page of a site may name."""
    yield from mentions((site.indexes, site.nav, site.feeds))
    yield from site.stylesheets
    yield from ["index.html"]
    yield from ["Archives/index.html"] if site.archives else []
    yield from ["Authors/index.html"] if site.authors else []


def anchors(view: AnyView) -> frozenset[str]:
    """Return the ids of a page that other pages may name."""
    if isinstance(view, IndexView):
        topics = [topic for letter in view.letters for topic in letter.topics]
        own = {anchor for topic in topics for anchor in (topic.anchor, *topic.anchors)}
        return frozenset(own | {letter.id for letter in view.letters})
    if isinstance(view, WordsView):
        return frozenset(letter.id for letter in view.letters)
    if isinstance(view, YearsView):
        found = {topic.anchor for year in view.years for topic in year.topics}
        return frozenset(found | {year.id for year in view.years})
    if isinstance(view, ArticleView | PlainView):
        return frozenset(heading.id for heading in view.contents)
    if isinstance(view, TopicView):
        return frozenset(group.id for group in view.years)
    return frozenset()
