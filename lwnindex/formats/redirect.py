"""The page at an old address: it sends browsers on to the new one, and programs that index pages as well.

It takes neither template nor style, so that a theme need not know of it.
"""

from __future__ import annotations

from markupsafe import escape

from lwnindex import names
from lwnindex.viewmodel import RedirectView, SiteView
from lwnindex.words import Words, direction

_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)


def redirect(view: RedirectView, site: SiteView, words: Words) -> bytes:
    """Return an old address's page as UTF-8: it leads on at once, and by a link where that is off."""
    address = escape(names.href(view.root, view.target, site.pretty))
    lang = f' lang="{escape(view.lang)}"' if view.lang else ""
    said = str(escape(words.say("This page has moved to {place}.", place="{place}")))
    link = f'<a href="{address}"{lang} dir="auto">{escape(view.title)}</a>'
    lines = (
        "<!doctype html>",
        f'<html lang="{escape(site.language)}" dir="{direction(site.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="referrer" content="no-referrer">',
        f'<meta http-equiv="refresh" content="0; url={address}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="robots" content="noindex">',
        f"<title>{escape(view.title)} - {escape(site.title)}</title>",
        '<meta name="generator" content="lwnindex">',
        f'<link rel="canonical" href="{escape(names.absolute(site.url, view.target.partition("#")[0]))}">',
        "</head>",
        "<body>",
        "<main>",
        f'<h1{lang} dir="auto">{escape(view.title)}</h1>',
        f"<p>{said.replace('{place}', link)}</p>",
        "</main>",
        "</body>",
        "</html>",
    )
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
