"""A saved page as a tree: what is looked for in it by CSS selectors, and the source's lines beside it.

selectolax parses as browsers do. What would take it or the cleaning afterwards long is refused before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from lwnindex import names
from lwnindex.clean import tangle
from lwnindex.readers.text import squeezed
from lwnindex.reading import Reading

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_LARGEST = 8 * 1024 * 1024
_MOST_ATTRIBUTES = 500
_SAVED = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url: )(https?://[^\s<>]+)"
)
_RAW = ("script", "style")
_CHROME = (
    "script, style, noscript, template, iframe, object, embed, form, button, input, select, textarea, nav"
)
_FURNITURE = ", ".join(
    (
        "[hidden]",
        '[style*="display:none" i], [style*="display: none" i]',
        *(
            f'[role="{role}"]'
            for role in ("navigation", "search", "menu", "toolbar", "dialog", "alertdialog")
        ),
        "#comments, #respond, #disqus_thread, .comments, .comments-area, .comment-list, .comment-respond",
        ".fb-comments, .fb-like, .fb-share-button, .twitter-share-button, .g-plusone",
        ".sharedaddy, .jp-relatedposts, .addtoany_share_save_container, .addthis_toolbox, .a2a_kit",
        ".share-buttons, .social-share, .social-sharing, .social-buttons, .sharing-buttons",
        ".related-posts, .relatedposts, .post-navigation, .nav-links, .breadcrumb, .breadcrumbs",
        ".adsbygoogle, .advertisement, .ad-container, .newsletter-signup, .screen-reader-text",
    )
)
"""What is around a text on pages of all kinds: hidden, or called as common programs call it."""

_LATER = ("data-src", "data-original", "data-lazy-src", "data-orig-file")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_TEXT = re.compile(r"<[^<>]*+>|&#?\w+;|\xa0")
_SHORT = 6
_WINDOW = 16_384
_MOST_SOUGHT = 100_000_000
"""How many characters of a page are looked through for where its text starts."""


class Page(NamedTuple):
    """A saved page: its source, the name it is known by, the rules to read it by, and its tree."""

    text: str
    file: str
    reading: Reading
    tree: LexborHTMLParser


def too_large(text: str) -> str | None:
    """Return why a page must not be parsed, as a sentence; None for all pages that are any."""
    if len(text) > _LARGEST:
        return f"The page is larger than {_LARGEST // 1024 // 1024} MB."
    bare = _without_scripts(text)
    if any(tag.count("=") > _MOST_ATTRIBUTES for tag in _long_tags(bare)):
        return f"An HTML tag has more than {_MOST_ATTRIBUTES} attributes."
    return tangle(bare)


def _long_tags(text: str) -> Iterator[str]:
    """Yield what stands between two `<` where it is long enough to hold many attributes."""
    return (each for each in text.split("<") if len(each) > 2 * _MOST_ATTRIBUTES and "=" in each)


def _without_scripts(text: str) -> str:
    """Return a page without its scripts and styles, in which angle brackets are no tags."""
    low = text.lower()
    if len(low) != len(text):
        return text
    for name in _RAW:
        low, text = _without(low, text, f"<{name}", f"</{name}")
    return text


def _without(low: str, text: str, opening: str, closing: str) -> tuple[str, str]:
    pieces, lows = [], []
    end = 0
    while (start := low.find(opening, end)) >= 0 and (close := low.find(closing, start)) >= 0:
        pieces.append(text[end:start])
        lows.append(low[end:start])
        end = close
    return "".join([*lows, low[end:]]), "".join([*pieces, text[end:]])


def page(text: str, file: str, reading: Reading) -> Page:
    """Return a page as a tree; its text must have been found not to be too large."""
    from selectolax.lexbor import LexborHTMLParser

    return Page(text, file, reading, LexborHTMLParser(text))


def words(node: LexborNode | None) -> str:
    """Return the words of an element with single spaces, or nothing of none; a `<br>` is a space."""
    if node is None:
        return ""
    parts = (
        " " if each.tag in ("br", "p", "div", "li") else each.text_content or "" for each in _within(node)
    )
    return squeezed("".join(parts))


def _within(node: LexborNode) -> Iterator[LexborNode]:
    return iter(node.traverse(include_text=True))


def attribute(node: LexborNode | None, name: str) -> str:
    """Return an element's attribute, or nothing where it has none."""
    return squeezed(node.attributes.get(name) or "") if node is not None else ""


def drop(nodes: Iterable[LexborNode]) -> int:
    """Return how many elements were taken out of their tree."""
    count = 0
    for node in nodes:
        node.decompose()
        count += 1
    return count


def drop_chrome(node: LexborNode) -> int:
    """Return how many forms, scripts and navigations were taken out of an element."""
    return drop(outermost(node.css(_CHROME)))


def drop_furniture(node: LexborNode) -> int:
    """Return how many comments, buttons for sharing, adverts and hidden elements were taken out."""
    return drop(outermost(node.css(_FURNITURE)))


def show_pictures(node: LexborNode) -> None:
    """Give the pictures their addresses that a script was to give them once they are seen."""
    for image in node.css("img"):
        if image.attributes.get("src") and not attribute(image, "src").startswith("data:"):
            continue
        later = next(filter(None, (attribute(image, name) for name in _LATER)), "")
        if later:
            image.attrs["src"] = later


def outermost(nodes: Iterable[LexborNode]) -> list[LexborNode]:
    """Return those elements that stand in no other of them, in order."""
    found = list(nodes)
    known = {node.mem_id for node in found}
    return [node for node in found if not any(each.mem_id in known for each in above(node))]


def above(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements that an element stands in, the nearest first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def drop_quotes(node: LexborNode, reading: Reading) -> int:
    """Return how many block quotes were taken out that link to one of `[strip] quotes`."""
    marks = reading.strip_quotes
    return drop(outermost(quote for quote in node.css("blockquote") if _links_to(quote, marks)))


def _links_to(node: LexborNode, marks: Iterable[str]) -> bool:
    hrefs = [attribute(link, "href") for link in node.css("a[href]")]
    return any(mark in href for mark in marks for href in hrefs)


def address(found: Page) -> str | None:
    """Return the whole address at which a page says it was published, or that it was saved from."""
    tree = found.tree
    said = (
        attribute(tree.css_first('link[rel~="canonical"]'), "href"),
        attribute(tree.css_first('meta[property="og:url"]'), "content"),
        saved_from(found.text),
    )
    return next(
        filter(None, (whole(each, found.reading.base or found.reading.source) for each in said)), None
    )


def saved_from(text: str) -> str:
    """Return the address in the comment with which browsers start what they save."""
    found = _SAVED.search(text[:4096])
    return found[1] if found else ""


def whole(written: str, base: str) -> str | None:
    """Return an address of the web in full, without a fragment, or None if it is none."""
    try:
        joined = urljoin(base + "/", written) if written else ""
        parts = urlsplit(joined)
    except ValueError:
        return None
    is_web = (
        parts.scheme in ("http", "https") and parts.hostname and joined.isprintable() and " " not in joined
    )
    return joined.partition("#")[0] if is_web else None


def article_id(href: str, found: Page) -> str:
    """Return the id of the publication's article that an address names, or nothing."""
    cited = names.article_reference(href, names.hosts_of(found.reading.source))
    return cited[0] if cited else ""


def language(found: Page) -> str | None:
    """Return the language that a page says it is in."""
    root = found.tree.root
    said = attribute(root, "lang") or attribute(root, "xml:lang")
    return said if _LANGUAGE.fullmatch(said) else None


def line_of(needle: str, text: str, start: int = 0) -> int:
    """Return the line in which something stands, 1 where it is not found."""
    at = text.find(needle, start) if needle else -1
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def lines_of(html: str, text: str, start: int = 0) -> tuple[int, ...]:
    """Return in which line of the source each line of a part of its HTML seems to stand.

    A line is found by the longest run of words in it, not far behind the one before. One that is not found
    stands below that, for the parser keeps the line breaks between words.
    """
    numbers = []
    number, last = text.count("\n", 0, start) + 1, start
    window, left = len(text), _MOST_SOUGHT // max(1, len(text))
    for row in html.split("\n"):
        needle = max(_TEXT.split(row), key=len).strip()
        is_sought = len(needle) >= _SHORT
        at = text.find(needle, last, last + window + len(needle)) if is_sought else -1
        left -= is_sought
        window = window if left > 0 else _WINDOW
        if at >= 0:
            number += text.count("\n", last, at)
            last, window = at, _WINDOW
        numbers.append(number)
        below = text.find("\n", last) + 1
        number, last = (number + 1, below) if below else (number, last)
    return tuple(numbers)
