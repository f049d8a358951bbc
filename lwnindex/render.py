"""A view becomes the bytes of its file; the format is a matter of its kind."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol, get_args

import msgspec
from jinja2 import Environment, TemplateError, TemplateNotFound

from lwnindex import names
from lwnindex.articleviews import ArticleView, PlainView
from lwnindex.digest import digest, digest_bytes
from lwnindex.feedviews import FeedView, OpmlView, RobotsView, SitemapView
from lwnindex.formats import data, html, opml, search
from lwnindex.formats.redirect import redirect
from lwnindex.indexviews import TopicView
from lwnindex.pieces import join, slot
from lwnindex.problems import SiteError, line_in
from lwnindex.searchviews import SearchData
from lwnindex.viewmodel import AnyView, FileView, RedirectView, SiteView, Theme
from lwnindex.viewparts import Link
from lwnindex.words import ENGLISH, Words

# A view holds no mapping whose order would have to be settled, which takes the encoder most of its time.
encoded_view = msgspec.msgpack.Encoder().encode

_PIECES = msgspec.msgpack.Decoder(list[str])

Blob = Callable[[str], bytes]
"""Gives the blob of a digest."""


class Renderer(NamedTuple):
    """What all pages of a build are rendered with; `plugins` are the files in which filters may stand."""

    environment: Callable[[], Environment]
    theme: Theme
    site: SiteView
    fingerprint: str
    words: Words = ENGLISH
    plugins: frozenset[str] = frozenset()


_WITHOUT = {
    "tree.html": "`trees = false` in [pages]",
    "words.html": "`words = false` in [pages]",
    "years.html": "`by_year = false` in the [indexes] tables",
}
"""How a configuration does without the pages of a template."""


class Key(Protocol):
    """Gives the digest of all that a view's file depends on; `encoded` is the view, if that is at hand."""

    def __call__(self, view: AnyView, encoded: bytes = b"") -> str:
        """Return the key of a view."""


def keys(renderer: Renderer) -> Key:
    """Return what gives the keys of views."""
    known = contexts(renderer)

    def key(view: AnyView, encoded: bytes = b"") -> str:
        if isinstance(view, FileView):
            return view.digest
        return digest_bytes(known[type(view)] + (encoded or encoded_view(view)))

    return key


def contexts(renderer: Renderer) -> dict[type[AnyView], bytes]:
    """Return the digests of what the files of all views of each kind depend on."""
    return {kind: _context(kind, renderer) for kind in get_args(AnyView)}


def _context(kind: type[AnyView], renderer: Renderer) -> bytes:
    """Return the digest of what the files of all views of a kind depend on."""
    template = html.TEMPLATE_OF.get(kind)
    closure = renderer.theme.closures.get(template, "") if template else ""
    if kind in get_args(SearchData):
        return digest((renderer.fingerprint, kind.__name__)).encode("ascii")
    seen = (renderer.fingerprint, closure, renderer.site, kind.__name__, renderer.words)
    return digest(seen).encode("ascii")


def render(view: AnyView, renderer: Renderer, blob: Blob) -> bytes:
    """Return the file of a view; SiteError names the template that failed on it."""
    if isinstance(view, FileView):
        return blob(view.digest)
    if isinstance(view, FeedView):
        from lwnindex.formats import feeds

        return feeds.feed(view, renderer.site, _bodies(view, blob), renderer.words)
    if isinstance(view, SearchData):
        return search.written(view, blob)
    if isinstance(view, SitemapView | OpmlView | RobotsView):
        return _listing(view, renderer.site)
    if isinstance(view, RedirectView):
        return redirect(view, renderer.site, renderer.words)
    body = _body(view, renderer.site, blob) if isinstance(view, ArticleView | PlainView | TopicView) else ""
    try:
        return html.page(renderer.environment(), view, renderer.site, body)
    except Exception as error:
        name = html.TEMPLATE_OF[type(view)]
        if isinstance(error, TemplateNotFound) and error.name == name:
            raise SiteError(_missing(name, view.path)) from error
        place = _failed(error, name, renderer.theme.files)
        what = str(error) if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
        line = line_in(error, renderer.plugins)
        at = f" ({line})" if line else ""
        raise SiteError(f"{place}: the template fails on {view.path}: {what}{at}.") from error


def _missing(name: str, path: str) -> str:
    """Return what to say of a theme without the template of a page, with the ways out."""
    off = f", or write {_WITHOUT[name]} in the configuration" if name in _WITHOUT else ""
    return (
        f'{path}: the theme has no template "{name}". '
        f'Add it to the theme, or `parent = "default"` to its theme.toml{off}.'
    )


def _listing(view: SitemapView | OpmlView | RobotsView, site: SiteView) -> bytes:
    """Return what tells programs of the site's parts."""
    if isinstance(view, RobotsView):
        return data.robots(view, site)
    if isinstance(view, OpmlView):
        return opml.opml(view, site)
    return data.sitemap_index(view, site) if view.parts else data.sitemap(view, site)


def _failed(error: Exception, name: str, files: Mapping[str, str]) -> str:
    """Return the file and line of the innermost template in which a page failed; `name` is the page's own."""
    places = [(one.filename, one.lineno) for one in traceback.extract_tb(error.__traceback__)]
    inside = [f"{files[template]}:{line}" for template, line in places if template in files]
    return inside[-1] if inside else files.get(name, name)


def _bodies(view: FeedView, blob: Blob) -> Mapping[str, bytes]:
    return {entry.body: blob(entry.body) for entry in view.entries if entry.body}


def _body(view: ArticleView | PlainView | TopicView, site: SiteView, blob: Blob) -> str:
    """Return a body's HTML with its links in place, or nothing for a topic of which nothing is noted."""
    if not view.body:
        return ""
    pieces = _PIECES.decode(blob(view.body))
    return join(pieces, [_slot(link, view.root, site.pretty) for link in view.links])


def _slot(link: Link, root: str, pretty: bool) -> str:
    """Return what a link puts between two pieces of a body, in a page with this root."""
    if not link.local or not link.href:
        return slot(link, link.href, ' rel="external noreferrer"')
    inside = link.href if link.href.startswith("#") else names.href(root, link.href, pretty)
    return slot(link, inside)
