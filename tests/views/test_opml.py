"""The list of all feeds has every feed once, topics below their index and the topic they belong to."""

from __future__ import annotations

import pytest

from lwnindex.viewmodel import FileView
from lwnindex.views.feeds import feeds
from lwnindex.views.opml import PATH, opml_view
from tests.makers import archive_of, card, config, plan_of

HELD = [card("1", "Kernel/A/B", authors=("X",)), card("2", "Security/C", authors=())]
QUERY = {"query": [{"name": "Q"}]}


def test_the_list_names_site_indexes_topics_authors_and_queries() -> None:
    view = opml_view(archive_of(*HELD, config=config(feeds_out=QUERY)))
    assert [(one.depth, one.text, one.title, one.page) for one in view.outlines] == [
        (0, "News index", "News index", "index.html"),
        (0, "Kernel index", "Kernel index", "Kernel/Index/index.html"),
        (1, "A", "Kernel / A", "Kernel/A/index.html"),
        (2, "B", "Kernel / A / B", "Kernel/A/B/index.html"),
        (0, "Security index", "Security index", "Security/Index/index.html"),
        (1, "C", "Security / C", "Security/C/index.html"),
        (0, "Authors", "Authors", ""),
        (1, "X", "X", "Authors/X/index.html"),
        (0, "Saved queries", "Saved queries", ""),
        (1, "Q", "Q", "Queries/Q/index.html"),
    ]


@pytest.mark.parametrize(
    ("formats", "kind"), [(["rss", "atom", "json"], "atom"), (["json", "rss"], "rss"), (["json"], "json")]
)
def test_every_feed_is_listed_once_in_the_best_format(formats: list[str], kind: str) -> None:
    shelf = archive_of(*HELD, config=config(feeds_out={"formats": formats, **QUERY}))
    listed = [one.feed for one in opml_view(shelf).outlines if one.feed]
    assert sorted(listed) == sorted(one.path for one in feeds(shelf) if one.format == kind)


@pytest.mark.parametrize(("table", "has"), [({}, True), ({"opml": False}, False), ({"formats": []}, False)])
def test_a_site_has_a_list_of_feeds_if_it_has_any(table: dict[str, object], has: bool) -> None:
    plan = plan_of(*HELD, config=config(feeds_out=table))
    assert (PATH in plan.paths, plan.site.opml) == (has, has)
    assert plan_of(*HELD, files={PATH: "own"}).view(PATH) == FileView(
        path=PATH, root="", title="", digest="own"
    )


def test_authors_without_pages_are_not_listed() -> None:
    view = opml_view(archive_of(*HELD, config=config(pages={"authors": False})))
    assert "Authors" not in [one.text for one in view.outlines]
