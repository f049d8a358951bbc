"""A cleaned body becomes one of this site: its headings, ids, images and tables as all pages have them.

Sound sifted HTML comes in; HTML for the last cleaning and its outline go out. Shaping what is shaped changes
nothing. Every id in a body begins with `text-`, so that none can be one of the page around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lwnindex import names
from lwnindex.model import Heading
from lwnindex.tags import Tags, escaped, escaped_text, pairs, plain, tag

PREFIX = "text-"

_BOX = '<div class="scroll" tabindex="0" role="group" aria-label="Table">'
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTED = 3
_SIDES = ("left", "center", "right")
_WORDS = bytes(each not in b" \t\n" for each in range(256))
_NOT_IN_ID = re.compile(r"[\s%]+")
_TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')
_HEADING = re.compile(r"<(h[1-6])>([^<]*+(?:<(?!/h)[^<]*+)*+)</h[1-6]>")
_FOOTNOTE_MARK = re.compile(r'<sup(?: id="[^"]*")?><a (?:[a-z]+="[^"]*" )*class="footnote-ref".*?</sup>')


class Shaped(NamedTuple):
    """A body as HTML, the headings that a table of contents lists, its words outside of blocks of code.

    `counts` say how often what was changed. With `ids`, those are all that elements have, in order; there
    is no image then, and every link has its address first.
    """

    html: str
    contents: tuple[Heading, ...]
    words: int
    counts: dict[str, int]
    ids: tuple[str, ...] | None = None


def shape(tags: Tags, host: str = "") -> Shaped:
    """Return a body with its outline; `host` is where images stand whose address names none."""
    shaping = _Shaping(tags, host)
    shaping.walk()
    contents = tuple(one for one in shaping.outline() if one.level <= _LISTED)
    shaping.turn_links()
    # Paragraphs that hold nothing are what is left around the blocks inside them.
    return Shaped(tags.joined().replace("<p></p>", ""), contents, shaping.words(), shaping.counts)


def with_headings(canonical: str, words: int) -> Shaped:
    """Return HTML without ids and images with its headings as `shape` has them."""
    outline = _Outline({})
    listed = []
    parts = _HEADING.split(canonical)
    for at in range(1, len(parts), 3):
        name, inner = parts[at : at + 2]
        found = outline.heading(name, inner)
        if found and found.level <= _LISTED:
            listed.append(found)
        end = f"</h{found.level}>" if found else ""
        parts[at] = tag(f"h{found.level}", {"id": escaped(found.id)}) if found else ""
        parts[at + 1] = inner + end
    counts = {"heading-shift": outline.shifts} if outline.shifts else {}
    return Shaped("".join(parts), tuple(listed), words, counts, tuple(outline.ids))


def text_of(fragment: str) -> str:
    """Return what canonical HTML says, on one line and without the marks of footnotes."""
    if "<sup" in fragment:
        fragment = _FOOTNOTE_MARK.sub("", fragment)
    return " ".join(plain(_TAG.sub("", fragment) if "<" in fragment else fragment).split())


def count_words(raw: bytes) -> int:
    """Return how many words a text in UTF-8 has."""
    # Each word is a run of ones, and twice differs from the same bits one place on: where it starts and ends.
    # That takes a third of the time of splitting the text.
    ones = int.from_bytes(raw.translate(_WORDS), "little")
    return (ones ^ ones << 8).bit_count() // 2


class _Outline:
    """The headings of a body, in order; `ids` are those that elements have, and grow.

    The highest level becomes h2; below it no level is left out, for that is how an outline is read aloud.
    """

    def __init__(self, ids: dict[str, int]) -> None:
        self.ids = ids
        self.above: list[str] = []
        self.shifts = 0

    def heading(self, name: str, inner: str, own: str = "") -> Heading | None:
        """Return the next heading, or None where it has no text; `own` is its id if it has one."""
        text = text_of(inner)
        if not text:
            return None
        self.above = [*(one for one in self.above if one < name), name]
        level = min(len(self.above) + 1, 6)
        self.shifts += name != f"h{level}"
        return Heading(level=level, id=plain(own) or self.new_id(text), text=text)

    def new_id(self, text: str) -> str:
        """Return an id for a heading that no element of the body has: `text-A_title`, `text-A_title-2`."""
        first = found = PREFIX + (names.anchor([text]) or "section")
        while found in self.ids:
            self.ids[first] += 1
            found = f"{first}-{self.ids[first]}"
        self.ids[found] = 1
        return found


class _Shaping:
    """One walk over a body's tags; what depends on the whole body is done after it."""

    def __init__(self, tags: Tags, host: str) -> None:
        self.tags = tags
        self.host = host
        self.counts: dict[str, int] = {}
        self.ids: dict[str, int] = {}
        self.headings: list[tuple[int, int, dict[str, str]]] = []
        self.inner_links: list[tuple[int, dict[str, str]]] = []
        self.by_words: dict[str, str] = {}
        self.repeats: dict[str, int] = {}
        self.link: tuple[int, dict[str, str]] | None = None
        self.images: list[tuple[int, str]] = []
        self.tables: list[bool] = []
        self.code: list[tuple[int, int]] = []

    def walk(self) -> None:
        """Rewrite each tag that depends on nothing behind it."""
        for place, (name, attributes) in enumerate(zip(self.tags.names, self.tags.attributes, strict=True)):
            if name in _STEPS:
                _STEPS[name](self, place)
            elif attributes:
                self.other(place)

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    # Attributes

    def given(self, place: int) -> dict[str, str]:
        """Return a tag's attributes as they shall be: an id with prefix and once, alignment as a class."""
        found = pairs(self.tags.attributes[place])
        if not found.get("class"):
            found.pop("class", "")
        anchor = found.pop("name", "")
        found["id"] = self.own_id(found.get("id", "") or anchor)
        if not found["id"]:
            del found["id"]
        side = found.pop("align", "").lower()
        if side in _SIDES and "class" not in found:
            found["class"] = f"align-{side}"
            self.count("align")
        return found

    def own_id(self, written: str) -> str:
        """Return the id that an author's becomes; nothing where it is empty or another element has it."""
        found = _id_of(plain(written))
        if not found or found in self.ids:
            return ""
        self.ids[found] = 1
        return escaped(found)

    def other(self, place: int) -> None:
        """Rewrite the tag of an element that has nothing but attributes to change."""
        written = self.tags.attributes[place]
        if ' id="' in written or ' align="' in written or ' class=""' in written:
            self.tags.written[place] = tag(self.tags.names[place], self.given(place))

    def start_code(self, place: int) -> None:
        """Let a box of code, which scrolls, be reached by keyboard."""
        self.tags.written[place] = tag("pre", self.given(place) | {"tabindex": "0"})
        self.code.append((place, place))

    def end_code(self, place: int) -> None:
        self.code.append((self.code.pop()[0], place))

    def words(self) -> int:
        """Return how many words there are outside of blocks of code."""
        prose = list(self.tags.texts)
        for start, end in self.code:
            prose[start + 1 : end + 1] = [" "] * (end - start)
        return count_words("".join(prose).encode())

    # Links and images

    def start_link(self, place: int) -> None:
        """Rewrite the start of a link; one without address and id is none."""
        written = self.tags.attributes[place]
        if written.count('="') == 1 and written.startswith(' href="') and written[7] not in '"#':
            self.link = place, {"href": written[7:-1]}
            return
        given = self.given(place)
        if not given.get("href"):
            given.pop("href", "")
        self.link = (place, given) if "href" in given or "id" in given else None
        self.tags.written[place] = tag("a", given) if self.link else ""
        if given.get("href", "").startswith("#"):
            self.inner_links.append((place, given))

    def end_link(self, place: int) -> None:
        """End a link; those to the images that stood in it follow."""
        if self.link is None:
            self.tags.written[place] = ""
            return
        start, given = self.link
        if self.images:
            if "class" not in given and self.holds_only_images(start, place):
                given["class"] = "image"
                self.tags.written[start] = tag("a", given)
            links = (self.image_link(source, "") for _, source in self.images)
            self.tags.written[place] = " ".join(["</a>", *links])
        self.link = None
        self.images = []

    def holds_only_images(self, start: int, end: int) -> bool:
        between = range(start + 1, end)
        texts = "".join(self.tags.texts[start + 1 : end + 1])
        return not texts.strip() and {place for place, _ in self.images}.issuperset(between)

    def image(self, place: int) -> None:
        """Put a link in the place of an image: no page may fetch it from elsewhere."""
        given = pairs(self.tags.attributes[place])
        source = given.get("src", "").strip()
        said = " ".join(plain(given.get("alt", "")).split()) or _file_of(plain(source))
        self.count("image")
        if source and self.link is None:
            self.tags.written[place] = self.image_link(source, said)
            return
        self.tags.written[place] = escaped_text(said)
        if source:
            self.images.append((place, source))

    def image_link(self, source: str, said: str) -> str:
        """Return a link to an image, with what it shows and its host."""
        host = _host_of(plain(source)) or self.host
        words = f"(image, {host})" if host else "(image)"
        return f"{tag('a', {'href': source, 'class': 'image'})}{escaped_text(f'{said} {words}'.strip())}</a>"

    def turn_links(self) -> None:
        """Lead links within the body to the ids as they are now; others wait for the link stage."""
        for place, given in self.inner_links:
            wanted = plain(given["href"])[1:]
            found = next((one for one in (_id_of(unquote(wanted)), _id_of(wanted)) if one in self.ids), None)
            found = found or self.by_words.get(_words_of(unquote(wanted)))
            if found:
                self.tags.written[place] = tag("a", given | {"href": "#" + escaped(found)})

    # Tables

    def start_table(self, place: int) -> None:
        """Put a table into a box of its own that scrolls; one inside a table is in a box already."""
        self.other(place)
        is_boxed = bool(place) and self.tags.written[place - 1] == _BOX
        self.tables.append(not self.tables and not is_boxed)
        if self.tables[-1]:
            self.tags.written[place] = _BOX + self.tags.written[place]

    def end_table(self, place: int) -> None:
        if self.tables.pop():
            self.tags.written[place] += "</div>"

    # Headings

    def start_heading(self, place: int) -> None:
        self.headings.append((place, 0, self.given(place)))

    def end_heading(self, place: int) -> None:
        start, _, given = self.headings.pop()
        self.headings.append((start, place, given))

    def outline(self) -> Iterator[Heading]:
        """Give the headings their levels and ids, and yield them; one without text goes."""
        outline = _Outline(self.ids)
        for start, end, given in self.headings:
            found = outline.heading(self.tags.names[start], self.inner(start, end), given.get("id", ""))
            if found is None:
                self.tags.written[start] = self.tags.written[end] = ""
                continue
            given.setdefault("id", escaped(found.id))
            self.name_by_words(found)
            self.tags.written[start] = tag(f"h{found.level}", given)
            self.tags.written[end] = f"</h{found.level}>"
            yield found
        if outline.shifts:
            self.counts["heading-shift"] = outline.shifts

    def name_by_words(self, heading: Heading) -> None:
        """Let a heading be found by its words, and a later one of the same words with its number, too.

        Every generator makes ids of a heading's words, in ways that differ by case and punctuation alone.
        """
        words = _words_of(heading.text) if self.inner_links else ""
        if not words:
            return
        number = self.repeats.get(words, 0)
        self.repeats[words] = number + 1
        self.by_words.setdefault(f"{words}{number or ''}", heading.id)

    def inner(self, start: int, end: int) -> str:
        """Return the HTML inside an element as it is now."""
        pieces = zip(self.tags.texts[start + 1 : end], self.tags.written[start + 1 : end], strict=True)
        return "".join(text + written for text, written in pieces) + self.tags.texts[end]


_STEPS: dict[str, Callable[[_Shaping, int], None]] = {
    "a": _Shaping.start_link,
    "/a": _Shaping.end_link,
    "img": _Shaping.image,
    "pre": _Shaping.start_code,
    "/pre": _Shaping.end_code,
    "table": _Shaping.start_table,
    "/table": _Shaping.end_table,
    **dict.fromkeys(_HEADINGS, _Shaping.start_heading),
    **{f"/{name}": _Shaping.end_heading for name in _HEADINGS},
}


def _id_of(written: str) -> str:
    """Return the id of this site for an author's, or for the fragment that names it."""
    bare = _NOT_IN_ID.sub("_", written.strip())
    return bare if not bare or bare.startswith(PREFIX) else PREFIX + bare


def _words_of(written: str) -> str:
    """Return what is left of a heading's text in any id that is made of it: its letters and digits."""
    return "".join(filter(str.isalnum, written.casefold()))


def _host_of(source: str) -> str:
    try:
        return urlsplit(source).hostname or ""
    except ValueError:
        return ""


def _file_of(source: str) -> str:
    """Return the last part of an image's address, for one of which nothing else is said."""
    return unquote(source.partition("?")[0].rstrip("/").rpartition("/")[2])
