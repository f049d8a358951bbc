"""JSON Feed 1.1: a channel and its items become bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from lwnindex.formats.posts import Channel, Post

JSON_FEED = "https://jsonfeed.org/version/1.1"


def json_feed(channel: Channel, items: Sequence[bytes]) -> bytes:
    """Return a feed, with every key that has a value, in the order of the specification.

    The address of a feed identifies it, so its further pages say it too.
    """
    said = _filled(
        {
            "version": JSON_FEED,
            "title": channel.title,
            "home_page_url": channel.home,
            "feed_url": channel.current or channel.url,
            "next_url": channel.older,
            "description": channel.description,
            "authors": _json_authors([channel.publisher]),
            "language": channel.language,
            "hubs": [{"type": "WebSub", "url": each} for each in channel.hubs],
        }
    )
    head = msgspec.json.format(msgspec.json.encode(said), indent=1).removesuffix(b"\n}")
    listed = b"[\n  " + b",\n  ".join(items) + b"\n ]" if items else b"[]"
    return b"".join((head, b',\n "items": ', listed, b"\n}\n"))


def json_item(post: Post) -> bytes:
    """Return an item; the summary, or at least the title, stands for the content that is not there."""
    said = {
        "id": post.id,
        "url": post.url,
        "title": post.title,
        "content_html": post.body,
        "content_text": "" if post.body else post.summary or post.title,
        "summary": post.summary,
        "date_published": post.published,
        "date_modified": post.updated,
        "authors": _json_authors(post.authors),
        "tags": list(post.categories),
        "language": post.lang,
    }
    # No text in JSON holds a line's end, so all of them are those of the layout.
    return msgspec.json.format(msgspec.json.encode(_filled(said)), indent=1).replace(b"\n", b"\n  ")


def _json_authors(authors: Sequence[tuple[str, str]]) -> list[dict[str, object]]:
    return [_filled({"name": name, "url": page}) for name, page in authors]


def _filled(said: Mapping[str, object]) -> dict[str, object]:
    """Return what has a value."""
    return {key: value for key, value in said.items() if value}
