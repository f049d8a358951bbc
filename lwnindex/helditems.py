"""The article files that came of feeds: which item has which file, and what a new one is called.

The files themselves say it in their headers; there is no list that could be lost.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from lwnindex import names
from lwnindex.articlefile import fields
from lwnindex.contentfiles import text_of
from lwnindex.disk import is_file, look
from lwnindex.readers.feed import Item
from lwnindex.readers.items import item_id
from lwnindex.readers.text import sound

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")


def link_key(link: str) -> str:
    """Return what the spellings of one address share; empty of one that may be that of many, or of none.

    An editor may have written what cannot be read as an address.
    """
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    query = urlencode([each for each in parse_qsl(parts.query) if not each[0].startswith(_TRACKING)])
    path = parts.path.rstrip("/")
    return f"{parts.netloc.lower()}{path}?{query}" if path or query else ""


def _fragment(link: str) -> str:
    return link.partition("#")[2]


def as_written(item: Item) -> tuple[str, str]:
    """Return an item's guid and address as its file has them: on one line, without what nobody sees."""
    return sound(item.guid), sound(item.link)


class Held:
    """The article files below `folder`, by their feeds' names for them and by their addresses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._by_guid: dict[tuple[str, str], Path] = {}
        self._by_link: dict[str, dict[str, Path]] = defaultdict(dict)
        self._taken: dict[str, set[str]] = defaultdict(set)
        for place in sorted(folder.rglob("*.md")) if folder.is_dir() else ():
            # A link may lead anywhere, and a pipe has no end.
            if is_file(look(str(place))):
                self._note(place)

    def _note(self, place: Path) -> None:
        parts = place.relative_to(self.folder).parts
        said = fields(text_of(place) or "", ("guid", "original"))
        if len(parts) > 1:
            self._taken[parts[0]].add(names.folded(place.stem))
            if said["guid"]:
                self._by_guid.setdefault((parts[0], said["guid"]), place)
        if key := link_key(said["original"]):
            self._by_link[key].setdefault(_fragment(said["original"]), place)

    def has(self, name: str) -> bool:
        """Tell whether there are files of a feed."""
        return bool(self._taken.get(name))

    def place_of(self, name: str, item: Item) -> Path | None:
        """Return the file of an item, if there is one: by its guid, else by its address."""
        guid, link = as_written(item)
        found = self._by_guid.get((name, guid)) if guid else None
        return found or (self._at(link) if link else None)

    def _at(self, link: str) -> Path | None:
        """Return the file of what stands at an address; places of a page that are named apart are apart."""
        held = self._by_link.get(link_key(link), {})
        own = _fragment(link)
        if own:
            return held.get(own) or held.get("")
        return held.get("") or (next(iter(held.values())) if len(held) == 1 else None)

    def is_elsewhere(self, name: str, place: Path) -> bool:
        """Tell whether a file came with another feed, which keeps it up to date."""
        return place.relative_to(self.folder).parts[0] != name

    def add(self, name: str, item: Item) -> Path:
        """Return the place of a new item's file, which it has from now on."""
        stem = names.segment(item_id(item.manuscript.title, item.manuscript.date))
        guid, link = as_written(item)
        own = names.distinct([(stem, guid or link or stem)], self._taken[name])[0]
        place = self.folder / name / f"{own}.md"
        self._taken[name].add(names.folded(own))
        if guid:
            self._by_guid[name, guid] = place
        if key := link_key(link):
            self._by_link[key][_fragment(link)] = place
        return place
