"""A source becomes manuscripts: the reader that fits it is picked, and their fields are made sound.

Bytes come in; out come the texts in them with what their headers say, and what is wrong with the source as a
whole. Pure.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

import msgspec

from lwnindex.model import Manuscript, Problem, Source
from lwnindex.oversize import codec_of, damaged_line, is_blank, page_of, parted, with_below
from lwnindex.problems import problem
from lwnindex.readers import frontmatter, lwn, places
from lwnindex.readers.items import Items
from lwnindex.readers.plugged import plugged
from lwnindex.readers.text import decode, not_utf8, sound
from lwnindex.reading import Reading
from lwnindex.registry import Reader, taker
from lwnindex.settings import FEEDS, describes_topics
from lwnindex.settings import PAGES as SAVED

_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def manuscripts(source: Source, content: bytes, reading: Reading, readers: Sequence[Reader] = ()) -> Items:
    """Return what the reader that fits makes of a source, and what is wrong with the source as a whole.

    The `readers` of plug-ins go before our own.
    """
    if describes_topics(source.path):
        return Items()
    if other := taker(readers, source.path):
        return _sound_items(plugged(other, source, content, reading))
    suffix = posixpath.splitext(source.path)[1].lower()
    if suffix in FEEDS:
        from lwnindex.readers import feed

        return _sound_items(feed.read(content, source.file, reading))
    above, below = parted(content)
    found = _oversize(source, above, below, reading) if below else _read(source, content, reading)
    return _sound_items(found)


def _read(source: Source, content: bytes, reading: Reading) -> Items:
    """Return what a source holds that is no feed."""
    text, faults = decode(content, source.file)
    if not text.strip():
        return Items((), (*faults, _empty(source)))
    if not places.is_article(source.path, reading.preset):
        return Items()
    if _is_saved(source, text, reading):
        return _saved(source, content, reading)
    return Items((_own(text, source, reading),), faults)


def _is_saved(source: Source, text: str, reading: Reading) -> bool:
    """Return whether a source is a saved page, and no article in HTML."""
    is_html = posixpath.splitext(source.path)[1].lower() in SAVED
    return is_html and not frontmatter.is_headed(text, reading)


def _own(text: str, source: Source, reading: Reading) -> Manuscript:
    """Return the one manuscript of a source that is a dump, or has a header or may have one."""
    is_headed = frontmatter.is_headed(text, reading)
    if reading.preset == "lwn" and not is_headed:
        return _published(lwn.read(text, source.file, reading), source, reading)
    found = frontmatter.read(text, source.file, reading, source.path)
    is_html = is_headed and posixpath.splitext(source.path)[1].lower() in SAVED
    return msgspec.structs.replace(found, markup="html") if is_html else found


def _oversize(source: Source, above: bytes, below: bytes, reading: Reading) -> Items:
    """Return what a source too large for its lines holds: what its beginning says, and its text as it is."""
    codec = codec_of(above)
    if is_blank(above, codec) and is_blank(below, codec):
        return Items((), (_empty(source),))
    if not places.is_article(source.path, reading.preset):
        return Items()
    text, _ = decode(above, source.file)
    if _is_saved(source, text, reading):
        return Items((page_of(above, below, source.file),))
    found = with_below(_own(text, source, reading), above, below, codec)
    damaged = damaged_line((above, below), codec)
    return Items((found,), (not_utf8(source.file, damaged),) if damaged else ())


def kind_of(source: Source, content: bytes, reading: Reading, readers: Sequence[Reader] = ()) -> str:
    """Return what a source is read as, for people."""
    if describes_topics(source.path):
        return "a file of topics"
    if other := taker(readers, source.path):
        return f"what a plug-in reads ({other.name})"
    suffix = posixpath.splitext(source.path)[1].lower()
    if suffix in FEEDS:
        return "a feed"
    if frontmatter.is_headed(decode(content, source.file)[0], reading):
        return f"{'HTML' if suffix in SAVED else 'Markdown'} with a header"
    if suffix in SAVED:
        return "a saved page"
    return "a dump of a page" if reading.preset == "lwn" else "Markdown without a header"


def _saved(source: Source, content: bytes, reading: Reading) -> Items:
    """Return what a page holds that somebody saved."""
    from lwnindex.readers import charset, savedpages

    text, faults = charset.decoded(content, source.file)
    found = savedpages.read(text, source.file, reading)
    return found._replace(problems=(*faults, *found.problems))


def _published(found: Manuscript, source: Source, reading: Reading) -> Manuscript:
    """Return a dump with the address that its number has at the publication."""
    own = found.id or stem_of(source.path)
    if not reading.source or not own.isdecimal():
        return found
    return msgspec.structs.replace(found, original=f"{reading.source}/Articles/{own}/")


def _sound_items(found: Items) -> Items:
    return found._replace(manuscripts=tuple(map(_sound, found.manuscripts)))


def _sound(found: Manuscript) -> Manuscript:
    """Return a manuscript whose fields hold nothing that a page, a feed or a terminal cannot."""
    return msgspec.structs.replace(
        found,
        id=sound(found.id),
        title=sound(found.title),
        slug=sound(found.slug) or None if found.slug else None,
        summary=sound(found.summary),
        original=_address(found.original) if found.original else None,
        aliases=tuple(filter(None, map(sound, found.aliases))),
        authors=tuple(filter(None, map(sound, found.authors))),
        entries=tuple(tuple(map(sound, entry)) for entry in found.entries),
        badges=tuple(msgspec.structs.replace(one, label=sound(one.label)) for one in found.badges),
    )


def _address(written: str) -> str | None:
    """Return an address, which pages show as well, if it is one that a link may lead to."""
    shown = sound(written)
    return shown if _WEB.fullmatch(shown) else None


def _empty(source: Source) -> Problem:
    return problem(
        "empty", source.file, 1, "the file holds no text.", "Write the article, or remove the file."
    )


def stem_of(path: str) -> str:
    """Return a source's name without its ending; of an `index` file, its folder's name."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    folder = posixpath.basename(posixpath.dirname(path))
    return sound(folder if stem == "index" and folder else stem) or "untitled"
