"""A source becomes articles: the reader that fits, the body rendered and cleaned, what is missing reported.

Bytes come in; out come the article's card and outline, its body as a blob named by its digest, and every
problem met. Pure: the same bytes, name and rules give the same result, so it is kept by their digest.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from urllib.parse import quote, unquote, urljoin, urlsplit

import msgspec

from lwnindex import names
from lwnindex.body import Composed, compose
from lwnindex.model import Article, Body, Card, Manuscript, Parsed, PlainPage, Problem, Reference, Source
from lwnindex.problems import problem
from lwnindex.readers import frontmatter, lwn, places
from lwnindex.readers.items import Items
from lwnindex.readers.text import decode, sound
from lwnindex.reading import Reading
from lwnindex.settings import FEEDS, SUFFIXES, describes_topics
from lwnindex.settings import PAGES as SAVED

PAGES = "pages/"
"""The folder of plain pages below a content folder."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_PAGE = re.compile(r"Articles/([^/]+)(?:/index\.html)?")
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_ROOTED = re.compile(
    r"(?:https?://([^/?#]+))?(/(?!/)[^?#]*)(?:\?[^#]*)?(?:#(.*))?", re.DOTALL | re.IGNORECASE
)
_RELATIVE = re.compile(r"(?![A-Za-z][A-Za-z0-9+.\-]*:|[/#?])([^?#]*)(?:\?[^#]*)?(?:#(.*))?", re.DOTALL)


def parse(source: Source, content: bytes, reading: Reading) -> tuple[Parsed, Mapping[str, bytes]]:
    """Return what a source holds, and the blobs of its bodies by their digests."""
    if describes_topics(source.path):
        return _topics(source, content, reading)
    found = manuscripts(source, content, reading)
    parts = [_parsed(source, one, reading) for one in found.manuscripts]
    if len(parts) == 1:
        parsed, blobs = parts[0]
        if not found.problems:
            return parsed, blobs
        return msgspec.structs.replace(parsed, problems=(*found.problems, *parsed.problems)), blobs
    return _joined([parsed for parsed, _ in parts], found.problems), dict(
        chain.from_iterable(blobs.items() for _, blobs in parts)
    )


def _joined(parts: Sequence[Parsed], problems: tuple[Problem, ...]) -> Parsed:
    """Return what the items of a source hold together."""
    return Parsed(
        articles=tuple(one for part in parts for one in part.articles),
        pages=tuple(one for part in parts for one in part.pages),
        problems=(*problems, *(one for part in parts for one in part.problems)),
        counts=tuple(sorted(_summed(chain.from_iterable(part.counts for part in parts)).items())),
    )


def _parsed(source: Source, found: Manuscript, reading: Reading) -> tuple[Parsed, dict[str, bytes]]:
    """Return what one manuscript holds, and the blob of its body by its digest."""
    host = urlsplit(_base(found, reading) or reading.source).netloc
    composed = compose(
        *(found.text, found.lines, reading.extensions, host, reading.accelerate), markup=found.markup
    )
    parsed = (
        _page(source, found, composed) if _is_page(source) else _article(source, found, composed, reading)
    )
    problems = (*found.problems, *parsed.problems, *_faults_of(composed, source))
    counts = tuple(sorted(_summed(chain(found.counts, composed.counts)).items()))
    whole = msgspec.structs.replace(parsed, problems=problems, counts=counts)
    return whole, {composed.body.digest: composed.blob}


def _topics(source: Source, content: bytes, reading: Reading) -> tuple[Parsed, dict[str, bytes]]:
    """Return the topics that a source describes, and the blobs of their notes."""
    from lwnindex.readers.topicsfile import read_topics

    found = read_topics(content, source.file, reading)
    notes = [_noted(one.note, one.lines, reading) for one in found.told]
    both = list(zip((one.topic for one in found.told), notes, strict=True))
    parsed = Parsed(
        topics=tuple(
            msgspec.structs.replace(topic, note=note.body) if note else topic for topic, note in both
        ),
        problems=(*found.problems, *(one for note in notes if note for one in _faults_of(note, source))),
        counts=tuple(sorted(_summed(chain.from_iterable(note.counts for note in notes if note)).items())),
    )
    return parsed, {note.body.digest: note.blob for note in notes if note}


def _noted(note: str, lines: Sequence[int], reading: Reading) -> Composed | None:
    """Return the note of a topic as a body, nothing of none."""
    if not note.strip():
        return None
    host = urlsplit(reading.base or reading.source).netloc
    return compose(note, lines, reading.extensions, host, reading.accelerate, markup=reading.markdown)


def manuscripts(source: Source, content: bytes, reading: Reading) -> Items:
    """Return what the reader that fits makes of a source, and what is wrong with the source as a whole."""
    if describes_topics(source.path):
        return Items()
    suffix = posixpath.splitext(source.path)[1].lower()
    if suffix in FEEDS:
        from lwnindex.readers import feed

        return _sound_items(feed.read(content, source.file, reading))
    text, faults = decode(content, source.file)
    if not text.strip():
        return Items((), (*faults, _empty(source)))
    if not places.is_article(source.path, reading.preset):
        return Items()
    if frontmatter.is_headed(text, reading):
        found = frontmatter.read(text, source.file, reading, source.path)
        if suffix in SAVED:
            found = msgspec.structs.replace(found, markup="html")
    elif suffix in SAVED:
        return _saved(source, content, reading)
    elif reading.preset == "lwn":
        found = lwn.read(text, source.file, reading)
        found = _published(found, source, reading)
    else:
        found = frontmatter.read(text, source.file, reading, source.path)
    return _sound_items(Items((found,), tuple(faults)))


def kind_of(source: Source, content: bytes, reading: Reading) -> str:
    """Return what a source is read as, for people."""
    if describes_topics(source.path):
        return "a file of topics"
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
    return _sound_items(found._replace(problems=(*faults, *found.problems)))


def _published(found: Manuscript, source: Source, reading: Reading) -> Manuscript:
    """Return a dump with the address that its number has at the publication."""
    own = found.id or _stem(source.path)
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
    """Return an address if it is one that a link may lead to."""
    return written if _WEB.fullmatch(written) else None


def _is_page(source: Source) -> bool:
    return source.path.startswith(PAGES)


def _empty(source: Source) -> Problem:
    return problem(
        "empty", source.file, 1, "the file holds no text.", "Write the article, or remove the file."
    )


def _faults_of(composed: Composed, source: Source) -> Iterator[Problem]:
    for code, line, message, fix in composed.problems:
        yield problem(code, source.file, line, message, fix)


def _summed(counts: Iterator[tuple[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for name, count in counts:
        total[name] = total.get(name, 0) + count
    return total


def _article(source: Source, found: Manuscript, composed: Composed, reading: Reading) -> Parsed:
    """Return a source as its one article."""
    own = found.id or _stem(source.path)
    lang, problems = _language(found, source)
    card = Card(
        id=own,
        file=source.file,
        source=source.path,
        title=found.title or _stem(source.path),
        date=found.date,
        updated=found.updated,
        authors=found.authors,
        lang=lang or reading.lang or None,
        slug=found.slug,
        teaser=found.summary or composed.body.teaser,
        entries=found.entries,
        entry_lines=found.entry_lines,
        references=tuple(_references(composed.body, source, reading)),
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
        title=found.title or _stem(source.path),
        body=composed.body,
        nav=found.nav,
        lang=lang,
        draft=found.draft,
    )
    return Parsed(pages=(page,), problems=(*problems, *_untitled(found, source)))


def _stem(path: str) -> str:
    """Return a source's name without its ending; of an `index` file, its folder's name."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    folder = posixpath.basename(posixpath.dirname(path))
    return sound(folder if stem == "index" and folder else stem) or "untitled"


def _language(found: Manuscript, source: Source) -> tuple[str | None, tuple[Problem, ...]]:
    if found.lang is None or _LANGUAGE.fullmatch(found.lang):
        return found.lang, ()
    fix = "Write a BCP 47 tag such as en, de or pt-BR."
    return None, (problem("bad-field", source.file, 1, f'"{found.lang}" is no language tag.', fix),)


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


def _references(body: Body, source: Source, reading: Reading) -> Iterator[Reference]:
    """Yield the articles that a body cites, by id or by the path of their source, once each."""
    hosts = names.hosts_of(reading.source)
    if not urlsplit(reading.url).path.strip("/"):
        hosts |= names.hosts_of(reading.url)
    seen: set[Reference] = set()
    for href in body.hrefs:
        found = _reference(href, source, reading, hosts)
        if found and found not in seen:
            seen.add(found)
            yield found


def _rooted(href: str, reading: Reading) -> Reference | None:
    """Return a reference to an address of an archive that was published elsewhere, by its path there."""
    if reading.preset == "lwn" and not reading.base:
        return None
    found = _ROOTED.fullmatch(href)
    if found is None or (found[1] and found[1].lower() not in names.hosts_of(reading.base)):
        return None
    return Reference(id=None, url=unquote(found[2]), fragment=unquote(found[3] or ""))


def _reference(href: str, source: Source, reading: Reading, hosts: frozenset[str]) -> Reference | None:
    cited = names.article_reference(href, hosts)
    if cited:
        return Reference(id=cited[0], url=None, fragment=cited[1])
    rooted = _rooted(href, reading)
    if rooted is not None:
        return rooted
    relative = _RELATIVE.fullmatch(href)
    if relative is None:
        return None
    page = _PAGE.fullmatch(posixpath.normpath(posixpath.join("Articles/_", unquote(relative[1]))))
    if page:
        return Reference(id=page[1], url=None, fragment=unquote(relative[2] or ""))
    if not relative[1].lower().endswith(SUFFIXES):
        return None
    near = posixpath.normpath(posixpath.join(posixpath.dirname(source.file), unquote(relative[1])))
    return Reference(id=None, url=near, fragment=unquote(relative[2] or ""))
