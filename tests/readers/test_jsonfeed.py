"""JSON Feed: whatever of its items is of the right kind."""

from __future__ import annotations

import json

import pytest

from lwnindex.readers.jsonfeed import read_json

VERSION = "https://jsonfeed.org/version/1.1"


def test_an_item_has_what_it_says_and_else_what_its_feed_says() -> None:
    item = {"id": 7, "external_url": "/a", "title": "A <b>", "tags": ["x", 1], "content_text": "one"}
    said = {"version": VERSION, "home_page_url": "https://example.org/", "language": "de", "items": [item, 5]}
    (post,) = read_json(json.dumps(said | {"author": {"name": "Desk"}})).posts
    assert (post.guid, post.link, post.title) == ("7", "https://example.org/a", ("A <b>", False, ""))
    assert (post.categories, post.lang, post.authors) == (("x",), "de", ("Desk",))


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"version": 1}', '{"version": "https://jsonfeed.org/version/1"', "[" * 100_000]
)
def test_what_is_no_feed_has_no_items(text: str) -> None:
    assert read_json(text).posts == ()


def test_items_are_told_with_their_lines() -> None:
    text = json.dumps({"version": VERSION, "items": [{"id": "a"}, {"id": "b"}]}, indent=1)
    assert [post.line for post in read_json(text).posts] == [5, 8]
