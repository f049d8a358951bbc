"""A manuscript's text becomes a finished body: clean HTML in pieces, its links apart, and its outline.

limits, Markdown (unless the text is HTML), highlighting, cleaning, shaping, cleaning again: the order is the
promise that nothing an author writes runs in a reader's browser. What cannot go that way is published letter
by letter, with a problem that says so. Pure: equal texts give equal bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import chain
from urllib.parse import unquote

import msgspec

from lwnindex import fastpath, unseen
from lwnindex.clean import clean, sift, tangle
from lwnindex.digest import digest_bytes
from lwnindex.fastpath import Rendered
from lwnindex.highlight import highlight
from lwnindex.markup import PLAIN_END, PLAIN_START, TOO_LONG, as_plain, limits, plain_pieces
from lwnindex.mend import is_sound, mended
from lwnindex.model import Body, Dialect, Value
from lwnindex.readers.text import utf8
from lwnindex.settings import MarkdownSettings
from lwnindex.shape import PREFIX, Shaped, count_words, shape, text_of
from lwnindex.tags import Tags, plain, tags_of
from lwnindex.usual import usual

Fault = tuple[str, int, str, str]
"""A problem's code, line, sentence and way out."""

_ROUNDS = 4
_LONGEST_TEASER = 280
_LONG = 20_000
_MOST_SOUGHT = 100_000_000
"""How many characters of a text are looked through for links that are not written as they are."""

LARGEST_BLOB = 128 * 1024 * 1024
"""How many bytes of HTML show what is too large to be read; no browser shows as many with ease."""

_CUT: Fault = (
    *("too-large", 0, f"What does not fit into {LARGEST_BLOB >> 20} MiB of HTML is not shown."),
    "Split the article.",
)

_ENCODER = msgspec.msgpack.Encoder()

_HREF = re.compile(r'<a(?: (?!href=)[a-z-]+="[^"]*")*?( href="([^"]*)")')
_ID = re.compile(r'<[a-z0-9]+(?: (?!id=)[a-z-]+="[^"]*")*? id="([^"]*)"')
_PARAGRAPH = re.compile(r'<(/?)(?:(blockquote|ul|ol|dl|table)|p)(?: [a-z-]+="[^"]*")*>')
_NOTES = '<div class="footnote"'
_IMAGE = re.compile(r'<a href="[^"]*" class="image">([^<>]*\(image(?:, [^()<>]*)?\))</a>')
_MARK = re.compile(r" ?\(image(?:, [^()]*)?\)$")
_IMAGE_LINK = re.compile(r' ?<a (?:[a-z-]+="[^"]*" )*class="image"[^<>]*>.*?</a>', re.DOTALL)


class Composed(Value, frozen=True, kw_only=True):
    """A body, its blob, how often what was changed, and what could not be published as written."""

    body: Body
    blob: bytes
    counts: tuple[tuple[str, int], ...] = ()
    problems: tuple[Fault, ...] = ()


def compose(
    text: str,
    lines: Sequence[int] = (),
    extensions: tuple[str, ...] = MarkdownSettings().extensions,
    host: str = "",
    accelerate: bool = MarkdownSettings().accelerate,
    *,
    markup: Dialect = "python",
    excess: str = "",
    is_plain: bool = False,
    below: Iterable[str] | None = None,
) -> Composed:
    """Return the body of a text in one of the dialects.

    `lines` are the source's line numbers of the text's lines, and `host` is where an image stands whose
    address names none; `extensions` are Python-Markdown's, and `accelerate` changes nothing but the time.
    A text that Markdown or HTML would take too long for comes out as plain text; so does one of which
    `excess` already says what it has too much of, and, with nothing to be told, one that `is_plain`. So does
    a text that goes on `below` in pieces, as far as there is room on a page.
    """
    if is_plain:
        return letters(text, below=below)
    if below is not None:
        return letters(text, (_too_large(TOO_LONG, lines),), below)
    is_usual = fastpath.KNOWN_EXTENSIONS.issuperset(extensions)
    if reason := excess or limits(text, markup, usual=is_usual):
        return _plainly(text, reason, lines)
    text = text if _is_encodable(text) else text.encode("utf-8", "replace").decode("utf-8")
    written, coloured, reason = _html(text, extensions, accelerate, markup)
    if written is None:
        return _plainly(text, reason, lines)
    finished = _quickly(written, host) or _finished(written.html, host)
    if finished is None:
        return _plainly(text, "Its HTML is too tangled to be cleaned.", lines)
    counts = {**finished.counts, **({"highlight": coloured} if coloured else {})}
    ids = finished.ids
    pieces, hrefs, images = _split(finished.html) if ids is None else _split_bare(finished.html)
    blob = _ENCODER.encode(pieces)
    lines_of = _raw_href_lines if markup == "html" else _href_lines
    body = Body(
        digest=digest_bytes(blob),
        hrefs=hrefs,
        href_lines=tuple(lines_of(hrefs, text, lines)),
        images=images,
        anchors=_anchors(finished.html) if ids is None else ids,
        contents=finished.contents,
        words=finished.words,
        size=len(blob),
        teaser=_teaser(finished.html),
    )
    return Composed(body=body, blob=blob, counts=tuple(sorted(counts.items())))


def _plainly(text: str, reason: str, lines: Sequence[int]) -> Composed:
    """Return a text letter by letter, and why."""
    return letters(text, (_too_large(reason, lines),))


def letters(text: str, problems: tuple[Fault, ...] = (), below: Iterable[str] | None = None) -> Composed:
    """Return the body that shows a text letter by letter, and what stands below it if it is very large."""
    if below is None:
        blob, is_whole = _ENCODER.encode((as_plain(text),)), True
    else:
        blob, is_whole = packed(plain_pieces(chain([f"{text}\n"] if text else [], below)))
    told = problems if is_whole else (*problems, _CUT)
    # Of what goes on below nobody wants to know the number.
    words = count_words(text.encode("utf-8", "replace")) if below is None else 0
    body = Body(digest=digest_bytes(blob), words=words, size=len(blob))
    return Composed(body=body, blob=blob, problems=told)


def packed(pieces: Iterable[str]) -> tuple[bytes, bool]:
    """Return a blob of letters in pieces, no larger than LARGEST_BLOB, and whether all are in it."""
    found = [PLAIN_START.encode()]
    room = LARGEST_BLOB - len(PLAIN_START) - len(PLAIN_END)
    for piece in pieces:
        raw = piece.encode("utf-8", "replace")
        room -= len(raw)
        if room < 0:
            break
        found.append(raw)
    found.append(PLAIN_END.encode())
    # MessagePack: an array of one text, whose length is told before it.
    head = b"\x91\xdb" + sum(map(len, found)).to_bytes(4, "big")
    return b"".join([head, *found]), room >= 0


def _is_encodable(text: str) -> bool:
    """Return whether a text is without surrogates."""
    try:
        utf8(text)
    except UnicodeEncodeError:
        return False
    return True


def _html(
    text: str, extensions: tuple[str, ...], accelerate: bool, dialect: Dialect
) -> tuple[Rendered | None, int, str]:
    """Return a text as HTML and how many blocks of code have colours; or nothing, and why."""
    try:
        written, is_quick = _rendered(text, extensions, accelerate, dialect)
    except RecursionError:
        return None, 0, "The text is nested too deeply."
    except _unreadable():
        return None, 0, "CommonMark's engine fails on it."
    # What the fast way wrote is nested well and not deeply; only a tag may be too long.
    is_short = is_quick and dialect == "python" and len(written) < _LONG
    if not is_short and (reason := tangle(written)):
        return None, 0, reason
    coloured, blocks = highlight(written)
    return Rendered(coloured, is_quick), blocks, ""


# What the usual site, of dumps and Python-Markdown, never asks for is loaded where it is asked for.


def _raw_href_lines(hrefs: Sequence[str], text: str, lines: Sequence[int]) -> Iterator[int]:
    from lwnindex.rawhtml import href_lines

    return href_lines(hrefs, text, lines)


def _unreadable() -> type[Exception]:
    """Return what CommonMark's engine fails with; asked for once something failed."""
    from lwnindex.commonmark import UnreadableError

    return UnreadableError


def _rendered(text: str, extensions: tuple[str, ...], accelerate: bool, dialect: Dialect) -> Rendered:
    """Return the HTML of a text, and whether all of it is pyromark's own."""
    if dialect == "commonmark":
        from lwnindex.commonmark import rendered

        return rendered(text)
    if dialect == "html":
        from lwnindex.rawhtml import to_html

        return Rendered(to_html(text), False)
    return fastpath.rendered(text, extensions, accelerate=accelerate)


def _quickly(written: Rendered, host: str) -> Shaped | None:
    """Return what pyromark wrote shaped without sifting it, if the last cleaning leaves that as it is."""
    is_tame = written.is_quick and not unseen.has_any(written.html)
    shaped = usual(written.html, host) if is_tame else None
    return shaped if shaped and clean(shaped.html) == shaped.html else None


def _finished(written: str, host: str) -> Shaped | None:
    """Return HTML sifted, mended and shaped, in a form that the last cleaning leaves as it is.

    Where elements had to go, the next reading may find another tree, so it is read again until it does not.
    """
    tags = _sound(unseen.of_html(sift(written)))
    counts = None
    for _ in range(_ROUNDS):
        shaped = shape(tags, host)
        counts = shaped.counts if counts is None else counts
        current = clean(shaped.html)
        if current == shaped.html:
            return shaped._replace(counts=counts)
        tags = _sound(current)
    return None


def _sound(sifted: str) -> Tags:
    """Return the tags of sifted HTML, mended where it needs that."""
    tags = tags_of(sifted)
    return tags if is_sound(tags, sifted) else tags_of(mended(sifted))


def _too_large(reason: str, lines: Sequence[int]) -> Fault:
    fix = "Split the article, or take out what makes it so large; until then it is shown as plain text."
    return "too-large", lines[0] if lines else 0, reason, fix


def _anchors(finished: str) -> tuple[str, ...]:
    return tuple(map(plain, _ID.findall(finished))) if ' id="' in finished else ()


def _split(finished: str) -> tuple[list[str], tuple[str, ...], tuple[tuple[int, str, str], ...]]:
    """Return the pieces around the addresses of links, these addresses, and which of them are images'."""
    pieces = []
    hrefs: list[str] = []
    images = []
    end = 0
    for found in _HREF.finditer(finished):
        image = _IMAGE.match(finished, found.start())
        first, last = image.span() if image else found.span(1)
        pieces.append(finished[end:first])
        if image:
            words = plain(image[1])
            images.append((len(hrefs), _MARK.sub("", words), words))
        hrefs.append(plain(found[2]))
        end = last
    return [*pieces, finished[end:]], tuple(hrefs), tuple(images)


def _split_bare(finished: str) -> tuple[list[str], tuple[str, ...], tuple[tuple[int, str, str], ...]]:
    """Return the same as `_split` for a body in which every link has its address first, and none an image."""
    first, *linked = finished.split('<a href="')
    parted = [each.partition('"') for each in linked]
    pieces = [first, *(rest for _, _, rest in parted)]
    hrefs = tuple(plain(href) for href, _, _ in parted)
    return [*(f"{piece}<a" for piece in pieces[:-1]), pieces[-1]], hrefs, ()


def _href_lines(hrefs: Sequence[str], text: str, lines: Sequence[int]) -> Iterator[int]:
    """Yield the line of the source in which each link seems to stand; 0 where none can be told."""
    last = counted = number = sought = 0
    elsewhere: dict[str, int] = {}
    for href in hrefs:
        is_sought = href not in elsewhere and sought < _MOST_SOUGHT
        place = text.find(href, last) if href and is_sought else -1
        if place < 0:
            if is_sought:
                sought += len(text)
                elsewhere[href] = _line_of(href, text, lines)
            yield elsewhere.get(href, 0)
            continue
        number += text.count("\n", counted, place)
        counted, last = place, place + len(href)
        yield lines[number] if number < len(lines) else 0


def _line_of(href: str, text: str, lines: Sequence[int]) -> int:
    """Return the first line in which a link may stand that was written in another way, or 0."""
    place = next((at for each in _spellings(href) if (at := text.find(each)) >= 0), -1)
    number = text.count("\n", 0, place)
    return lines[number] if place >= 0 and number < len(lines) else 0


def _spellings(href: str) -> Iterator[str]:
    """Yield the ways in which a link may have been written that this address came from."""
    if href.startswith(f"#{PREFIX}fn"):
        yield "[^" + href.partition(":")[2] + "]"
    elif href.startswith(f"#{PREFIX}"):
        yield "#" + href.removeprefix(f"#{PREFIX}")
    elif href:
        bracketed = href.replace("(", "\\(").replace(")", "\\)")
        yield from (href, escape(href), bracketed, href.removeprefix("mailto:"), unquote(href))


def _teaser(finished: str) -> str:
    """Return the text of the first paragraph that is no quote, list, table or note, cut at a word."""
    if finished.startswith("<p>") and (said := _said(finished[3 : finished.index("</p>")])):
        return _cut(said)
    for paragraph in _paragraphs(finished):
        if said := _said(paragraph):
            return _cut(said)
    return ""


def _said(paragraph: str) -> str:
    """Return the text of a paragraph without the links to images."""
    return text_of(_IMAGE_LINK.sub("", paragraph) if 'class="image"' in paragraph else paragraph)


def _paragraphs(finished: str) -> Iterator[str]:
    """Yield what stands in the paragraphs that are in no quote, list, table or note."""
    depth = 0
    notes = finished.find(_NOTES)
    for found in _PARAGRAPH.finditer(finished, 0, notes if notes >= 0 else len(finished)):
        if found[2]:
            depth += -1 if found[1] else 1
        elif not depth and not found[1]:
            yield finished[found.end() : finished.index("</p>", found.end())]


def _cut(text: str) -> str:
    if len(text) <= _LONGEST_TEASER:
        return text
    start = text[:_LONGEST_TEASER]
    whole = start.rpartition(" ")[0] or start[:-1]
    return whole.rstrip(" ,;:-\N{EN DASH}\N{EM DASH}") + "…"
