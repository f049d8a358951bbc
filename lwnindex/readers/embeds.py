"""What a template's tag shows, where that is plain: a picture, or a link to a video, a post or a page."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from lwnindex.readers.templatetags import Arguments

_PICTURE = re.compile(r"[^\s{}]+\.(?:png|jpe?g|gif|webp|avif|svg)(?:[?#][^\s{}]*)?", re.IGNORECASE)
_PICTURES = ("src", "image", "image_path", "img", "path", "file", "filename", "source", "url", "name")
_LINKS = ("url", "href", "link")
_CAPTIONS = ("caption", "title", "figcaption")
_LABELS = ("text", "label", "title", "caption", "name")
_IDS = ("id", "url", "link", "src", "video", "video_id", "youtube_id", "vimeo_id", "v", "key")
_WEB = re.compile(r"https?://[^\s{}]+", re.IGNORECASE)
_PARTS = re.compile(r"[^a-z0-9]+")
_UNSAFE = re.compile(r"[\s()<>\"]")
_BRACKET = re.compile(r"[\[\]]")
_VARIABLE = re.compile(r"\$.*|[A-Za-z_]\w*(?:\.\w+)+")
_FAR = 2_000
_BLOCK = re.compile(
    r"^ {0,3}</?(?:div|p|center|table|t[rdh]|figure|section|article|aside|ul|ol|li|details|summary)\b",
    re.IGNORECASE | re.MULTILINE,
)
_IMAGE = re.compile(r"!\[((?:\\.|[^\]\\])*)\]\(([^()]*)\)")
_LINKED = re.compile(r"\[((?:\\.|[^\]\\])*)\]\(([^()]*)\)")
_BARE = re.compile(r"<(https?://[^<>\s]+)>")
_INCLUDES = frozenset({"include", "include_relative", "include_cached"})

_SERVICES = {
    "youtube": (re.compile(r"[\w-]{6,20}"), "https://www.youtube.com/watch?v={}"),
    "vimeo": (re.compile(r"\d+"), "https://vimeo.com/{}"),
    "gist": (re.compile(r"(?:[\w-]+/)?[0-9a-f]+"), "https://gist.github.com/{}"),
    "tweet": (re.compile(r"\d+"), "https://twitter.com/i/status/{}"),
    "instagram": (re.compile(r"[\w-]+"), "https://www.instagram.com/p/{}/"),
    "asciinema": (re.compile(r"\w+"), "https://asciinema.org/a/{}"),
    "bilibili": (re.compile(r"BV\w+"), "https://www.bilibili.com/video/{}/"),
}
_ALIASES = {"twitter": "tweet", "x": "tweet", "yt": "youtube", "asciicast": "asciinema"}


def embedded(name: str, given: Arguments) -> str | None:
    """Return the Markdown for what a tag of this name shows, or None where that is not plain.

    An include of Jekyll's goes by the name of the file that it includes.
    """
    if name in _INCLUDES and given.plain:
        name = posixpath.splitext(posixpath.basename(given.plain[0]))[0]
        given = Arguments(given.plain[1:], given.named)
    return _of_service(name, given) or _picture(given) or _link(given) or _words(given)


def in_html(text: str, at: int) -> bool:
    """Return whether a place is in a block of HTML, where Markdown is text."""
    near = max(at - _FAR, 0)
    blank = text.rfind("\n\n", near, at)
    start = blank + 2 if blank >= 0 else near
    return _BLOCK.search(text, start, at) is not None


def as_html(shown: str) -> str:
    """Return the Markdown of a picture or a link as HTML."""
    pictured = _IMAGE.sub(lambda found: f'<img src="{found[2]}" alt="{_attribute(found[1])}">', shown)
    linked = _LINKED.sub(lambda found: f'<a href="{found[2]}">{found[1]}</a>', pictured)
    return _BARE.sub(r'<a href="\1">\1</a>', linked)


def _attribute(words: str) -> str:
    return html.escape(re.sub(r"\\([\[\]])", r"\1", words))


def _of_service(name: str, given: Arguments) -> str | None:
    words = _PARTS.split(f"{name} {given.named.get('provider', '')}".lower())
    service = next((known for word in words if (known := _ALIASES.get(word, word)) in _SERVICES), None)
    if service is None:
        return None
    form, address = _SERVICES[service]
    user = given.named.get("user", "")
    if service == "tweet" and user.isalnum() and given.named.get("id", "").isdecimal():
        return f"<https://twitter.com/{user}/status/{given.named['id']}>"
    for value in _candidates(service, given):
        if _WEB.fullmatch(value):
            return f"<{value.translate(_QUOTED)}>"
        if form.fullmatch(value):
            return f"<{address.format(value)}>"
    return None


def _candidates(service: str, given: Arguments) -> Iterator[str]:
    if service == "gist" and len(given.plain) > 1:
        yield "/".join(given.plain[:2])
    yield from (given.named[key] for key in _IDS if key in given.named)
    yield from given.plain[:2]


_QUOTED = {ord(one): quote(one) for one in "<>\"'"}


def _picture(given: Arguments) -> str | None:
    """Return a picture, with its caption behind it where that is not its description."""
    named = [given.named[key] for key in _PICTURES if key in given.named]
    address = next((one for one in (*named, *given.plain) if _PICTURE.fullmatch(one)), None)
    if address is None:
        return None
    caption = _first(given, _CAPTIONS)
    # What is said with links or HTML can stand behind a picture, but not describe it.
    words = _first(given, ("alt",)) or ("" if "](" in caption or "<" in caption else caption)
    image = f"![{_plain(words)}]({safe(address)})"
    around = given.named.get("link", "")
    image = f"[{image}]({safe(around)})" if around else image
    return f"{image} {_line(caption)}" if caption and caption != words else image


def _link(given: Arguments) -> str | None:
    """Return a link to the one address that a tag names, in its words if it has some."""
    address = next((given.named[key] for key in _LINKS if _WEB.fullmatch(given.named.get(key, ""))), None)
    if address is None:
        return None
    words = _first(given, _LABELS)
    return f"[{_plain(words)}]({safe(address)})" if words else f"<{address.translate(_QUOTED)}>"


def _words(given: Arguments) -> str | None:
    """Return the words that a tag says it shows, such as those of a term that is explained elsewhere."""
    content = _line(given.named.get("content", ""))
    # A single word is more often the name of what a template caught.
    words = _line(given.named.get("text", "")) or (content if " " in content else "")
    return _plain(words) if words and not _VARIABLE.fullmatch(words) else None


def _first(given: Arguments, keys: Iterable[str]) -> str:
    return next((given.named[key] for key in keys if given.named.get(key, "").strip()), "")


def _line(words: str) -> str:
    return " ".join(words.split())


def _plain(words: str) -> str:
    return _BRACKET.sub(r"\\\g<0>", _line(words))


def safe(address: str) -> str:
    """Return an address that can stand in the parentheses of a link."""
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}" if found[0].isascii() else "", address)
