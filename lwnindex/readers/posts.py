"""An item of a feed, in whatever format it came, becomes a manuscript.

Texts are kept whole: what may stand on a page is decided by the last cleaning of every body.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from posixpath import basename
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from lwnindex import names
from lwnindex.model import Manuscript, Problem
from lwnindex.problems import problem
from lwnindex.readers.entries import filed, terms
from lwnindex.readers.feeddates import read_feed_date
from lwnindex.readers.text import sound
from lwnindex.reading import Reading

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--[^<>]*-->")
_BREAK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|dl|dt|dd|h[1-6]|tr|td|th|table|pre|blockquote|hr)\b[^<>]*>", re.IGNORECASE
)
_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>[^<]*(?:</\1\s*>)?", re.IGNORECASE)
_OPENED = re.compile(r"<[A-Za-z][^<>]*>")
_ADDRESS = re.compile(
    r"(?<=[\s\"'])(href|src|cite|poster|data)(\s*=\s*)(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>=]+))",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_PAID = re.compile(r"\[\$\]\s*(?=\S)")
_MAIL = re.compile(r"[<(\[]?(?:mailto:)?([^\s@<>()\[\],;]{1,80})@[^\s@<>()\[\],;]{1,200}[>)\]]?")
_AROUND = " \t,;()<>[]\"'"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_NO_TITLE = 70
_LONGEST_SUMMARY = 700
_LONGEST_TITLE = 1_000
_LONGEST_PLAIN = 20_000


class Said(NamedTuple):
    """A text of a feed: what it is written in, and what its relative addresses start from."""

    text: str = ""
    is_html: bool = False
    base: str = ""


class Post(NamedTuple):
    """An item as its feed has it; dates are as they stand there.

    `texts` are all that could be its text, `attached` the (address, name) of files that belong to it, `line`
    where it stands in the feed.
    """

    guid: str = ""
    link: str = ""
    title: Said = Said()
    texts: tuple[Said, ...] = ()
    summary: Said = Said()
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    lang: str = ""
    categories: tuple[str, ...] = ()
    attached: tuple[tuple[str, str], ...] = ()
    line: int = 1


def manuscript(post: Post, file: str, reading: Reading) -> Manuscript:
    """Return an item as a manuscript whose text is HTML; its id is empty where its address names none."""
    link = whole(post.link, reading)
    body = _body(post, address(link) or address(reading.base))
    title, problems = _titled(post, body, link, file)
    date, updated, bad = _dates(post, file)
    entries = filed(terms([("categories", one, post.line) for one in post.categories], reading), file)
    return Manuscript(
        text=body,
        markup="html",
        lines=(post.line,) * (body.count("\n") + 1 if body else 0),
        id=_id(link, reading),
        title=title,
        date=date,
        updated=updated,
        authors=_authors(post.authors, link, reading),
        lang=_language(post.lang) or _language(reading.lang) or None,
        summary=_summary(post, body),
        original=link or None,
        entries=entries.entries,
        entry_lines=entries.lines,
        problems=(*problems, *bad, *entries.problems),
    )


def says_something(post: Post) -> bool:
    """Return whether an item has a title, a text, an address or a file: without any it is no article."""
    texts = (post.title, post.summary, *post.texts)
    return any(said.text.strip() for said in texts) or bool(post.link or post.attached)


def whole(link: str, reading: Reading) -> str:
    """Return an item's address on the web, a relative one as seen from where the feed was published."""
    return address(link) or (address(joined(reading.base, link.strip())) if link and reading.base else "")


def address(link: str) -> str:
    """Return a whole address of the web as it can be linked to, or nothing."""
    bare = "".join(link.split())
    try:
        parts = urlsplit(bare)
    except ValueError:
        return ""
    return bare if parts.scheme in ("http", "https") and parts.netloc else ""


def _id(link: str, reading: Reading) -> str:
    found = names.article_reference(link, names.hosts_of(reading.source)) if link else None
    return found[0] if found else ""


# The title ---------------------------------------------------------------------------------------


def _titled(post: Post, body: str, link: str, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Return an item's title; where it has none, its first words or its address, and a problem."""
    title = plain(post.title)[:_LONGEST_TITLE]
    bare = _PAID.sub("", title, count=1) if _PAID.match(title) else title
    if bare:
        return bare, ()
    words = plain(Said(body, is_html=True))
    instead = words if len(words) <= _NO_TITLE else words[:_NO_TITLE].rpartition(" ")[0] + " …"
    fix = "Add a title to the item."
    message = "an item has no title; its first words, or its address, serve."
    return instead or link, (problem("no-title", file, post.line, message, fix),)


def plain(said: Said) -> str:
    """Return a text's words on one line, without tags where it is HTML."""
    if not said.is_html:
        return sound(said.text[:_LONGEST_PLAIN])
    bare = _HIDDEN.sub("", said.text[:_LONGEST_PLAIN])
    return sound(html.unescape(_TAG.sub("", _BREAK.sub(" ", bare))))


# The text ----------------------------------------------------------------------------------------


def _body(post: Post, base: str) -> str:
    """Return the longest of an item's texts as HTML, and below it links to the files that belong to it."""
    longest = max((*post.texts, post.summary), key=lambda said: len(said.text))
    text = as_html(longest, base).strip()
    links = (_attached(*one) for one in post.attached if html.escape(one[0]) not in text)
    return "\n".join(filter(None, (text, *dict.fromkeys(links))))


def as_html(said: Said, base: str = "") -> str:
    """Return a text as HTML with whole addresses; one without tags in paragraphs as blank lines part it.

    Its own base counts before `base`.
    """
    if not said.text.strip():
        return ""
    if said.is_html and "<" in said.text:
        return _resolved(said.text, address(said.base) or base)
    words = said.text.strip() if said.is_html else html.escape(said.text.strip(), quote=False)
    return "\n".join(f"<p>{each}</p>" for each in _BLANK.split(words) if each)


def _resolved(text: str, base: str) -> str:
    """Return HTML whose relative addresses are taken from `base`."""
    if not address(base):
        return text
    return _OPENED.sub(lambda tag: _ADDRESS.sub(lambda found: _absolute(found, base), tag[0]), text)


def _absolute(found: re.Match[str], base: str) -> str:
    written = html.unescape(found[3] or found[4] or found[5] or "").strip()
    if not written or written.startswith("#") or _SCHEME.match(written):
        return found[0]
    return f'{found[1]}{found[2]}"{html.escape(joined(base, written))}"'


def joined(base: str, written: str) -> str:
    """Return an address as seen from a base; as it is written where it cannot be read."""
    try:
        return urljoin(base, written)
    except ValueError:
        return written


def _attached(link: str, name: str) -> str:
    """Return a line with a link to a file, called by its name."""
    href = address(link)
    if not href:
        return ""
    parts = urlsplit(href)
    shown = sound(name) or sound(unquote(basename(parts.path.rstrip("/")))) or parts.netloc
    return f'<p><a href="{html.escape(href)}">{html.escape(shown, quote=False)}</a></p>'


def _summary(post: Post, body: str) -> str:
    """Return a summary that is not the text itself and is short enough to be one."""
    words = plain(post.summary)
    if len(words) > _LONGEST_SUMMARY or as_html(post.summary).strip() == body:
        return ""
    return words


# All else ----------------------------------------------------------------------------------------


def _dates(post: Post, file: str) -> tuple[str | None, str | None, tuple[Problem, ...]]:
    """Return when an item was published and, if that is another date, updated; a problem for no date."""
    problems = []
    found = []
    for written in (post.published, post.updated):
        try:
            found.append(read_feed_date(written))
        except ValueError as error:
            found.append(None)
            fix = "Write it as the feed's format asks, or as 2009-12-22."
            problems.append(problem("bad-date", file, post.line, str(error), fix))
    published, updated = found
    date = published or updated
    return date, updated if updated != date else None, tuple(problems)


def _authors(authors: Iterable[str], link: str, reading: Reading) -> tuple[str, ...]:
    """Return the names of an item's authors; nicknames are those of the publication alone."""
    is_own = not link or urlsplit(link).netloc.lower() in names.hosts_of(reading.source)
    nicks = dict(reading.nicks) if is_own else {}
    found = (_name(sound(one), nicks) for one in authors)
    return tuple(dict.fromkeys(filter(None, found)))


def _name(written: str, nicks: dict[str, str]) -> str:
    """Return the name of a person without a mail address; of an address alone, whom its user is known as."""
    mail = _MAIL.search(written)
    bare = _MAIL.sub("", written).strip(_AROUND) if mail else written
    if not bare and mail:
        return nicks.get(mail[1], "")
    return nicks.get(bare, bare)


def _language(tag: str) -> str:
    """Return a language tag, or nothing where it is none."""
    bare = tag.strip().replace("_", "-")
    return bare if _LANGUAGE.fullmatch(bare) else ""
