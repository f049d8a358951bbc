"""One way through a feed's XML: what of it may be parsed, what is cut from it, or why nothing may be.

What a feed could harm a parser with is kept from it: entities and all that declares them, elements nested
without end, elements of endless attributes, names of authors that a slow pattern would be tried on, and more
of anything than there is time for. An item that has too much is left out, and the others stay; where the
feed as a whole has too much, all before that place stays. Each cut is told with its line.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from lwnindex.readers.feedtags import CDATA, MOST_STRAYS, Part, parts

DEEPEST = 200
MOST_ATTRIBUTES = 500
LONGEST_TAG = 100_000
MOST_CATEGORIES = 1_000
MOST_NAMESPACES = 1_000
MOST_PARTS = 300_000

LONGEST_TEXT = 1024 * 1024
"""How many characters of text an item may have, and all that stands outside of items; the rest is cut."""

MOST_WORK = 1_000_000
MOST_WORK_OF_ITEM = 300_000
"""How much there may be of what takes time, in a feed and in an item: a line end or a reference counts one,
what may be an address three, an element twenty, an item forty more."""

_WORK_OF_ELEMENT = 20
_WORK_OF_ATTRIBUTE = 2
_WORK_OF_ITEM = 40
_WORK_OF_ADDRESS = 3
_LONGEST_HEAD = 2_000
_LONGEST_NAME = 500
_LONGEST_WORD = 80

_SUBSET = re.compile(r"<!DOCTYPE[^\[]*\[|<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)\b", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"<]*\"|'[^'<]*'")
_ATTRIBUTE = re.compile(r"[\s\"'/][^\s\"'/=]")
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "param", "track", "wbr"})
_ITEMS = frozenset({"item", "entry"})
_NAMES = frozenset(
    (
        *("author", "creator", "name", "email", "managingeditor", "webmaster"),
        *("publisher", "contributor", "owner", "credit", "tags"),
        # Of a place, each number becomes a value.
        *("point", "line", "polygon", "box", "pos", "poslist"),
    )
)
"""What has a text of few words, on which feedparser tries slow patterns."""

_CATEGORIES = frozenset({"category", "subject", "keywords", "tags"})
_NAMESPACE = re.compile(r"\bxmlns[^\s=<>]*\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*')")
_WORD = re.compile(rf"([^\s<>&;]{{{_LONGEST_WORD}}})[^\s<>&;]+")
_HALF_TAG = re.compile(r"<[/!?]?[A-Za-z\[\-]?[^<>]*$")
_HALF_REFERENCE = re.compile(r"&[^;]{0,12}$")


class Cut(NamedTuple):
    """What was taken out of a feed, as a part of a sentence, and the line where it began."""

    what: str
    line: int


class Checked(NamedTuple):
    """A feed's text as it may be parsed, its root's name, the line of each item; or why it may not be.

    `above` says how many lines the text lacks above its root.
    """

    text: str = ""
    root: str = ""
    lines: tuple[int, ...] = ()
    refusal: str = ""
    refused_at: int = 0
    cuts: tuple[Cut, ...] = ()
    above: int = 0


class _Item(NamedTuple):
    """Where an item begins: in the text, among the pieces that are kept, and how deep in the document."""

    start: int
    pieces: int
    depth: int


def checked(text: str) -> Checked:
    """Return an XML document from its root on, without what it has too much of, unless it is refused."""
    if len({found[0] for found in _NAMESPACE.finditer(text)}) > MOST_NAMESPACES:
        return Checked(refusal=f"it names more than {MOST_NAMESPACES} namespaces", refused_at=1)
    return _Walk(text).run()


class _Walk:
    """What was met on the way through a document: the elements that are open, its items, what is too much."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line, self._counted = 1, 0
        self._root = ""
        self._above = 0
        self._lines: list[int] = []
        self._cuts: list[Cut] = []
        self._refusal = ""
        self._is_over = False
        self._open: list[Part] = []
        self._count: Counter[str] = Counter()
        self._item: _Item | None = None
        self._left_out_from: int | None = None
        self._parts = self._strays = self._categories = self._work = self._work_of_item = self._names = 0
        self._room, self._room_of_name = LONGEST_TEXT, _LONGEST_NAME
        self._kept: list[str] = []
        self._from = 0

    def run(self) -> Checked:
        """Return what is kept of the document."""
        for part in parts(self._text):
            self._line += self._text.count("\n", self._counted, part.start)
            self._counted = part.start
            self._pass(part)
            if self._refusal:
                return Checked(refusal=self._refusal, refused_at=self._line)
            if self._is_over:
                break
        if not self._is_over and self._left_out_from is None:
            self._keep_until(len(self._text))
        if self._is_over or self._left_out_from is not None:
            self._kept += [f"</{one.written}>" for one in reversed(self._open)]
        kept, lines, cuts = "".join(self._kept), tuple(self._lines), tuple(self._cuts)
        return Checked(kept, self._root, lines, cuts=cuts, above=self._above)

    def _pass(self, part: Part) -> None:
        self._parts += 1
        self._strays += part.strays
        if self._parts > MOST_PARTS:
            self._end(f"it has more than {MOST_PARTS} tags and texts")
        elif self._strays > MOST_STRAYS:
            self._end(f"it holds more than {MOST_STRAYS} marks of tags that end nowhere")
        elif self._left_out_from is not None and not self._goes_on_with(part):
            return
        elif part.is_end:
            self._leave(part)
        elif part.name:
            self._enter(part)
        else:
            self._between(part)

    # What is kept and what is not ----------------------------------------------------------------

    def _keep_until(self, at: int) -> None:
        self._kept.append(self._text[self._from : at])
        self._from = at

    def _replace(self, part: Part, words: str) -> None:
        self._keep_until(part.start)
        self._kept.append(words)
        self._from = part.end

    def _too_much(self, why: str) -> None:
        """Leave the item out that has too much of something; where there is none, the feed is refused."""
        if self._item is None:
            self._refusal = why
            return
        self._left_out_from = self._item.start
        self._cuts.append(Cut(f"an item is left out, for {why}", self._dropped()))

    def _end(self, why: str) -> None:
        """Leave all out from here, or from where the item began; the feed is refused where it has none."""
        if not self._lines:
            self._refusal = why
            return
        self._is_over = True
        if self._item is None and self._left_out_from is None:
            self._keep_until(self._counted)
        line = self._dropped() if self._item else self._line
        self._cuts.append(Cut(f"what follows is left out, for {why}", line))

    def _dropped(self) -> int:
        """Take the item out of what is kept, and return its line."""
        assert self._item is not None
        del self._kept[self._item.pieces :]
        while len(self._open) > self._item.depth:
            self._close()
        self._work -= self._work_of_item
        self._end_item()
        return self._lines.pop()

    def _goes_on_with(self, part: Part) -> bool:
        """Tell whether what is left out ends before this part; it ends behind the end of the item itself."""
        if part.name not in _ITEMS:
            return False
        self._from = part.end if part.is_end else part.start
        self._kept.append("\n" * self._text.count("\n", self._left_out_from, self._from))
        self._left_out_from = None
        return not part.is_end

    # Texts and tags ------------------------------------------------------------------------------

    def _between(self, part: Part) -> None:
        """Keep of a text what there is room for, each mark of a tag that ends nowhere as a letter."""
        words = self._text[part.start : part.end]
        if part.is_mark and not (self._root and words.startswith(CDATA[0])):
            self._past_mark(part, words)
            return
        room = min(self._room, self._room_of_name) if self._names else self._room
        short = (
            _shortened(words, room, is_name=bool(self._names)) if self._names or len(words) > room else words
        )
        if part.strays:
            # feedparser would look for the end of each, as far as the text goes.
            short = (_HALF_TAG.sub("", short) if part.end == len(self._text) else short).replace("<", "&lt;")
        if len(words) > self._room >= 0:
            self._cuts.append(Cut(f"the text is cut after {LONGEST_TEXT} characters", self._line))
            self._room = -1
        self._room = max(self._room - len(words), 0) if self._room >= 0 else -1
        self._room_of_name -= len(short)
        if short != words:
            self._replace(part, short)
        self._works(short.count("&") + short.count("\n") + _WORK_OF_ADDRESS * short.count("="))

    def _past_mark(self, part: Part, words: str) -> None:
        """Refuse a declaration, and keep nothing that stands before the root."""
        if _SUBSET.match(words):
            self._refusal = "it declares entities or elements"
        elif not self._root:
            # feedparser means what is declared before the root, also where that is in a comment.
            self._replace(part, "\n" * words.count("\n"))

    def _works(self, much: int) -> None:
        """Count what feedparser needs time for."""
        self._work += much
        self._work_of_item += much
        if self._work_of_item > MOST_WORK_OF_ITEM:
            self._too_much("it has too many elements, lines and references")
        elif self._work > MOST_WORK:
            self._end("there are too many elements, lines and references")

    def _enter(self, part: Part) -> None:
        if not self._root:
            self._begin(part)
        if part.name in _ITEMS:
            self._begin_item(part)
        self._categories += part.name in _CATEGORIES
        if _is_overloaded(part.attributes):
            self._too_much(f"an element has more than {MOST_ATTRIBUTES} attributes, or endless ones")
        elif self._categories > MOST_CATEGORIES:
            self._too_much(f"it has more than {MOST_CATEGORIES} categories")
        elif not part.attributes.endswith("/") and part.name not in _VOID:
            self._open_up(part)
        if not self._refusal and self._left_out_from is None and not self._is_over:
            of_item = _WORK_OF_ITEM if part.name in _ITEMS else 0
            self._works(of_item + _WORK_OF_ELEMENT + _WORK_OF_ATTRIBUTE * part.attributes.count("="))
            self._end_item_if_closed()

    def _begin(self, part: Part) -> None:
        """Leave a long head out: feedparser looks for declarations there, from each of its lines on."""
        self._root = part.name
        if part.start > _LONGEST_HEAD:
            self._kept.clear()
            self._from = part.start
            self._above = self._line - 1

    def _begin_item(self, part: Part) -> None:
        self._keep_until(part.start)
        self._item = _Item(part.start, len(self._kept), len(self._open))
        self._lines.append(self._line)
        self._categories = self._work_of_item = 0
        self._room = LONGEST_TEXT

    def _open_up(self, part: Part) -> None:
        if part.name in _NAMES and not self._names:
            self._room_of_name = _LONGEST_NAME
        self._names += part.name in _NAMES
        self._open.append(part)
        self._count[part.name] += 1
        if len(self._open) > DEEPEST:
            self._too_much(f"elements are nested more than {DEEPEST} deep")

    def _leave(self, part: Part) -> None:
        """Close an element and all in it that nothing closed; an end without a start is passed over."""
        if not self._count[part.name]:
            if self._cuts:
                self._replace(part, "")
            return
        while self._close() != part.name:
            pass
        self._end_item_if_closed()

    def _end_item_if_closed(self) -> None:
        if self._item and len(self._open) <= self._item.depth:
            self._end_item()

    def _end_item(self) -> None:
        self._item = None
        self._room = LONGEST_TEXT
        self._categories = self._work_of_item = 0

    def _close(self) -> str:
        closed = self._open.pop().name
        self._count[closed] -= 1
        self._names -= closed in _NAMES
        return closed


def _is_overloaded(attributes: str) -> bool:
    if len(attributes) <= 2 * MOST_ATTRIBUTES:
        return False
    return (
        len(attributes) > LONGEST_TAG
        or len(_ATTRIBUTE.findall(_QUOTED.sub('""', attributes))) > MOST_ATTRIBUTES
    )


def _shortened(words: str, room: int, *, is_name: bool) -> str:
    """Return a text within the room that is left for it; one of a name with short words."""
    opening, closing = CDATA
    if words.startswith(opening) and words.endswith(closing):
        inner = words[len(opening) : -len(closing)]
        return opening + _cut(inner, room, is_name=is_name) + closing
    return _cut(words, room, is_name=is_name)


def _cut(words: str, room: int, *, is_name: bool) -> str:
    short = _WORD.sub(r"\1", words) if is_name else words
    return short if len(short) <= room else _HALF_REFERENCE.sub("", short[: max(room, 0)])
