"""The bytes of a feed become text that is safe to parse, or a reason why it is not.

What a feed could harm a parser with is kept from it: entities and all that declares them, elements nested
without end, elements of endless attributes, and names of authors that a slow pattern would be tried on.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

LARGEST = 16 * 1024 * 1024
DEEPEST = 200
MOST_ATTRIBUTES = 500
MOST_STRAYS = 5_000
MOST_CATEGORIES = 1_000
MOST_NAMESPACES = 1_000
MOST_ITEMS = 50_000
_LONGEST_AUTHOR = 500
_LONGEST_WORD = 80

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STARTS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"{\0", "utf-16-le"),
    (b"\0{", "utf-16-be"),
)
# Some stand below a comment, where no parser takes them, but what they say is meant.
_DECLARED = re.compile(rb"<\?xml\b[^<>]{0,200}?\bencoding\s*=\s*[\"']([\w.:\-]{1,40})[\"']")
_FOREIGN = re.compile(rb"[\x80-\xff]{4}")
"""What letters of the West beside those of ASCII never are: four in a row."""
_DECLARATION = re.compile(r"<\?xml\b[^<>]{0,400}>")
_HEAD = 2_000
# Python's codecs are more than encodings of text, and some of them are slow.
_KNOWN = re.compile(
    r"utf-8|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|tis-620|big5(hkscs)?|gb(k|2312|18030)|hz"
    r"|euc_(jp|kr|jis_2004|jisx0213)|shift_jis(_2004|x0213)?|iso2022_\w+|johab|ptcp154|kz1048|hp-roman8"
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}
"""What browsers read instead of an encoding, since authors mean it."""

# What XML 1.0 has no character for, in whatever way it came here.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_SUBSET = re.compile(r"<!DOCTYPE[^<>\[]*\[|<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z_][^\s<>/]*)((?:[^<>\"']++|\"[^\"<]*\"|'[^'<]*')*+)>")
_QUOTED = re.compile(r"\"[^\"<]*\"|'[^'<]*'")
_ATTRIBUTE = re.compile(r"[\s\"'/][^\s\"'/=]")
_SKIPPED = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">"))
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "param", "track", "wbr"})
_ITEMS = frozenset({"item", "entry"})
_PEOPLE = frozenset(
    (
        *("author", "creator", "name", "email", "managingeditor", "webmaster"),
        *("publisher", "contributor", "owner", "credit", "tags"),
    )
)
_CATEGORIES = frozenset({"category", "subject", "keywords", "tags"})
_NAMESPACE = re.compile(r"\bxmlns[^\s=<>]*\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*')")
_WORD = re.compile(rf"([^\s<>&;]{{{_LONGEST_WORD}}})[^\s<>&;]+")
_HALF_REFERENCE = re.compile(r"&[^;]{0,12}$")


class Read(NamedTuple):
    """A feed's text, and the line from which on bytes were none, or 0."""

    text: str
    unreadable: int = 0


class Checked(NamedTuple):
    """A feed's text as it may be parsed, its root's name, the line of each item; or why it may not be."""

    text: str = ""
    root: str = ""
    lines: tuple[int, ...] = ()
    refusal: str = ""
    refused_at: int = 0


class _Part(NamedTuple):
    """A tag, with its name in lower case and without prefix; or, without a name, what stands between two."""

    start: int
    end: int
    name: str = ""
    is_end: bool = False
    attributes: str = ""


def decoded(content: bytes) -> Read:
    """Return a feed's text without byte order mark and declaration, line by line as it was.

    A byte order mark counts before what the first bytes look like, and that before the declaration. Bytes
    that are none in that encoding are read as UTF-8 if all are; else U+FFFD stands for them, or, where no
    encoding is named, and they could be letters of the West, those.
    """
    encoding, bare = _encoding(content)
    for tried in filter(None, (encoding, "utf-8")):
        try:
            return Read(_legal(bare.decode(tried)))
        except UnicodeDecodeError:
            continue
    text = bare.decode(encoding or "utf-8", "replace")
    line = _legal(text).count("\n", 0, text.find("\ufffd")) + 1
    western = not encoding and not _FOREIGN.search(bare)
    return Read(_legal(bare.decode("cp1252", "replace") if western else text), line)


def _encoding(content: bytes) -> tuple[str, bytes]:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name, content[len(mark) :]
    for start, name in _STARTS:
        if content.startswith(start):
            return name, content
    found = _DECLARED.search(content, 0, _HEAD)
    return _known(found[1].decode("ascii", "replace")) if found else "", content


def _known(declared: str) -> str:
    """Return Python's name of an encoding of text; nothing for all others, and for ASCII, which few mean."""
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return ""
    if name == "ascii" or not _KNOWN.fullmatch(name):
        return ""
    return _WIDER.get(name, name)


def _legal(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _DECLARATION.search(plain, 0, _HEAD)
    if found:
        plain = plain[: found.start()] + "\n" * found[0].count("\n") + plain[found.end() :]
    return allowed(plain)


def allowed(text: str) -> str:
    """Return a text with U+FFFD for what XML has no character for; JSON and references can write it."""
    return text if text.isprintable() else _FORBIDDEN.sub("\ufffd", text)


def checked(text: str) -> Checked:
    """Return an XML document with the names of people shortened, unless it is refused."""
    subset = _SUBSET.search(text)
    if subset and not _is_quoted(text, subset.start()):
        line = text.count("\n", 0, subset.start()) + 1
        return Checked(refusal="it declares entities or elements", refused_at=line)
    if len({found[0] for found in _NAMESPACE.finditer(text)}) > MOST_NAMESPACES:
        return Checked(refusal=f"it names more than {MOST_NAMESPACES} namespaces", refused_at=1)
    return _walked(text)


def _is_quoted(text: str, at: int) -> bool:
    """Return whether a place is in a comment or in character data, where nothing is declared."""
    before = text[:at]
    return any(before.rfind(opening) > before.rfind(closing) for opening, closing in _SKIPPED[:2])


def _walked(text: str) -> Checked:
    walk = _Walk()
    kept = []
    counted = 0
    for part in _parts(text):
        walk.line += text.count("\n", counted, part.start)
        counted = part.start
        kept.append(walk.past(part, text[part.start : part.end]))
        if walk.refusal:
            return Checked(refusal=walk.refusal, refused_at=walk.line)
    return Checked("".join(kept), walk.root, tuple(walk.lines))


class _Walk:
    """What was met on the way through a document: the elements that are open, its items, what is too much."""

    def __init__(self) -> None:
        self.line = 1
        self.root = ""
        self.lines: list[int] = []
        self.refusal = ""
        self._open: list[str] = []
        self._count: Counter[str] = Counter()
        self._people = 0
        self._room = _LONGEST_AUTHOR
        self._strays = 0
        self._categories = 0

    def past(self, part: _Part, words: str) -> str:
        """Return what is kept of a part, which the walk has passed then."""
        if part.is_end:
            self._leave(part.name)
        elif part.name:
            self._enter(part)
        else:
            return self._between(words)
        return words

    def _between(self, words: str) -> str:
        # Each of them is looked at by patterns of feedparser's, which are slow where nothing ends a tag.
        if not words.startswith(("<!", "<?")):
            self._strays += words.count("<")
        if self._strays > MOST_STRAYS:
            self.refusal = f"it holds more than {MOST_STRAYS} marks of tags that end nowhere"
        if not self._people:
            return words
        short = _shortened(words, self._room)
        self._room -= len(short)
        return short

    def _enter(self, part: _Part) -> None:
        self.root = self.root or part.name
        self._count_of(part.name)
        if _is_overloaded(part.attributes):
            self.refusal = f"an element has more than {MOST_ATTRIBUTES} attributes"
        if part.attributes.endswith("/") or part.name in _VOID:
            return
        if part.name in _PEOPLE and not self._people:
            self._room = _LONGEST_AUTHOR
        self._people += part.name in _PEOPLE
        self._open.append(part.name)
        self._count[part.name] += 1
        if len(self._open) > DEEPEST:
            self.refusal = f"elements are nested more than {DEEPEST} deep"

    def _count_of(self, name: str) -> None:
        """Count what feedparser takes the longer for the more there are."""
        if name in _ITEMS:
            self.lines.append(self.line)
            self._categories = 0
        self._categories += name in _CATEGORIES
        if self._categories > MOST_CATEGORIES:
            self.refusal = f"an item has more than {MOST_CATEGORIES} categories"
        if len(self.lines) > MOST_ITEMS:
            self.refusal = f"it has more than {MOST_ITEMS} items"

    def _leave(self, name: str) -> None:
        """Close an element and all in it that nothing closed; an end without a start is passed over."""
        if not self._count[name]:
            return
        closed = ""
        while closed != name:
            closed = self._open.pop()
            self._count[closed] -= 1
            self._people -= closed in _PEOPLE


def _parts(text: str) -> Iterator[_Part]:
    """Yield a document's tags, and what stands between them in pieces, in order and without a gap."""
    at = done = 0
    endless: set[str] = set()
    while (at := text.find("<", at)) >= 0:
        tag = _TAG.match(text, at)
        end = tag.end() if tag else _skipped(text, at, endless)
        if end is None:
            at += 1
            continue
        if at > done:
            yield _Part(done, at)
        yield _part(tag) if tag else _Part(at, end)
        at = done = end
    yield _Part(done, len(text))


def _part(tag: re.Match[str]) -> _Part:
    name = tag[2].lower().rpartition(":")[2]
    return _Part(tag.start(), tag.end(), name, bool(tag[1]), tag[3])


def _skipped(text: str, at: int, endless: set[str]) -> int | None:
    """Return the end of a comment, of character data or of an instruction; None where there is none."""
    for opening, closing in _SKIPPED:
        if text.startswith(opening, at) and closing not in endless:
            end = text.find(closing, at + len(opening))
            if end >= 0:
                return end + len(closing)
            # It is not looked for again: that would take the square of the text's length.
            endless.add(closing)
    return None


def _is_overloaded(attributes: str) -> bool:
    if len(attributes) <= 2 * MOST_ATTRIBUTES:
        return False
    return len(_ATTRIBUTE.findall(_QUOTED.sub('""', attributes))) > MOST_ATTRIBUTES


def _shortened(words: str, room: int) -> str:
    """Return the text of a person's element with short words and within the room that is left for it."""
    opening, closing = _SKIPPED[1]
    if words.startswith(opening) and words.endswith(closing):
        inner = words[len(opening) : -len(closing)]
        return opening + _shortened_words(inner, room) + closing
    return "" if words.startswith("<") else _shortened_words(words, room)


def _shortened_words(words: str, room: int) -> str:
    short = _WORD.sub(r"\1", words)
    return short if len(short) <= room else _HALF_REFERENCE.sub("", short[: max(room, 0)])
