"""The permuted index: every topic under each word of its whole name that somebody may look for (KWIC).

A name is cut, never changed: what stands before a word, the word, and what follows are the name again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from lwnindex import names
from lwnindex.indexviews import WordsView
from lwnindex.model import Index, See, Topic
from lwnindex.topics import others
from lwnindex.viewparts import Crumb, WordLetter, WordLine
from lwnindex.views.archive import Archive, Page, feed_links
from lwnindex.views.trees import orders

STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "a an and are as at be but by do for has how if in is it its no nor not of off on or so the "
        "to vs was why",
        "de": "ab als am an auf aus bei bis da das dem den der des die ein er es für ihr im in ins ist mit "
        "nur ob sie um und vom von vor was wer wie wo zu zum zur",
        "es": "a al con de del e el en es la las lo los mas no o por que se sin su sus u un una y",
        "fr": "a au aux ce ces d de des du en est et il l la le les ne ni nos on ou où par pas que qui sa se "
        "ses son sur un une y à",
        "it": "a ai al che chi con da dal dei del di e ed gli i il in la le lo nei nel non o per sul tra un "
        "una uno",
        "nl": "aan als bij dat de den der die een en er het hoe in is met na om op te tot uit van wat",
        "pt": "a ao aos as com da das de do dos e em na nas no nos num o os ou por que se sem seu sua um uma",
    }.items()
}
"""Words in small letters that nobody looks a name up by, in the languages that have such."""

_HYPHENS = "-\u2010\u2011\u2013\u2014"
_APOSTROPHES = "'\u2018\u2019"
_QUOTES = '"\u00ab\u00bb\u2039\u203a\u201c\u201d\u201e\u300c-\u300f'
_CHUNK = re.compile(rf"[^\s,;:!?(){{}}\[\]<>|\u2026\u3001\u3002\u30fb\uff08\uff09{_QUOTES}]+(?:\(\))?")
_LEADING = f"_./&*~@#=+$^`%{_HYPHENS}{_APOSTROPHES}"
_TRAILING = f"_./&*~@=$^`{_HYPHENS}{_APOSTROPHES}"
_JOINTS = re.compile(rf"[{_HYPHENS}_./+@=&{_APOSTROPHES}]")
_IS_NUMBER = re.compile(r"v?\d+(?:[.\-_/](?:\d+|x))*(?:-?rc\d*)?", re.IGNORECASE).fullmatch
_LEAST = 3
"""The letters that a part of an identifier has to have; one between hyphens needs one less."""


class Cut(NamedTuple):
    """Where a word of a name starts and ends."""

    start: int
    end: int


Letters = Mapping[str, Sequence[WordLine]]
"""The lines of an index by the letters of their words, in order."""


# Words of a name ---------------------------------------------------------------------------------


def cuts(name: str, stop: frozenset[str] = frozenset()) -> tuple[Cut, ...]:
    """Return the words by which a name is looked for, in its order; the whole name if it has none.

    A word such as `io_uring`, `linux-next` or `I/O` is one, and so are its parts from the second on:
    `uring`, `next`. Numbers alone are none.
    """
    found = tuple(cut for chunk in _CHUNK.finditer(name) for cut in _of_chunk(chunk, stop))
    return found or (Cut(0, len(name)),)


def _of_chunk(chunk: re.Match[str], stop: frozenset[str]) -> Iterator[Cut]:
    """Yield what stands between two spaces as a word, and the parts of it that are words, too."""
    text = chunk[0].removesuffix("()")
    start = chunk.start() + len(text) - len(text.lstrip(_LEADING))
    inner = text.lstrip(_LEADING).rstrip(_TRAILING)
    if not _is_word(inner, stop):
        return
    called = "()" if chunk[0].endswith(f"{inner}()") else ""
    yield Cut(start, start + len(inner + called))
    for joint in _JOINTS.finditer(inner):
        part = _JOINTS.split(inner[joint.end() :], maxsplit=1)[0]
        least = _LEAST - 1 if joint[0] in _HYPHENS else _LEAST
        if len(part) >= least and _is_word(part, stop):
            yield Cut(start + joint.end(), start + joint.end() + len(part))


def _is_word(text: str, stop: frozenset[str]) -> bool:
    """Tell whether somebody may look for this: no stop word in small letters, no number, no mere marks."""
    return text not in stop and not _IS_NUMBER(text) and any(map(str.isalnum, text))


# Lines -------------------------------------------------------------------------------------------


def word_lines(shelf: Archive, one: Index) -> list[WordLine]:
    """Return the topics of an index and their other names, each under all its words, in order."""
    catalog = shelf.catalog
    stop = STOP_WORDS.get(shelf.config.site.language.partition("-")[0].lower(), frozenset())
    found: list[WordLine] = []
    for entry in one.topics:
        topic = catalog.topics[entry]
        name = " / ".join(entry[1:])
        found.extend(
            WordLine(
                before=name[:start],
                word=name[start:end],
                after=name[end:],
                path=topic.path,
                count=topic.count,
            )
            for start, end in cuts(name, stop)
        )
    for see in catalog.sees:
        if see.printed and see.entry[0] == one.name:
            found.extend(_see_lines(shelf, see, stop))
    return sorted(found, key=_line_key)


def _see_lines(shelf: Archive, see: See, stop: frozenset[str]) -> Iterator[WordLine]:
    topic = shelf.catalog.topics[see.topic]
    name = " / ".join(see.entry[1:])
    known = see.topic[1:] if see.topic[0] == see.entry[0] else see.topic
    led = Crumb(name=" / ".join(known), path=topic.path)
    yield from (_line(name, cut, topic, led) for cut in cuts(name, stop))


def _line(name: str, cut: Cut, topic: Topic, see: Crumb | None = None) -> WordLine:
    start, end = cut
    return WordLine(
        before=name[:start],
        word=name[start:end],
        after=name[end:],
        path=topic.path,
        count=0 if see else topic.count,
        see=see,
    )


def _line_key(line: WordLine) -> tuple[object, ...]:
    """Return the place of a line: by its word, then by what follows, then by what stands before."""
    followed = names.natural_key(line.after), names.natural_key(line.before)
    return names.natural_key(line.word), *followed, line.word, line.path


# Pages -------------------------------------------------------------------------------------------


def word_pages(shelf: Archive, one: Index) -> Iterator[Page]:
    """Yield an index by the words of its names, and its letters where it is longer than `[index] split`."""
    path = dict(others(one, shelf.config)).get("words")
    if not path:
        return
    letters = _letters(word_lines(shelf, one)) if _may_be_long(shelf, one) else {}
    if sum(map(len, letters.values())) <= shelf.config.index.split:
        yield path, partial(_whole, shelf, one, path)
        return
    yield path, partial(_bar_alone, shelf, one, path, letters)
    for letter in letters:
        yield _letter_path(path, letter), partial(_letter_view, shelf, one, path, letter, letters)


def _may_be_long(shelf: Archive, one: Index) -> bool:
    """Tell whether it is worth the time to count the words: each has a letter, and something parts it."""
    entries = (*one.topics, *(see.entry for see in shelf.catalog.sees if see.entry[0] == one.name))
    most = sum(len(level) // 2 + 1 for entry in entries for level in entry[1:])
    return most > shelf.config.index.split


def _letters(lines: Sequence[WordLine]) -> dict[str, list[WordLine]]:
    found: dict[str, list[WordLine]] = {}
    for line in lines:
        found.setdefault(names.letter_of(line.word), []).append(line)
    return dict(sorted(found.items(), key=lambda each: names.letter_key(each[0])))


def _letter_path(path: str, letter: str) -> str:
    folder = "other" if letter == "#" else names.segment(letter)
    return names.page_of(f"{names.folder_of(path)}/letter/{folder}")


def _letter_id(letter: str) -> str:
    return f"letter:{letter}"


def _whole(shelf: Archive, one: Index, path: str) -> WordsView:
    """Return all words on one page."""
    found = _letters(word_lines(shelf, one))
    bar = tuple(Crumb(name=letter, path=f"{path}#{_letter_id(letter)}") for letter in found)
    letters = tuple(
        WordLetter(letter=letter, id=_letter_id(letter), lines=tuple(lines))
        for letter, lines in found.items()
    )
    return _first_view(shelf, one, path, letters, bar)


def _bar_alone(shelf: Archive, one: Index, path: str, letters: Letters) -> WordsView:
    """Return the page that leads to those of the letters."""
    found = tuple(
        WordLetter(letter=letter, id=_letter_id(letter), lines=(), path=_letter_path(path, letter))
        for letter in letters
    )
    return _first_view(shelf, one, path, found, _bar(path, letters))


def _bar(path: str, letters: Letters) -> tuple[Crumb, ...]:
    return tuple(Crumb(name=each, path=f"{_letter_path(path, each)}#{_letter_id(each)}") for each in letters)


def _first_view(
    shelf: Archive, one: Index, path: str, letters: tuple[WordLetter, ...], bar: tuple[Crumb, ...]
) -> WordsView:
    return WordsView(
        path=path,
        root=names.root_of(path),
        title=shelf.words.say("{title} by words", title=one.title),
        description=shelf.words.say(
            "All topics of the {title} under every word of their names.", title=one.title
        ),
        crumbs=(Crumb(name=one.title, path=one.page),),
        feeds=feed_links(shelf, one.page, one.title),
        index=one.name,
        letters=letters,
        bar=bar,
        others=orders(shelf, one, path),
        topics=len(one.topics),
    )


def _letter_view(shelf: Archive, one: Index, first: str, letter: str, letters: Letters) -> WordsView:
    path, title = _letter_path(first, letter), shelf.words.say("{title} by words", title=one.title)
    lines = tuple(letters[letter])
    return WordsView(
        path=path,
        root=names.root_of(path),
        title=f"{title}: {letter}",
        crumbs=(Crumb(name=one.title, path=one.page), Crumb(name=title, path=first)),
        feeds=feed_links(shelf, one.page, one.title),
        index=one.name,
        letters=(WordLetter(letter=letter, id=_letter_id(letter), lines=lines),),
        letter=letter,
        bar=_bar(first, letters),
        others=orders(shelf, one, first),
        topics=len({line.path for line in lines}),
    )
