"""Feeds that are made to take long or to fill the memory: each a text of about so many bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

HEAD = '<?xml version="1.0"?>'
BESIDE = "<item><title>Beside</title><link>https://example.org/beside</link></item>"
"""An item that stands beside the hostile ones."""

Made = Callable[[int], str]


def _rss(inner: str, declared: str = "") -> str:
    return f'{HEAD}{declared}<rss version="2.0"><channel><title>F</title>{inner}{BESIDE}</channel></rss>'


def _times(unit: str, size: int) -> str:
    return unit * (size // len(unit) + 1)


def _title(unit: str, end: str = "") -> Made:
    return lambda size: _rss(f"<item><title>{_times(unit, size)}{end}</title></item>")


def _said(unit: str) -> Made:
    return lambda size: _rss(
        f"<item><title>T</title><description>{escape(_times(unit, size))}</description></item>"
    )


def _data(unit: str) -> Made:
    whole = "<item><title>T</title><description><![CDATA[{}]]></description></item>"
    return lambda size: _rss(whole.format(_times(unit, size)))


def _inside(unit: str) -> Made:
    return lambda size: _rss(f"<item><title>T</title>{_times(unit, size)}</item>")


def _split(made: Made) -> Made:
    """Return the same as many items, each of a tenth."""

    def several(size: int) -> str:
        inner = made(size // 10).partition("</title>")[2].rpartition(BESIDE)[0]
        return _rss(inner * 10)

    return several


def _named(name: str, unit: str) -> Made:
    return _inside_of(f"<{name}>", unit, f"</{name}>")


def _inside_of(opening: str, unit: str, closing: str) -> Made:
    return lambda size: _rss(f"<item><title>T</title>{opening}{_times(unit, size)}{closing}</item>")


def _broken(start: str, unit: str) -> Made:
    return lambda size: f"<rss><channel>{BESIDE}{start}{_times(unit, size)}"


def _atom(kind: str, inner: str, closing: str = "") -> Made:
    def made(size: int) -> str:
        unit = len(inner) + len(closing)
        some = size // unit
        return (
            f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><content type="{kind}">'
            f"<div>{inner * some}{closing * some}</div></content></entry></feed>"
        )

    return made


_TEXTS = {
    "tags": "<b>",
    "comments": "<!--",
    "declarations": "<!",
    "instructions": "<?",
    "data": "<![CDATA[",
    "ends": "</p",
    "quotes": '<a b="',
    "apostrophes": "<a b='",
    "pictures": "<img src=x>",
    "other pictures": "<img src='a/../b' srcset=c>",
    "links": '<a href="http://[">x</a>',
    "references": "&#x",
    "lines": "\n",
    "spaces": " ",
    "dots": "a.",
    "mails": "a@a.",
    "blocks": "<div><p>",
    "scripts": "<script>",
}
_NAMES = (
    "author",
    "dc:creator",
    "itunes:author",
    "category",
    "media:credit",
    "pubDate",
    "guid",
    "link",
    "georss:polygon",
)

CASES: Mapping[str, Made] = {
    **{f"{name} as a text": _said(unit) for name, unit in _TEXTS.items()},
    **{f"{name} as data": _data(unit.replace("]]>", "")) for name, unit in _TEXTS.items()},
    **{f"{name} in ten texts": _split(_said(unit)) for name, unit in _TEXTS.items()},
    **{f"{name} in a broken title": _broken("<item><title>", unit) for name, unit in _TEXTS.items()},
    **{f"{name} of mails": _named(name, "a@a.") for name in _NAMES},
    **{f"{name} of numbers": _named(name, "1 ") for name in _NAMES},
    **{f"many of {name}": _inside(f"<{name}>a b</{name}>") for name in _NAMES},
    "references": _title("&amp;"),
    "half references": _title("&"),
    "declared references": lambda size: _rss(
        "<item><title>&a;</title></item>", f'<!DOCTYPE r [<!ENTITY a "{"b" * size}">]>'
    ),
    "a long head": lambda size: "\n" * size + _rss(""),
    "a long comment above": lambda size: f"<!-- {_times(' x' + chr(10), size)} -->" + _rss(""),
    "comments between": _inside("<!---->"),
    "instructions between": _inside("<?x?>"),
    "many attributes": lambda size: _rss(
        "<item " + " ".join(f"a{one}='b'" for one in range(size // 8)) + "/>"
    ),
    "a long attribute": lambda size: _rss(
        f"<item><title>T</title><enclosure url='{_times('a/../', size)}'/></item>"
    ),
    "enclosures": _inside("<enclosure url='http://example.org/a' length='1'/>"),
    "links": _inside("<link>http://example.org/</link>"),
    "contents": _inside("<media:content url='a'/>"),
    "sources": _inside("<source url='a'>b</source>"),
    "depth": _inside_of("", "<a>", ""),
    "depth that is closed": lambda size: _rss(
        f"<item><title>T</title>{'<a>' * (size // 7)}{'</a>' * (size // 7)}</item>"
    ),
    "items in items": _inside("<item><title>T</title>"),
    "small items": lambda size: _rss("<item><title>T</title></item>" * (size // 29)),
    "items of one guid": lambda size: _rss("<item><title>T</title><guid>1</guid></item>" * (size // 43)),
    "items of dates": lambda size: _rss(
        "<item><title>T</title><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate></item>" * (size // 80)
    ),
    "XHTML": _atom("xhtml", "<b>x</b>"),
    "deep XHTML": _atom("xhtml", "<b>", "</b>"),
    "base64": _atom("application/octet-stream", "AAAA"),
    "a JSON of brackets": lambda size: '{"version":"https://jsonfeed.org/version/1","items":' + "[" * size,
    "a JSON of items": lambda size: (
        '{"version":"https://jsonfeed.org/version/1","items":['
        + '{"id":"1","title":"T"},' * (size // 23)
        + "{}]}"
    ),
    "a JSON of nothing": lambda size: (
        '{"version":"https://jsonfeed.org/version/1","items":[' + "{}," * (size // 3) + "{}]}"
    ),
    "a JSON of addresses": lambda size: (
        '{"version":"https://jsonfeed.org/version/1","items":['
        + _times('{"id":"1","url":"http://a/b","content_html":"' + "<a href=x>" * 90 + '"},', size)
        + "{}]}"
    ),
    "a JSON of one text": lambda size: (
        '{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","content_html":"'
        + _times("<img src=x>", size)
        + '"}]}'
    ),
    "nothing": lambda size: "\0" * size,
    "UTF-16 of marks": lambda size: "\ufffe" + "<" * size,
}
"""What is hostile, by what it consists of."""


def content(name: str, size: int) -> bytes:
    """Return one of the cases as bytes, cut where it is longer than was asked for and more."""
    return CASES[name](size).encode("utf-8", "surrogatepass")
