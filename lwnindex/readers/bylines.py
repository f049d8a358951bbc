"""Who wrote an article and when, from the lines near its top, and the conference mark below them.

LWN signs in four ways: `By **X**` with a date, a date and "This article was contributed by X", `[Posted ...
by nick]`, or not at all. A date counts only in such a line, on a line of its own beside it, or as the first
line of all; it is never taken from prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from lwnindex import names
from lwnindex.lines import Line, is_rule
from lwnindex.model import Badge, Problem
from lwnindex.problems import problem
from lwnindex.readers.dates import FORMS, WRITTEN, read_date
from lwnindex.readers.text import filled_places, link, plain
from lwnindex.reading import Reading

_NEAR = 12
"""In how many lines with text below the title a byline may stand."""

_LONGEST = 300
_LONGEST_LABEL = 40
_MOST_WORDS = 6

_BY = re.compile(r"By:? +(?=\S)")
_CONTRIBUTED = re.compile(r"This article was (?:contributed|written) by (.+)", re.IGNORECASE)
_POSTED = re.compile(rf"\[Posted ({WRITTEN})(?: by (.+?))?\]", re.IGNORECASE)
_DATE = re.compile(WRITTEN, re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\b\d{4}\b")
_AND = re.compile(r", and |, (?!(?:Jr|Sr|III?|Ph\.?D)\b)| and | & ")
_INITIAL = re.compile(r"(?:\b\w|\b[JS]r|Ph\.D)\.$")
_UNFINISHED = re.compile(r"(?:\band|,|&)$")
_AROUND = " ,|-\u2013\u2014"
_BADGE = re.compile(r"(?:LWN['\u2019]s )?(\[.+\]\(.+\))(?: coverage)?")


class Head(NamedTuple):
    """An article's lines without its byline, and what the byline said."""

    lines: Sequence[Line]
    authors: tuple[str, ...] = ()
    date: str | None = None
    badges: tuple[Badge, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Words(dict[int, str]):
    """The plain words of lines by their places; only few are ever asked for."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    def __missing__(self, at: int) -> str:
        words = self[at] = _plain(self._lines[at])
        return words


class _Near(NamedTuple):
    """The lines near the top: their places, and their words where they could be a byline."""

    lines: Sequence[Line]
    places: Sequence[int]
    words: _Words


class _Dated(NamedTuple):
    """A date as written, the place of its line, and a conference's name behind it."""

    at: int
    text: str
    label: str = ""


class _Signed(NamedTuple):
    """A line with names, the date that belongs to it, and how many lines below it hold more names."""

    at: int
    names: tuple[str, ...]
    dated: _Dated | None = None
    more: int = 0


def read_head(lines: Sequence[Line], file: str, reading: Reading) -> Head:
    """Return what the lines below a title say of authors and date, and the lines of the body."""
    near = _near(lines)
    posted = _posted(near, reading)
    signed = _signed(near, reading)
    dated = (signed and signed.dated) or (posted and posted.dated) or (None if signed else _alone(near))
    if not (posted or signed or dated):
        return Head(lines)
    spent = {one.at for one in (posted, dated) if one}
    spent |= set(range(signed.at, signed.at + signed.more + 1)) if signed else set()
    body = list(lines)
    for at in sorted(spent, reverse=True):
        del body[at]
    date, problems = _date(dated, lines, file) if dated else (None, ())
    mark = _badge(body, reading) if posted or signed else None
    glued = (Badge(label=dated.label, href=""),) if dated and dated.label else ()
    return Head(
        lines=body[mark[1] :] if mark else body,
        authors=signed.names if signed else posted.names if posted else (),
        date=date,
        badges=(*glued, mark[0]) if mark else glued,
        problems=problems,
    )


def _near(lines: Sequence[Line]) -> _Near:
    return _Near(lines, filled_places(lines, _NEAR), _Words(lines))


def _plain(line: Line) -> str:
    """Return a line as plain words, or nothing for one that is no byline: code, a quote, a long one."""
    is_other = line.code or len(line.text) > _LONGEST or line.text.lstrip()[:1] == ">"
    return "" if is_other else _plain_words(line.text)


@lru_cache(maxsize=2048)
def _plain_words(text: str) -> str:
    return plain(text)


def _date(dated: _Dated, lines: Sequence[Line], file: str) -> tuple[str | None, tuple[Problem, ...]]:
    try:
        return read_date(dated.text), ()
    except ValueError as error:
        message = f"{error} The article is published without a date."
        return None, (problem("bad-date", file, lines[dated.at].number, message, FORMS),)


def _posted(near: _Near, reading: Reading) -> _Signed | None:
    """Return `[Posted December 21, 2007 by corbet]`, with the full name of the nick."""
    # A bracket stands there as such or as a reference to the character.
    lines = near.lines
    for at in [at for at in near.places if "[" in lines[at].text or "&" in lines[at].text]:
        found = _POSTED.fullmatch(near.words[at])
        if found:
            signed = (dict(reading.nicks).get(found[2], found[2]),) if found[2] else ()
            return _Signed(at, signed, _Dated(at, found[1]))
    return None


def _alone(near: _Near) -> _Dated | None:
    """Return the first line if it is a date and nothing else."""
    if not near.places:
        return None
    first = near.places[0]
    return _Dated(first, near.words[first]) if _is_date(near.words[first]) else None


def _signed(near: _Near, reading: Reading) -> _Signed | None:
    """Return the first line that names authors, together with the date beside it."""
    for place, at in enumerate(near.places):
        found = _contributed(near, at, place) or _by(near, place, reading)
        if found:
            return found
    return None


def _contributed(near: _Near, at: int, place: int) -> _Signed | None:
    """Return "This article was contributed by X", with the date beside it or at the top."""
    words = near.words[at]
    found = _CONTRIBUTED.fullmatch(words) if words[:1] in ("T", "t") else None
    authors = split_names(found[1]) if found else ()
    return _Signed(at, authors, _beside(near, place) or _alone(near)) if _are_names(authors) else None


def _beside(near: _Near, place: int, more: int = 0) -> _Dated | None:
    """Return the date next to a line and those that go on with it: below them, or above.

    What the line runs on into after a hard break, and has a year, was meant as a date, readable or not.
    """
    last = place + more
    at = near.places[last]
    runs_on = near.lines[at].text.endswith("  ")
    for other in (*near.places[last + 1 : last + 2], *near.places[max(place - 1, 0) : place]):
        words = near.words[other]
        if _is_date(words):
            return _Dated(other, words)
        if runs_on and other == at + 1 and _is_meant(words):
            return _labelled(other, words)
    return None


@lru_cache(maxsize=2048)
def _is_date(words: str) -> bool:
    return _DATE.fullmatch(words) is not None


def _labelled(at: int, words: str) -> _Dated:
    """Return a date and what follows it on its line."""
    date = _DATE.match(words)
    return _Dated(at, date[0], words[date.end() :].strip(_AROUND)) if date else _Dated(at, words)


def _is_meant(words: str) -> bool:
    return len(words) <= _LONGEST_LABEL and len(words.split()) <= 5 and _YEAR.search(words) is not None


def _by(near: _Near, place: int, reading: Reading) -> _Signed | None:
    """Return `By **X**`, which may have its date on the same line, and behind that a conference's name.

    Without a date it must be strong, and start as names do, to be told from a sentence.
    """
    at = near.places[place]
    if not near.words[at].startswith("By") or not _BY.match(near.words[at]):
        return None
    more = _more(near, place)
    authors, date = _names_and_date(" ".join([near.words[each] for each in range(at, at + more + 1)]))
    dated = _labelled(at, date) if date else _beside(near, place, more)
    is_strong = "**" in near.lines[at].text or "__" in near.lines[at].text
    if not (dated or is_strong) or (dated and not _is_label(dated.label)):
        return None
    any_case = is_strong and bool((dated and not date) or (authors and authors[0] in dict(reading.nicks)))
    return _Signed(at, authors, dated, more) if _are_names(authors, any_case=any_case) else None


@lru_cache(maxsize=2048)
def _names_and_date(words: str) -> tuple[tuple[str, ...], str]:
    """Return the names in the words of a byline, and what stands there from a date on."""
    start = len("By") + words.startswith("By:")
    date = _DATE.search(words, start) if _DIGIT.search(words) else None
    return split_names(words[start : date.start() if date else None]), words[date.start() :] if date else ""


def _more(near: _Near, place: int) -> int:
    """Return how many strong or linked lines go on with a byline that breaks off in `and` or a comma."""
    at = last = near.places[place]
    while _is_unfinished(near.words[last]) and last + 1 in near.places and near.words[last + 1]:
        if not near.lines[last + 1].text.lstrip().startswith(("**", "__", "[")):
            break
        last += 1
    return last - at


def _is_unfinished(words: str) -> bool:
    return words.endswith(("and", ",", "&")) and _UNFINISHED.search(words) is not None


def _is_label(text: str) -> bool:
    """Return whether what follows a date is nothing, or could be a conference's name."""
    return not text or (len(text) <= _LONGEST_LABEL and len(text.split()) <= 4 and not text[0].islower())


@lru_cache(maxsize=2048)
def split_names(text: str) -> tuple[str, ...]:
    """Return the names in `A`, `A and B`, `A, B, and C`; `Jr.` stays with its name."""
    bare = text.strip(_AROUND)
    if bare.endswith(".") and not _INITIAL.search(bare):
        bare = bare[:-1]
    return tuple(name for name in (each.strip() for each in _AND.split(bare)) if name)


@lru_cache(maxsize=2048)
def _are_names(found: tuple[str, ...], *, any_case: bool = False) -> bool:
    """Return whether these could be names of people or desks, and not the start of a sentence."""
    short = all(len(one.split()) <= _MOST_WORDS for one in found)
    return bool(found) and short and (any_case or not any(one[0].islower() for one in found))


def _badge(body: Sequence[Line], reading: Reading) -> tuple[Badge, int] | None:
    """Return the mark that a body starts with, a rule and one short link, and where the text goes on."""
    places = filled_places(body, 2)
    if len(places) < 2 or not is_rule(body[places[0]].text):
        return None
    at = places[1]
    text = body[at].text.strip()
    ends = at + 1 == len(body) or not body[at + 1].text.strip()
    found = _BADGE.fullmatch(text) if ends and len(text) <= _LONGEST else None
    linked = link(found[1]) if found else None
    label = plain(linked[0]) if linked else ""
    if not linked or not 0 < len(label) <= _LONGEST_LABEL or not _is_own(linked[1], reading):
        return None
    return Badge(label=label, href=linked[1]), at + 1


def _is_own(address: str, reading: Reading) -> bool:
    """Return whether an address leads to the publication itself."""
    if address.startswith("/"):
        return not address.startswith("//")
    hosts = names.hosts_of(reading.source)
    return any(address.startswith((f"http://{host}/", f"https://{host}/")) for host in hosts)
