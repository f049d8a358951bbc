"""The links of a body: each with its target, in order, and those that lead nowhere as problems.

Of an excerpt of the site, links to what it does not hold lead out of it.
"""

from __future__ import annotations

import msgspec

from lwnindex import names
from lwnindex.assetnames import asset_of
from lwnindex.model import Body, Problem
from lwnindex.problems import problem
from lwnindex.viewparts import Link
from lwnindex.views.resolve import BROKEN, NOTHING, Place, plain_target, sound, target
from lwnindex.views.targets import Held, Targets, file_of, searchable

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
"""The endings of files that a page shows as pictures."""


def plain_links(body: Body, known: Targets) -> tuple[Link, ...] | None:
    """Return the target of each link of a body if all are plain, as they are in most; None for the others."""
    found: list[Link] = []
    for href in body.hrefs:
        link = plain_target(href, known)
        if link is None or body.images:
            return None
        found.append(link)
    return tuple(_seen(found, known))


def links(body: Body, place: Place, known: Targets) -> tuple[tuple[Link, ...], list[Problem]]:
    """Return the target of each link of a body, in order, and the dead ones as problems."""
    anchors = searchable(body.anchors)
    found = [plain_target(href, known) or target(href, place, known, anchors) for href in body.hrefs]
    pictures = {number for number, _, _ in body.images}
    for number in pictures if known.files.assets else ():
        found[number] = _asset(body.hrefs[number], known) or found[number]
    dead = [
        _broken(place.file, line, href)
        if link is BROKEN
        else _dead(place, line, href, is_picture=number in pictures)
        for number, (href, line, link) in enumerate(zip(body.hrefs, _lines(body), found, strict=True))
        if (link is NOTHING or link is BROKEN) and href and not _is_left(href, place, known)
    ]
    found = _seen(found, known)
    for number, said, words in body.images:
        found[number] = _image(found[number], said, words)
    return tuple(found), dead


def _seen(found: list[Link], known: Targets) -> list[Link]:
    """Return links as the site's pages have them, or as those of an excerpt do."""
    excerpt = known.held
    return found if excerpt is None else [from_within(link, excerpt) for link in found]


def from_within(link: Link, excerpt: Held) -> Link:
    """Return a link as a page of an excerpt has it: out to the site where it leads to what is not held."""
    if not link.local or link.href.startswith("#") or _is_held(link.href, excerpt):
        return link
    if excerpt.address:
        return Link(href=names.absolute(excerpt.address, link.href))
    path, hash_mark, fragment = link.href.partition("#")
    original = excerpt.originals.get(path)
    return Link(href=sound(original + hash_mark + fragment) if original else "")


def _is_held(href: str, excerpt: Held) -> bool:
    path, _, fragment = href.partition("#")
    return path in excerpt.paths and (not fragment or fragment in excerpt.anchors.get(path, (fragment,)))


def _image(link: Link, said: str, words: str) -> Link:
    """Return an image that the site holds as a picture, any other as a link: no page fetches it elsewhere."""
    held = link.local and link.href.lower().endswith(PICTURES)
    return msgspec.structs.replace(link, words=said if held else words, held=held)


def _lines(body: Body) -> tuple[int, ...]:
    return body.href_lines or (0,) * len(body.hrefs)


def _asset(href: str, known: Targets) -> Link | None:
    """Return a picture from elsewhere that was brought in, if it was."""
    path = known.files.assets.get(asset_of(href))
    return Link(href=path, local=True) if path else None


def _is_left(href: str, place: Place, known: Targets) -> bool:
    """Tell whether an address means a file that is not copied, which is told already."""
    return bool(known.files.left) and file_of(href, place.file, place.source) in known.files.left


def _dead(place: Place, line: int, href: str, *, is_picture: bool = False) -> Problem:
    message = f'the link to "{href}" leads to nothing on this site; its text is published without it.'
    fix = "Link to /Articles/ID/ of an article, to its file, or to a whole address (https://...)."
    if is_picture:
        message = f'there is no picture "{href}"; the words that describe it are published.'
        fix = "Put the file where the address says, seen from the article, or mend the address."
    if place.base == "" and not href.startswith("#"):
        fix = "Say where the archive was published (`url` in its [[sources]]) to have such links lead there."
    return problem("dead-link", place.file, line, message, fix)


def _broken(file: str, line: int, href: str) -> Problem:
    return problem(
        "bad-address",
        file,
        line,
        f'no browser understands the address "{href}"; its text is published without a link.',
        "Mend the address, as in https://example.org/page.",
    )
