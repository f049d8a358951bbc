"""A small second writer of the search's files, after their description alone, for tests of their reader."""

from __future__ import annotations

import base64
import json
import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from lwnindex.tokens import key, parts, tokens

SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


class Text(NamedTuple):
    """An article as the search sees it."""

    title: str
    body: str = ""
    date: str = "2009-12-22"
    authors: tuple[str, ...] = ()
    topics: tuple[tuple[str, ...], ...] = ()
    lang: str = "en"
    path: str = "Articles/1/index.html"


def number(value: int) -> str:
    """Return a number in groups of five bits, the lowest first."""
    if value < 32:
        return SYMBOLS[value]
    return SYMBOLS[32 + value % 32] + number(value // 32)


def files(texts: Sequence[Text], starts: Sequence[str] = ("",), together: int = 2) -> dict[str, str]:
    """Return the files below `search/` by their paths; a text file holds `together` texts."""
    months: dict[str, list[Text]] = defaultdict(list)
    for text in sorted(texts, key=lambda text: text.date):
        months[text.date[:7]].append(text)
    found = {"catalog.js": _call("catalog", "", {"months": _months(months), "shards": list(starts)})}
    found["facets.js"] = _call("facets", "", _facets(months))
    for month, each in months.items():
        name = month or "undated"
        firsts = list(range(0, len(each), together))
        docs = [[one.title, one.path, one.date, one.authors, one.topics, one.lang] for one in each]
        found[f"docs/{name}.js"] = _call("docs", name, {"texts": firsts, "docs": docs})
        for place, first in enumerate(firsts):
            bodies = [one.body for one in each[first : first + together]]
            found[f"texts/{name}-{place}.js"] = _call("texts", f"{name}-{place}", _deflated(bodies))
    for start, lines in _shards(_terms(months), starts).items():
        found[f"terms/t-{start}.js"] = f'lwnindexSearch("terms","{start}",`{lines}`)\n'
    return found


def write(folder: Path, texts: Sequence[Text], starts: Sequence[str] = ("",)) -> None:
    """Write the files of a search into a folder."""
    for path, content in files(texts, starts).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")


def _call(kind: str, name: str, payload: object) -> str:
    return f'lwnindexSearch("{kind}","{name}",{json.dumps(payload, ensure_ascii=False)})\n'


def _deflated(bodies: list[str]) -> str:
    packer = zlib.compressobj(wbits=-15)
    content = packer.compress(json.dumps(bodies).encode()) + packer.flush()
    return base64.b64encode(content).decode()


def _months(months: Mapping[str, Sequence[Text]]) -> list[list[object]]:
    return [[month, len(each), "".join(map(_length, each))] for month, each in months.items()]


def _length(text: Text) -> str:
    return SYMBOLS[min(63, round(4 * math.log2(len(tokens(text.body)) + 1)))]


def _facets(months: Mapping[str, Sequence[Text]]) -> dict[str, object]:
    texts = [text for each in months.values() for text in each]
    topics = sorted({topic for text in texts for topic in text.topics})
    authors = sorted({author for text in texts for author in text.authors})
    docs = [
        ";".join(
            f"{','.join(_base36(topics.index(topic)) for topic in text.topics)}"
            f"|{','.join(_base36(authors.index(author)) for author in text.authors)}"
            for text in each
        )
        for each in months.values()
    ]
    return {
        "topics": [[topic, "/".join((*topic, "index.html"))] for topic in topics],
        "authors": authors,
        "docs": docs,
    }


def _base36(value: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return digits[value] if value < 36 else _base36(value // 36) + digits[value % 36]


def _terms(months: Mapping[str, Sequence[Text]]) -> dict[str, str]:
    """Return the postings of each term: a group for each month that has it."""
    groups: dict[str, list[str]] = defaultdict(list)
    for place, texts in enumerate(months.values()):
        body: dict[str, dict[int, int]] = defaultdict(dict)
        title: dict[str, list[int]] = defaultdict(list)
        filed: dict[str, list[int]] = defaultdict(list)
        for document, text in enumerate(texts):
            for term, count in Counter(_indexed(text.body)).items():
                body[term][document] = 0 if count == 1 else 1 if count == 2 else 2 if count < 6 else 3
            for term in set(_indexed(text.title)):
                title[term].append(document)
            for term in set(
                _indexed(" ; ".join((*text.authors, *(" ; ".join(each) for each in text.topics))))
            ):
                filed[term].append(document)
        month = SYMBOLS[place // 64] + SYMBOLS[place % 64]
        for term in body.keys() | title.keys() | filed.keys():
            group = "".join(number(gap * 4 + body[term][at]) for at, gap in _gaps(body.get(term, {})))
            group += "!" + "".join(number(gap) for _, gap in _gaps(title[term])) if term in title else ""
            group += "@" + "".join(number(gap) for _, gap in _gaps(filed[term])) if term in filed else ""
            groups[term].append(month + group)
    return {term: ",".join(groups[term]) for term in sorted(groups)}


def _indexed(text: str) -> list[str]:
    return [term for token in tokens(text) for term in (token, *parts(token))]


def _gaps(documents: Iterable[int]) -> list[tuple[int, int]]:
    sorted_ones = sorted(documents)
    return [(at, at - before - 1) for before, at in zip([-1, *sorted_ones], sorted_ones, strict=False)]


def _shards(terms: Mapping[str, str], starts: Sequence[str]) -> dict[str, str]:
    found = dict.fromkeys(starts, "")
    for term, postings in terms.items():
        found[max(start for start in starts if start <= key(term))] += f"{term} {postings}\n"
    return found
