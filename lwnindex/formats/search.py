"""What the search page's program reads: scripts that call one function with data.

Scripts are what a page may load that was opened from a folder.
Views come in, bytes go out. Months and their words lie in blobs; a shard's are put together here.
"""

from __future__ import annotations

from base64 import b64encode
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from lwnindex.searchviews import (
    SearchCatalogView,
    SearchData,
    SearchDocsView,
    SearchFacetsView,
    SearchShardView,
    SearchTextsView,
)
from lwnindex.symbols import place

UNDATED = "undated"

_MADE_BY = "// Made by lwnindex\n"
_KEYS = msgspec.msgpack.Decoder(dict[str, str])

Blob = Callable[[str], bytes]
"""Gives the blob of a digest."""


def written(view: SearchData, blob: Blob) -> bytes:
    """Return the file of a view."""
    if isinstance(view, SearchShardView):
        return _call("terms", view.start, f"`{terms(view, blob)}`")
    if isinstance(view, SearchTextsView):
        return _call("texts", view.name, f'"{b64encode(blob(view.digest)).decode("ascii")}"')
    if isinstance(view, SearchDocsView):
        return _call("docs", view.month or UNDATED, _script(_docs(view)))
    if isinstance(view, SearchFacetsView):
        return _call("facets", "", _script(_facets(view)))
    return _call("catalog", "", _script(_catalog(view)))


def _call(kind: str, name: str, argument: str) -> bytes:
    return f'{_MADE_BY}lwnindexSearch("{kind}","{name}",{argument});\n'.encode()


def _script(value: Any) -> str:
    """Return a value as JSON that is a script as well, also for those who read it by older rules."""
    written = msgspec.json.encode(value).decode("utf-8")
    return written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _catalog(view: SearchCatalogView) -> dict[str, object]:
    return {
        "months": [(name, len(lengths), lengths) for name, lengths in view.months],
        "shards": view.shards,
    }


def _facets(view: SearchFacetsView) -> dict[str, object]:
    return {"topics": view.topics, "authors": view.authors, "docs": view.docs}


def _docs(view: SearchDocsView) -> dict[str, object]:
    lines = [(one.title, one.path, one.date, one.authors, one.entries, one.lang) for one in view.lines]
    return {"texts": view.texts, "docs": lines}


def terms(view: SearchShardView, blob: Blob) -> str:
    """Return the lines of a shard: each term with its groups, month by month."""
    found: dict[str, list[str]] = {}
    for number, digest in view.parts:
        symbols = place(number)
        for lines in _between(_KEYS.decode(blob(digest)), view):
            for line in lines.split("\n"):
                term, _, group = line.partition(" ")
                if term in found:
                    found[term].append(symbols + group)
                else:
                    found[term] = [symbols + group]
    return "\n".join([f"{term} {','.join(found[term])}" for term in sorted(found)])


def _between(keys: dict[str, str], view: SearchShardView) -> Iterator[str]:
    """Yield the lines of those keys that belong to a shard; they stand in order."""
    names = list(keys)
    end = bisect_left(names, view.end) if view.end else len(names)
    return map(keys.__getitem__, names[bisect_left(names, view.start) : end])
