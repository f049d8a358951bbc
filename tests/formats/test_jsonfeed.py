"""A feed and its entries as JSON Feed 1.1 says them."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from lwnindex.formats.feeds import feed
from tests.feedrules import faults
from tests.formats.make import NOON, SITE, blob, entry, feed_view
from tests.formats.reading import item

HOME = "https://example.org/news/Kernel/Filesystems/Ceph/"
PAGE = "https://example.org/news/Articles/1/"


def test_json_describes_the_feed() -> None:
    content = feed(feed_view("json", entry()), SITE, {})
    found = json.loads(content)
    del found["items"]
    assert found == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Ceph",
        "home_page_url": HOME,
        "feed_url": HOME + "feed.json",
        "description": "All about Ceph.",
        "language": "en",
        "authors": [{"name": "Index of news", "url": "https://example.org/news/"}],
    }


def test_json_describes_an_item() -> None:
    one = entry(lang="de", updated="2010-01-02T12:00:00Z", body="b")
    assert item(feed(feed_view("json", one), SITE, {"b": blob("<p>Text</p>")})) == {
        "id": one.id,
        "url": PAGE,
        "title": "Two that didn't make it",
        "content_html": "<p>Text</p>",
        "summary": "Two proposals.",
        "date_published": NOON,
        "date_modified": "2010-01-02T12:00:00Z",
        "authors": [{"name": "Kernel desk", "url": "https://example.org/news/Authors/Kernel_desk/"}],
        "tags": ["Kernel/Filesystems/Ceph"],
        "language": "de",
    }


@pytest.mark.parametrize(("summary", "text"), [("Short.", "Short."), ("", "Two that didn't make it")])
def test_json_has_text_where_there_is_no_body(summary: str, text: str) -> None:
    found = item(feed(feed_view("json", entry(summary=summary)), SITE, {}))
    assert found["content_text"] == text
    assert "content_html" not in found
    assert found.get("summary", "") == summary


def test_a_further_page_of_json_goes_by_the_address_of_the_feed() -> None:
    view = replace(feed_view("json", entry()), older="feed-2008-01.json", current="feed.json")
    content = feed(replace(view, path="feed-2008-02.json"), SITE, {})
    assert faults(content) == []
    found = json.loads(content)
    assert found["feed_url"] == "https://example.org/news/feed.json"
    assert found["next_url"] == "https://example.org/news/feed-2008-01.json"
