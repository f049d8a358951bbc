"""Every link finds the page it means, here or at the publication, or is told to be dead."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lwnindex.problems import sentence
from lwnindex.settings import Config
from lwnindex.viewparts import Link
from lwnindex.views.bodylinks import links
from lwnindex.views.resolve import NOTHING, Place
from lwnindex.views.targets import targets
from tests.makers import ARTICLE_5, archive_of, article, body, card
from tests.views.linked import BARE, FROM_LWN, HELD, INDEX, LWN, OWN, here, known


def target(href: str, place: Place = FROM_LWN, settings: Config = LWN, anchors: tuple[str, ...] = ()) -> Link:
    """Return where a link leads."""
    ((found,), _) = links(body(href, anchors=anchors), place, known(settings))
    return found


def there(address: str) -> Link:
    """Return a link to the world."""
    return Link(href=address)


@pytest.mark.parametrize("href", ARTICLE_5)
def test_every_spelling_of_an_article_held_leads_to_its_page(href: str) -> None:
    assert target(href) == here(HELD)
    assert target(f"{href.strip()}#end") == here(f"{HELD}#text-end")
    assert target(f"{href.strip()}#Comments") == here(HELD)


@pytest.mark.parametrize("href", [one.replace("/5", "/999").replace("%35", "999") for one in ARTICLE_5])
def test_every_spelling_of_an_article_not_held_leads_to_the_publication(href: str) -> None:
    assert target(href) == there("https://lwn.net/Articles/999/")
    assert target(f"{href.strip()}#Comments") == there("https://lwn.net/Articles/999/#Comments")


@pytest.mark.parametrize(
    ("href", "found"),
    [
        # Articles by their other names, and their anchors.
        ("/Articles/ceph/", here("Articles/ceph/index.html")),
        ("/Articles/CEPH", here("Articles/ceph/index.html")),
        ("/Articles/6/#y", here("Articles/ceph/index.html#text-y")),
        ("/Articles/5/#b%20c", here(f"{HELD}#b c")),
        ("/Articles/5/#text-end", here(f"{HELD}#text-end")),
        # A heading's words, as other generators make ids of them.
        ("/Articles/5/#End", here(f"{HELD}#text-end")),
        ("/Articles/5/#-end-", here(f"{HELD}#text-end")),
        ("/Articles/5/#the-end", here(HELD)),
        ("/Articles/5/#-", here(HELD)),
        ("/Articles/a%20b/#%C3%A9%25", there("https://lwn.net/Articles/a%20b/#%C3%A9%25")),
        # Pages of the index, and what is not filed here.
        ("/Kernel/Index", here(INDEX)),
        ("/Kernel/Index/", here(INDEX)),
        ("/Kernel/Index/index.html", here(INDEX)),
        ("/Kernel/Index#Filesystems-Ceph", here(f"{INDEX}#Filesystems-Ceph")),
        ("/Kernel/Index/#Filesystems-Ceph", here(f"{INDEX}#Filesystems-Ceph")),
        ("/Kernel/Index?x=1#Filesystems-Ceph", here(f"{INDEX}#Filesystems-Ceph")),
        ("https://lwn.net/Kernel/Index#Filesystems", here(f"{INDEX}#Filesystems")),
        ("http://lwn.net/Kernel/Index/", here(INDEX)),
        ("http://WWW.lwn.net/Kernel/Index/", here(INDEX)),
        ("//lwn.net/Kernel/Index/", here(INDEX)),
        ("/Kernel/Index#io_uring", there("https://lwn.net/Kernel/Index#io_uring")),
        ("/Kernel/Index/#io%5Furing", there("https://lwn.net/Kernel/Index/#io%5Furing")),
        ("https://lwn.net/Kernel/Index#io_uring", there("https://lwn.net/Kernel/Index#io_uring")),
        ("/Security/Index", there("https://lwn.net/Security/Index")),
        # Other pages and files.
        ("/Kernel/Filesystems/Ceph/", here("Kernel/Filesystems/Ceph/index.html")),
        ("/Kernel/Filesystems/../Filesystems/Ceph", here("Kernel/Filesystems/Ceph/index.html")),
        ("/Kernel/feed.rss", here("Kernel/feed.rss")),
        ("/Archives/2009/12/", here("Archives/2009/12/index.html")),
        ("/about", here("about/index.html")),
        ("/about/#team", here("about/index.html#team")),
        ("/about/#nobody", here("about/index.html")),
        ("/aboutindex.html", there("https://lwn.net/aboutindex.html")),
        ("/images/a%20b.png", here("images/a b.png")),
        ("/old/", here("old/index.html")),
        ("/old/index.html", here("old/index.html")),
        ("/robots.txt", here("robots.txt")),
        ("/", here("index.html")),
        ("/index.html", here("index.html")),
        ("/op/FAQ.lwn#gift", there("https://lwn.net/op/FAQ.lwn#gift")),
        ("/Search/?q=a b", there("https://lwn.net/Search/?q=a%20b")),
        ("https://lwn.net/Search/?q=1", there("https://lwn.net/Search/?q=1")),
        # The site's own address.
        ("https://example.org/news/about/#team", here("about/index.html#team")),
        ("https://example.org/news/nothing/", there("https://example.org/news/nothing/")),
        ("https://example.org/about/", there("https://example.org/about/")),
        ("https://example.org/news.html", there("https://example.org/news.html")),
        # Sources, and what can be seen from the page.
        ("../2004/x.md#y", here("Articles/ceph/index.html#text-y")),
        ("../2004/x.md?plain=1", here("Articles/ceph/index.html")),
        ("%C3%BCber.md", here("Articles/7/index.html")),
        ("über.md", here("Articles/7/index.html")),
        ("./5.md", here(HELD)),
        ("../pages/about.md", here("about/index.html")),
        ("../ceph/", here("Articles/ceph/index.html")),
        ("../../about/index.html#team", here("about/index.html#team")),
        ("../../../../about/", here("about/index.html")),
        ("", here(HELD)),
        ("?x", here(HELD)),
        ("none.md", there("https://lwn.net/Articles/5/none.md")),
        ("../none.md#a", there("https://lwn.net/Articles/none.md#a")),
        # In the page itself.
        ("#end", here("#text-end")),
        ("#text-end", here("#text-end")),
        ("#b%20c", here("#b c")),
        ("#", here(HELD)),
        ("#top", here(HELD)),
        ("#Comments", there("https://lwn.net/Articles/5/#Comments")),
        # The world.
        ("//cdn.example/x.js", there("https://cdn.example/x.js")),
        ("mailto:desk@example.org", there("mailto:desk@example.org")),
        ("HTTPS://Example.com/A", there("HTTPS://Example.com/A")),
        (" https://example.com/ ", there("https://example.com/")),
        ("https://example.com/a b", there("https://example.com/a%20b")),
        ("https://example.com/[a]?b=[c]", there("https://example.com/%5Ba%5D?b=%5Bc%5D")),
        ("https://[::1]:80/a", there("https://[::1]:80/a")),
        ("https://example.com/100%", there("https://example.com/100%25")),
        ("https://example.com/%zz%41%4", there("https://example.com/%25zz%41%254")),
        ("https://example.com/a#b#c", there("https://example.com/a#b%23c")),
        ("https://example.com/ü?ü#ü", there("https://example.com/%C3%BC?%C3%BC#%C3%BC")),
        ('https://example.com/"<>\\^`{|}', there("https://example.com/%22%3C%3E%5C%5E%60%7B%7C%7D")),
        ("https://example.com/~a_b-c.d!$&'()*+,;=:@", there("https://example.com/~a_b-c.d!$&'()*+,;=:@")),
        ("http://[broken/", Link(href="")),
        ("http://a%20b.example/", Link(href="")),
        ("http://lwn.net@evil.example/Kernel/Index", there("http://lwn.net@evil.example/Kernel/Index")),
        ("http://lwn.net.evil.example/about/", there("http://lwn.net.evil.example/about/")),
    ],
)
def test_a_link_of_the_publication_leads_here(href: str, found: Link) -> None:
    assert target(href, anchors=("text-end", "b c")) == found


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("/Articles/5/", here(HELD)),
        ("/Articles/ceph/#y", here("Articles/ceph/index.html#text-y")),
        ("/Kernel/Index#Filesystems-Ceph", here(f"{INDEX}#Filesystems-Ceph")),
        ("/Kernel/Index#none", here(INDEX)),
        ("/about/", here("about/index.html")),
        ("../2004/x.md", here("Articles/ceph/index.html")),
        ("#end", here("#text-end")),
        ("https://lwn.net/Articles/5/", there("https://lwn.net/Articles/5/")),
        ("https://lwn.net/Kernel/Index", there("https://lwn.net/Kernel/Index")),
        ("/Articles/999/", NOTHING),
        ("/Articles/999/#a", NOTHING),
        ("/Security/Index", NOTHING),
        ("/none/", NOTHING),
        ("none.md", NOTHING),
        ("../../../outside.md", NOTHING),
        ("#none", NOTHING),
        ("javascript:alert(1)", NOTHING),
        (" JavaScript:alert(1)", NOTHING),
        ("data:text/html,x", NOTHING),
    ],
)
def test_without_a_publication_what_is_not_here_is_dead(href: str, found: Link) -> None:
    assert target(href, OWN, BARE, anchors=("text-end",)) == found
    _, dead = links(body(href, anchors=("text-end",)), OWN, known(BARE))
    assert [sentence(one) for one in dead] == ([_sentence(href)] if found == NOTHING else [])
    assert {one.severity for one in dead} <= {"error"}


def _sentence(href: str) -> str:
    return (
        f'content/2009/5.md:5: dead-link: the link to "{href}" leads to nothing on this site; '
        "its text is published without it. "
        "Link to /Articles/ID/ of an article, to its file, or to a whole address (https://...)."
    )


def test_an_article_of_ones_own_has_no_original_to_lead_to() -> None:
    found, dead = links(body("#none", "none.md", "/none/"), OWN, known())
    assert found == (NOTHING, NOTHING, there("https://lwn.net/none/"))
    assert len(dead) == 2


def test_a_link_to_a_draft_is_dead() -> None:
    shelf = archive_of(article(card("9", draft=True)), config=BARE)
    found, dead = links(
        body("9.md", "/Articles/9/"), OWN._replace(source="5.md"), targets(shelf, ["index.html"])
    )
    assert found == (NOTHING, NOTHING)
    assert len(dead) == 2


pieces = st.sampled_from(
    [
        *(
            "/",
            "//",
            "\\",
            "http:",
            "https://",
            "lwn.net",
            "example.org/news",
            "mailto:",
            "@",
            ":",
            "[",
            "]",
            ".",
        ),
        *(
            "/Articles/",
            "/SubscriberLink/",
            "5",
            "999",
            "?",
            "#",
            "%",
            "%zz",
            "%2e",
            " ",
            "\n",
            "\0",
            "..",
            "é",
        ),
        *("index.html", "Kernel/Index", "about", "x.md", "javascript:", "℀", "team"),
    ]
)
hrefs = st.text(st.characters(codec="utf-8")) | st.lists(pieces, max_size=8).map("".join)
LETTER_BY_LETTER = re.compile(r"(?:[A-Za-z0-9!#$&'()*+,/:;=?@~._\-\[\]]|%[0-9A-Fa-f]{2})*")


@given(hrefs, st.booleans(), st.booleans())
@example("http://[", True, True)
@example("x//[y", True, True)
def test_whatever_a_link_says_it_leads_somewhere_or_is_dead(
    href: str, published: bool, original: bool
) -> None:
    everything = known(LWN if published else BARE)
    place = FROM_LWN if original else OWN
    ((found,), dead) = links(body(href, anchors=("text-team",)), place, everything)
    assert len(dead) == (found == NOTHING)
    if found.local and not found.href.startswith("#"):
        path, _, fragment = found.href.partition("#")
        assert path in {*everything.paths, *everything.articles.values()}
        assert not fragment or fragment in everything.anchors[path]
    elif found.local:
        assert found.href == "#text-team"
    elif found != NOTHING:
        assert LETTER_BY_LETTER.fullmatch(found.href)


@given(hrefs)
def test_an_address_that_is_sound_stays_as_it_is(href: str) -> None:
    once = target(f"https://example.com/{href}")
    assert not once.local
    assert target(once.href) == once


# A blank before an address is left out by the rules, and makes it none that is plain.
@given(
    st.builds(
        "".join,
        st.tuples(
            st.sampled_from(
                ("", "/", "http://", "https://", "HTTP://", "https://lwn.net", "https://example.org")
            ),
            st.sampled_from(
                ("", "lwn.net", "www.lwn.net", "example.org", "example.com", "a_b", "/Articles/")
            ),
            st.sampled_from(
                ("", "/", "5", "5/", "/Articles/5/", "/Articles/ceph/", "/news/about/", "/x[1]", "/%41%")
            ),
            st.sampled_from(("", "#", "#text-end", "#end", "?a=b", "/a b", "//x", "#a#b")),
        ),
    ),
    st.booleans(),
)
def test_a_plain_link_leads_where_the_rules_would_lead_it(href: str, published: bool) -> None:
    settings = LWN if published else BARE
    assert target(href, settings=settings) == target(f" {href}", settings=settings)
