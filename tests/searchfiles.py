"""The files of a search, read as the page's program reads them: by nothing of ours but their format."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_CALL = re.compile(r'// Made by lwnindex\nlwnindexSearch\("([a-z]+)","([^"]*)",(.*)\);\n', re.DOTALL)
_GROUP = re.compile(r"([^!@]*)(?:!([^@]*))?(?:@(.*))?", re.DOTALL)


class Group(NamedTuple):
    """What a term has in a month: levels by articles, and the articles of titles and of topics or authors."""

    body: dict[int, int]
    title: tuple[int, ...]
    filed: tuple[int, ...]


class Files(NamedTuple):
    """All that the files of a site's search say."""

    catalog: dict[str, Any]
    facets: dict[str, Any]
    docs: dict[str, dict[str, Any]]
    texts: dict[str, list[str]]
    terms: dict[str, dict[str, dict[int, Group]]]


def read(site: Mapping[str, bytes]) -> Files:
    """Return what the files below `search/` say, each file under the name that it is called by."""
    found = Files({}, {}, {}, {}, {})
    for path, content in site.items():
        if path.startswith("search/") and path.endswith(".js"):
            kind, name, argument = called(content)
            folder = {"terms": f"terms/t-{name}", "docs": f"docs/{name}", "texts": f"texts/{name}"}
            assert path == f"search/{folder.get(kind, kind)}.js"
            if kind in ("catalog", "facets"):
                getattr(found, kind).update(json.loads(argument))
            else:
                getattr(found, kind)[name] = _READERS[kind](argument)
    return found


def called(content: bytes) -> tuple[str, str, str]:
    """Return the kind, the name and the argument of the one call of a file."""
    matched = _CALL.fullmatch(content.decode("utf-8"))
    assert matched, content[:200]
    return matched[1], matched[2], matched[3]


def texts(content: bytes) -> list[str]:
    """Return the texts that a file of texts holds."""
    kind, _, argument = called(content)
    assert kind == "texts"
    return _texts(argument)


def _texts(argument: str) -> list[str]:
    found: list[str] = json.loads(zlib.decompress(b64decode(json.loads(argument)), -15))
    return found


def _terms(argument: str) -> dict[str, dict[int, Group]]:
    lines = [line for line in argument[1:-1].split("\n") if line]
    assert argument[0] == argument[-1] == "`"
    assert not set(argument[1:-1]) & set("`\\$")
    assert lines == sorted(lines, key=lambda line: line.split(" ")[0])
    return {term: dict(map(_group, rest.split(","))) for term, rest in (line.split(" ") for line in lines)}


def _group(written: str) -> tuple[int, Group]:
    matched = _GROUP.fullmatch(written[2:])
    assert matched
    body: dict[int, int] = {}
    last = -1
    for value in numbers(matched[1]):
        last += (value >> 2) + 1
        body[last] = value & 3
    month = ALPHABET.index(written[0]) * 64 + ALPHABET.index(written[1])
    return month, Group(body, tuple(_places(matched[2])), tuple(_places(matched[3])))


def _places(written: str | None) -> Iterator[int]:
    last = -1
    for gap in numbers(written or ""):
        last += gap + 1
        yield last


def numbers(written: str) -> Iterator[int]:
    """Yield the numbers of a row of symbols."""
    value = shift = 0
    for symbol in written:
        digit = ALPHABET.index(symbol)
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            yield value
            value = shift = 0
    assert not shift


_READERS: dict[str, Callable[[str], Any]] = {"docs": json.loads, "texts": _texts, "terms": _terms}
