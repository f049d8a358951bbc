"""A source becomes articles: the reader that fits, the body rendered and cleaned, what is missing reported.

Bytes come in; out come the article's card and outline, its body as a blob named by its digest, and every
problem met. Pure: the same bytes, name and rules give the same result, so it is kept by their digest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from lwnindex import names
from lwnindex.body import Composed, compose, letters
from lwnindex.citing import references
from lwnindex.fieldlengths import bounded
from lwnindex.manuscripts import manuscripts, stem_of
from lwnindex.model import Article, Card, Manuscript, Parsed, PlainPage, Problem, Source
from lwnindex.oversize import (
    codec_of,
    parted,
    pieces,
    shown,
)
from lwnindex.problems import problem
from lwnindex.readers import places
from lwnindex.readers.text import decode
from lwnindex.reading import Reading
from lwnindex.registry import Reader, taker
from lwnindex.settings import describes_topics

PAGES = "pages/"
"""The folder of plain pages below a content folder."""

_HEADER = 1 << 16
_DRAFT = re.compile(
    r"""^[\s"']*(?:draft["']?\s*[:=]\s*["']?(?:true|yes|on)|published["']?\s*[:=]\s*["']?(?:false|no|off)"""
    r"""|status["']?\s*[:=]\s*["']?draft)\b""",
    re.MULTILINE | re.IGNORECASE,
)
"""What says in headers of any kind that this is not to be published."""


def parse(
    source: Source,
    content: bytes,
    reading: Reading,
    readers: Sequence[Reader] = (),
    *,
    plain: bool = False,
) -> tuple[Parsed, Mapping[str, bytes]]:
    """Return what a source holds, and the blobs of its bodies by their digests, of `plain` text if asked.

    The `readers` are those of plug-ins.
    """
    if describes_topics(source.path):
        return _topics(source, content, reading, plain=plain)
    found = shown(manuscripts(source, content, reading, readers), content, source.file)
    parts = [_parsed(source, one, reading, readers, plain=plain) for one in found.manuscripts]
    if len(parts) == 1:
        parsed, blobs = parts[0]
        if not found.problems:
            return parsed, blobs
        return msgspec.structs.replace(parsed, problems=(*found.problems, *parsed.problems)), blobs
    return _joined([parsed for parsed, _ in parts], found.problems), dict(
        chain.from_iterable(blobs.items() for _, blobs in parts)
    )


def unread(
    source: Source, content: bytes, reading: Reading, readers: Sequence[Reader] = ()
) -> tuple[Parsed, Mapping[str, bytes]]:
    """Return a source that no reader can bear: one article, or page, of its name and all its text as it is.

    A draft should stay one: whatever looks like the words for that is taken for them.
    """
    if describes_topics(source.path) or not _is_read(source, reading, readers):
        return Parsed(), {}
    above, below = parted(content)
    text, _ = decode(above, source.file)
    composed = letters(text, below=pieces(below, codec_of(content)))
    found = Manuscript(text=text, draft=bool(_DRAFT.search(text, 0, _HEADER)))
    whole = _page(source, found, composed) if _is_page(source) else _article(source, found, composed, reading)
    return msgspec.structs.replace(whole, problems=()), {composed.body.digest: composed.blob}


def _is_read(source: Source, reading: Reading, readers: Sequence[Reader]) -> bool:
    """Return whether a source holds articles by its place, or since a plug-in takes it."""
    return taker(readers, source.path) is not None or places.is_article(source.path, reading.preset)


def _joined(parts: Sequence[Parsed], problems: tuple[Problem, ...]) -> Parsed:
    """Return what the items of a source hold together."""
    return Parsed(
        articles=tuple(one for part in parts for one in part.articles),
        pages=tuple(one for part in parts for one in part.pages),
        problems=(*problems, *(one for part in parts for one in part.problems)),
        counts=tuple(sorted(_summed(chain.from_iterable(part.counts for part in parts)).items())),
    )


def _parsed(
    source: Source, found: Manuscript, reading: Reading, readers: Sequence[Reader], *, plain: bool
) -> tuple[Parsed, dict[str, bytes]]:
    """Return what one manuscript holds, and the blob of its body by its digest."""
    found = bounded(found, source.file)
    host = urlsplit(_base(found, reading) or reading.source).netloc
    composed = compose(
        *(found.text, found.lines, reading.extensions, host, reading.accelerate),
        markup=found.markup,
        excess=found.excess,
        is_plain=plain,
        below=pieces(found.below, found.codec) if found.below else None,
    )
    parsed = (
        _page(source, found, composed)
        if _is_page(source)
        else _article(source, found, composed, reading, readers)
    )
    problems = (*found.problems, *parsed.problems, *_faults_of(composed, source))
    counts = tuple(sorted(_summed(chain(found.counts, composed.counts)).items()))
    whole = msgspec.structs.replace(parsed, problems=problems, counts=counts)
    return whole, {composed.body.digest: composed.blob}


def _topics(
    source: Source, content: bytes, reading: Reading, *, plain: bool
) -> tuple[Parsed, dict[str, bytes]]:
    """Return the topics that a source describes, and the blobs of their notes."""
    from lwnindex.readers.topicsfile import read_topics

    found = read_topics(content, source.file, reading)
    notes = [_noted(one.note, one.lines, reading, plain=plain) for one in found.told]
    both = list(zip((one.topic for one in found.told), notes, strict=True))
    parsed = Parsed(
        topics=tuple(
            msgspec.structs.replace(topic, note=note.body) if note else topic for topic, note in both
        ),
        problems=(*found.problems, *(one for note in notes if note for one in _faults_of(note, source))),
        counts=tuple(sorted(_summed(chain.from_iterable(note.counts for note in notes if note)).items())),
    )
    return parsed, {note.body.digest: note.blob for note in notes if note}


def _noted(note: str, lines: Sequence[int], reading: Reading, *, plain: bool) -> Composed | None:
    """Return the note of a topic as a body, nothing of none."""
    if not note.strip():
        return None
    host = urlsplit(reading.base or reading.source).netloc
    own = (note, lines, reading.extensions, host, reading.accelerate)
    return compose(*own, markup=reading.markdown, is_plain=plain)


def _is_page(source: Source) -> bool:
    return source.path.startswith(PAGES)


def _faults_of(composed: Composed, source: Source) -> Iterator[Problem]:
    for code, line, message, fix in composed.problems:
        yield problem(code, source.file, line, message, fix)


def _summed(counts: Iterator[tuple[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for name, count in counts:
        total[name] = total.get(name, 0) + count
    return total


def _article(
    source: Source,
    found: Manuscript,
    composed: Composed,
    reading: Reading,
    readers: Sequence[Reader] = (),
) -> Parsed:
    """Return a source as its one article."""
    own = found.id or stem_of(source.path)
    lang, problems = _language(found, source)
    card = Card(
        id=own,
        file=source.file,
        source=source.path,
        title=found.title or stem_of(source.path),
        date=found.date,
        updated=found.updated,
        authors=found.authors,
        lang=lang or reading.lang or None,
        slug=found.slug,
        teaser=found.summary or composed.body.teaser,
        entries=found.entries,
        entry_lines=found.entry_lines,
        references=tuple(references(composed.body, source.file, reading, *_takers(source, readers))),
        draft=found.draft,
        expires=found.expires,
        aliases=found.aliases,
    )
    article = Article(
        card=card,
        body=composed.body,
        badges=found.badges,
        original=found.original,
        base=_base(found, reading),
    )
    return Parsed(articles=(article,), problems=(*problems, *_missing(found, source)))


def _takers(source: Source, readers: Sequence[Reader]) -> Iterator[Callable[[str], bool]]:
    """Yield what tells of a file's name whether a plug-in takes it, if there are readers of any."""
    folder = source.file.removesuffix(source.path)
    if readers:
        yield lambda file: file.startswith(folder) and bool(taker(readers, file.removeprefix(folder)))


def _base(found: Manuscript, reading: Reading) -> str | None:
    """Return what addresses in a body are relative to that lead to nothing here; None for the publication.

    That is where the article was published; an archive that tells no address has none to lead to.
    """
    if reading.preset == "lwn" and not reading.base:
        host = urlsplit(found.original).hostname if found.original else None
        return found.original if host and host not in names.hosts_of(reading.source) else None
    if found.original or not reading.base:
        return found.original or ""
    return urljoin(reading.base, quote(found.aliases[0])) if found.aliases else reading.base


def _page(source: Source, found: Manuscript, composed: Composed) -> Parsed:
    """Return a source below `pages/` as a plain page: `pages/about.md` is `about/index.html`."""
    inner = source.path.removeprefix(PAGES).rpartition(".")[0]
    folders = [names.segment(each) for each in inner.removesuffix("/index").split("/")]
    lang, problems = _language(found, source)
    page = PlainPage(
        file=source.file,
        source=source.path,
        path=names.page_of("/".join(folders)),
        title=found.title or stem_of(source.path),
        body=composed.body,
        nav=found.nav,
        lang=lang,
        draft=found.draft,
    )
    return Parsed(pages=(page,), problems=(*problems, *_untitled(found, source)))


def _language(found: Manuscript, source: Source) -> tuple[str | None, tuple[Problem, ...]]:
    if found.lang is None or places.is_tag(found.lang):
        return found.lang, ()
    return None, (problem("bad-field", source.file, 1, f'"{found.lang}" is no language tag.', places.NO_TAG),)


def _missing(found: Manuscript, source: Source) -> Iterator[Problem]:
    yield from _untitled(found, source)
    if found.date is None and not any(one.code in ("bad-date", "bad-header") for one in found.problems):
        fix = "Add one: `date: 2009-12-22` in the header, or a line `December 22, 2009` under the title."
        message = "the article has no date: it stands last in lists, and in no feed or archive page."
        yield problem("no-date", source.file, 1, message, fix)


def _untitled(found: Manuscript, source: Source) -> Iterator[Problem]:
    if not found.title:
        fix = "Add one: `title: ...` in the header, or a first line `# Title`."
        yield problem("no-title", source.file, 1, "there is no title; the name of the file serves.", fix)
