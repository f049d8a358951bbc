"""A feed and an entry as all formats say them: absolute, and without characters that XML forbids."""

from __future__ import annotations

from lxml import etree
from msgspec.structs import replace

from lwnindex.feedviews import FeedView
from lwnindex.formats.posts import channel, post
from lwnindex.viewmodel import SiteView
from lwnindex.words import ENGLISH, Words
from tests.formats.make import SITE, entry, feed_view

PAGE = "https://example.org/news/Articles/1/"


def test_a_channel_has_absolute_addresses_and_the_site_for_its_publisher() -> None:
    found = channel(feed_view("rss", entry()), SITE)
    assert found.home == "https://example.org/news/Kernel/Filesystems/Ceph/"
    assert found.url == f"{found.home}feed.rss"
    assert found.publisher == ("Index of news", "https://example.org/news/")


def test_a_channel_without_a_description_has_that_of_the_site() -> None:
    bare = feed_view("rss", title=" \x00")
    assert channel(bare, SITE).title == "Index of news"
    assert channel(bare, SITE).description == "All about Ceph."


def test_a_post_has_no_forbidden_character_and_names_a_language_of_its_own_alone() -> None:
    one = entry(title="A\x00B\ufffe", categories=(("A", "B\x01"), ("A", "B")), lang="de")
    found = post(one, "en", SITE.url, "")
    assert (found.title, found.categories, found.lang, found.url) == ("AB", ("A/B",), "de", PAGE)
    assert post(one, "de", SITE.url, "").lang == ""


STYLED = replace(SITE, feed_styles=("assets/feeds.css",))


def note(view: FeedView, site: SiteView = STYLED, words: Words = ENGLISH) -> tuple[str, list[str], str]:
    """Return the language of a feed's note, its paragraphs and where its link leads."""
    root = etree.fromstring(channel(view, site, words).note)
    (link,) = root.iter("{*}a")
    texts = ["".join(map(str, each.itertext())) for each in root]
    return root.get("{http://www.w3.org/XML/1998/namespace}lang", ""), texts, link.get("href", "")


def test_a_note_tells_people_what_a_feed_is_and_leads_to_its_page() -> None:
    lang, (what, page), link = note(feed_view("atom"))
    assert lang == "en"
    assert what.startswith("This is a feed.")
    assert (page, link) == ("The page of this feed", "../../../Kernel/Filesystems/Ceph/index.html")
    assert note(replace(feed_view("atom"), current="feed.atom"))[1][0].startswith("This is an older part")
    assert note(feed_view("atom"), replace(STYLED, pretty=True))[2] == "../../../Kernel/Filesystems/Ceph/"


def test_a_note_speaks_the_language_of_the_site() -> None:
    words = Words(language="he", texts={"The page of this feed": ("<&>",)})
    assert note(feed_view("rss"), words=words)[:2][1][1] == "<&>"
    assert 'xml:lang="he" dir="rtl"' in channel(feed_view("rss"), STYLED, words).note


def test_without_a_stylesheet_there_is_no_note() -> None:
    assert (channel(feed_view("rss"), SITE).note, channel(feed_view("rss"), SITE).styles) == ("", ())
    assert channel(feed_view("rss"), STYLED).styles == ("../../../assets/feeds.css",)
