"""The rules of JSON Feed 1.1, as jsonfeed.org/version/1.1 has them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from tests.formats.rules import LANGUAGE, address, html, moment, repeated

JSON_FEED = "https://jsonfeed.org/version/1.1"
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FEED_KEYS: dict[str, type] = {
    **dict.fromkeys(("version", "title", "home_page_url", "feed_url", "description", "user_comment"), str),
    **dict.fromkeys(("next_url", "icon", "favicon", "language"), str),
    **dict.fromkeys(("authors", "hubs", "items"), list),
    "expired": bool,
}
_ITEM_KEYS: dict[str, type] = {
    **dict.fromkeys(("id", "url", "external_url", "title", "content_html", "content_text", "summary"), str),
    **dict.fromkeys(("image", "banner_image", "date_published", "date_modified", "language"), str),
    **dict.fromkeys(("authors", "tags", "attachments"), list),
}
_AUTHOR_KEYS: dict[str, type] = dict.fromkeys(("name", "url", "avatar"), str)


def json_faults(text: str) -> Iterator[str]:
    """Yield what is wrong with the text of a feed."""
    try:
        feed = json.loads(text, object_pairs_hook=_once)
    except ValueError as error:
        yield f"it is not JSON: {error}"
        return
    strange = set(_FORBIDDEN.findall("".join(_strings(feed))))
    if strange:
        yield f"it holds forbidden characters: {sorted(strange)!r}"
        return
    yield from _keys(feed, _FEED_KEYS, ("version", "title", "items", "feed_url", "home_page_url"))
    if feed.get("version") != JSON_FEED:
        yield f"version is {feed.get('version')!r}"
    if feed.get("next_url", "") == feed.get("feed_url"):
        yield "the next page is the feed itself"
    items = [item for item in _list(feed, "items") if isinstance(item, dict)]
    if len(items) < len(_list(feed, "items")):
        yield "an item is no object"
    yield from repeated("id", (str(item.get("id")) for item in items))
    for number, item in enumerate(items, 1):
        yield from (f"item {number}: {fault}" for fault in _json_item(item))


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return dict(pairs)


def _strings(value: object) -> Iterator[str]:
    """Yield every text of a JSON value; an escape in it may stand for what no document may hold."""
    match value:
        case str():
            yield value
        case dict() | list():
            for one in value.items() if isinstance(value, dict) else value:
                yield from _strings(list(one) if isinstance(one, tuple) else one)


def _json_item(item: dict[str, object]) -> Iterator[str]:
    yield from _keys(item, _ITEM_KEYS, ("id", "url", "date_published"))
    if not {"content_html", "content_text"} & item.keys():
        yield "there is neither content_html nor content_text"
    for key in ("date_published", "date_modified"):
        yield from moment(key, item.get(key))
    yield from ("a tag is no text" for tag in _list(item, "tags") if not (isinstance(tag, str) and tag))
    yield from html(str(item.get("content_html", "")))


def _keys(said: dict[str, object], known: dict[str, type], required: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong with an object's keys, and with the addresses, authors and language among them."""
    yield from (f"there is no {key}" for key in required if not said.get(key) and said.get(key) != [])
    for key, value in said.items():
        if key not in known and not key.startswith("_"):
            yield f"there is a key {key!r}"
        if key in known and type(value) is not known[key]:
            yield f"{key} is {value!r}"
        elif key.endswith(("url", "icon", "image")) or key == "avatar":
            yield from address(key, str(value))
    if not LANGUAGE.fullmatch(str(said.get("language", "en"))):
        yield f"language is {said['language']!r}"
    for author in _list(said, "authors"):
        yield from _json_author(author)


def _json_author(author: object) -> Iterator[str]:
    if not isinstance(author, dict) or not _AUTHOR_KEYS.keys() & author.keys():
        yield f"an author is {author!r}"
        return
    yield from (f"author: {fault}" for fault in _keys(author, _AUTHOR_KEYS, ()))


def _list(said: dict[str, object], key: str) -> list[object]:
    found = said.get(key, [])
    return found if isinstance(found, list) else []
