"""A small archive, and what the links of its bodies can lead to."""

from __future__ import annotations

from lwnindex.settings import Config
from lwnindex.viewparts import Link
from lwnindex.views.archive import Archive
from lwnindex.views.resolve import Place
from lwnindex.views.targets import Targets, targets
from tests.makers import archive_of, article, card, config, plain

LWN = config()
BARE = config(site={"source": ""})
HELD = "Articles/5/index.html"
INDEX = "Kernel/Index/index.html"
PATHS = (
    *(HELD, "Articles/ceph/index.html", "Articles/7/index.html", "about/index.html", "index.html"),
    *(INDEX, "Kernel/Filesystems/Ceph/index.html", "Kernel/feed.rss", "Archives/index.html"),
    *("Archives/2009/12/index.html", "images/a b.png", "old/index.html", "robots.txt"),
)
FROM_LWN = Place(
    file="content/2009/5.md", source="2009/5.md", page=HELD, original="https://lwn.net/Articles/5/"
)
OWN = FROM_LWN._replace(original="")


def shelf_of(settings: Config) -> Archive:
    """Return an archive of three articles and a plain page."""
    return archive_of(
        article(card("5", "Kernel/Filesystems/Ceph", source="2009/5.md"), anchors=("text-end", "b c")),
        article(card("6", slug="ceph", source="2004/x.md"), anchors=("text-y",)),
        article(card("7", "Kernel/C++", "Kernel/C", source="2009/über.md")),
        plain(anchors=("team",)),
        config=settings,
    )


def known(settings: Config = LWN) -> Targets:
    """Return what a link can lead to."""
    return targets(shelf_of(settings), PATHS)


def here(path: str) -> Link:
    """Return a link to a page of the site."""
    return Link(href=path, local=True)
