"""JSON Feed 1.0 and 1.1 (https://jsonfeed.org/version/1.1): whatever of its items is of the right kind."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from typing import Any, NamedTuple

from lwnindex.readers.feedtext import allowed
from lwnindex.readers.feedwalk import Cut
from lwnindex.readers.posts import Post, Said, address, joined

MOST_WORK = 1_000_000
"""How much there may be of what takes time: an address or a name counts three, an item fifty."""

MOST_IN_A_LIST = 1_000
MOST_VALUES = 2_000_000
"""How many commas and brackets a text may have: three bytes of it may become eighty."""

_WORK_OF_ITEM = 50
_WORK_OF_ADDRESS = 3
_LISTS = ("authors", "tags", "attachments")
_VERSION = "jsonfeed.org/version/"


class Document(NamedTuple):
    """The items of a feed; or the parser's complaint and its line; or neither, where it is no feed.

    `refusal` says why it was not parsed, `cuts` what of it is left out.
    """

    posts: tuple[Post, ...] = ()
    is_feed: bool = False
    complaint: str = ""
    line: int = 0
    refusal: str = ""
    cuts: tuple[Cut, ...] = ()


def read_json(text: str) -> Document:
    """Return what a text in JSON holds as a feed."""
    if sum(map(text.count, ",[{")) > MOST_VALUES:
        return Document(refusal=f"it has more than {MOST_VALUES} values")
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        return Document(is_feed=_VERSION in text[:2_000], complaint=error.msg, line=error.lineno)
    except (ValueError, RecursionError):
        return Document(
            is_feed=_VERSION in text[:2_000], complaint="a value is too large or too deep", line=1
        )
    if not isinstance(found, dict) or _VERSION not in _text(found, "version"):
        return Document()
    items = tuple(_objects(found, "items"))
    most = _read_of(items)
    posts = tuple(_posts(found, items[:most], text))
    return Document(posts, is_feed=True, cuts=tuple(_cuts(items, posts)))


def _read_of(items: Sequence[Mapping[str, Any]]) -> int:
    """Return how many of the items there is time for."""
    works = accumulate(map(_work, items))
    return next((at for at, work in enumerate(works) if work > MOST_WORK), len(items))


def _work(item: Mapping[str, Any]) -> int:
    addresses = _text(item, "content_html").count("=") + sum(len(_list(item, name)) for name in _LISTS)
    return _WORK_OF_ITEM + _WORK_OF_ADDRESS * addresses


def _cuts(items: Sequence[Mapping[str, Any]], posts: Sequence[Post]) -> Iterator[Cut]:
    for item, post in zip(items, posts, strict=False):
        if any(len(_list(item, name)) > MOST_IN_A_LIST for name in _LISTS):
            yield Cut(f"of an item no more than {MOST_IN_A_LIST} authors, tags or files are read", post.line)
    if len(posts) < len(items):
        line = posts[-1].line if posts else 1
        yield Cut("what follows is left out, for there are too many items and addresses", line)


def _posts(feed: Mapping[str, Any], items: Iterable[Mapping[str, Any]], text: str) -> Iterator[Post]:
    at, line = 0, 1
    for item in items:
        # Where the text of its id stands next is most often the item itself. After one that is written in
        # another way no other is looked for, or each would take the time of the whole text.
        place = text.find(json.dumps(item.get("id"), ensure_ascii=False), at) if at >= 0 else -1
        if place >= 0:
            line += text.count("\n", at, place)
        at = place
        yield _post(item, feed, line)


def _post(item: Mapping[str, Any], feed: Mapping[str, Any], line: int) -> Post:
    guid = _text(item, "id")
    home = _text(feed, "home_page_url") or _text(feed, "feed_url")
    link = _text(item, "url") or _text(item, "external_url") or (guid if address(guid) else "")
    whole = joined(home, link) if link else ""
    return Post(
        guid=guid,
        link=whole,
        title=Said(_text(item, "title")),
        texts=(
            Said(_text(item, "content_html"), is_html=True, base=whole or home),
            Said(_text(item, "content_text")),
        ),
        summary=Said(_text(item, "summary")),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        authors=_people(item) or _people(feed),
        lang=_text(item, "language") or _text(feed, "language"),
        categories=tuple(
            allowed(one) for one in _list(item, "tags")[:MOST_IN_A_LIST] if isinstance(one, str)
        ),
        attached=tuple((_text(one, "url"), _text(one, "title")) for one in _some(item, "attachments")),
        line=line,
    )


def _people(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of `authors`, or of the `author` that version 1.0 had."""
    single = said.get("author")
    both = (*_some(said, "authors"), *((single,) if isinstance(single, dict) else ()))
    return tuple(dict.fromkeys(_text(one, "name") for one in both if _text(one, "name")))


def _objects(said: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    return (one for one in _list(said, key) if isinstance(one, dict))


def _some(said: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    return islice(_objects(said, key), MOST_IN_A_LIST)


def _list(said: Mapping[str, Any], key: str) -> list[Any]:
    found = said.get(key)
    return found if isinstance(found, list) else []


def _text(said: Mapping[str, Any], key: str) -> str:
    """Return a value that is a text, or a number as one; nothing for any other."""
    found = said.get(key)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found) if abs(found) < 10**18 else ""
    return allowed(found) if isinstance(found, str) else ""
