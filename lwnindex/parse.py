"""A source becomes articles: the reader that fits, the body rendered and cleaned, what is missing reported.

Bytes come in; out come the article's card and outline, its body as a blob named by its digest, and every
problem met. Pure: the same bytes, name and rules give the same result, so it is kept by their digest.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from urllib.parse import unquote, urlsplit

import msgspec

from lwnindex import names
from lwnindex.body import Composed, compose
from lwnindex.model import Article, Body, Card, Manuscript, Parsed, PlainPage, Problem, Reference, Source
from lwnindex.problems import problem
from lwnindex.readers import frontmatter, lwn
from lwnindex.readers.text import decode, sound
from lwnindex.settings import SUFFIXES, Reading

PAGES = "pages/"
"""The folder of plain pages below a content folder."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_PAGE = re.compile(r"Articles/([^/]+)(?:/index\.html)?")
_RELATIVE = re.compile(r"(?![A-Za-z][A-Za-z0-9+.\-]*:|[/#?])([^?#]*)(?:\?[^#]*)?(?:#(.*))?", re.DOTALL)


def parse(source: Source, content: bytes, reading: Reading) -> tuple[Parsed, Mapping[str, bytes]]:
    """Return what a source holds, and the blobs of its bodies by their digests."""
    found, headed, faults = manuscript(source, content, reading)
    if found is None:
        return Parsed(problems=(*faults, _empty(source))), {}
    host = urlsplit(reading.source).netloc
    composed = compose(found.text, found.lines, reading.extensions, host, reading.accelerate)
    parsed = (
        _page(source, found, composed)
        if _is_page(source)
        else _article(source, found, composed, reading, headed)
    )
    problems = (*faults, *found.problems, *parsed.problems, *_faults_of(composed, source))
    counts = tuple(sorted(_summed(chain(found.counts, composed.counts)).items()))
    blobs = {composed.body.digest: composed.blob}
    return msgspec.structs.replace(parsed, problems=problems, counts=counts), blobs


def manuscript(
    source: Source, content: bytes, reading: Reading
) -> tuple[Manuscript | None, bool, tuple[Problem, ...]]:
    """Return what the reader makes of a source, whether it has a header, and what is wrong with its bytes.

    There is no manuscript of a source without text.
    """
    text, faults = decode(content, source.file)
    if not text.strip():
        return None, False, tuple(faults)
    headed = frontmatter.is_headed(text)
    return _sound((frontmatter if headed else lwn).read(text, source.file, reading)), headed, tuple(faults)


def _sound(found: Manuscript) -> Manuscript:
    """Return a manuscript whose fields hold nothing that a page, a feed or a terminal cannot."""
    return msgspec.structs.replace(
        found,
        id=sound(found.id),
        title=sound(found.title),
        slug=sound(found.slug) or None if found.slug else None,
        summary=sound(found.summary),
        authors=tuple(filter(None, map(sound, found.authors))),
        entries=tuple(tuple(map(sound, entry)) for entry in found.entries),
        badges=tuple(msgspec.structs.replace(one, label=sound(one.label)) for one in found.badges),
    )


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


def _article(source: Source, found: Manuscript, composed: Composed, reading: Reading, headed: bool) -> Parsed:
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
        lang=lang,
        slug=found.slug,
        teaser=found.summary or composed.body.teaser,
        entries=found.entries,
        entry_lines=found.entry_lines,
        references=tuple(_references(composed.body, source, reading)),
        draft=found.draft,
    )
    original = (
        f"{reading.source}/Articles/{own}/" if reading.source and own.isdecimal() and not headed else None
    )
    article = Article(card=card, body=composed.body, badges=found.badges, original=original)
    return Parsed(articles=(article,), problems=(*problems, *_missing(found, source)))


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
        found = _reference(href, source, hosts)
        if found and found not in seen:
            seen.add(found)
            yield found


def _reference(href: str, source: Source, hosts: frozenset[str]) -> Reference | None:
    cited = names.article_reference(href, hosts)
    if cited:
        return Reference(id=cited[0], url=None, fragment=cited[1])
    relative = _RELATIVE.fullmatch(href)
    if relative is None:
        return None
    page = _PAGE.fullmatch(posixpath.normpath(posixpath.join("Articles/_", unquote(relative[1]))))
    if page:
        return Reference(id=page[1], url=None, fragment=unquote(relative[2] or ""))
    if not relative[1].lower().endswith(SUFFIXES):
        return None
    near = posixpath.normpath(posixpath.join(posixpath.dirname(source.path), unquote(relative[1])))
    return Reference(id=None, url=near, fragment=unquote(relative[2] or ""))
