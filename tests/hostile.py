"""An archive whose every field wants to be something else, written out and built by the program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

import lxml.etree
import lxml.html
import pytest

from lwnindex import config, site
from lwnindex.formats.xml import allowed
from lwnindex.shape import Shaped

_TOML = """[site]
title = "T"
url = "https://example.org/"
language = "en"
[feeds_out]
content = "full"
items = 5
[links]
style = "file"
"""
DIALECTS = ("python", "commonmark", "html")
_ITEMS = 500
"""How many items one feed has."""


def built(root: Path, name: str = "site") -> Path:
    """Build the archive in a folder with the default theme; return the site's folder."""
    (root / "lwnindex.toml").write_text(_TOML)
    folders = {"output": name, "store": f"{name}-store"}
    site.build(config.load(root / "lwnindex.toml", {}, folders))
    return root / name


def undisturbed(patch: pytest.MonkeyPatch) -> None:
    """Have bodies put into pages as Markdown wrote them: neither cleaned nor shaped, links left in place."""

    def whole(written: str, *_: object) -> Shaped:
        return Shaped(written, (), 0, {})

    patch.setattr("lwnindex.body._quickly", lambda *_: None)
    patch.setattr("lwnindex.body._finished", whole)
    patch.setattr("lwnindex.body._split", lambda finished: ([finished], (), ()))
    for name in ("clean", "sift"):
        patch.setattr(f"lwnindex.body.{name}", lambda fragment: fragment)


def bodies(root: Path, found: Sequence[str], dialects: Sequence[str] = DIALECTS) -> None:
    """Write an article for each text in each dialect, `dialect/number.md`."""
    for dialect in dialects:
        folder = root / "content" / dialect
        folder.mkdir(parents=True, exist_ok=True)
        for number, text in enumerate(found):
            head = f"title: Article\ndate: 2020-01-02\nid: {dialect}-{number}\nmarkup: {dialect}"
            _written(folder / f"{number}.md", f"---\n{head}\n---\n{text}\n")


def fields(root: Path, found: Sequence[str]) -> None:
    """Write an article for each text with that text in each of its fields, `fields/number.md`."""
    folder = root / "content" / "fields"
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(found):
        _written(folder / f"{number}.md", _headed(number, text))


def _headed(number: int, text: str) -> str:
    line = " ".join(text.split())
    said: dict[str, object] = {
        "title": text,
        "authors": [text],
        "entries": [["Kernel", text] if number % 2 else f"Kernel/{text}"],
        "summary": text,
        "id": f"{text} {number}",
        "slug": f"f{number}",
        "date": "2020-01-02" if number % 2 else text,
        "updated": text,
        "lang": text,
        "original": text if number % 2 else f"https://e.org/{line}",
        "aliases": [f"/old/{text}", text],
    }
    head = "".join(f"{name}: {json.dumps(value)}\n" for name, value in said.items())
    body = f"[{line}]({line}) ![{line}]({line}) <{line}> [a](<{line}> '{line}')\n\n# {line}\n\n"
    return f"---\n{head}---\n{body}``` {line}\n{text}\n```\n\n~~~{line}\nx\n~~~\n\n{text}\n"


def feeds(root: Path, found: Sequence[str]) -> None:
    """Write feeds in RSS and Atom, by turns with an item for a text, which is in each of its elements."""
    folder = root / "content" / "feeds"
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(found), _ITEMS):
        part = [(start + at, allowed(each)) for at, each in enumerate(found[start : start + _ITEMS])]
        rss = "".join(_rss(*each) for each in part[::2])
        _written(folder / f"{start}.rss", f"{_RSS}<channel><title>F</title>{rss}</channel></rss>")
        atom = "".join(_atom(*each) for each in part[1::2])
        _written(folder / f"{start}.atom", f'<feed xmlns="http://www.w3.org/2005/Atom">{atom}</feed>')


_RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">'
)


def _rss(number: int, text: str) -> str:
    said, link = escape(text), escape(text if number % 4 else f"https://e.org/rss/{number}")
    return (
        f"<item><title>{said}</title><link>{link}</link><guid>{said}</guid><author>{said}</author>"
        f"<dc:creator>{said}</dc:creator><category>{said}</category><description>{said}</description>"
        f"<pubDate>Thu, 02 Jan 2020 00:00:00 GMT</pubDate><content:encoded>{said}</content:encoded>"
        f'<enclosure url="{said}" type="{said}" length="1"/></item>'
    )


def _atom(number: int, text: str) -> str:
    said, kind = escape(text), ("html", "text")[number // 2 % 2]
    content = f'<content type="{kind}">{said}</content>'
    if number % 3:
        content = f'<content type="xhtml">{_xhtml(text)}</content>'
    return (
        f'<entry><title type="{kind}">{said}</title><id>{said}</id><link href="{said}"/>'
        f'<link rel="enclosure" href="{said}"/><author><name>{said}</name><uri>{said}</uri></author>'
        f'<category term="{said}" label="{said}"/><updated>2020-01-02T00:00:00Z</updated>'
        f'<summary type="{kind}">{said}</summary>{content}</entry>'
    )


def _xhtml(text: str) -> str:
    """Return a text as the XHTML that a parser of HTML makes of it, as far as that is well-formed."""
    try:
        tree = next(lxml.html.document_fromstring(f"<div>{text}</div>").iter("div"))
        tree.set("xmlns", "http://www.w3.org/1999/xhtml")
        written = str(lxml.etree.tostring(tree, encoding="unicode", with_tail=False))
        lxml.etree.fromstring(written)
    except (StopIteration, ValueError, lxml.etree.LxmlError):
        return f'<div xmlns="http://www.w3.org/1999/xhtml">{escape(text)}</div>'
    return written


def _written(place: Path, text: str) -> None:
    place.write_text(text, "utf-8", newline="")
