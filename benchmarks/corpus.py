"""A made-up archive with the shape of a real one: the same bytes for the same size and seed.

A number of articles and a seed go in; articles come out one by one, oldest first, and only their text is
made up: how long they are, what they hold, what they cite and how they are filed follows `measured.py`.
A larger corpus begins with the smaller one of its seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple

from benchmarks import measured
from benchmarks.topics import Entry, Filing
from benchmarks.words import Writer, vocabulary

START = datetime(1998, 1, 22, 9, tzinfo=UTC)
REPORTERS = 12
_ENTRY_WEIGHTS = tuple(accumulate(measured.ENTRIES))
_REPORTER_WEIGHTS = tuple(accumulate(1 / (place + 1) for place in range(REPORTERS)))


class Article(NamedTuple):
    """An article before any dialect: `entries` are index paths, `body` Markdown."""

    id: int
    title: str
    author: str
    date: datetime
    entries: tuple[Entry, ...]
    summary: str
    body: str


def articles(count: int, seed: int = 1) -> Iterator[Article]:
    """Yield the articles of a corpus, oldest first."""
    frame = Random(f"frame {seed}")
    words = vocabulary(seed)
    filing = Filing(seed, words)
    ids: list[int] = []
    date = START
    for place in range(count):
        # Two apart at least: the number before an article's is nobody's.
        ids.append((ids[-1] if ids else 1000) + frame.randint(2, 60))
        date += timedelta(minutes=frame.randint(60, 540))
        entries = filing.entries(frame.choices(range(1, 6), cum_weights=_ENTRY_WEIGHTS)[0])
        yield _article(Writer(words, Random(f"{seed}/{place}")), ids, date, entries)


def _article(writer: Writer, ids: list[int], date: datetime, entries: tuple[Entry, ...]) -> Article:
    random = writer.random
    words = measured.drawn(random, measured.WORDS)
    parts = _parts(random, words)
    parts["held"] = parts["held"] if len(ids) > 1 else 0
    blocks = _blocks(writer, parts)
    left = words - sum(len(block.split()) for block in blocks if not block.startswith("```"))
    paragraphs = _paragraphs(writer, left)
    summary = " ".join(paragraphs[0][:30])
    _dress(writer, paragraphs, parts, ids)
    return Article(
        id=ids[-1],
        title=writer.title(),
        author=f"Reporter {random.choices(range(1, REPORTERS + 1), cum_weights=_REPORTER_WEIGHTS)[0]}",
        date=date,
        entries=entries,
        summary=summary,
        body=_mixed(random, paragraphs, blocks),
    )


def _parts(random: Random, words: int) -> dict[str, int]:
    """Return how many of each thing an article of this length has."""
    length = sum(words >= least for least in measured.LENGTHS)
    return {name: measured.number(random, often[length]) for name, often in measured.PARTS.items()}


def _paragraphs(writer: Writer, words: int) -> list[list[str]]:
    """Return paragraphs of so many words, one at least."""
    found: list[list[str]] = []
    while words > 0 or not found:
        size = measured.drawn(writer.random, measured.PARAGRAPH_WORDS)
        found.append(writer.prose(max(min(size, words), 5)))
        words -= size
    return found


# What stands between the paragraphs ----------------------------------------------------------------


def _blocks(writer: Writer, parts: dict[str, int]) -> list[str]:
    return [make(writer) for name, make in _MAKERS.items() for _ in range(parts[name])]


def _code(writer: Writer) -> str:
    return "\n".join(writer.code(measured.drawn(writer.random, measured.CODE_LINES)))


def _quote(writer: Writer) -> str:
    text = (" ".join(writer.prose(writer.random.randint(15, 60))) for _ in range(writer.random.randint(1, 2)))
    return "\n> \n".join(f"> {each} " for each in text)


def _table(writer: Writer) -> str:
    rows = "".join(f"\n{writer.name()}| `{writer.identifier()}`| {writer.title()}  " for _ in range(6))
    return f"Name| Call| What it does  \n---|---|---  {rows}"


def _bullets(writer: Writer) -> str:
    return "\n".join(f"  * {' '.join(each)} " for each in _items(writer))


def _numbers(writer: Writer) -> str:
    return "\n".join(f"  {place}. {' '.join(each)} " for place, each in enumerate(_items(writer), 1))


def _items(writer: Writer) -> list[list[str]]:
    random = writer.random
    return [writer.prose(random.randint(6, 30)) for _ in range(random.randint(2, 6))]


def _heading(writer: Writer) -> str:
    return f"#### {writer.title(1, 5)}"


_MAKERS: dict[str, Callable[[Writer], str]] = {
    "code": _code,
    "quotes": _quote,
    "tables": _table,
    "bullets": _bullets,
    "numbers": _numbers,
    "headings": _heading,
}


def _mixed(random: Random, paragraphs: list[list[str]], blocks: list[str]) -> str:
    """Return the body: a paragraph first and last, the blocks somewhere between."""
    found = [f"{' '.join(words)} " for words in paragraphs]
    for block in blocks:
        found.insert(random.randint(1, max(len(found) - 1, 1)), block)
    if found[-1] in blocks:
        found.append("That is all. ")
    return "\n\n".join(found)


# What stands in the paragraphs ---------------------------------------------------------------------


def _dress(writer: Writer, paragraphs: list[list[str]], parts: dict[str, int], ids: list[int]) -> None:
    """Turn plain words of the paragraphs into links, spans of code and emphasis."""
    dresses: dict[str, Callable[[str], str]] = {
        "held": lambda word: f"[{word}](/Articles/{_cited(writer.random, ids)}/)",
        "elsewhere": lambda word: f"[{word}](/Articles/{writer.random.choice(ids) - 1}/)",
        "web": lambda word: f"[{word}](http://{writer.name()}.example/{writer.name()}.html)",
        "spans": lambda word: f"`{writer.identifier()}()`" if len(word) > 3 else f"`{word}`",
        "emphasis": lambda word: f"_{word}_",
    }
    for name, dress in dresses.items():
        for _ in range(parts[name]):
            _dress_one(writer, paragraphs, dress)


def _dress_one(writer: Writer, paragraphs: list[list[str]], dress: Callable[[str], str]) -> None:
    """Dress a plain word; one more at a paragraph's end where chance finds none."""
    for _ in range(30):
        paragraph = writer.random.choice(paragraphs)
        place = int(writer.random.random() * len(paragraph))
        if paragraph[place].isalpha():
            paragraph[place] = dress(paragraph[place])
            return
    writer.random.choice(paragraphs).append(dress(writer.name()))


def _cited(random: Random, ids: list[int]) -> int:
    """Return an older article's id, as far back as citations go."""
    return ids[max(-1 - measured.drawn(random, measured.AGES), -len(ids))]
