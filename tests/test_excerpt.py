"""An excerpt holds the articles that are wanted, as an archive of these would; all else is linked to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lwnindex.articleviews import ArticleView
from lwnindex.digest import digest
from lwnindex.excerpt import Excerpt, Wanted, Whole, _alone, chosen, excerpt
from lwnindex.feedviews import FeedView
from lwnindex.index import index
from lwnindex.indexviews import TopicView
from lwnindex.link import Plan, link
from lwnindex.model import Article, Card, Catalog, Described, PlainPage, See
from lwnindex.problems import SiteError
from lwnindex.settings import Config
from lwnindex.viewparts import Link
from lwnindex.words import ENGLISH
from tests.cards import cards
from tests.described import described, files
from tests.makers import article, card, catalog_of, config, entry, parsed, plain, views_of
from tests.mentions import mentions, site_mentions

SITE = "https://example.org/news/"
CATALOG = catalog_of(
    card("1", "Kernel/Filesystems", date="2008-01-01", authors=("Kernel desk",)),
    card("2", "Kernel/Filesystems/Ceph", "Security/Bugs", date="2009-01-01", authors=("Kernel desk",)),
    card("3", "Kernel/Filesystems/Ceph/RADOS", date="2010-01-01", authors=("Release desk", "Kernel desk")),
    card("4", ("Kernel", "Asynchronous I/O"), date="2010-02-02", authors=("Release desk",)),
    card("5", "Security/Ceph", date=None, authors=()),
)


def excerpt_of(
    *holds: Article | PlainPage | Card,
    of: Excerpt,
    settings: Config = config(),  # noqa: B008
    files: tuple[str, ...] = (),
) -> tuple[Catalog, Plan, Plan]:
    """Return the catalog and the plan of an excerpt, and the plan of the site it is made of."""
    sources = tuple(parsed(one) for one in holds)
    catalog = index([one.card for each in sources for one in each.articles], settings)
    copied = {path: digest(path) for path in files}
    plan = link(catalog, sources, copied, {}, settings)
    part = excerpt(of, Whole(catalog, sources, plan), copied, settings, ENGLISH)
    own = link(part.catalog, sources, part.files, {}, part.config, seen=part.seen)
    return part.catalog, own, plan


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(), "12345"),
        (Wanted(indexes=("Kernel",)), "1234"),
        (Wanted(indexes=("Security",)), "25"),
        (Wanted(indexes=("Kernel", "Security")), "12345"),
        (Wanted(topics=("Kernel/Filesystems",)), "123"),
        (Wanted(topics=("Kernel/Filesystems/Ceph",)), "23"),
        (Wanted(topics=("Kernel/Asynchronous I/O", "Security/Ceph")), "45"),
        (Wanted(authors=("Release desk",)), "34"),
        (Wanted(authors=("Release desk", "Kernel desk")), "1234"),
        (Wanted(years=("2010",)), "34"),
        (Wanted(years=("2008", "2009")), "12"),
        (Wanted(indexes=("Kernel",), years=("2009", "2010")), "234"),
        (Wanted(topics=("Kernel/Filesystems",), authors=("Release desk",), years=("2010",)), "3"),
    ],
)
def test_names_of_a_kind_widen_and_kinds_narrow(wanted: Wanted, ids: str) -> None:
    assert chosen(CATALOG, wanted) == set(ids)


def test_a_topic_is_wanted_by_its_other_names() -> None:
    old = ("Kernel", "Old")
    see = See(entry=old, topic=("Kernel", "Filesystems", "Ceph"), path="Kernel/Old/index.html", anchor="Old")

    assert chosen(replace(CATALOG, sees=(see,)), Wanted(topics=("Kernel/Old",))) == {"2", "3"}


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (Wanted(indexes=("Kernal",)), 'there is no index "Kernal". Did you mean "Kernel"?'),
        (
            Wanted(topics=("Kernel/Filesystem",)),
            'no topic "Kernel/Filesystem". Did you mean "Kernel/Filesystems"?',
        ),
        (Wanted(topics=("Kernel",)), 'there is no topic "Kernel". An index is named with --index "Kernel".'),
        (Wanted(topics=("ceph/rados",)), 'Did you mean "Kernel/Filesystems/Ceph/RADOS"?'),
        (Wanted(authors=("kernel desk",)), 'there is no author "kernel desk". Did you mean "Kernel desk"?'),
        (Wanted(years=("2011",)), 'there is no year "2011". Did you mean "20'),
        (Wanted(authors=("Xyzzy",)), 'no author "Xyzzy". There are: Kernel desk, Release desk.'),
        (Wanted(indexes=("Security",), years=("2008",)), "no article is in all that was named"),
    ],
)
def test_an_unknown_name_is_told_with_the_one_that_may_be_meant(wanted: Wanted, sentence: str) -> None:
    with pytest.raises(SiteError) as raised:
        chosen(CATALOG, wanted)

    assert sentence in str(raised.value)
    assert raised.value.exit_code == 2


def test_of_many_names_none_is_told_where_none_is_like_it() -> None:
    many = catalog_of(*(card(str(one), "Kernel/X", authors=(f"Desk {one}",)) for one in range(30)))
    with pytest.raises(SiteError, match=r"No article stands under a name like it[.] Name one as the site"):
        chosen(many, Wanted(authors=("Xyzzy",)))


def test_all_unknown_names_are_told_at_once() -> None:
    with pytest.raises(SiteError) as raised:
        chosen(CATALOG, Wanted(indexes=("Kernal",), authors=("Kernal desk",)))

    assert str(raised.value).count("Did you mean") == 2


def test_lists_counts_and_neighbours_are_those_of_the_excerpt() -> None:
    _, plan, _ = excerpt_of(
        card("1", "Kernel/BPF", date="2009-01-01"),
        card("2", "Kernel/BPF", date="2009-02-02", authors=("Release desk",)),
        card("3", "Kernel/BPF", date="2009-03-03", cites=("1", "2")),
        of=Excerpt(Wanted(authors=("Kernel desk",))),
    )
    topic, page, feed = (
        plan.view(f"{each}") for each in ("Kernel/BPF/index.html", "Articles/3/index.html", "feed.atom")
    )

    assert isinstance(topic, TopicView)
    assert isinstance(page, ArticleView)
    assert isinstance(feed, FeedView)
    assert (topic.count, topic.own) == (2, 2)
    assert [line.id for line in page.cites] == ["1"]
    assert page.placements[0].older is not None
    assert page.placements[0].older.id == "1"
    assert [entry.id for entry in feed.entries] == [f"{SITE}Articles/3/", f"{SITE}Articles/1/"]
    assert "Articles/2/index.html" not in plan.paths
    assert "Authors/Release_desk/index.html" not in plan.paths


LINKS = [
    ("/Articles/1/", "Articles/1/index.html", True),
    ("/Articles/2/", f"{SITE}Articles/2/", False),
    ("/Articles/2/#end", f"{SITE}Articles/2/#text-end", False),
    ("https://lwn.net/Articles/2/", f"{SITE}Articles/2/", False),
    ("2.md", f"{SITE}Articles/2/", False),
    ("/Kernel/Index#BPF", "Kernel/Index/index.html#BPF", True),
    ("/Kernel/Index#XFS", f"{SITE}Kernel/Index/#XFS", False),
    ("/Kernel/XFS/", f"{SITE}Kernel/XFS/", False),
    ("/Security/Index", f"{SITE}Security/Index/", False),
    (f"{SITE}about/", "about/index.html", True),
    ("/robots.txt", f"{SITE}robots.txt", False),
    ("/photo.png", "photo.png", True),
    ("/Articles/999/", "https://lwn.net/Articles/999/", False),
    ("https://kernel.org/", "https://kernel.org/", False),
    ("#top", "Articles/3/index.html", True),
]
HELD = (
    card("1", "Kernel/BPF"),
    article(
        card("2", "Kernel/XFS", "Security/Bugs"),
        anchors=("text-end",),
        original="https://lwn.net/Articles/2/",
    ),
    plain(),
)


def links_of(of: Excerpt, *hrefs: str) -> tuple[Link, ...]:
    citing = article(card("3", "Kernel/BPF"), *hrefs)
    _, plan, _ = excerpt_of(*HELD, citing, of=of, files=("photo.png", "404.html"))
    view = plan.view("Articles/3/index.html")
    assert isinstance(view, ArticleView)
    return view.links


@pytest.mark.parametrize(("href", "target", "local"), LINKS)
@pytest.mark.parametrize("besides", [(), ("mailto:desk@example.org", "//odd.example")])
def test_a_link_stays_inside_or_leads_to_the_site(
    href: str, target: str, local: bool, besides: tuple[str, ...]
) -> None:
    found = links_of(Excerpt(Wanted(topics=("Kernel/BPF",)), SITE), href, *besides)[0]

    assert (found.href, found.local) == (target, local)


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("/Articles/2/", "https://lwn.net/Articles/2/"),
        ("/Articles/2/#end", "https://lwn.net/Articles/2/#text-end"),
        ("/Kernel/XFS/", ""),
        ("/Articles/1/", "Articles/1/index.html"),
    ],
)
def test_without_an_address_a_link_leads_to_the_original_or_goes(href: str, target: str) -> None:
    assert links_of(Excerpt(Wanted(topics=("Kernel/BPF",))), href)[0].href == target


def test_what_only_servers_need_is_left_out_and_feeds_may_be() -> None:
    _, plan, whole = excerpt_of(card("1", "Kernel/BPF"), of=Excerpt(), files=("404.html", "photo.png"))
    _, lean, _ = excerpt_of(card("1", "Kernel/BPF"), of=Excerpt(extras=False))

    assert set(whole.paths) - set(plan.paths) == {"404.html", "robots.txt", "sitemap.xml"}
    assert "feed.rss" in plan.paths
    assert not [path for path in lean.paths if "feed." in path]
    assert lean.site.feeds == ()


def test_everything_keeps_its_address_where_names_clash() -> None:
    holds = (
        card("1", "Kernel/C", date="2001-01-01", slug="c", authors=("A B",)),
        card("2", "Kernel/C++", date="2002-01-01", slug="c", authors=("A_B",)),
    )
    own, plan, whole = excerpt_of(*holds, of=Excerpt(Wanted(years=("2002",)), SITE))

    assert own.order == ("2",)
    assert set(plan.paths) <= set(whole.paths)
    assert "~" in own.paths["2"]
    assert "~" in own.topics["Kernel", "C++"].path
    assert "~" in own.authors["A_B"].path


def test_translations_come_along_and_old_addresses_stay() -> None:
    holds = (
        article(card("1", "Kernel/BPF", date="2001-01-01", aliases=("/old/",), cites=("2",)), "/Articles/2/"),
        article(
            card("1", lang="de", file="1.de.md", source="1.de.md", cites=("2", "3"), date="2002-01-01"),
            *("/old/", "/Articles/2/", "/Articles/3/"),
        ),
        card("2", "Kernel/XFS", date="2002-01-01"),
        card("2", lang="de", file="2.de.md", source="2.de.md"),
        article(card("3", "Kernel/BPF", date="2001-02-02"), "/old/"),
    )
    own, plan, whole = excerpt_of(*holds, of=Excerpt(Wanted(years=("2001",)), SITE))
    german, other = (plan.view(f"Articles/{one}/index.html") for one in ("1/de", "3"))

    assert (own.order, own.translations) == (("3", "1"), {"1": ("1/de",)})
    assert {"Articles/2/de/index.html", "old/index.html"} <= set(whole.paths) - set(plan.paths)
    assert isinstance(german, ArticleView)
    assert isinstance(other, ArticleView)
    assert [line.id for line in german.cites] == ["3"]
    assert [link.href for link in german.links] == [
        *("Articles/1/index.html", f"{SITE}Articles/2/de/", "Articles/3/index.html"),
    ]
    assert other.links == (Link(href="Articles/1/index.html", local=True),)


def test_pretty_links_become_those_that_work_from_disk() -> None:
    _, plan, whole = excerpt_of(card("1"), of=Excerpt(), settings=config(links={"style": "pretty"}))

    assert (whole.site.pretty, plan.site.pretty) == (True, False)


@given(cards(), st.sampled_from(["indexes", "authors", "years"]), st.data())
def test_every_path_that_an_excerpt_mentions_is_in_it(
    found: list[Card], kind: str, data: st.DataObject
) -> None:
    catalog = catalog_of(*found)
    known = {
        "indexes": [one.name for one in catalog.indexes],
        "authors": list(catalog.authors),
        "years": sorted({date[:4].lstrip("0") for one in catalog.order if (date := catalog.cards[one].date)}),
    }[kind]
    if not known:
        return
    wanted = Wanted(**{kind: (data.draw(st.sampled_from(known)),)})
    own, plan, _ = excerpt_of(*found, of=Excerpt(wanted, SITE))
    mentioned = {path for view in views_of(plan).values() for path in mentions(view)} | set(
        site_mentions(plan.site)
    )

    assert {path.partition("#")[0] for path in mentioned} - set(plan.paths) == set()
    assert set(own.order) == chosen(catalog, wanted)


# The thesaurus -----------------------------------------------------------------------------------


def excerpted(catalog: Catalog, *ids: str, settings: Config = config()) -> Catalog:  # noqa: B008
    """Return the catalog of some articles of a catalog."""
    return _alone(catalog, ids, settings, ENGLISH)


def told_of(*topics: Described, of: tuple[Card, ...] = ()) -> Catalog:
    """Return a catalog of five articles with these topics."""
    own = of or (
        card("1", "Kernel/Filesystems", "Kernel/Files/Ceph"),
        card("2", "Kernel/Memory", "Security/Bugs"),
        card("3", "Kernel/Networking"),
    )
    return index(own, config(), described=topics)


def test_an_excerpt_has_the_topics_and_names_of_what_it_holds() -> None:
    whole = told_of(
        described("Kernel/Filesystems", "Kernel/Files", "Briefs/Files", see_also=["Kernel/Memory"], sort="b"),
        described("Kernel/Memory", "Kernel/VM", line=10),
        described("Kernel/Storage", line=20),
    )
    own = excerpted(whole, "1")
    assert list(own.topics) == [entry("Kernel/Filesystems"), entry("Kernel/Filesystems/Ceph")]
    assert [one.entry for one in own.sees] == [
        *(entry("Briefs/Files"), entry("Briefs/Files/Ceph")),
        *(entry("Kernel/Files"), entry("Kernel/Files/Ceph")),
    ]
    assert [one.name for one in own.indexes] == ["Briefs", "Kernel"]
    assert list(own.described) == [entry("Kernel/Filesystems")]
    assert own.topics[entry("Kernel/Filesystems")].see_also == ()
    assert own.topics[entry("Kernel/Filesystems")].sort == "b"


def test_a_topic_is_there_for_what_it_has_adopted() -> None:
    whole = told_of(
        described("Kernel/Filesystems", parents=["Security/Storage/Disks", "Conference"]),
        described("Security/Storage/Disks/Old", line=10),
    )
    own = excerpted(whole, "1")
    assert entry("Security/Storage/Disks") in own.topics
    assert entry("Security/Storage/Disks/Old") not in own.topics
    assert own.topics[entry("Security/Storage/Disks")].adopted == (entry("Kernel/Filesystems"),)
    assert own.topics[entry("Security/Storage")].count == 1
    assert [(one.name, one.count) for one in own.indexes] == [
        ("Conference", 1),
        ("Kernel", 1),
        ("Security", 1),
    ]


def test_articles_are_wanted_by_other_names_and_places_of_topics_too() -> None:
    whole = told_of(
        described("Kernel/Filesystems", "Kernel/Files", parents=["Security/Storage", "Conference"]),
        described("Security/Storage", line=9),
    )
    assert chosen(whole, Wanted(topics=("Kernel/Files/Ceph",))) == {"1"}
    assert chosen(whole, Wanted(topics=("Security/Storage",))) == {"1"}
    assert chosen(whole, Wanted(indexes=("Conference",))) == {"1"}
    assert chosen(whole, Wanted(indexes=("Security",))) == {"1", "2"}


@given(cards(), files(), st.data())
def test_topics_of_an_excerpt_are_those_of_the_whole(
    found: list[Card], topics: list[Described], data: st.DataObject
) -> None:
    whole = index(found, config(), described=topics)
    everything = excerpted(whole, *whole.order)
    assert {one: topic.count for one, topic in everything.topics.items()} == {
        one: topic.count for one, topic in whole.topics.items() if topic.count
    }
    some = data.draw(st.sets(st.sampled_from(whole.order))) if whole.order else set()
    part = excerpted(whole, *some)
    for one, topic in part.topics.items():
        assert (topic.path, topic.anchor) == (whole.topics[one].path, whole.topics[one].anchor)
        assert topic.count > 0
        assert topic.see_also == tuple(each for each in whole.topics[one].see_also if each in part.topics)
        assert topic.parents == whole.topics[one].parents
        assert topic.adopted == tuple(each for each in whole.topics[one].adopted if each in part.topics)
        assert topic.children == tuple(each for each in whole.topics[one].children if each in part.topics)
        assert topic.sort == whole.topics[one].sort
    assert {one.topic for one in part.sees} <= part.topics.keys()
    assert all(part.described[one] == whole.described[one] for one in part.described)
