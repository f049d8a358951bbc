"""Archives at random, as hypothesis draws them: names that clash, dates and citations of all kinds."""

from __future__ import annotations

from hypothesis import strategies as st

from lwnindex.model import Card, Entry, Reference
from tests.makers import card, cited

INDEXES = ("Kernel", "kernel", "Security", "GuestArticles", "Conference", "Articles", "New!", "new")
LEVELS = (
    *("C", "C++", "C#", "KProbes", "Kprobes", "Filesystems", "Ceph", "Asynchronous I/O", "a-b", "a", "b"),
    *(
        "Index",
        "page",
        "feed.rss",
        "++",
        "con",
        "con.x",
        "é",
        "e\u0301",
        "4.9",
        "4.10",
        "Straße",
        "STRASSE",
        "日本",
    ),
)
IDS = ("1", "2", "10", "a", "A", "c", "c#", "c++", "index", "Straße", "STRASSE", "x y", "x_y", "1~aaaaaa")
DATES = (
    *(None, "2009-12-22", "2009-12-22T13:00:00", "2009-12-22T23:00:00-05:00", "2009-12-23T01:00:00Z"),
    *("2009-12-31T23:30:00+00:00", "2010-01-01", "2008-02-29", "0001-01-01", "2011-07-01T12:00:00+02:00"),
)
ALIASES = (
    *("/old/1.html", "/Old/1.html", "/old/", "/Articles/1/", "/Articles/9/", "/Articles/a/de/", "/"),
    *("/../x", "/feed.rss", "/feed.rss/x", "/Kernel/Index/", "/Authors/", "/index.html/x", "/assets/a.html"),
)
AUTHORS = ("Kernel desk", "kernel desk", "Release desk", "Página", "index", "A. Author")

entries: st.SearchStrategy[Entry] = st.builds(
    lambda name, levels: (name, *levels),
    st.sampled_from(INDEXES),
    st.lists(st.sampled_from(LEVELS), min_size=1, max_size=3),
)
references: st.SearchStrategy[Reference] = st.builds(
    lambda one, fragment: cited(one, fragment=fragment),
    st.sampled_from((*IDS, "999")),
    st.sampled_from(("", "a", "Comments")),
) | st.builds(lambda number: cited(url=f"{number}.md"), st.integers(0, 8))


@st.composite
def cards(draw: st.DrawFn, most: int = 8) -> list[Card]:
    """Draw cards of different files, whose ids, slugs, entries and authors may clash."""
    return [_card(draw, number) for number in range(draw(st.integers(0, most)))]


def _card(draw: st.DrawFn, number: int) -> Card:
    return card(
        draw(st.sampled_from(IDS)),
        *draw(st.lists(entries, max_size=4)),
        date=draw(st.sampled_from(DATES)),
        authors=tuple(draw(st.lists(st.sampled_from(AUTHORS), max_size=2))),
        slug=draw(st.none() | st.sampled_from(("Ceph", "ceph", "1", "page"))),
        lang=draw(st.sampled_from((None, None, "en", "de", "DE", "pt-BR"))),
        aliases=tuple(draw(st.lists(st.sampled_from(ALIASES), max_size=2))),
        draft=draw(st.sampled_from((False, False, False, True))),
        references=tuple(draw(st.lists(references, max_size=3))),
        file=f"content/{number}.md",
        source=f"{number}.md",
    )
