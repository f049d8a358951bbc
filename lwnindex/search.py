"""Stage search: articles become an index of words, month by month.

A catalog comes in, and what can be searched of it goes out in months of 500 articles at most; a month with
its bodies becomes postings, lengths and texts, which depend on nothing else. So an article that changes
costs the counting of its month. The files that readers load are put together of them as they are written.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

import msgspec

from lwnindex.digest import digest_bytes
from lwnindex.model import Article, Catalog
from lwnindex.plaintext import plain_text
from lwnindex.searchindex import Counted, Searchable, SearchMonth
from lwnindex.symbols import NUMBERS, gaps, length
from lwnindex.tokens import counts, key, parts

LARGEST_MONTH = 500
_ARTICLES_A_FILE = 8
_TEXT_A_FILE = 64 * 1024
_LEVELS = (0, 0, 1, 2, 2, 2)
_MORE = 3

_pieces = msgspec.msgpack.Decoder(list[str]).decode
_packed = msgspec.msgpack.encode
articles_of = msgspec.msgpack.Decoder(tuple[Searchable, ...]).decode
"""Reads what was counted."""
sizes_of = msgspec.msgpack.Decoder(dict[str, int]).decode
"""Reads the bytes by keys."""

Blob = Callable[[str], bytes]
"""Gives the blob of a digest."""

Lines = dict[str, list[str]]
"""Lines of terms by their keys."""


def months(catalog: Catalog, articles: Mapping[str, Article]) -> tuple[SearchMonth, ...]:
    """Return the articles of a catalog by months, the oldest first and the undated ones before them."""
    dated = sorted(((card.date or "")[:7], card.date or "", one) for one, card in catalog.cards.items())
    found = []
    for name, rows in groupby(dated, key=lambda row: row[0]):
        ids = [one for _, _, one in rows]
        for number, start in enumerate(range(0, len(ids), LARGEST_MONTH), 1):
            part = ids[start : start + LARGEST_MONTH]
            own = f"{name}.{number}" if number > 1 else name
            found.append(_month(own, part, catalog, articles))
    return tuple(found)


def _month(name: str, ids: Iterable[str], catalog: Catalog, articles: Mapping[str, Article]) -> SearchMonth:
    ids = tuple(ids)
    searchable = []
    for one in ids:
        card = catalog.cards[one]
        body = articles[one].body.digest
        searchable.append(Searchable(title=card.title, body=body, authors=card.authors, entries=card.entries))
    return SearchMonth(name=name, ids=ids, articles=tuple(searchable))


def count(articles: Sequence[Searchable], blob: Blob) -> tuple[Counted, dict[str, bytes]]:
    """Return what a month's articles hold, and the blobs that it names; `blob` gives bodies."""
    texts = [plain_text(_pieces(blob(one.body))) for one in articles]
    postings = _Postings()
    lengths = [postings.add(one, text) for one, text in zip(articles, texts, strict=True)]
    lines = postings.lines()
    letters = {letter: _packed(below) for letter, below in _by_letter(lines)}
    files = list(_files(texts))
    deflated = [_deflated([texts[place] for place in places]) for places in files]
    sizes = _packed({own: _size(each) for own, each in sorted(lines.items())})
    known = _packed(tuple(articles))
    blobs = {digest_bytes(each): each for each in (*letters.values(), *deflated, sizes, known)}
    counted = Counted(
        words="".join(map(length, lengths)),
        starts=tuple(places[0] for places in files),
        texts=tuple(map(digest_bytes, deflated)),
        letters=tuple((letter, digest_bytes(each)) for letter, each in letters.items()),
        sizes=digest_bytes(sizes),
        articles=digest_bytes(known),
    )
    return counted, blobs


class _Postings:
    """The words of articles that come in order, with the numbers of those that have them."""

    def __init__(self) -> None:
        self._articles = 0
        self._body: dict[str, list[int]] = {}
        self._title: dict[str, list[int]] = {}
        self._filed: dict[str, list[int]] = {}

    def add(self, one: Searchable, text: str) -> int:
        """Take the next article's words; return how many its body has."""
        place = self._articles
        self._articles += 1
        found = counts(text)
        words = sum(found.values())
        body = self._body
        for term, often in _with_parts(found).items():
            value = place << 2 | (_LEVELS[often] if often < len(_LEVELS) else _MORE)
            if term in body:
                body[term].append(value)
            else:
                body[term] = [value]
        self._note(self._title, place, _terms(one.title))
        names = {*one.authors, *(level for entry in one.entries for level in entry)}
        self._note(self._filed, place, {term for name in names for term in _terms(name)})
        return words

    @staticmethod
    def _note(table: dict[str, list[int]], place: int, terms: Iterable[str]) -> None:
        for term in terms:
            table.setdefault(term, []).append(place)

    def lines(self) -> Lines:
        """Return the lines of all terms, in order, by their keys."""
        found: Lines = {}
        groups = {term: _body_group(values) for term, values in self._body.items()}
        for mark, table in (("!", self._title), ("@", self._filed)):
            for term, places in table.items():
                groups[term] = groups.get(term, "") + mark + gaps(places)
        for term in sorted(groups):
            found.setdefault(key(term), []).append(f"{term} {groups[term]}")
        return found


@lru_cache(maxsize=1024)
def _terms(name: str) -> frozenset[str]:
    """Return what a title, a name or a topic is indexed under."""
    return frozenset(_with_parts(counts(name)))


def _body_group(values: Sequence[int]) -> str:
    """Return the numbers of articles, times four, with their levels, as the gaps between them."""
    if len(values) == 1:
        return NUMBERS[values[0]]
    found, last = [], -4
    for value in values:
        found.append(NUMBERS[value - last - 4])
        last = value & ~3
    return "".join(found)


def _with_parts(found: dict[str, int]) -> dict[str, int]:
    """Return the counts of tokens with those of their parts."""
    joined = [(token, often) for token, often in found.items() if "_" in token]
    for token, often in joined:
        for part in parts(token):
            found[part] = found.get(part, 0) + often
    return found


def _by_letter(lines: Lines) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the lines of each key as one text, by the first character of the keys."""
    for letter, keys in groupby(sorted(lines), key=lambda each: each[0]):
        yield letter, {each: "\n".join(lines[each]) for each in keys}


def _size(lines: Sequence[str]) -> int:
    """Return the bytes that lines add to a file in which their terms stand already."""
    return sum([len(line) - line.index(" ") + 2 for line in lines])


def _files(texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield the places of the texts of each file."""
    own: list[int] = []
    size = 0
    for place, text in enumerate(texts):
        if own and (len(own) == _ARTICLES_A_FILE or size + len(text) > _TEXT_A_FILE):
            yield own
            own, size = [], 0
        own.append(place)
        size += len(text)
    if own:
        yield own


def _deflated(texts: Sequence[str]) -> bytes:
    """Return texts as a JSON array, deflated without a header."""
    # A higher level takes twice the time for a thirtieth less.
    packer = zlib.compressobj(4, zlib.DEFLATED, -15)
    return packer.compress(msgspec.json.encode(texts)) + packer.flush()
