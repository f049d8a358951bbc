"""An address finds its target: an article held here, a page or file of this site, or the world.

References to articles of the publication that are not held lead to the publication itself; one that would
lead to nothing becomes NOTHING.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from lwnindex import names
from lwnindex.viewparts import Link
from lwnindex.views.targets import Targets, published

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_URL_CHARACTERS = "!#$&'()*+,/:;=?@~%[]"
_FRAGMENT_CHARACTERS = "!$&'()*+,/:;=?@~"
_WEB = re.compile(r"(?:https?|ftp):", re.IGNORECASE)
_AUTHORITY = re.compile(
    r"(?:https?|ftp)://(?:[^/?#@]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^/?#@:%\[\]\\<>^|`{}\s]+)(?::\d{0,5})?(?:[/?#]|$)",
    re.IGNORECASE,
)
# What most links to other sites look like; `sound` would leave every character of it as it is.
_PLAIN_ADDRESS = re.compile(
    r"https?://([a-z0-9.\-]+)(?:/[A-Za-z0-9_.~!$&'()*+,/:;=?@\-]*)?(?:#[A-Za-z0-9_.~!$&'()*+,/:;=?@\-]*)?"
)
_NO_WORD = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"-\d+$")
_BLANK = "".join(map(chr, range(0x21)))
"""What the URL standard strips from an address; other white space stays, or it could uncover a scheme."""

SCHEMES = ("http:", "https:", "mailto:", "ftp:")
"""Where a link may lead; whatever else a body says, no script is an address."""

BROKEN = Link(href="", words="")
"""What an address that no browser understands becomes; told from NOTHING by being another value."""

NOTHING = Link(href="")


class Place(NamedTuple):
    """Where a body stands: its file and source path, its page, and the address it was published at.

    `base` is what leads on from there where nothing here does: an address, nothing where there is none, and
    None for the publication, whose addresses are ours.
    """

    file: str
    source: str
    page: str
    original: str
    base: str | None = None

    @property
    def root(self) -> str:
        """The content folder, with a slash at its end."""
        return self.file.removesuffix(self.source)


def plain_target(written: str, known: Targets) -> Link | None:
    """Return the target of what most links are, `/Articles/ID/` of one held here or a page elsewhere."""
    if written.startswith("/Articles/"):
        one = written[10:-1]
        page = known.articles.get(one) if written[-1] == "/" and one.isalnum() else None
        return Link(href=page, local=True) if page else None
    plain = _PLAIN_ADDRESS.fullmatch(written)
    return Link(href=written) if plain and plain[1] not in known.near else None


def target(written: str, place: Place, known: Targets, anchors: Collection[str]) -> Link:
    """Return where an address in a body with these anchors leads; NOTHING or BROKEN where nowhere."""
    href = written.strip(_BLANK)
    if href.startswith("#"):
        return _in_page(href, place, anchors)
    cited = names.article_reference(href, known.hosts)
    if cited:
        return _article(*cited, known)
    scheme = _SCHEME.match(href)
    if scheme and scheme[0].lower() not in SCHEMES:
        return NOTHING
    if href.startswith("//") or scheme:
        return _elsewhere(href, known)
    path, _, fragment = href.partition("#")
    path = unquote(path.partition("?")[0])
    if path.startswith("/"):
        return _rooted(path, fragment, href, place, known)
    return _beside(path, fragment, href, place, known)


def _in_page(href: str, place: Place, anchors: Collection[str]) -> Link:
    wanted = unquote(href[1:])
    found = _anchor(wanted, anchors)
    if found is not None:
        return Link(href=f"#{found}", local=True)
    if wanted in ("", "top"):
        return Link(href=place.page, local=True)
    return Link(href=sound(place.original + href)) if place.original else NOTHING


def _anchor(wanted: str, ids: Collection[str]) -> str | None:
    """Return the id that a fragment means: itself, or as it stands in a body that was cleaned."""
    return next((one for one in (wanted, f"text-{wanted}") if one in ids), None)


def _article(cited: str, fragment: str, known: Targets) -> Link:
    one = names.article_named(cited, known.articles, known.others)
    if one is not None:
        page = known.articles[one]
        return Link(href=_with_anchor(page, fragment, known) if fragment else page, local=True)
    moved = _moved(f"/Articles/{quote(cited)}/", quote(fragment), known)
    if moved:
        return moved
    if not known.source:
        return NOTHING
    tail = f"#{quote(fragment, safe=_FRAGMENT_CHARACTERS)}" if fragment else ""
    return Link(href=f"{known.source}/Articles/{quote(cited)}/{tail}")


def _with_anchor(page: str, wanted: str, known: Targets) -> str:
    """Return a page with the anchor that is wanted there, or the page alone: no anchor is dead.

    What a fragment means in a copied file, such as `#page=3`, is the file's affair.
    """
    if not page.endswith(".html"):
        return f"{page}#{wanted}" if wanted else page
    there = known.anchors.get(page, ())
    found = _anchor(wanted, there) or _by_words(wanted, there)
    return page if found is None else f"{page}#{found}"


def _by_words(wanted: str, ids: Collection[str]) -> str | None:
    """Return the id of the one heading that has the words of a fragment, whatever generator wrote it.

    A heading that repeats another is not meant: its id ends in a number, and each generator counts otherwise.
    """
    words = _words_of(wanted)
    found = [one for one in ids if one.startswith("text-") and _words_of(one[5:]) == words] if words else []
    return found[0] if len(found) == 1 and not _NUMBERED.search(found[0]) else None


def _words_of(name: str) -> str:
    return _NO_WORD.sub("", name).casefold()


def _elsewhere(href: str, known: Targets) -> Link:
    """Return a link with a host: to a page of ours where the host is the publication's or the site's.

    One without a scheme gets https, for a page that was opened from a folder has none to lend it.
    """
    address = f"https:{href}" if href.startswith("//") else href
    rooted = _rooted_part(address, known)
    page = rooted and _page(unquote(rooted[0]), rooted[1], known)
    page = page or _once(address, known)
    if page:
        return page
    held = _republished(address, known) if known.originals else None
    if held:
        return held
    found = sound(address)
    return Link(href=found) if _AUTHORITY.match(found) or not _WEB.match(found) else BROKEN


def _republished(address: str, known: Targets) -> Link | None:
    """Return the page of an article that was published at an address, if it is held."""
    page = known.originals.get(published(address))
    if page is None:
        return None
    fragment = address.partition("#")[2]
    return Link(href=_with_anchor(page, unquote(fragment), known) if fragment else page, local=True)


def _rooted_part(address: str, known: Targets) -> tuple[str, str] | None:
    """Return the path and fragment of an address at the publication, or below the site's own; else None."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and parts.netloc.lower() in known.hosts:
        return parts.path, parts.fragment
    bare = parts._replace(query="", fragment="").geturl()
    if known.site and bare.startswith(f"{known.site}/"):
        return bare[len(known.site) :], parts.fragment
    return None


def _once(address: str, known: Targets) -> Link | None:
    """Return the page of what had this whole address once, at an archive that is held here."""
    if not known.archives:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() not in known.archives:
        return None
    return _moved(parts.path, parts.fragment, known)


def _moved(path: str, fragment: str, known: Targets) -> Link | None:
    """Return the page of what had this rooted path once, or None."""
    page = names.moved(path, known.old)
    return Link(href=_with_anchor(page, unquote(fragment), known), local=True) if page else None


def _page(path: str, fragment: str, known: Targets) -> Link | None:
    """Return the page or file of this site at a rooted path, now or once; None where it is missing.

    None as well for an anchor that an index does not have, if the publication's own index may.
    """
    page = _standing(_key(path), known.paths)
    if page is None:
        return _moved(f"/{path.lstrip('/')}", fragment, known)
    found = _with_anchor(page, unquote(fragment), known)
    if fragment and page in known.indexes and found == page:
        found = known.renamed.get(f"{page}#{unquote(fragment)}", "" if known.source else page)
    return Link(href=found, local=True) if found else None


def _key(path: str) -> str:
    """Return a path without slashes at its ends; of an `index.html`, its folder."""
    bare = posixpath.normpath(f"/{path}").strip("/")
    return names.folder_of(bare) if posixpath.basename(bare) == "index.html" else bare


def _standing(key: str, paths: Collection[str]) -> str | None:
    """Return the page in a folder of the site, or the file, that bears this name."""
    page = names.page_of(key)
    if page in paths:
        return page
    return key if key in paths else None


def _rooted(path: str, fragment: str, href: str, place: Place, known: Targets) -> Link:
    """Return the target of `/path`: a page here or a file, else the publication's, whose addresses ours are.

    From an archive that was published elsewhere it leads there.
    """
    if place.base is None:
        elsewhere = known.source + href if known.source else ""
    else:
        elsewhere = _joined(place.base, href) if place.base else ""
    return (
        _page(path, fragment, known)
        or _file(place.root + posixpath.normpath(path).lstrip("/"), known)
        or (known.originals and _republished(elsewhere, known))
        or (Link(href=sound(elsewhere)) if elsewhere else NOTHING)
    )


def _file(file: str, known: Targets) -> Link | None:
    """Return a file that stands beside articles, if it is there."""
    path = known.files.paths.get(file)
    return Link(href=path, local=True) if path else None


def _beside(path: str, fragment: str, href: str, place: Place, known: Targets) -> Link:
    """Return the target of a relative link: another source file, a page seen from this one, or its origin."""
    near = posixpath.normpath(posixpath.join(posixpath.dirname(place.file), path))
    page = known.sources.get(near)
    if page:
        return Link(href=_with_anchor(page, unquote(fragment), known), local=True)
    seen = _file(near, known) or _page(posixpath.join(posixpath.dirname(place.page), path), fragment, known)
    if seen:
        return seen
    base = place.base or place.original
    elsewhere = _joined(base, href) if base else ""
    if not elsewhere:
        return NOTHING
    held = _once(elsewhere, known) or (_republished(elsewhere, known) if known.originals else None)
    return held or Link(href=sound(elsewhere))


def _joined(base: str, href: str) -> str:
    """Return a relative address as it is meant on the page at `base`, if it can be read."""
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def sound(url: str) -> str:
    """Return an address with what no address may hold percent-encoded, as the URL standard's parser would."""
    quoted = quote(_STRAY_PERCENT.sub("%25", url), safe=_URL_CHARACTERS)
    host, slashes, rest = quoted.partition("//")
    authority, slash, path = rest.partition("/")
    path = path.replace("[", "%5B").replace("]", "%5D")
    head, hash_mark, fragment = path.partition("#")
    return host + slashes + authority + slash + head + hash_mark + fragment.replace("#", "%23")
