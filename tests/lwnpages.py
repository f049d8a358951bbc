"""Saved pages in the two layouts that LWN has had, written for the tests."""

from __future__ import annotations

from collections.abc import Mapping

from lwnindex.reading import Reading, reading
from lwnindex.settings import BylineSettings, Config, SelectSettings, SourceSettings

BYLINE = '<div class="FeatureByline">\n By <b>Ada Example</b><br>December 22, 2009\n</div>'
NAG = (
    '<blockquote class="ad"><b>Did you know...?</b><p>LWN is paid for by its readers: '
    '<a href="/Promo/nag/subscribe">subscribe</a>.</blockquote>'
)
BADGE = '<hr><a href="/Archives/ConferenceIndex/#Example_Summit-2009">Summit</a>'
INDEX = (
    "<table class=IndexEntries><tr><th colspan=2>Index entries for this article</th></tr>\n"
    "<tr><td><a href=/Kernel/Index>Kernel</a></td>"
    '<td><a href="/Kernel/Index#Block_layer-IO_scheduling">Block layer/I/O scheduling</a></td></tr>\n'
    "<tr><td><a href=/Archives/GuestIndex/>GuestArticles</a></td>"
    '<td><a href="/Archives/GuestIndex/#Example_Ada">Example, Ada</a></td></tr></table><br clear="all">'
)
TRAIL = (
    '<hr width="60%" align="left">(<a href="/Login/?target=/Articles/{id}/">Log in</a> to post comments)<p>\n'
)
COMMENTS = (
    '<a name="Comments"></a><a name="CommAnchor2"></a><div class="CommentBox">'
    '<h3 class="CommentTitle">Nice</h3>'
    '<p class="CommentPoster">Posted Dec 23, 2009 5:16 UTC (Wed) by <b>reader</b></p>'
    '<div class="FormattedComment">I liked it.</div></div>'
)
FOOTER = "<p>Copyright &copy; 2009, Eklektix, Inc.<br>All rights are theirs.</p>"
WORDS = "<p>The first <tt>words</tt> of it.\n<p>And the <a href=/Articles/5/>second</a> ones.\n"

RULES = reading(Config())


def old(text: str, title: str = "Scheduling, again", own: str = "7") -> str:
    """Return a page of tables, as they were until about 2016."""
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">\n<html><head>'
        f"<title>{title} [LWN.net]</title></head>\n<body><table class=Page><tr><td class=LeftColumn>"
        f'<div class=SideBox><a href="/Articles/{own}/?format=printable">Printable page</a></div></td>\n'
        "<td><table><tr><td class=MidColumn><table class=TopNavigation><tr><td class=NavLink>Archives</table>"
        f"</td></tr><tr><td class=MidColumn><div class=PageHeadline><h1>{title}</h1></div>\n"
        f"<div class=ArticleText>\n{text}</div> <!-- ArticleText -->\n{COMMENTS}</td></tr></table>"
        f"</td></tr></table>{FOOTER}</body></html>\n"
    )


def new(text: str, title: str = "Scheduling, again", own: str = "7") -> str:
    """Return a page of the layout after that."""
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title} [LWN.net]</title>\n'
        f'<link rel="canonical" href="https://lwn.net/Articles/{own}/"></head><body>\n'
        '<div id="menu"><ul class="navmenu"><li><a href="/Archives/">Archives</a></ul></div>\n'
        '<div class="pure-grid maincolumn"><div class="lwn-u-1 pure-u-md-19-24">\n'
        f'<div class="PageHeadline">\n<h1>{title}</h1>\n</div>\n<div class="ArticleText">\n{text}\n'
        '<form class="MakeALink">Make a link</form></div> <!-- ArticleText -->\n'
        f"{COMMENTS}</div></div>{FOOTER}</body></html>\n"
    )


LAYOUTS = {"old": old, "new": new}


def rules(select: Mapping[str, object] | None = None, **source: object) -> Reading:
    """Return the rules of a source with its own selectors and keys."""
    return reading(Config(), SourceSettings(select=SelectSettings(**(select or {})), **source))  # type: ignore[arg-type]


def nicknamed(**nicks: str) -> Reading:
    """Return the rules of a site whose writers sign so."""
    return reading(Config(bylines=BylineSettings(nicks=nicks)))
