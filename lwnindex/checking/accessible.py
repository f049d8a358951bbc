"""What keeps people from reading a page who do not see it, or do not use a mouse: the basics of WCAG 2.2.

Only what can be told from the tags for certain is a fault; what takes judgement is left to people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lwnindex.checking.faults import Fault, rootless, short
from lwnindex.checking.tags import Scanned, Tag, words

_VAGUE = {
    "en": ("here", "click here", "this link", "link", "read more", "more", "this page", "see here", "click"),
    "de": (
        "hier",
        "hier klicken",
        "klicken sie hier",
        "dieser link",
        "link",
        "mehr",
        "weiterlesen",
        "siehe hier",
    ),
    "fr": ("ici", "cliquez ici", "ce lien", "lien", "lire la suite", "plus"),
    "es": ("aquí", "haga clic aquí", "este enlace", "enlace", "leer más", "más"),
}
"""Texts of links that say nothing of where they lead, by language."""

_FAR = 1000
"""Tags that an end tag may be away: what is never ended is told otherwise."""

_MARKS = re.compile(r"^\W+|\W+$")
_HEADING = re.compile("h([1-6])")
_UNLABELLED = frozenset(("hidden", "submit", "button", "reset", "image"))
_NAMES = ("aria-label", "aria-labelledby", "title")


def faults(page: Scanned, lang: str) -> Iterator[Fault]:
    """Yield what is wrong with a page; `lang` is its language where it says none itself."""
    yield from _document(page)
    yield from _ids(page)
    yield from _headings(page)
    yield from _pictures(page)
    yield from _links(page, lang)
    yield from _tables(page)
    yield from _fields(page)


def _document(page: Scanned) -> Iterator[Fault]:
    """Yield what a whole document lacks; a file that is a piece of one need not have it."""
    root = next((tag for tag in page.tags if tag.name == "html"), None)
    if root is None and not page.has_doctype:
        return
    if root is None or not root.given.get("lang", "").strip():
        message = "the page does not say in which language it is."
        yield Fault("no-lang", "lang", message, 'Write it into the first tag: <html lang="en">.')
    if not _title(page):
        message = "the page has no title, which is what tabs, bookmarks and search results show."
        yield Fault("no-page-title", "title", message, "Write one into the head: <title>...</title>.")


def _title(page: Scanned) -> str:
    number = next(
        (number for number, tag in enumerate(page.tags) if tag.name == "title" and not tag.is_end), None
    )
    return "" if number is None or number + 1 >= len(page.tags) else words(page, number, number + 1)


def _ids(page: Scanned) -> Iterator[Fault]:
    seen: set[str] = set()
    for tag in page.tags:
        name = tag.given.get("id")
        if name is None:
            continue
        if name in seen:
            message = f'the id "{short(name)}" stands on a page twice; links lead to the first.'
            yield Fault(
                "repeated-id", name, message, "Give one of the two another id.", tag.start, tag.own, name
            )
        seen.add(name)


def _headings(page: Scanned) -> Iterator[Fault]:
    last = 0
    for number, tag in enumerate(page.tags):
        found = None if tag.is_end or tag.name[0] != "h" else _HEADING.fullmatch(tag.name)
        if not found:
            continue
        level = int(found[1])
        if level > last + 1:
            what = f"<h{level}> follows {f'<h{last}>' if last else 'no heading'}"
            fix = "Leave out no level: who listens to a page goes by them."
            said = _said(page, number)
            yield Fault("heading-order", tag.name, f'{what}: "{short(said)}".', fix, tag.start, tag.own, said)
        last = level


def _said(page: Scanned, number: int) -> str:
    """Return the words of an element, up to the end tag of its name."""
    name = page.tags[number].name
    for last in range(number + 1, min(len(page.tags), number + _FAR)):
        if page.tags[last].name == name and page.tags[last].is_end:
            return words(page, number, last)
    return ""


def _pictures(page: Scanned) -> Iterator[Fault]:
    for tag in page.tags:
        if tag.name != "img":
            continue
        name = tag.given.get("src", "").rpartition("/")[2]
        # Where the author of an article gives no words, its name stands for a picture.
        said = (tag.given.get(key, "").strip() for key in ("alt", *_NAMES))
        is_named = any(each and not (tag.own and each == unquote(name)) for each in said)
        is_hidden = "alt" in tag.given and (not tag.own or tag.given.get("role") in ("presentation", "none"))
        if not is_named and not is_hidden:
            source = tag.given.get("src", "")
            message = f'the picture "{short(rootless(source))}" has no words that stand for it.'
            fix = 'Say what it shows: ![sizes by year](chart.png); in a template alt="" if it only decorates.'
            yield Fault(
                "no-alt", rootless(source), message, fix, tag.start, tag.own, source.rpartition("/")[2]
            )


def _links(page: Scanned, lang: str) -> Iterator[Fault]:
    tongue = next((tag.given.get("lang", "") for tag in page.tags if tag.name == "html"), "") or lang
    vague = _VAGUE.get(tongue.partition("-")[0].lower(), ())
    for number, tag in enumerate(page.tags):
        if tag.is_end or not (tag.name == "button" or (tag.name == "a" and "href" in tag.given)):
            continue
        said = next((tag.given[name] for name in _NAMES if tag.given.get(name, "").strip()), "") or _said(
            page, number
        )
        target = tag.given.get("href", "")
        if not said.strip():
            yield _empty(tag, target)
        elif tag.own and _MARKS.sub("", said).lower() in vague:
            yield _saying_nothing(tag, target, said)


def _empty(tag: Tag, target: str) -> Fault:
    what = f'the link to "{short(rootless(target))}"' if tag.name == "a" else "a button"
    message = f"{what} has no words, so nobody who listens to the page knows what it is for."
    return Fault(
        "empty-link",
        rootless(target),
        message,
        "Put words into it, or an aria-label.",
        tag.start,
        tag.own,
        target,
    )


def _saying_nothing(tag: Tag, target: str, said: str) -> Fault:
    message = f'the link "{short(said)}" to "{short(rootless(target))}" does not say where it leads.'
    fix = "Put words that name its target into the link."
    return Fault(
        "vague-link", rootless(target), message, fix, tag.start, tag.own, needle=target, link=said.strip()
    )


def _tables(page: Scanned) -> Iterator[Fault]:
    open_tables: list[tuple[Tag, bool]] = []
    for tag in page.tags:
        if tag.name == "table" and not tag.is_end:
            open_tables.append((tag, tag.given.get("role") in ("presentation", "none")))
        elif tag.name == "th" and open_tables:
            open_tables[-1] = (open_tables[-1][0], True)
        elif tag.name == "table" and open_tables:
            table, has_heads = open_tables.pop()
            if not has_heads:
                said = " ".join(re.sub(r"<[^>]*>", " ", page.text[table.stop : tag.start]).split())
                message = f'a table has no heads of columns or rows: "{short(said, 40)}".'
                fix = "Make its first row one of heads: a line of --- below it in Markdown, <th> in HTML."
                yield Fault("table-headers", short(said), message, fix, table.start, table.own, said[:40])


def _fields(page: Scanned) -> Iterator[Fault]:
    labelled = {tag.given.get("for") for tag in page.tags if tag.name == "label"}
    inside = 0
    for tag in page.tags:
        inside += 0 if tag.name != "label" else -1 if tag.is_end else 1
        if tag.is_end or tag.name not in ("input", "select", "textarea"):
            continue
        is_named = inside > 0 or any(tag.given.get(name, "").strip() for name in _NAMES)
        if (
            not is_named
            and tag.given.get("type", "").lower() not in _UNLABELLED
            and tag.given.get("id") not in labelled
        ):
            what = f"<{tag.name}{_named(tag)}>"
            message = f"the field {what} has no label."
            yield Fault(
                "no-label",
                what,
                message,
                "Write <label for=ID> before it, or an aria-label.",
                tag.start,
                tag.own,
            )


def _named(tag: Tag) -> str:
    return next((f' {key}="{tag.given[key]}"' for key in ("name", "id") if key in tag.given), "")
