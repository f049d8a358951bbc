"""A feed and an entry as all formats say them: absolute, and without characters that XML forbids."""

from __future__ import annotations

from lwnindex.formats.posts import channel, post
from tests.formats.make import SITE, entry, feed_view

PAGE = "https://example.org/news/Articles/1/"


def test_a_channel_has_absolute_addresses_and_the_site_for_its_publisher() -> None:
    found = channel(feed_view("rss", entry()), SITE)
    assert found.home == "https://example.org/news/Kernel/Filesystems/Ceph/"
    assert found.url == f"{found.home}feed.rss"
    assert found.publisher == ("Index of news", "https://example.org/news/")


def test_a_channel_without_a_description_has_that_of_the_site() -> None:
    bare = feed_view("rss", title=" \x00")
    assert channel(bare, SITE).title == "Index of news"
    assert channel(bare, SITE).description == "All about Ceph."


def test_a_post_has_no_forbidden_character_and_names_a_language_of_its_own_alone() -> None:
    one = entry(title="A\x00B\ufffe", categories=(("A", "B\x01"), ("A", "B")), lang="de")
    found = post(one, "en", SITE.url, "")
    assert (found.title, found.categories, found.lang, found.url) == ("AB", ("A/B",), "de", PAGE)
    assert post(one, "de", SITE.url, "").lang == ""
