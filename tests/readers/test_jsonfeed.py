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


def feed_of(*items: object) -> str:
    return json.dumps({"version": VERSION, "items": items}, indent=1)


def test_of_more_items_than_there_is_time_for_the_first_stay() -> None:
    found = read_json(feed_of(*({"id": str(number), "title": "T"} for number in range(30_000))))
    (cut,) = found.cuts

    assert [post.guid for post in found.posts] == [str(number) for number in range(20_000)]
    assert cut.line == found.posts[-1].line
    assert "too many items" in cut.what


@pytest.mark.parametrize(
    "large",
    [{"content_html": "<a href=x>" * 400_000}, {"tags": ["a"] * 400_000}, {"attachments": [{}] * 400_000}],
)
def test_an_item_for_which_there_is_no_time_costs_none_before_it(large: dict[str, object]) -> None:
    found = read_json(feed_of({"id": "1"}, {"id": "2", **large}, {"id": "3"}))

    assert [post.guid for post in found.posts] == ["1"]
    assert len(found.cuts) == 1


def test_a_list_of_an_item_is_read_as_far_as_anybody_means_it() -> None:
    item = {"id": "1", "tags": ["a"] * 2_000, "authors": [{"name": str(one)} for one in range(2_000)]}
    found = read_json(feed_of(item, {"id": "2"}))

    assert len(found.posts[0].categories) == len(found.posts[0].authors) == 1_000
    assert [cut.line for cut in found.cuts] == [5]
    assert found.posts[1].guid == "2"


@pytest.mark.parametrize("value", ["{},", "[],", "1,"])
def test_a_text_of_more_values_than_there_is_memory_for_is_not_parsed(value: str) -> None:
    found = read_json(f'{{"version":"{VERSION}","items":[{value * 2_000_000}{{}}]}}')

    assert "values" in found.refusal
    assert found.posts == ()
