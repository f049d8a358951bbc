"""The addresses that an article had in its own archive, as paths that start with a slash.

The article's own address goes first: the one its header names, else the one that its generator gives it.
Then come those that were led on to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from lwnindex.presets import PresetName
from lwnindex.readers.header import Values, is_switch
from lwnindex.readers.places import Place
from lwnindex.reading import Reading

_PLACEHOLDER = r":([a-z_]+)"
_NOT_SLUG = r"[^\w]+"
_SLASHED: frozenset[PresetName] = frozenset({"hugo", "zola"})
"""Generators that make a folder of each address that does not end as a file does."""

_NIKOLA = (("posts",), ("pages",), ("stories",))
"""The folders of Nikola's texts, which its addresses begin with; who names a source names such a one."""

_LONGEST = 1_000


def paths(
    values: Values, place: Place, date: str | None, categories: tuple[str, ...], reading: Reading
) -> tuple[str, ...]:
    """Return all paths at which an article stood; what is none is a problem."""
    parts = placeholders(place, _slug(values, reading.preset), date, categories)
    own = [_path(values, "permalink", one, parts, reading) for one in values.words("permalink")]
    linked = _own_link(values.word("link"), place, values.word("slug"), reading)
    first = [*filter(None, own), *([urlsplit(linked).path] if linked else [])]
    usual = [] if first else list(_meant(reading, parts) or _usual(place, values, parts, reading.preset))
    others = [_path(values, "aliases", one, parts, reading) for one in values.words("aliases")]
    return tuple(dict.fromkeys(filter(None, (*first, *usual, *others))))


def original(values: Values, place: Place, reading: Reading) -> str | None:
    """Return the whole address at which an article was published, if its header tells it for certain."""
    told = values.word("original")
    if told:
        return told if _is_whole(told) else None
    return _own_link(values.word("link"), place, values.word("slug"), reading) or None


def _is_whole(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and " " not in address


def _own_link(link: str, place: Place, slug: str, reading: Reading) -> str:
    """Return an address if it is the article's own: on the archive's host, or ending in the article's name.

    Many write under `link` what their article is about.
    """
    if not link or not _is_whole(link):
        return ""
    parts = urlsplit(link)
    base = urlsplit(reading.base).hostname if _is_whole(reading.base) else None
    last = parts.path.rstrip("/").rpartition("/")[2].rpartition(".html")
    name = last[0] or last[2]
    return link if parts.hostname == base or name in (slug or place.slug, place.slug, place.stem) else ""


def _path(values: Values, field: str, written: str, parts: Mapping[str, str], reading: Reading) -> str:
    """Return an address as a path; empty, with a problem, where it is none."""
    try:
        found = urlsplit(written).path if _is_whole(written) else written.partition("#")[0].partition("?")[0]
        filled = "" if is_switch(found) is not None else _filled(found, parts)
    except ValueError as error:
        said = values.field(field)
        fix = "Write the path that the article had, as in /2009/12/22/ceph/."
        values.note(f'the address "{written[:80]}" is not used: {error}.', fix, said.line if said else 1)
        return ""
    return _rooted(filled, reading.preset) if filled else ""


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """Return a pattern such as `/:year/:title/` with what stands for its names."""
    if len(pattern) > _LONGEST or ".." in pattern.split("/") or "{{" in pattern or "{%" in pattern:
        raise ValueError("it is no path of an article")

    def part(found: re.Match[str]) -> str:
        # A colon may also belong to an address that is no pattern.
        if found[1] not in parts:
            raise ValueError(f"nothing is known to stand for {found[0]}")
        return parts[found[1]]

    return re.sub(_PLACEHOLDER, part, pattern) if "/:" in f"/{pattern}" else pattern


def _rooted(path: str, preset: PresetName) -> str:
    """Return a path from the root, without the name of an index file."""
    whole = "/" + path.strip().lstrip("/")
    bare = re.sub(r"/{2,}", "/", whole).removesuffix("index.html")
    is_file = bare.endswith((".html", ".htm", ".xml", ".php", "/"))
    return bare if is_file or preset not in _SLASHED else f"{bare}/"


def placeholders(place: Place, slug: str, date: str | None, categories: tuple[str, ...]) -> dict[str, str]:
    """Return what stands for the names in a pattern of addresses, as Jekyll's manual has them."""
    name = slug or place.slug
    parts = {
        "title": name,
        "slug": slugified(name),
        "name": slugified(place.slug),
        "filename": place.stem,
        "contentbasename": place.stem,
        "sections": "/".join(place.folders or ()),
        "categories": "/".join(map(slugified, categories)),
        "output_ext": ".html",
    }
    if date is None:
        return parts
    year, month, day = date[:10].split("-")
    return parts | {
        "year": year,
        "short_year": year[2:],
        "month": month,
        "i_month": str(int(month)),
        "day": day,
        "i_day": str(int(day)),
        **dict(zip(("hour", "minute", "second"), (date[11:19] or "00:00:00").split(":"), strict=False)),
    }


def slugified(text: str) -> str:
    """Return a text as a part of an address: small letters, with hyphens for all but letters and digits."""
    return re.sub(_NOT_SLUG, "-", text.lower()).strip("-")


def _meant(reading: Reading, parts: Mapping[str, str]) -> list[str]:
    """Return the address that the archive's pattern makes; none where the article lacks a part of it."""
    try:
        found = _filled(reading.permalink, parts)
    except ValueError:
        return []
    return [_rooted(found, reading.preset)] if found else []


def _usual(place: Place, values: Values, parts: Mapping[str, str], preset: PresetName) -> Iterator[str]:
    """Yield the address that a generator gives an article for which nobody says another."""
    slug = values.word("slug")
    if preset == "jekyll" and "year" in parts and place.date:
        dated = [parts["categories"], parts["year"], parts["month"], parts["day"], parts["title"] + ".html"]
        yield "/" + "/".join(filter(None, dated))
    elif place.folders is not None and preset == "zola":
        yield "/".join(("", *_tree(place), *place.folders, slug or slugified(place.slug), ""))
    elif place.folders is not None and preset == "hugo":
        yield "/".join(("", *_tree(place), *place.folders, slug or place.stem.lower().replace(" ", "-"), ""))
    elif place.folders is not None and preset == "nikola":
        above = place.folders if place.folders[:1] in _NIKOLA else ("posts", *place.folders)
        yield "/".join(("", *_tree(place), *above, slug or slugified(place.stem), ""))
    elif place.folders is not None and preset == "pelican" and "lang" not in values:
        # A translation's name ends in its language, unless that is the site's.
        name = _slug(values, preset)
        yield from [f"/{name}.html"] if name else []


def _slug(values: Values, preset: PresetName) -> str:
    """Return what a header says of an article's slug; Pelican takes its title for one."""
    return values.word("slug") or (_of_title(values.word("title")) if preset == "pelican" else "")


def _of_title(title: str) -> str:
    """Return what Pelican makes of a title; nothing where that takes more than letters without accents."""
    plain = "".join(
        one for one in unicodedata.normalize("NFKD", title.lower()) if not unicodedata.combining(one)
    )
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip()) if plain.isascii() else ""


def _tree(place: Place) -> tuple[str, ...]:
    """Return the folder that the addresses of a translation start with, `name.de.md` being at `/de/name/`."""
    lang = place.lang.lower()
    return (lang,) if lang and lang not in [name.lower() for name in (place.folders or ())[:1]] else ()
