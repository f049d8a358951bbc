"""What programs that visit a site ask it for: sitemap.xml and robots.txt.

A list of pages comes in, bytes go out. Addresses are absolute, days are as given, and no clock is read.
"""

from __future__ import annotations

from html import escape

from lwnindex import names
from lwnindex.feedviews import RobotsView, SitemapView
from lwnindex.formats.xml import MADE_BY
from lwnindex.viewmodel import SiteView

Page = tuple[str, str]
"""An output path, and the day or moment it last changed, or nothing."""

SITEMAP_PATH = "sitemap.xml"
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(view: SitemapView, site: SiteView) -> bytes:
    """Return the view's pages, 50,000 at most, as a sitemap of the sitemaps.org protocol 0.9."""
    return _listed("urlset", "url", view, site)


def sitemap_index(view: SitemapView, site: SiteView) -> bytes:
    """Return a sitemap index; the view's pages are the sitemaps that it names."""
    return _listed("sitemapindex", "sitemap", view, site)


def _listed(root: str, tag: str, view: SitemapView, site: SiteView) -> bytes:
    rows = "".join(f"  <{tag}>{_location(page, site)}</{tag}>\n" for page in view.pages)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{declaration}{MADE_BY}<{root} xmlns="{_SPACE}">\n{rows}</{root}>\n'.encode()


def _location(page: Page, site: SiteView) -> str:
    path, changed = page
    found = f"<loc>{escape(names.absolute(site.url, path))}</loc>"
    return found + (f"<lastmod>{escape(changed)}</lastmod>" if changed else "")


def robots(view: RobotsView, site: SiteView) -> bytes:  # noqa: ARG001 - each writer takes its view and the site
    """Return robots.txt: everyone may read everything, and finds the sitemap."""
    address = names.absolute(site.url, SITEMAP_PATH)
    return f"# Made by lwnindex\nUser-agent: *\nAllow: /\n\nSitemap: {address}\n".encode()
