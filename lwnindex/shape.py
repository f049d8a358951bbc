"""A cleaned body becomes one of this site: its headings, ids, images and tables as all pages have them.

Sound sifted HTML comes in; HTML for the last cleaning and its outline go out. Shaping what is shaped changes
nothing. Every id in a body begins with `text-`, so that none can be one of the page around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lwnindex import names
from lwnindex.model import Heading
from lwnindex.tags import Tags, escaped, escaped_text, pairs, plain, tag, tags_of

PREFIX = "text-"

_BOX = '<div class="scroll" tabindex="0" role="group" aria-label="Table">'
_LOWEST = 6
_LISTED = 3
_NO_ID = re.compile(r"[\s%]+")
_FOOTNOTE_MARK = re.compile(r'<sup id="[^"]*"><a (?:[a-z]+="[^"]*" )*class="footnote-ref".*?</sup>')
_ANY_TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')


class Shaped(NamedTuple):
    """A body as HTML, its outline, and how often what was changed in it."""

    html: str
    headings: tuple[Heading, ...]
    counts: tuple[tuple[str, int], ...]

    @property
    def contents(self) -> tuple[Heading, ...]:
        """The headings that a table of contents lists."""
        return tuple(one for one in self.headings if one.level <= _LISTED)


def shape(tags: Tags, host: str = "") -> Shaped:
    """Return a body with its outline; `host` is where images stand whose address names none."""
    shaping = _Shaping(tags, host)
    shaping.walk()
    headings = tuple(shaping.outline())
    shaping.turn_links()
    return Shaped(tags.joined(), headings, tuple(sorted(shaping.counts.items())))


def text_of(fragment: str) -> str:
    """Return what canonical HTML says, on one line."""
    return " ".join(plain(_ANY_TAG.sub("", fragment)).split())


class _Shaping:
    """One walk over a body's tags; what needs the whole body is done after it."""

    def __init__(self, tags: Tags, host: str) -> None:
        self.tags = tags
        self.host = host
        self.counts: dict[str, int] = {}
        self.ids: set[str] = set()
        self.headings: list[tuple[int, int]] = []
        self.inner_links: list[tuple[int, dict[str, str]]] = []
        self.link: int | None = None
        self.images: list[tuple[int, str]] = []
        self.tables = 0

    def walk(self) -> None:
        """Rewrite each tag that depends on nothing behind it."""
        steps = _STEPS
        for place, name in enumerate(self.tags.names):
            step = steps.get(name)
            if step:
                step(self, place)
            elif self.tags.attributes[place]:
                self.other(place)

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    # What stands where

    def given(self, place: int) -> dict[str, str]:
        """Return a tag's attributes as they shall be: id with prefix and once, alignment as a class."""
        found = pairs(self.tags.attributes[place])
        name = found.pop("name", "")
        own = self.own_id(found.pop("id", "") or name)
        if own:
            found["id"] = own
        if (side := found.pop("align", "").lower()) in ("left", "center", "right") and "class" not in found:
            found["class"] = f"align-{side}"
            self.count("align")
        return found

    def own_id(self, written: str) -> str:
        """Return the id that an author's becomes, or nothing where it is empty or taken."""
        if not written:
            return ""
        found = _id_of(plain(written))
        if found in self.ids:
            return ""
        self.ids.add(found)
        return escaped(found)

    def other(self, place: int) -> None:
        """Rewrite the tag of an element that has nothing but attributes to change."""
        written = self.tags.attributes[place]
        if ' id="' in written or ' align="' in written:
            self.tags.written[place] = tag(self.tags.names[place], self.given(place))

    def start_link(self, place: int) -> None:
        """Rewrite the start of a link; one without address and id is none."""
        self.link = place
        written = self.tags.attributes[place]
        if written.startswith(' href="') and written[7] not in '#"' and written.count('="') == 1:
            return
        given = self.given(place)
        if given.get("href") == "":
            del given["href"]
        if "href" not in given and "id" not in given:
            self.tags.written[place] = ""
            return
        self.tags.written[place] = tag("a", given)
        if given.get("href", "").startswith("#"):
            self.inner_links.append((place, given))

    def end_link(self, place: int) -> None:
        """Put the links to the images that stood in a link behind it."""
        start, self.link = self.link, None
        if start is not None and not self.tags.written[start]:
            self.tags.written[place] = ""
        if start is None or not self.images:
            return
        if self.is_image_only(start, place) and "class" not in self.tags.attributes[start]:
            self.tags.written[start] = self.tags.written[start].replace(">", ' class="image">')
        links = [tag("a", {"href": source, "class": "image"}) + f"(image{self.at(source)})</a>" for _, source in self.images]
        self.tags.written[place] = " ".join([self.tags.written[place], *links])
        self.images = []

    def is_image_only(self, start: int, end: int) -> bool:
        """Return whether a link holds images and nothing else."""
        inner = {place for place, _ in self.images}
        between = range(start + 1, end)
        return inner.issuperset(between) and not any(self.tags.texts[each].strip() for each in (*between, end))

    def image(self, place: int) -> None:
        """Put a link in the place of an image, which no page may fetch from elsewhere."""
        given = pairs(self.tags.attributes[place])
        source = given.get("src", "").strip()
        said = escaped_text(" ".join(plain(given.get("alt", "")).split()) or _name_of(plain(source)))
        self.count("image")
        if not source:
            self.tags.written[place] = said
        elif self.link is None or not self.tags.written[self.link]:
            start = tag("a", {"href": source, "class": "image"})
            self.tags.written[place] = f"{start}{said} (image{self.at(source)})</a>"
        else:
            self.tags.written[place] = said
            self.images.append((place, source))

    def at(self, source: str) -> str:
        """Return the words that name an image's host."""
        try:
            host = urlsplit(plain(source)).hostname or self.host
        except ValueError:
            host = self.host
        return f", {escaped_text(host)}" if host else ""

    def start_table(self, place: int) -> None:
        """Put a table into a box of its own that scrolls; one in a table has its box already."""
        self.other(place)
        self.tables += 1
        before = self.tags.attributes[place - 1] if place else ""
        if self.tables == 1 and 'class="scroll"' not in before:
            self.tags.written[place] = _BOX + self.tags.written[place]
            self.tags.written[place]
            self.boxed = True

    def end_table(self, place: int) -> None:
        self.tables -= 1
